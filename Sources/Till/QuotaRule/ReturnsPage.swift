import Shop
import Store

/// What comes back, reason by reason: whether it gives right and limit back, and the form that says otherwise.
struct ReturnsPage: Page {
    static let template = "returns"

    let key: String
    let rows: [Row]
    let mayWrite: Bool
    let isOpen: Bool
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let reason: Choice
    let givesBack: Choice
    let startsOn: Field

    struct Row: Sendable {
        let words: String
        let since: String
    }

    static let fields: Set<String> = ["reason", "gives_right_back", "starts_on"]

    init(
        _ words: Words,
        _ rules: [ReturnRule],
        today: Day,
        mayWrite: Bool,
        _ draft: Draft = Draft(),
        key: String
    ) {
        let language = words.language
        self.key = key
        let toCome = rules.filter { $0.startsOn > today }
        rows = (rules.inForce(on: today) + toCome).map { rule in
            Row(
                words: rule.words(in: language),
                since: words("returns_since", ["day": rule.startsOn.printed])
            )
        }
        self.mayWrite = mayWrite
        isOpen = !draft.isFine
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        reason = Choice(
            "reason",
            label: words("returns_reason"),
            options: RefundReason.allCases.map { ($0.rawValue, $0.name(in: language)) },
            chosen: draft.value("reason"),
            error: draft.error("reason", in: language)
        )
        givesBack = Choice(
            "gives_right_back",
            label: words("returns_choice"),
            options: [("yes", words("returns_yes")), ("no", words("returns_no"))],
            chosen: draft.value("gives_right_back"),
            error: draft.error("gives_right_back", in: language)
        )
        startsOn = Field(
            .startsOn,
            draft,
            in: language,
            value: today.adding(days: 1).iso,
            type: "date"
        )
    }
}
