import Shop
import Store

/// Shops, tills, and the people who work in them.
struct SettingsPage: Page {
    static let template = "settings"

    let refusal: RefusalCard?
    let shops: [ShopLine]
    let users: [UserLine]
    let pager: Pager?
    /// The browsers that stand at the tills, which the reader may withdraw.
    let browsers: [BrowserLine]
    let hasBrowsers: Bool
    /// Absent for those who may read and not write.
    let forms: Forms?

    struct ShopLine: Sendable {
        let code: String
        let name: String
        let city: String
        let tills: [TillLink]
    }

    struct TillLink: Sendable {
        let path: String
        let words: String
    }

    struct UserLine: Sendable {
        let login: String
        let path: String
        let name: String
        let operatorCode: String
        let roles: String
        let isDisabled: Bool
    }

    struct BrowserLine: Sendable {
        let till: String
        let since: String
        let by: String
        let seen: String
        let path: String
        let key: String
    }

    /// What an administrator may add.
    struct Forms: Sendable {
        let userKey: String
        let tillKey: String
        let login: Field
        let name: Field
        let operatorCode: Field
        let password: Field
        let role: Choice
        let shop: Choice
        let tillCode: Field
        let tillName: Field
    }
}

extension SettingsPage.BrowserLine {
    init(_ browser: BrowserAtTill, _ words: Words, key: ID<Claim>) {
        till = browser.till
        since = Refusal.Fact.instant(browser.enrolledAt).written(in: words.language)
        by = browser.enrolledBy
        seen =
            browser.seenAt.map { Refusal.Fact.instant($0).written(in: words.language) }
            ?? words("settings_browser_unused")
        path = "/till-browsers/\(browser.id)/withdrawal"
        self.key = key.text
    }
}

extension SettingsPage.Forms {
    /// - Parameters:
    ///   - shops: those that the reader administers.
    ///   - everyShop: whether they administer the association.
    ///   - typed: what a refused form held.
    init(
        _ words: Words,
        shops: [ListedShop],
        everyShop: Bool,
        keys: (ID<Claim>, ID<Claim>),
        typed: Form = Form(encoded: "")
    ) {
        self.init(
            userKey: keys.0.text,
            tillKey: keys.1.text,
            login: Field(
                "login",
                label: words("settings_login"),
                value: typed["login"] ?? "",
                hint: words("settings_login_hint")
            ),
            name: Field("name", label: words("settings_name"), value: typed["name"] ?? ""),
            operatorCode: Field(
                "operator",
                label: words("settings_operator"),
                value: typed["operator"] ?? "",
                hint: words("settings_operator_hint")
            ),
            password: Field(
                "password",
                label: words("settings_password"),
                hint: words("account_password_hint", ["least": String(NewPassword.least)]),
                type: "password",
                autocomplete: "new-password"
            ),
            role: roleChoice(words, chosen: typed["role"]),
            shop: shopChoice(words, shops, everyShop: everyShop, chosen: typed["shop"]),
            tillCode: Field(
                "code",
                label: words("settings_till_code"),
                value: typed["code"] ?? "",
                hint: words("settings_till_code_hint")
            ),
            tillName: Field(
                "till_name",
                label: words("settings_till_name"),
                value: typed["till_name"] ?? ""
            )
        )
    }
}

func roleChoice(_ words: Words, chosen: String?) -> Choice {
    Choice(
        "role",
        label: words("settings_role"),
        options: Role.allCases.map {
            (value: $0.rawValue, words: $0.name(in: words.language))
        },
        chosen: chosen
    )
}

func shopChoice(
    _ words: Words,
    _ shops: [ListedShop],
    everyShop: Bool,
    chosen: String?
) -> Choice {
    Choice(
        "shop",
        label: words("settings_role_shop"),
        options: (everyShop ? [(value: "", words: words("settings_every_shop"))] : [])
            + shops.map { (value: $0.code, words: $0.name) },
        chosen: chosen
    )
}

extension ListedUser {
    func roleWords(_ words: Words) -> String {
        roles.map { held in
            held.role.name(in: words.language) + (held.shop.map { " (\($0))" } ?? "")
        }.joined(separator: ", ")
    }
}

/// One person who works here, for the administrator: roles, ways to sign in.
struct UserPage: Page {
    static let template = "user"

    let refusal: RefusalCard?
    let path: String
    let name: String
    let login: String
    let operatorCode: String
    let isDisabled: Bool
    let isActive: Bool
    /// When they were shut out, the latest first.
    let disablements: [DisablementLine]
    let wasDisabled: Bool
    let roles: [HeldLine]
    let hasPIN: Bool
    let hasBadge: Bool
    /// Shown once, just after it was made.
    let badge: NewBadge?
    let roleKey: String
    let passwordKey: String
    let badgeKey: String
    let disableKey: String
    let role: Choice
    let shop: Choice
    let password: Field

    struct HeldLine: Sendable {
        let words: String
        let role: String
        let shop: String
        let path: String
        let key: String
    }

    struct DisablementLine: Sendable {
        let since: String
        let by: String
        let until: String
        let endedBy: String
    }

    struct NewBadge: Sendable {
        let code: String
        let bars: Markup
    }

    init(
        _ words: Words,
        _ user: ListedUser,
        shops: [ListedShop],
        everyShop: Bool,
        key: () -> ID<Claim>,
        badge: BadgeCode? = nil,
        refusal: RefusalCard? = nil
    ) {
        let path = "/users/\(user.login)"
        self.refusal = refusal
        self.path = path
        name = user.name
        login = user.login
        operatorCode = user.operatorCode
        isDisabled = user.isDisabled
        isActive = !user.isDisabled
        disablements = user.disablements.map { DisablementLine($0, words) }
        wasDisabled = !user.disablements.isEmpty
        roles = user.roles.map { held in
            HeldLine(
                words: held.role.name(in: words.language) + (held.shop.map { " (\($0))" } ?? ""),
                role: held.role.rawValue,
                shop: held.shop ?? "",
                path: path,
                key: key().text
            )
        }
        hasPIN = user.credentials.contains("pin")
        hasBadge = user.credentials.contains("badge")
        self.badge = badge.map { NewBadge(code: $0.text, bars: Barcode.code128($0.text)) }
        roleKey = key().text
        passwordKey = key().text
        badgeKey = key().text
        disableKey = key().text
        role = roleChoice(words, chosen: nil)
        shop = shopChoice(words, shops, everyShop: everyShop, chosen: nil)
        password = Field(
            "password",
            label: words("account_password_new"),
            hint: words("account_password_hint", ["least": String(NewPassword.least)]),
            type: "password",
            autocomplete: "new-password"
        )
    }
}

extension UserPage.DisablementLine {
    init(_ disablement: ListedDisablement, _ words: Words) {
        since = Refusal.Fact.instant(disablement.disabledAt).written(in: words.language)
        by = disablement.disabledBy
        until =
            disablement.endedAt.map { Refusal.Fact.instant($0).written(in: words.language) }
            ?? words("user_disablement_lasts")
        endedBy = disablement.endedBy ?? ""
    }
}
