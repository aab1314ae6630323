import HTTPTypes
import Shop
import Store

/// Shops, tills, users and their roles.
func userRoutes(_ store: Store, _ known: Known) -> [Route] {
    let office = Office(store: store)
    return [
        Route(
            .get,
            "/settings",
            for: .roles(.shopManagers),
            "Shops, tills and the people who work there.",
            query: [.init("after")]
        ) { call, context in
            try await office.settings(after: call.query["after"], context)
        },
        Route(.post, "/users", for: .roles(.administrators), "Adds a user with a role.") {
            call,
            context in
            let form = try call.form()
            do {
                let login = try await office.add(form, key: call.key(), by: context.staff)
                return .see("/users/\(login.text)")
            } catch let refusal as Refusal {
                return try await office.settings(refusal: refusal, typed: form, context)
            }
        },
        Route(.post, "/tills", for: .roles(.administrators), "Opens a till.") { call, context in
            let form = try call.form()
            do {
                _ = try await store.openTill(
                    NewTill(
                        code: TillCode(typed: form.required("code")),
                        name: ShortText(typed: form["till_name"] ?? "", field: .till, most: 100)
                    ),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/settings")
            } catch let refusal as Refusal {
                return try await office.settings(refusal: refusal, typed: form, context)
            }
        },
        Route(.get, "/users/{login}", for: .roles(.administrators), "One user.") { call, context in
            try await office.user(Login(typed: call.piece("login")), context)
        },
        office.change("role", "Gives a user a role.") { form, login, key, staff in
            let (role, shop) = try office.role(form)
            _ = try await store.grantRole(role, in: shop, to: login, key: key, by: staff)
        },
        office.change("role/end", "Takes a role back.") { form, login, key, staff in
            let (role, shop) = try office.role(form)
            _ = try await store.endRole(role, in: shop, of: login, key: key, by: staff)
        },
        office.change("password", "Gives a user a new password.") { form, login, key, staff in
            let password = try form.required("password")
            _ = try await store.setPassword(of: login, to: password, key: key, by: staff)
        },
        office.change("disable", "Shuts a user out.") { _, login, key, staff in
            _ = try await store.disableUser(login, key: key, by: staff)
            known.forgetEveryone()
        },
        office.change("enable", "Lets a user in again.") { _, login, key, staff in
            _ = try await store.enableUser(login, key: key, by: staff)
        },
        Route(
            .post,
            "/users/{login}/badge",
            for: .roles(.administrators),
            "Makes a user's new badge, and shows it once."
        ) { call, context in
            let login = try Login(typed: call.piece("login"))
            let badge = try await store.makeBadge(
                of: login,
                key: call.key(),
                by: context.staff
            )
            return try await office.user(login, badge: badge, context)
        },
        Route(
            .post,
            "/till-browsers/{id}/withdrawal",
            for: .roles(.shopManagers),
            "Takes a browser away from its till."
        ) { call, context in
            do {
                _ = try await store.withdrawBrowser(
                    call.id("id"),
                    key: call.key(),
                    by: context.staff
                )
                return .see("/settings")
            } catch let refusal as Refusal where refusal.reason == .alreadyEnded {
                return try await office.settings(refusal: refusal, context)
            }
        },
        Route(
            .get,
            "/api/v1/shops",
            for: .everyRole,
            "Every shop, by code.",
            gives: Listing<ListedShop>.self
        ) { _, _ in try .json(Listing(try await store.shops())) },
        Route(
            .get,
            "/api/v1/tills",
            for: .everyRole,
            "Every till, or those of a shop.",
            query: [.init("shop", .text(pattern: "^[A-Z]{2}$"), "The shop's code.")],
            gives: Listing<ListedTill>.self
        ) { call, _ in
            let shop = try call.query["shop"].map { try ShopCode(typed: $0) }
            return try .json(Listing(try await store.tills(in: shop)))
        },
        Route(
            .get,
            "/api/v1/users",
            for: .roles(.administrators),
            "Users by login, fifty at a time.",
            query: [.init("after", .text(most: 40), "Begin after this login.")],
            gives: Listing<ListedUser>.self
        ) { call, context in
            let page = try await store.users(
                after: call.query["after"],
                in: context.reach(.administrators)
            )
            return try .json(Listing(page.items, next: page.next))
        },
    ]
}

/// Where an administrator sees to shops and users.
private struct Office: Sendable {
    let store: Store

    func settings(
        after: String? = nil,
        refusal: Refusal? = nil,
        typed: Form = Form(encoded: ""),
        _ context: Context
    ) async throws -> Answer {
        let words = context.words
        let managed = try context.reach(.shopManagers)
        let administered = try context.reach(.administrators)
        let shops = try await store.shops().filter { managed.includes($0.id) }
        let tills = Dictionary(grouping: try await store.tills(), by: \.shop)
        let users = try await store.users(after: after, in: managed)
        let browsers = try await store.browsersAtTills(in: managed)
        let page = SettingsPage(
            refusal: refusal.map { RefusalCard($0, in: context.language) },
            shops: shops.map { shop in
                SettingsPage.ShopLine(
                    code: shop.code,
                    name: shop.name,
                    city: shop.city,
                    tills: (tills[shop.code] ?? []).map {
                        .init(path: "/tills/\($0.code)", words: "\($0.code) \($0.name)")
                    }
                )
            },
            users: users.items.map { user in
                SettingsPage.UserLine(
                    login: user.login,
                    path: "/users/\(user.login)",
                    name: user.name,
                    operatorCode: user.operatorCode,
                    roles: user.roleWords(words),
                    isDisabled: user.isDisabled
                )
            },
            pager: users.next == nil && after == nil
                ? nil
                : Pager(
                    first: after == nil ? nil : "/settings",
                    next: users.next.map { "/settings?after=\($0)" },
                    words: words.counted("settings_users", users.items.count)
                ),
            browsers: browsers.map { browser in
                SettingsPage.BrowserLine(
                    browser,
                    words,
                    key: store.newID(Claim.self)
                )
            },
            hasBrowsers: !browsers.isEmpty,
            forms: administered == .nowhere
                ? nil
                : SettingsPage.Forms(
                    words,
                    shops: shops.filter { administered.includes($0.id) },
                    everyShop: administered == .everyShop,
                    keys: (store.newID(), store.newID()),
                    typed: typed
                )
        )
        return context.page(page, refusal?.status ?? .ok)
    }

    func user(
        _ login: Login,
        badge: BadgeCode? = nil,
        refusal: Refusal? = nil,
        _ context: Context
    ) async throws -> Answer {
        let administered = try context.reach(.administrators)
        let page = UserPage(
            context.words,
            try await store.user(login, in: administered),
            shops: try await store.shops().filter { administered.includes($0.id) },
            everyShop: administered == .everyShop,
            key: { store.newID() },
            badge: badge,
            refusal: refusal.map { RefusalCard($0, in: context.language) }
        )
        return context.page(page, refusal?.status ?? .ok)
    }

    /// A write on one user, after which their page is shown again, with the refusal if there is one.
    func change(
        _ path: String,
        _ summary: String,
        _ body: @escaping @Sendable (Form, Login, ID<Claim>, Staff) async throws -> Void
    ) -> Route {
        Route(.post, "/users/{login}/\(path)", for: .roles(.administrators), summary) {
            call,
            context in
            let login = try Login(typed: call.piece("login"))
            do {
                try await body(call.form(), login, call.key(), context.staff)
                return .see("/users/\(login.text)")
            } catch let refusal as Refusal {
                return try await user(login, refusal: refusal, context)
            }
        }
    }

    func role(_ form: Form) throws(Refusal) -> (Role, ShopCode?) {
        let shop = form["shop"] ?? ""
        return (
            try Role(typed: form.required("role"), field: .role),
            shop.isEmpty ? nil : try ShopCode(typed: shop)
        )
    }

    func add(_ form: Form, key: ID<Claim>, by staff: Staff) async throws -> Login {
        let login = try Login(typed: form.required("login"))
        let (role, shop) = try role(form)
        let password = try form.required("password")
        _ = try await store.addUser(
            NewUser(
                login: login,
                operatorCode: OperatorCode(typed: form.required("operator")),
                name: PersonName(typed: form["name"] ?? "", field: .name),
                language: staff.language
            ),
            holding: [Grant(role, in: shop)],
            password: password,
            key: key,
            by: staff
        )
        return login
    }
}
