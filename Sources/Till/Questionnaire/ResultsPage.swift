import HTTPTypes
import Shop
import Store

private let readers = Access.roles(.courseReaders)
private let asked: [Route.Parameter] = [
    .init("moment", .choice(Moment.allCases.map(\.rawValue)), "At entry where none."),
    .init("programme", .text(most: 40), "Of one programme, by its short name."),
    .init("run", .text(most: 30), "Of one run only, for who may see single answers."),
]

/// What the answers come to, and the versions of the questions.
func questionnaireResultRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/questionnaires/results",
            for: readers,
            "What was answered at a moment, counted.",
            query: asked
        ) { call, context in
            let told = try await store.questionnaireResults(
                ResultsFilter(call.query),
                for: context.staff
            )
            return context.page(
                ResultsPage(
                    context.words,
                    told,
                    programmes: try await store.programmes().items,
                    mayOpen: context.mayOpen
                )
            )
        },
        Route(
            .get,
            "/questionnaires/results.csv",
            for: readers,
            "The counts as a table for a spreadsheet.",
            query: asked
        ) { call, context in
            let told = try await store.questionnaireResults(
                ResultsFilter(call.query),
                for: context.staff
            )
            return .file(
                "questionnaires-\(told.results.moment.rawValue)-\(store.today.iso).csv",
                type: "text/csv; charset=utf-8",
                Array(CSV(told.table(in: context.language)).text.utf8)
            )
        },
        Route(
            .get,
            "/questionnaires/versions",
            for: readers,
            "Every version of the questionnaires, in plain words."
        ) { _, context in
            context.page(
                VersionsPage(
                    context.words,
                    try await store.questionnaires(),
                    today: store.today,
                    mayOpen: context.mayOpen
                )
            )
        },
    ]
}

extension ResultsFilter {
    /// Throws `choiceUnknown`, `codeUnreadable`.
    init(_ query: Form) throws(Refusal) {
        func given(_ name: String) -> String? {
            query[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        let moment =
            if let text = given("moment") { try Moment(typed: text, field: .moment) } else {
                Moment.entry
            }
        let run =
            if let text = given("run") { try RunCode(typed: text, field: .run) } else {
                nil as RunCode?
            }
        self.init(moment, programme: given("programme"), run: run)
    }
}

/// Counts as tables with their bars, entry beside end.
struct ResultsPage: Page {
    static let template = "questionnaire-results"

    let tabs: [Tab]
    let moment: String
    let programme: Choice
    /// Nil where the reader sees whole programmes alone.
    let run: Field?
    let csv: String
    let back: String?
    let versions: String
    let figures: [Figure]
    /// What is hidden, and why; nil where nothing is.
    let hiding: String?
    let hasProgress: Bool
    let progress: [Progress]
    let hasAnswers: Bool
    let questions: [Asked]

    struct Tab: Sendable {
        let path: String
        let words: String
        let isCurrent: Bool
    }

    struct Figure: Sendable {
        let value: String
        let words: String
    }

    struct Progress: Sendable {
        let words: String
        let persons: String
        let entry: String
        let end: String
        let change: String
    }

    struct Asked: Sendable {
        let words: String
        let answered: String
        let mean: String?
        let lines: [Line]
    }

    struct Line: Sendable {
        let words: String
        let count: String
        let share: String
        let bar: Bar?
    }

    struct Bar: Sendable {
        let value: String
        let most: String
    }

    init(
        _ words: Words,
        _ told: ToldResults,
        programmes: [Programme],
        mayOpen: (String) -> Bool
    ) {
        let language = words.language
        let results = told.results
        let rest =
            (told.programme.map { "&programme=\(percentEncoded($0))" } ?? "")
            + (told.run.map { "&run=\($0)" } ?? "")
        let seesAnswers = told.hiddenUnder == nil
        tabs = Moment.allCases.map {
            Tab(
                path: "/questionnaires/results?moment=\($0.rawValue)\(rest)",
                words: $0.name(in: language),
                isCurrent: $0 == results.moment
            )
        }
        moment = results.moment.rawValue
        let every = seesAnswers ? [(value: "", words: words("questionnaire_every_programme"))] : []
        programme = Choice(
            "programme",
            label: FieldName.programme.label(in: language),
            options: every + programmes.map { (value: $0.code, words: $0.name) },
            chosen: told.programme
        )
        run =
            seesAnswers
            ? Field(
                "run",
                label: FieldName.run.label(in: language),
                value: told.run ?? "",
                isRequired: false,
                isOptional: false
            ) : nil
        csv = "/questionnaires/results.csv?moment=\(results.moment.rawValue)\(rest)"
        back = ["/questionnaires"].first(where: mayOpen)
        versions = "/questionnaires/versions"
        figures = [
            Figure(value: words.number(results.asked), words: words("questionnaire_asked")),
            Figure(value: words.number(results.answered), words: words("questionnaire_answered")),
            Figure(
                value: results.declined.map { words.number($0) } ?? words("questionnaire_hidden"),
                words: words("questionnaire_declined")
            ),
            Figure(
                value: results.ratePercent.map { "\($0)\u{A0}%" } ?? "–",
                words: words("questionnaire_rate")
            ),
        ]
        hiding = told.hiddenUnder.map { words("questionnaire_hiding", ["count": "\($0)"]) }
        progress = results.progress.map { Progress($0, words) }
        let isCompared = results.progress.contains { $0.entry != nil } || !seesAnswers
        hasProgress = !progress.isEmpty && isCompared
        hasAnswers = results.answered > 0
        questions = results.questions.map { Asked($0, words) }
    }
}

extension ResultsPage.Progress {
    fileprivate init(_ told: QuestionnaireResults.Progress, _ words: Words) {
        let language = words.language
        self.words = told.question.words(in: language)
        persons = told.entry.map { words.number($0.count) } ?? "–"
        entry = told.entry?.written(in: language) ?? "–"
        end = told.end?.written(in: language) ?? "–"
        change =
            if let entry = told.entry, let end = told.end {
                Self.signed(end.tenths - entry.tenths, language)
            } else { "–" }
    }

    /// Of the two means as they are written, so that a reader's own subtraction gives the same.
    private static func signed(_ tenths: Int, _ language: Language) -> String {
        let sign = tenths > 0 ? "+" : tenths < 0 ? "\u{2212}" : ""
        let size = tenths.magnitude
        return "\(sign)\(size / 10)\(language.choose(",", "."))\(size % 10)"
    }
}

extension ResultsPage.Asked {
    fileprivate init(_ counted: QuestionnaireResults.Counted, _ words: Words) {
        let language = words.language
        self.words = counted.question.words(in: language)
        answered =
            counted.answered.map { words.counted("questionnaire_answers", $0) }
            ?? words("questionnaire_hidden")
        mean = counted.mean.map {
            words("questionnaire_mean", ["mean": $0.written(in: language)])
        }
        lines = counted.cells.map { cell in
            let share = cell.count.flatMap { count -> Int? in
                guard let all = counted.answered, all > 0 else { return nil }
                return (200 * count + all) / (2 * all)
            }
            return ResultsPage.Line(
                words: cell.words(in: language),
                count: cell.count.map(words.number) ?? words("questionnaire_hidden"),
                share: share.map { "\($0)\u{A0}%" } ?? "",
                bar: cell.count.flatMap { count in
                    counted.answered.map {
                        ResultsPage.Bar(value: String(count), most: String(max($0, 1)))
                    }
                }
            )
        }
    }
}
