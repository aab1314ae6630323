import HTTPTypes
import Shop
import Store

/// Who is at work on which device.
func signInRoutes(_ store: Store, _ cookies: Cookies, _ known: Known) -> [Route] {
    let desk = SignInDesk(store: store, cookies: cookies, known: known)
    return [
        Route(.get, "/style", for: .anyone, "Every component in every state.") { _, context in
            context.page(StylePage(context.words))
        },
        Route(.get, "/sign-in", for: .anyone, "The sign-in page.") { call, context in
            let next = safePath(call.query["next"])
            if context.visitor != nil { return .see(next) }
            return context.page(
                SignInPage(context.words, next: next, demonstrators: demonstrators(context))
            )
        },
        Route(.post, "/sign-in", for: .anyone, "Signs in by password.") { call, context in
            try await desk.signIn(call.form(), call, context)
        },
        Route(.post, "/sign-out", for: .anyone, "Signs out here, or everywhere.") { call, context in
            try await desk.signOut(everywhere: call.form()["everywhere"] != nil, context)
            var answer = Answer.see("/sign-in")
            answer.headers[.setCookie] = cookies.withoutWorkplace
            return answer
        },
        Route(.post, "/language", for: .anyone, "Chooses the language of the screens.") {
            call,
            context in
            let form = try call.form()
            guard let language = Language(rawValue: form["language"] ?? "") else {
                throw Refusal(.fieldMissing, ["field": .field(.language)])
            }
            if let staff = context.visitor {
                try await store.setPreferences(
                    language: language,
                    firstDay: staff.firstDay,
                    by: staff
                )
                known.forget(context.token)
            }
            var answer = Answer.see(safePath(form["next"]))
            answer.headers[.setCookie] = cookies.set(language: language.rawValue)
            return answer
        },
        Route(
            .post,
            "/api/v1/sign-ins",
            for: .anyone,
            "Signs in by password; the cookie holds the sign-in, `csrf` goes with every write.",
            takes: PasswordSignIn.self,
            gives: SignInAnswer.self,
            guarded: .byOrigin
        ) { call, context in
            let asked = try call.json(PasswordSignIn.self)
            let signedIn = try await desk.open(
                login: asked.login,
                password: asked.password,
                call,
                context
            )
            return try desk.answer(signedIn)
        },
        Route(
            .post,
            "/api/v1/sign-ins/switch",
            for: .anyone,
            "Changes user at an enrolled till, by badge or by PIN.",
            takes: SwitchSignIn.self,
            gives: SignInAnswer.self
        ) { call, context in
            try desk.answer(try await desk.change(call.json(SwitchSignIn.self), call, context))
        },
        Route(
            .get,
            "/api/v1/sign-ins/colleagues",
            for: .anyone,
            "Who may take over at this browser's till; nobody where it stands at none.",
            gives: Listing<Colleague>.self
        ) { call, _ in
            let token = cookies.tillToken(in: call.headers)
            return try .json(Listing(try await store.colleagues(tillToken: token)))
        },
        Route(
            .get,
            "/api/v1/sign-ins/current",
            for: .signedIn,
            "Who is signed in.",
            gives: SignInAnswer.self
        ) { _, context in
            try .json(SignInAnswer(try context.staff, csrf: context.csrf))
        },
        Route(
            .post,
            "/api/v1/sign-ins/lock",
            for: .signedIn,
            "Locks this sign-in until its browser proves by badge, PIN or password who sits there.",
            whileLocked: true
        ) { _, context in
            try await store.lock(token: context.token)
            known.forget(context.token)
            return .empty
        },
        Route(
            .delete,
            "/api/v1/sign-ins/current",
            for: .signedIn,
            "Signs out.",
            whileLocked: true
        ) { _, context in
            try await desk.signOut(everywhere: false, context)
            var answer = Answer.empty
            answer.headers[.setCookie] = cookies.withoutWorkplace
            return answer
        },
    ]
}

/// Only a path of ours: never another site's address.
func safePath(_ text: String?) -> String {
    guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count < 500,
        text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
    else { return "/" }
    return text
}

struct PasswordSignIn: Codable, Sendable {
    let login: String
    let password: String
}

/// A badge alone, or a user with their PIN.
struct SwitchSignIn: Codable, Sendable {
    let badge: String?
    let user: ID<User>?
    let pin: String?
}

struct SignInAnswer: Codable, Sendable {
    let csrf: String
    let name: String
    let operatorCode: String
    let language: Language
    let firstDay: Bool
    let roles: [String]
    let till: String?
    let shop: String?

    init(_ staff: Staff, csrf: String) {
        self.csrf = csrf
        name = staff.name
        operatorCode = staff.operatorCode
        language = staff.language
        firstDay = staff.firstDay
        roles = Array(Set(staff.roles.map(\.role.rawValue))).sorted()
        till = staff.till?.code
        shop = staff.till?.shopCode
    }
}

/// Opens and ends sign-ins, and keeps the browser's cookie in step.
private struct SignInDesk: Sendable {
    let store: Store
    let cookies: Cookies
    let known: Known

    /// A wrong password comes back on the page; a right one leads on.
    func signIn(_ form: Form, _ call: Call, _ context: Context) async throws -> Answer {
        let next = safePath(form["next"])
        let login = form["login"] ?? ""
        do {
            let signedIn = try await open(
                login: login,
                password: form["password"] ?? "",
                call,
                context
            )
            var answer = Answer.see(next)
            enter(signedIn, &answer)
            return answer
        } catch let refusal as Refusal
            where refusal.reason == .signInWrong || refusal.reason == .signInTooOften
        {
            let page = SignInPage(
                context.words,
                next: next,
                login: String(login.prefix(40)),
                refusal: RefusalCard(refusal, in: context.language),
                demonstrators: demonstrators(context)
            )
            return context.page(page, refusal.status)
        }
    }

    func open(
        login: String,
        password: String,
        _ call: Call,
        _ context: Context
    ) async throws -> SignedIn {
        try checkPlace(context)
        let signedIn = try await store.signIn(
            login: String(login.prefix(100)),
            password: String(password.prefix(300)),
            address: context.address,
            tillToken: cookies.tillToken(in: call.headers),
            ending: context.isNewToken ? nil : context.token
        )
        known.forget(context.token)
        return signedIn
    }

    /// Throws `fieldMissing` for neither a badge nor a user with a PIN.
    func change(_ asked: SwitchSignIn, _ call: Call, _ context: Context) async throws -> SignedIn {
        try checkPlace(context)
        let tillToken = cookies.tillToken(in: call.headers)
        defer { known.forget(context.token) }
        if let badge = asked.badge {
            return try await store.signIn(
                badge: BadgeCode(scanned: badge),
                address: context.address,
                tillToken: tillToken,
                ending: context.token
            )
        }
        guard let user = asked.user, let pin = asked.pin else {
            throw Refusal(.fieldMissing, ["field": .field(.badge)])
        }
        return try await store.signIn(
            user: user,
            pin: PIN(typed: pin),
            address: context.address,
            tillToken: tillToken,
            ending: context.token
        )
    }

    func signOut(everywhere: Bool, _ context: Context) async throws {
        try await store.signOut(token: context.token, everywhere: everywhere)
        known.forget(context.token)
    }

    func answer(_ signedIn: SignedIn) throws -> Answer {
        let csrf = Cookies.csrf(of: signedIn.token)
        var answer = try Answer.json(SignInAnswer(signedIn.staff, csrf: csrf), .created)
        enter(signedIn, &answer)
        return answer
    }

    /// The browser keeps the sign-in, and forgets in which shop whoever was there before had chosen to work.
    private func enter(_ signedIn: SignedIn, _ answer: inout Answer) {
        answer.headers[.setCookie] = cookies.set(signedIn.token)
        answer.headers.append(HTTPField(name: .setCookie, value: cookies.withoutWorkplace))
    }

    /// The demonstration's passwords are known to all: it opens at this machine alone.
    private func checkPlace(_ context: Context) throws(Refusal) {
        if context.isDemonstration, !context.isAtHome { throw Refusal(.offLoopbackDemo) }
    }
}
