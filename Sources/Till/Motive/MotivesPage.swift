import Shop
import Store

/// The motives of a referral, each with what is to come, and the form that adds a row.
struct MotivesPage: Page {
    static let template = "motives"

    let key: String
    let rows: [Row]
    let mayWrite: Bool
    let isOpen: Bool
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let code: Field
    let french: Field
    let english: Field
    let startsOn: Field
    let isWithdrawn: Bool

    struct Row: Sendable {
        let code: String
        let words: String
        let since: String
        let state: Tag
        let change: String
    }

    static let fields: Set<String> = ["code", "name_fr", "name_en", "starts_on"]

    init(
        _ words: Words,
        _ motives: [Motive],
        today: Day,
        mayWrite: Bool,
        changing: Motive? = nil,
        _ draft: Draft = Draft(),
        key: String
    ) {
        let language = words.language
        let versions = Dictionary(grouping: motives, by: \.code)
        self.key = key
        rows = versions.sorted { $0.key < $1.key }.flatMap { code, rows in
            let present = rows.inForce(on: today)
            return rows.filter { $0 == present || $0.startsOn > today }
                .sorted { $0.startsOn < $1.startsOn }.map { Row($0, words, today: today) }
        }
        self.mayWrite = mayWrite
        isOpen = changing != nil || !draft.isFine
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        code = Field(
            .code,
            draft,
            in: language,
            value: changing?.code,
            hint: words("motive_code_hint")
        )
        french = Field(.nameFrench, draft, in: language, value: changing?.french)
        english = Field(.nameEnglish, draft, in: language, value: changing?.english)
        startsOn = Field(.startsOn, draft, in: language, value: today.iso, type: "date")
        isWithdrawn = draft.isFine ? changing?.isWithdrawn ?? false : draft.isTicked("withdrawn")
    }
}

extension MotivesPage.Row {
    fileprivate init(_ motive: Motive, _ words: Words, today: Day) {
        code = motive.code
        self.words = motive.words(in: words.language)
        since = motive.startsOn.printed
        state =
            if motive.startsOn > today {
                Tag(
                    tone: "warning",
                    icon: "calendar",
                    words: words("motive_from", ["day": motive.startsOn.printed])
                )
            } else if motive.isWithdrawn {
                Tag(tone: "refused", icon: "refused", words: words("motive_withdrawn_state"))
            } else {
                Tag(tone: "done", icon: "done", words: words("motive_offered"))
            }
        change = "/motives?change=\(motive.code)#change"
    }
}
