import Shop
import Store

/// Who is to be asked, a tab a moment.
struct DuePage: Page {
    static let template = "questionnaires"

    let tabs: [Tab]
    let moment: String
    let code: Field
    let run: Field
    let isFiltered: Bool
    let all: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let rows: [Row]
    let hasRows: Bool
    /// The papers of the run that is chosen; nil where none is.
    let print: String?
    /// Nil where the reader may not open it.
    let results: String?
    let versions: String?
    let pager: Pager?

    struct Tab: Sendable {
        let path: String
        let words: String
        let count: String
        let isCurrent: Bool
    }

    struct Row: Sendable {
        let path: String
        let name: String
        let run: String
        let runPath: String
        let structure: String
        let days: String
        let call: Call?
    }

    struct Call: Sendable {
        let number: String
        let words: String
    }

    private static let fields: Set<String> = ["code", "run"]

    init(
        _ words: Words,
        _ part: Paged<Reachable>,
        moment: Moment,
        run chosen: String?,
        counts: [Moment: Int],
        _ draft: Draft,
        after: String?,
        mayOpen: (String) -> Bool
    ) {
        let language = words.language
        func list(_ moment: Moment, _ rest: String = "") -> String {
            "/questionnaires?moment=\(moment.rawValue)" + (chosen.map { "&run=\($0)" } ?? "") + rest
        }
        tabs = Moment.allCases.map {
            Tab(
                path: list($0),
                words: $0.name(in: language),
                count: words.number(counts[$0] ?? 0),
                isCurrent: $0 == moment
            )
        }
        self.moment = moment.rawValue
        code = Field(
            "code",
            label: words("questionnaire_scan"),
            value: draft.value("code"),
            hint: words("questionnaire_scan_help"),
            error: draft.error("code", in: language),
            isRequired: false,
            isOptional: false
        )
        run = Field(
            .run,
            draft,
            in: language,
            isRequired: false,
            isOptional: false
        )
        isFiltered = !draft.value("run").isEmpty
        all = "/questionnaires?moment=\(moment.rawValue)"
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        rows = part.items.map { Row($0, words) }
        hasRows = !rows.isEmpty
        print = chosen.map { "/runs/\($0)/questionnaires/\(moment.rawValue)" }
        results = ["/questionnaires/results"].first(where: mayOpen).map {
            "\($0)?moment=\(moment.rawValue)"
        }
        versions = ["/questionnaires/versions"].first(where: mayOpen)
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in list(moment) },
                next: part.next.map { list(moment, "&after=\($0)") },
                words: words.counted("questionnaire_count", part.items.count)
            )
    }
}

extension DuePage.Row {
    fileprivate init(_ item: Reachable, _ words: Words) {
        let due = item.due
        path = "/questionnaires/\(due.enrolment)/\(due.moment.rawValue)"
        name = item.name.isEmpty ? due.person : item.name
        run = due.run
        runPath = "/runs/\(due.run)"
        structure = due.structure
        days = words(
            due.until == nil ? "questionnaire_since" : "questionnaire_between",
            ["from": due.from.printed, "until": due.until?.printed ?? ""]
        )
        call = Self.call(item.phone, due.moment)
    }

    /// Who is still in the room at entry is asked there; later on one calls.
    private static func call(_ phone: String, _ moment: Moment) -> DuePage.Call? {
        guard moment != .entry, !phone.isEmpty else { return nil }
        return DuePage.Call(number: phone, words: Phone.printed(phone))
    }
}
