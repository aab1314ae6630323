import Shop
import Store

/// The rules by which machines are graded, and the marks of processors.
struct GradingPage: Page {
    static let template = "grading"

    let rules: [RulesPart]
    let search: Field
    let marks: [MarkLine]
    let hasMarks: Bool
    let pager: Pager?
    /// Nil for who may only look.
    let taking: Taking?

    struct RulesPart: Sendable {
        let code: String
        let name: String
        let kinds: String
        let state: Tag
        let thresholds: [Threshold]
        let sentences: [String]
    }

    struct Threshold: Sendable {
        let name: String
        let words: String
    }

    /// A table that is pasted in: looked at first, then taken in.
    struct Taking: Sendable {
        let key: String
        let isOpen: Bool
        let mistakes: Mistakes?
        let refusal: RefusalCard?
        let table: Field
        let source: Field
        /// What it would do, or what was left out of it: a count, then a line each.
        let told: [String]
        let hasTold: Bool

        static let fields: Set<String> = ["table", "source"]

        init(
            _ words: Words,
            _ draft: Draft = Draft(),
            _ result: MarksImport? = nil,
            key: String
        ) {
            let language = words.language
            self.key = key
            isOpen = !draft.isFine || result != nil
            mistakes = draft.mistakes(in: language, fields: Self.fields)
            refusal = draft.card(in: language, fields: Self.fields)
            table = Field(.marksTable, draft, in: language)
            source = Field(.source, draft, in: language, hint: words("grading_source_hint"))
            told = result.map { $0.told(words) } ?? []
            hasTold = result != nil
        }
    }

    struct MarkLine: Sendable {
        let processor: String
        let mark: String
        let source: String
        let since: String
    }

    init(
        _ words: Words,
        _ rules: [GradingRules],
        _ marks: Paged<ProcessorMark>,
        search text: String,
        after: String?,
        today: Day,
        taking: Taking? = nil
    ) {
        self.taking = taking
        let present = rules.inForce(on: today)
        let shown = present + rules.filter { $0.startsOn > today }
        self.rules = shown.map { RulesPart($0, words, today: today) }
        search = Field(
            "q",
            label: words("grading_search"),
            value: text,
            type: "search",
            isRequired: false
        )
        self.marks = marks.items.map { mark in
            MarkLine(
                processor: mark.processor,
                mark: words.number(mark.mark),
                source: mark.source,
                since: mark.startsOn.printed
            )
        }
        hasMarks = !marks.items.isEmpty
        func path(_ after: String?) -> String {
            let parts = [
                text.isEmpty ? nil : "q=" + percentEncoded(text),
                after.map { "after=" + percentEncoded($0) },
            ].compactMap { $0 }
            return "/grading" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
        }
        pager =
            marks.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in path(nil) },
                next: marks.next.map { path($0) },
                words: words.counted("grading_marks", marks.items.count)
            )
    }
}

extension GradingPage.RulesPart {
    fileprivate init(_ rules: GradingRules, _ words: Words, today: Day) {
        let language = words.language
        code = rules.code
        name = rules.name(in: language)
        kinds = rules.kinds.map { $0.name(in: language) }.joined(separator: ", ")
        let since = words("grading_since", ["day": rules.startsOn.printed])
        state =
            if rules.startsOn > today {
                Tag(tone: "warning", icon: "calendar", words: since)
            } else {
                Tag(tone: "done", icon: "done", words: since)
            }
        thresholds = rules.thresholds(in: language).map { .init(name: $0.name, words: $0.words) }
        sentences = rules.sentences(in: language)
    }
}

extension MarksImport {
    fileprivate func told(_ words: Words) -> [String] {
        let head = Outcome.allCases.map { words.counted("grading_marks_\($0.rawValue)", count($0)) }
        let faults = rows.compactMap { row in
            row.fault.map { fault in
                let told = fault.refusal.told(in: words.language)
                return words(
                    "grading_marks_line",
                    [
                        "line": words.number(row.line), "field": fault.field,
                        "why": "\(told.what) \(told.why)",
                    ]
                )
            }
        }
        return [head.joined(separator: ", ")] + faults.prefix(50)
    }
}

/// What each kind and grade is offered at, and the form that changes it.
struct GradePricesPage: Page {
    static let template = "grade-prices"

    let key: String
    /// In the order in which their columns stand.
    let grades: [String]
    let tables: [PriceTable]
    let mayWrite: Bool
    let isOpen: Bool
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let kind: Choice
    let grade: Choice
    let channel: Choice
    let price: Field
    let startsOn: Field

    /// One price list.
    struct PriceTable: Sendable {
        let name: String
        let rows: [Row]
    }

    struct Row: Sendable {
        let kind: String
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let grade: String
        let price: String
        /// The day of the next change.
        let change: String?
    }

    static let fields: Set<String> = ["device_kind", "grade", "channel", "price", "starts_on"]

    init(
        _ words: Words,
        _ prices: [GradePrice],
        today: Day,
        mayWrite: Bool,
        _ draft: Draft = Draft(),
        key: String
    ) {
        let language = words.language
        self.key = key
        grades = Grade.allCases.map { $0.name(in: language) }
        tables = PriceChannel.allCases.map { channel in
            PriceTable(
                name: words("grade_price_list", ["channel": channel.name(in: language)]),
                rows: DeviceKind.allCases.compactMap { kind in
                    let own = prices.filter { $0.deviceKind == kind && $0.channel == channel }
                    guard !own.isEmpty else { return nil }
                    return Row(
                        kind: kind.name(in: language),
                        cells: Grade.allCases.map { grade in
                            Cell(own.first { $0.grade == grade }, grade, words)
                        }
                    )
                }
            )
        }
        self.mayWrite = mayWrite
        isOpen = !draft.isFine
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        kind = Choice(
            .deviceKind,
            draft,
            in: language,
            options: DeviceKind.allCases.map { ($0.rawValue, $0.name(in: language)) }
        )
        grade = Choice(
            .grade,
            draft,
            in: language,
            options: Grade.allCases.map { ($0.rawValue, $0.name(in: language)) }
        )
        channel = Choice(
            .channel,
            draft,
            in: language,
            options: PriceChannel.allCases.map { ($0.rawValue, $0.name(in: language)) }
        )
        price = Field(
            .price,
            draft,
            in: language,
            hint: words("grade_price_hint"),
            isRequired: false
        )
        startsOn = Field(.startsOn, draft, in: language, value: today.iso, type: "date")
    }
}

extension GradePricesPage.Cell {
    fileprivate init(_ price: GradePrice?, _ grade: Grade, _ words: Words) {
        self.grade = grade.name(in: words.language)
        self.price = price?.priceCents.map { Written.cents($0, in: words.language) } ?? "—"
        change = price?.changesOn.map { words("grade_price_changes", ["day": $0.printed]) }
    }
}
