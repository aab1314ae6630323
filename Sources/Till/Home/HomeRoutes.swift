import HTTPTypes
import Shop
import Store

/// The first page: what waits today, and where one may go.
func homeRoutes(_ store: Store) -> [Route] {
    [
        Route(.get, "/", for: .signedIn, "The first page.") { _, context in
            let staff = try context.staff
            if staff.refers != nil { return .see("/portal") }
            let today = try await store.readToday(in: staff.till?.shop)
            let mayChoose = staff.till == nil && context.mayOpen("/till")
            let tills = mayChoose ? try await store.tills(within: staff.reach(.sellers)) : []
            return context.page(
                HomePage(
                    context.words,
                    name: staff.name,
                    figures: figures(today, on: store.today, context),
                    tills: tills.map { .init(code: $0.code, words: "\($0.code) · \($0.name)") },
                    scansToTill: staff.till != nil && context.mayOpen("/till"),
                    scanGap: try await store.scanGap(at: staff.till),
                    mayOpen: context.mayOpen
                )
            )
        }
    ]
}

/// Each figure for whoever may open the list behind it.
private func figures(_ today: Today, on day: Day, _ context: Context) -> [HomePage.Shown] {
    let words = context.words
    let all: [(path: String, value: String, key: String)] = [
        ("/receipts?day=\(day.iso)", words.number(today.tickets), "today_tickets"),
        (
            "/receipts?day=\(day.iso)",
            today.taken.map { Written.cents($0, in: context.language) } ?? "–",
            "today_sold"
        ),
        ("/vouchers", words.number(today.vouchers), "today_vouchers"),
        ("/devices", words.number(today.devicesOnShelf), "today_shelf"),
        ("/devices", words.number(today.devicesToPrepare), "today_arrived"),
        ("/runs", words.number(today.runsUnderWay), "today_runs"),
        ("/reports", words.number(today.finishedThisMonth), "today_finished"),
    ]
    return all.filter { context.mayOpen(String($0.path.prefix { $0 != "?" })) }
        .map { HomePage.Shown(path: $0.path, value: $0.value, words: words($0.key)) }
}

/// Who may be tried on the sign-in page of a demonstration; nobody elsewhere.
func demonstrators(_ context: Context) -> [SignInPage.Demonstrator] {
    guard context.isDemonstration else { return [] }
    return (Demonstration.users + [Demonstration.prescriber]).map { user in
        SignInPage.Demonstrator(
            login: user.login,
            password: user.password,
            role: user.refersFor == nil
                ? user.roles.map { $0.name(in: context.language) }.joined(separator: ", ")
                : context.words("sign_in_prescriber")
        )
    }
}
