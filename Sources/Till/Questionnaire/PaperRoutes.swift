import HTTPTypes
import Shop
import Store

private let keepers = Access.roles(.courseKeepers)
private let whom: [Route.Parameter] = [
    .init(
        "enrolment",
        .text(format: "uuid"),
        "Of one person; everybody who has not answered otherwise."
    )
]

/// Blank questionnaires for paper, one A4 page a person.
func questionnairePaperRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/runs/{code}/questionnaires/{moment}",
            for: keepers,
            "The questionnaires of a run, for paper.",
            query: whom
        ) { call, context in
            try await context.page(page(store, call, context))
        },
        Route(
            .get,
            "/runs/{code}/questionnaires/{moment}/questionnaires.pdf",
            for: keepers,
            "The questionnaires of a run, as a file for paper.",
            query: whom
        ) { call, context in
            let page = try await page(store, call, context)
            return try await context.file(page, named: "questionnaires-\(page.run)")
        },
    ]
}

private func page(
    _ store: Store,
    _ call: Call,
    _ context: Context
) async throws -> PaperPage {
    let enrolment = try call.query["enrolment"].map {
        try ID<Enrolment>(typed: $0, field: .person)
    }
    let papers = try await store.paperQuestionnaires(
        of: RunCode(typed: call.piece("code")),
        at: call.moment(),
        for: enrolment,
        in: context.reach(.courseKeepers)
    )
    return PaperPage(context.words, papers, enrolment: enrolment)
}

/// Blank questionnaires: on the screen as they come on paper, and as a file.
struct PaperPage: Sheet {
    static let template = "questionnaire-paper"
    static let sheet = "sheet-questionnaire"

    let run: String
    let title: String
    let back: String
    let file: String
    let hasPapers: Bool
    let papers: [Paper]

    struct Paper: Sendable {
        let association: String
        let shop: String
        let course: String
        let moment: String
        let name: String
        let square: Markup
        let code: String
        let questions: [Asked]
    }

    struct Asked: Sendable {
        let number: String
        let words: String
        let hint: String
        let boxes: [String]
        /// Whether a number is written.
        let isNumber: Bool
    }

    init(_ words: Words, _ papers: PaperQuestionnaires, enrolment: ID<Enrolment>? = nil) {
        let language = words.language
        let moment = papers.questionnaire.moment
        run = papers.run
        title = words(
            "questionnaire_paper_title",
            ["moment": moment.name(in: language), "run": papers.run]
        )
        back = "/questionnaires?moment=\(moment.rawValue)&run=\(papers.run)"
        file =
            "/runs/\(papers.run)/questionnaires/\(moment.rawValue)/questionnaires.pdf"
            + (enrolment.map { "?enrolment=\($0)" } ?? "")
        let questions = papers.questionnaire.questions.enumerated().map { index, question in
            Asked(question, number: index + 1, words)
        }
        hasPapers = !papers.people.isEmpty
        self.papers = papers.people.map { asked in
            Paper(
                association: papers.association,
                shop: papers.shopName,
                course: "\(papers.course) · \(papers.run)",
                moment: moment.name(in: language),
                name: asked.name,
                square: Barcode.qr(asked.code.text),
                code: asked.code.printed,
                questions: questions
            )
        }
    }
}

extension PaperPage.Asked {
    fileprivate init(_ question: Question, number: Int, _ words: Words) {
        self.number = String(number)
        self.words = question.words(in: words.language)
        isNumber = question.kind == .number
        boxes =
            question.kind == .scale
            ? (1...5).map(String.init) : question.choices.map { $0.words(in: words.language) }
        hint = question.hint(words)
    }
}
