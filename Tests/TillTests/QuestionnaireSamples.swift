import Foundation
import Shop

@testable import Store
@testable import Till

extension Samples {
    /// Lists with and without somebody, an entry that is new, wrong and corrected, papers, results with and without
    /// what is hidden, versions.
    static func questionnaires(_ words: Words) throws -> [any Page] {
        try questionnaireLists(words) + questionnaireEntries(words) + questionnairePapers(words)
            + questionnaireResults(words) + questionnaireVersions(words)
    }

    private static let day = Day(iso: "2026-11-23")!

    private static func version(_ moment: Moment, from start: Day = day) -> Questionnaire {
        Questionnaire(
            id: ID(UUID()),
            moment: moment,
            startsOn: start,
            questions: defaultQuestions(at: moment) + [
                Question(
                    code: "children",
                    kind: .number,
                    french: "Combien d’enfants scolarisés\u{202F}?",
                    english: "How many children at school?",
                    least: 0,
                    most: 12
                )
            ]
        )
    }

    private static func questionnaireLists(_ words: Words) -> [any Page] {
        func due(_ name: String, until: Day?) -> Reachable {
            Reachable(
                due: DueQuestionnaire(
                    enrolment: ID(UUID()),
                    moment: .sixMonths,
                    run: "LI-2026-01",
                    structure: "Association Itinéraires",
                    person: "P-72D3BX",
                    from: day,
                    until: until
                ),
                name: name,
                phone: "+33639980009",
                orderedBy: day
            )
        }
        var draft = Draft(Form(encoded: "code=rien&run=LI-2026-01"))
        _ = draft.read("code", QuestionnaireCode.init(scanned:))
        draft.refuse(Refusal(.busy))
        return [
            DuePage(
                words,
                Paged(items: [due("Amina Benali", until: day), due("", until: nil)], next: "next"),
                moment: .sixMonths,
                run: "LI-2026-01",
                counts: [.entry: 3],
                draft,
                after: "before",
                mayOpen: { _ in true }
            ),
            DuePage(
                words,
                Paged(items: [], next: nil),
                moment: .entry,
                run: nil,
                counts: [:],
                Draft(),
                after: nil,
                mayOpen: { _ in false }
            ),
        ]
    }

    private static func questionnaireEntries(_ words: Words) throws -> [any Page] {
        func card(_ responses: [GivenResponse]) -> ResponseCard {
            ResponseCard(
                enrolment: ID(UUID()),
                moment: .entry,
                person: "P-72D3BX",
                name: responses.isEmpty ? "Amina Benali" : "",
                phone: responses.isEmpty ? "+33639980009" : "",
                run: "LI-2026-01",
                enrolledOn: day,
                questionnaire: version(.entry),
                responses: responses
            )
        }
        func given(_ revision: Int, declined: Bool) -> GivenResponse {
            GivenResponse(
                revision: revision,
                version: day,
                answeredOn: day,
                means: .paper,
                declined: declined,
                answers: declined
                    ? [] : [GivenAnswer(question: "equipment", values: ["computer", "tablet"])],
                recordedAt: Instant(microseconds: 1_795_356_300_000_000),
                recordedBy: "PA1"
            )
        }
        var draft = Draft(Form(encoded: "q-children=40&means=phone&answered_on=hier&key=k"))
        _ = draft.read("answered_on") { text throws(Refusal) in
            try Day(typed: text, field: .answeredOn)
        }
        do {
            _ = try ReadAnswers(
                [GivenAnswer(question: "children", values: ["40"])],
                of: version(.entry)
            )
        } catch { draft.refuse(error) }
        draft.refuse(Refusal(.questionnaireAnswered, ["by": .text("Nadia"), "at": .day(day)]))
        return [
            EntryPage(words, card([]), draft, today: day, key: "k", mayOpen: { _ in true }),
            EntryPage(
                words,
                card([given(2, declined: true), given(1, declined: false)]),
                Draft(),
                today: day,
                key: "k",
                mayOpen: { _ in true }
            ),
        ]
    }

    private static func questionnairePapers(_ words: Words) -> [any Page] {
        func papers(_ names: [String]) -> PaperQuestionnaires {
            PaperQuestionnaires(
                questionnaire: version(.entry),
                run: "LI-2026-01",
                course: "Parcours des parents d’élèves",
                association: "Le Comptoir solidaire",
                shopName: "Lille Fives",
                people: names.map {
                    .init(
                        name: $0,
                        code: QuestionnaireCode(
                            enrolment: ID(UUID()),
                            moment: .entry,
                            startsOn: day
                        )
                    )
                }
            )
        }
        return [PaperPage(words, papers(["Amina Benali"])), PaperPage(words, papers([]))]
    }

    private static func questionnaireResults(_ words: Words) throws -> [any Page] {
        let questions = version(.end).questions
        let counted = questions.map { question in
            let cells = (question.choices.isEmpty ? ["1", "2"] : question.choices.map(\.french))
            return QuestionnaireResults.Counted(
                question: question,
                answered: 12 * cells.count,
                cells: cells.map { .init(code: $0, french: $0, english: $0, count: 12) },
                mean: question.range.flatMap { _ in Mean(sum: 36, count: 24) }
            )
        }
        let scale = counted.filter { $0.question.kind == .scale }
        let whole = QuestionnaireResults(
            moment: .end,
            asked: 60,
            answered: 40,
            declined: 2,
            questions: counted,
            progress: scale.map {
                .init(
                    entry: Mean(sum: 40, count: 24),
                    end: Mean(sum: 90, count: 24),
                    atEntry: $0,
                    atEnd: $0
                )
            }
        )
        let none = QuestionnaireResults(
            moment: .sixMonths,
            asked: 0,
            answered: 0,
            declined: 0,
            questions: [],
            progress: []
        )
        return [
            ResultsPage(
                words,
                ToldResults(results: whole, programme: nil, run: nil, hiddenUnder: nil),
                programmes: [],
                mayOpen: { _ in true }
            ),
            ResultsPage(
                words,
                ToldResults(
                    results: whole.hiding(under: 41),
                    programme: "lille",
                    run: nil,
                    hiddenUnder: 41
                ),
                programmes: [],
                mayOpen: { _ in false }
            ),
            ResultsPage(
                words,
                ToldResults(results: none, programme: "lille", run: nil, hiddenUnder: nil),
                programmes: [],
                mayOpen: { _ in true }
            ),
        ]
    }

    private static func questionnaireVersions(_ words: Words) -> [any Page] {
        let first = version(.entry, from: day.adding(days: -400))
        let next = Questionnaire(
            id: ID(UUID()),
            moment: .entry,
            startsOn: day.adding(days: 40),
            questions: Array(first.questions.dropFirst())
        )
        return [
            VersionsPage(
                words,
                [next, version(.entry), first],
                today: day,
                mayOpen: { _ in true }
            )
        ]
    }
}
