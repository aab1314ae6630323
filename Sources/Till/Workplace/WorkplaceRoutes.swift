import HTTPTypes
import Shop
import Store

/// In which shop one works, for whoever holds a role in several and stands at no till.
func workplaceRoutes(_ store: Store, _ cookies: Cookies) -> [Route] {
    [
        Route(
            .get,
            "/workplace",
            for: .signedIn,
            "The shops in which one may work.",
            query: [.init("next", .text(most: 500), "The page on which one goes on.")]
        ) { call, context in
            let next = safePath(call.query["next"])
            let shops = try await context.workplaces(store, where: .everyone)
            guard shops.areSeveral else { return .see(next) }
            return context.page(
                WorkplacePage(
                    picker: WorkplacePicker(context.words, shops, next: next),
                    isWaiting: false
                )
            )
        },
        Route(
            .post,
            "/workplace",
            for: .signedIn,
            "Chooses the shop in which one works, until the browser closes or one signs out."
        ) { call, context in
            let form = try call.form()
            let shop = try ShopCode(typed: form.required("shop"))
            _ = try await context.workplaces(store, coded: shop.text, where: .everyone)
            var answer = Answer.see(safePath(form["next"]))
            answer.headers[.setCookie] = cookies.set(workplace: shop)
            return answer
        },
    ]
}

extension Context {
    /// The shops in which the reader holds one of these roles, and the one where they work: the one that the form or the
    /// address names, that of their till, the one chosen in this browser, or the only one.
    func workplaces(
        _ store: Store,
        coded code: String? = nil,
        where roles: Set<Role>
    ) async throws -> Workplaces {
        try await store.workplaces(
            coded: code.flatMap { $0.isEmpty ? nil : $0 },
            where: roles,
            of: staff,
            chosen: chosenShop
        )
    }
}

extension Reception {
    /// Asks which shop is meant, and goes on from there: to the page that was asked for, or with the form that was sent.
    func askForShop(
        _ route: Route,
        _ call: Call,
        _ address: String,
        _ context: Context
    ) async throws -> Answer {
        let shops = try await context.workplaces(store, where: route.access.roles)
        guard route.isWrite else {
            let picker = WorkplacePicker(context.words, shops, next: safePath(address))
            return context.page(WorkplacePage(picker: picker, isWaiting: false))
        }
        let picker = WorkplacePicker(context.words, shops, sending: try call.form(), to: call.path)
        let page = WorkplacePage(picker: picker, isWaiting: true)
        return context.page(page, Refusal(.shopUnclear).status)
    }
}
