import Shop
import Store

/// What a user sets for themselves: language, first-day help, the till of this browser, password, PIN.
struct AccountPage: Page {
    static let template = "account"

    let refusal: RefusalCard?
    /// One request key a form: a form that is sent twice does its work once.
    let passwordKey: String
    let pinKey: String
    let language: Choice
    let firstDay: Choice
    let tills: Choice
    let hasTills: Bool
    /// At which till this browser stands.
    let till: String?
    let current: Field
    let password: Field
    let pinCurrent: Field
    let pin: Field

    /// - Parameters:
    ///   - tills: those of the shops in which the user has a role.
    ///   - keys: two new request keys.
    init(
        _ words: Words,
        _ staff: Staff,
        tills: [ListedTill],
        keys: (ID<Claim>, ID<Claim>),
        refusal: RefusalCard? = nil
    ) {
        self.refusal = refusal
        passwordKey = keys.0.text
        pinKey = keys.1.text
        language = Choice(
            "language",
            label: words("account_language"),
            options: Language.allCases.map { (value: $0.rawValue, words: $0.ownName) },
            chosen: staff.language.rawValue
        )
        firstDay = Choice(
            "first_day",
            label: words("account_first_day"),
            options: [
                (value: "yes", words: words("account_first_day_yes")),
                (value: "no", words: words("account_first_day_no")),
            ],
            chosen: staff.firstDay ? "yes" : "no",
            hint: words("account_first_day_hint")
        )
        self.tills = Choice(
            "till",
            label: words("account_till_choose"),
            options: tills.map { (value: $0.code, words: "\($0.code) · \($0.name)") },
            chosen: staff.till?.code,
            hint: words("account_till_hint")
        )
        hasTills = !tills.isEmpty
        till = staff.till.map { "\($0.name), \($0.shopName)" }
        current = Field(
            "current",
            label: words("account_password_current"),
            type: "password",
            autocomplete: "current-password"
        )
        password = Field(
            "password",
            label: words("account_password_new"),
            hint: words("account_password_hint", ["least": String(NewPassword.least)]),
            type: "password",
            autocomplete: "new-password"
        )
        pinCurrent = Field(
            "pin_current",
            label: words("account_password_current"),
            type: "password",
            autocomplete: "current-password"
        )
        pin = Field(
            "pin",
            label: words("account_pin"),
            hint: words("account_pin_hint"),
            type: "password",
            autocomplete: "off"
        )
    }
}
