/// The sign-in page.
struct SignInPage: Page {
    static let template = "sign-in"

    /// Where to go once signed in.
    let next: String
    let login: Field
    let password: Field
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    /// Who may be tried in a demonstration, empty otherwise.
    let demonstrators: [Demonstrator]
    let hasDemonstrators: Bool

    struct Demonstrator: Sendable {
        let login: String
        let password: String
        let role: String
    }

    init(
        _ words: Words,
        next: String,
        login: String = "",
        mistakes: Mistakes? = nil,
        refusal: RefusalCard? = nil,
        demonstrators: [Demonstrator] = []
    ) {
        self.next = next
        self.login = Field(
            "login",
            label: words("sign_in_login"),
            value: login,
            autocomplete: "username"
        )
        password = Field(
            "password",
            label: words("sign_in_password"),
            type: "password",
            autocomplete: "current-password"
        )
        self.mistakes = mistakes
        self.refusal = refusal
        self.demonstrators = demonstrators
        hasDemonstrators = !demonstrators.isEmpty
    }
}

/// What the reader may do now, after signing in without a page in mind.
struct HomePage: Page {
    static let template = "home"

    let greeting: String
    let hasFigures: Bool
    let figures: [Shown]
    /// Among which a seller chooses, at a browser that stands at none yet.
    let tills: [Choosable]
    let hasTills: Bool
    let places: [Place]
    /// A code that is scanned here opens the till with it.
    let scansToTill: Bool
    /// The longest pause between two characters of a scan, in milliseconds.
    let scanGap: Int

    /// A figure of today, and the list behind it.
    struct Shown: Sendable {
        let path: String
        let value: String
        let words: String
    }

    struct Choosable: Sendable {
        let code: String
        let words: String
    }

    struct Place: Sendable {
        let path: String
        let icon: String
        let words: String
        let help: String
    }

    /// The places that the reader may open, each with a line on what is done there.
    init(
        _ words: Words,
        name: String,
        figures: [Shown],
        tills: [Choosable],
        scansToTill: Bool = false,
        scanGap: Int,
        mayOpen: (String) -> Bool
    ) {
        greeting = words("home_greeting", ["name": name])
        self.figures = figures
        hasFigures = !figures.isEmpty
        self.tills = tills
        hasTills = !tills.isEmpty
        self.scansToTill = scansToTill
        self.scanGap = scanGap
        places = Navigation.links(words, at: "/", mayOpen: mayOpen).map { link in
            Place(
                path: link.path,
                icon: link.icon,
                words: link.words,
                help: words("home_\(link.path.dropFirst().replacing("/", with: "_"))_help")
            )
        }
    }
}

/// A page that says no: not found, not allowed, not possible now.
struct RefusalPage: Page {
    static let template = "refusal"

    let refusal: RefusalCard
    /// The till is where it is unlocked.
    var isLocked = false
}

/// Every component in every state.
struct StylePage: Page {
    static let template = "style"

    let text: Field
    let wrong: Field
    let optional: Field
    let choice: Choice
    let wrongChoice: Choice
    let radios: Choice
    let wrongRadios: Choice
    let mistakes: Mistakes?
    let refusal: RefusalCard
    let pager: Pager

    init(_ words: Words) {
        text = Field("style-text", label: words("style_name"), hint: words("style_name_hint"))
        wrong = Field(
            "style-wrong",
            label: words("style_valid_until"),
            value: "31/02/2026",
            error: words("style_wrong_day")
        )
        let options = [
            (value: "one", words: words("style_structure_1")),
            (value: "two", words: words("style_structure_2")),
        ]
        optional = Field(
            "style-optional",
            label: words("style_phone"),
            type: "tel",
            isRequired: false
        )
        choice = Choice(
            "style-choice",
            label: words("style_structure"),
            options: options,
            chosen: "two",
            hint: words("style_structure_hint")
        )
        wrongChoice = Choice(
            "style-wrong-choice",
            label: words("style_structure"),
            options: options,
            error: words("style_structure_closed")
        )
        radios = Choice(
            "style-radio",
            label: words("style_reason"),
            options: options,
            chosen: "one",
            hint: words("style_reason_hint")
        )
        wrongRadios = Choice(
            "style-wrong-radio",
            label: words("style_reason"),
            options: options,
            error: words("style_reason_missing")
        )
        mistakes = Mistakes([(name: "style-wrong", words: words("style_wrong_day"))])
        refusal = RefusalCard(
            what: words("style_refusal_what"),
            why: words("style_refusal_why"),
            now: words("style_refusal_now"),
            reference: "E-QUOTA-02"
        )
        pager = Pager(first: "/style", next: "/style?after=50", words: words("style_pager"))
    }
}
