import Shop
import Store

/// The two lists of the help desk, each row with what is to come, and the form that adds one.
struct HelpDeskCodesPage: Page {
    static let template = "help-desk-codes"

    let key: String
    let lists: [Shown]
    let mayWrite: Bool
    let isOpen: Bool
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let list: Choice
    let code: Field
    let french: Field
    let english: Field
    let startsOn: Field
    let isWithdrawn: Bool

    struct Shown: Sendable {
        let name: String
        let rows: [Row]
    }

    struct Row: Sendable {
        let code: String
        let words: String
        let since: String
        let state: Tag
        let change: String
    }

    static let fields: Set<String> = ["list", "code", "name_fr", "name_en", "starts_on"]

    /// - Parameter changing: `theme.email`, the row whose form is open.
    init(
        _ words: Words,
        _ codes: [HelpDeskCode],
        today: Day,
        mayWrite: Bool,
        changing: String? = nil,
        _ draft: Draft = Draft(),
        key: String
    ) {
        let language = words.language
        self.key = key
        lists = HelpDeskCode.List.allCases.map { list in
            let versions = Dictionary(grouping: codes.filter { $0.list == list }, by: \.code)
            let rows = versions.sorted { $0.key < $1.key }.flatMap { _, rows in
                let present = rows.inForce(on: today)
                return rows.filter { $0 == present || $0.startsOn > today }
                    .sorted { $0.startsOn < $1.startsOn }.map { Row($0, words, today: today) }
            }
            return Shown(name: list.name(in: language), rows: rows)
        }
        self.mayWrite = mayWrite
        let changed = codes.first { "\($0.list.rawValue).\($0.code)" == changing }
        isOpen = changed != nil || !draft.isFine
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        list = Choice(
            .codeList,
            draft,
            in: language,
            options: HelpDeskCode.List.allCases.map { ($0.rawValue, $0.name(in: language)) },
            chosen: changed?.list.rawValue
        )
        code = Field(
            .code,
            draft,
            in: language,
            value: changed?.code,
            hint: words("desk_code_hint")
        )
        french = Field(.nameFrench, draft, in: language, value: changed?.french)
        english = Field(.nameEnglish, draft, in: language, value: changed?.english)
        startsOn = Field(.startsOn, draft, in: language, value: today.iso, type: "date")
        isWithdrawn = draft.isFine ? changed?.isWithdrawn ?? false : draft.isTicked("withdrawn")
    }
}

extension HelpDeskCodesPage.Row {
    fileprivate init(_ row: HelpDeskCode, _ words: Words, today: Day) {
        code = row.code
        self.words = row.words(in: words.language)
        since = row.startsOn.printed
        state =
            if row.startsOn > today {
                Tag(
                    tone: "warning",
                    icon: "calendar",
                    words: words("motive_from", ["day": row.startsOn.printed])
                )
            } else if row.isWithdrawn {
                Tag(tone: "refused", icon: "refused", words: words("motive_withdrawn_state"))
            } else {
                Tag(tone: "done", icon: "done", words: words("motive_offered"))
            }
        change = "/help-desk/codes?change=\(row.list.rawValue).\(row.code)#change"
    }
}
