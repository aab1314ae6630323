import HTTPTypes
import Shop
import Store

/// What a user sets for themselves.
func accountRoutes(_ store: Store, _ cookies: Cookies, _ known: Known) -> [Route] {
    let account = Account(store: store, cookies: cookies, known: known)
    return [
        Route(.get, "/account", for: .signedIn, "What the reader sets for themselves.") {
            _,
            context in
            try await account.page(context)
        },
        Route(.post, "/account", for: .signedIn, "Sets language and first-day help.") {
            call,
            context in
            let form = try call.form()
            try await store.setPreferences(
                language: Language(rawValue: form.required("language")) ?? context.language,
                firstDay: form["first_day"] == "yes",
                by: context.staff
            )
            known.forget(context.token)
            return .see("/account")
        },
        Route(.post, "/account/till", for: .signedIn, "Puts this browser at a till.") {
            call,
            context in
            try await account.told(context) {
                let form = try call.form()
                var answer = try await account.enrol(
                    TillCode(typed: form.required("till")),
                    context
                )
                // Chosen on the way to the till: on to it.
                if form["next"] == "/till" { answer.headers[.location] = "/till" }
                return answer
            }
        },
        Route(.post, "/account/till/leave", for: .signedIn, "Takes this browser from its till.") {
            call,
            context in
            if let token = cookies.tillToken(in: call.headers) {
                try await store.leaveTill(tillToken: token, of: context.token)
            }
            known.forget(context.token)
            return .see("/account")
        },
        Route(.post, "/account/password", for: .signedIn, "Sets the reader's own password.") {
            call,
            context in
            try await account.told(context) { try await account.setPassword(call, context) }
        },
        Route(.post, "/account/pin", for: .signedIn, "Sets the reader's own PIN.") {
            call,
            context in
            try await account.told(context) { try await account.setPIN(call, context) }
        },
        Route(
            .post,
            "/api/v1/sign-ins/till",
            for: .signedIn,
            "Puts this browser at a till, from now on and for whoever signs in there.",
            takes: ChosenTill.self,
            gives: SignInAnswer.self
        ) { call, context in
            let chosen = try call.json(ChosenTill.self)
            var answer = try await account.enrol(TillCode(typed: chosen.till), context)
            guard let staff = try await known.staff(context.token, store) else {
                throw Refusal(.signInNeeded)
            }
            let headers = answer.headers
            answer = try .json(SignInAnswer(staff, csrf: context.csrf), .created)
            answer.headers[.setCookie] = headers[.setCookie]
            return answer
        },
    ]
}

struct ChosenTill: Codable, Sendable {
    let till: String
}

private struct Account: Sendable {
    let store: Store
    let cookies: Cookies
    let known: Known

    func page(_ context: Context, refusal: Refusal? = nil) async throws -> Answer {
        let staff = try context.staff
        let tills = try await store.tills(within: staff.reach(.sellers))
        let page = AccountPage(
            context.words,
            staff,
            tills: tills,
            keys: (store.newID(), store.newID()),
            refusal: refusal.map { RefusalCard($0, in: context.language) }
        )
        return context.page(page, refusal?.status ?? .ok)
    }

    /// A refusal comes back on the page itself.
    func told(_ context: Context, _ body: () async throws -> Answer) async throws -> Answer {
        do { return try await body() } catch let refusal as Refusal {
            return try await page(context, refusal: refusal)
        }
    }

    func enrol(_ till: TillCode, _ context: Context) async throws -> Answer {
        let token = try await store.enrolBrowser(
            at: till,
            token: context.token,
            by: context.staff
        )
        known.forget(context.token)
        // Whoever sells goes on to the till that was just chosen.
        var answer = Answer.see(context.mayOpen("/till") ? "/till" : "/account")
        answer.headers[.setCookie] = cookies.set(tillToken: token)
        return answer
    }

    /// Whoever sits down at an open browser cannot take the account over: the old password is asked.
    private func proven(_ password: String?, _ context: Context) async throws -> Login {
        let login = try await store.login(of: context.staff)
        try await store.checkPassword(
            of: login,
            password ?? "",
            address: context.address
        )
        return login
    }

    func setPIN(_ call: Call, _ context: Context) async throws -> Answer {
        let form = try call.form()
        let pin = try PIN(typed: form.required("pin"))
        try pin.checkNotObvious()
        _ = try await store.setPIN(
            of: proven(form["pin_current"], context),
            to: pin,
            key: call.key(),
            by: context.staff
        )
        return .see("/account")
    }

    func setPassword(_ call: Call, _ context: Context) async throws -> Answer {
        let staff = try context.staff
        let form = try call.form()
        let login = try await proven(form["current"], context)
        _ = try await store.setPassword(
            of: login,
            to: form.required("password"),
            keeping: context.token,
            key: call.key(),
            by: staff
        )
        return .see("/account")
    }
}
