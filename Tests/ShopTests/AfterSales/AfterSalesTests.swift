import Shop
import Testing

@Suite("After-sales: what is covered, and what comes next")
struct AfterSalesTests {
    private static let end = Day(20_000)

    private func coverage(_ outcome: DiagnosisOutcome?, opened: Int, presumed: Int? = 19_635)
        -> Coverage
    {
        Coverage(
            outcome: outcome,
            openedOn: Day(opened),
            guaranteeEndsOn: Self.end,
            presumptionEndsOn: presumed.map { Day($0) }
        )
    }

    @Test(
        "the guarantee's last day still counts, and only a defect of the machine is covered",
        arguments: [
            (.covered, 20_000, true), (.covered, 20_001, false), (.misuse, 19_000, false),
            (.battery, 19_000, false), (.transport, 19_000, false), (.software, 19_000, false),
            (.settings, 19_000, false), (.notedAtSale, 19_000, false), (.selfHelp, 19_000, false),
            (nil, 19_000, false),
        ] as [(DiagnosisOutcome?, Int, Bool)]
    )
    func covers(outcome: DiagnosisOutcome?, opened: Int, expected: Bool) {
        #expect(coverage(outcome, opened: opened).isCovered == expected)
    }

    @Test("the presumption's last day still counts, and a gift has none")
    func presumes() {
        #expect(coverage(.covered, opened: 19_635).isPresumed)
        #expect(!coverage(.covered, opened: 19_636).isPresumed)
        #expect(!coverage(.covered, opened: 19_000, presumed: nil).isPresumed)
    }

    @Test(
        "the first act is the one proposed; none is left once the case ended",
        arguments: [
            (.announced, false, nil, .receive), (.diagnosed, false, .selfHelp, .close),
            (.received, true, nil, .diagnose), (.received, true, .covered, .repair),
            (.diagnosed, true, .covered, .repair), (.diagnosed, true, .misuse, .refuse),
            (.diagnosed, true, .selfHelp, .handBack), (.repaired, true, .covered, .handBack),
            (.refused, true, .misuse, .handBack), (.handedBack, true, .covered, nil),
            (.closed, false, .selfHelp, nil), (.exchanged, true, .covered, nil),
            (.refunded, true, .covered, nil),
        ] as [(AfterSalesStage, Bool, DiagnosisOutcome?, AfterSalesAct?)]
    )
    func proposes(
        stage: AfterSalesStage,
        isHere: Bool,
        outcome: DiagnosisOutcome?,
        expected: AfterSalesAct?
    ) {
        let acts = afterSalesActs(at: stage, isHere: isHere, coverage(outcome, opened: 19_000))
        #expect(acts.first == expected)
        #expect(Set(acts).count == acts.count)
    }

    @Test("exchange and refund are for what is covered and here alone")
    func exchanges() {
        for outcome in [nil] + DiagnosisOutcome.allCases.map(Optional.some) {
            for opened in [19_000, 20_001] {
                for isHere in [true, false] {
                    let covered = coverage(outcome, opened: opened)
                    let acts = afterSalesActs(at: .diagnosed, isHere: isHere, covered)
                    let may = isHere && outcome == .covered && opened == 19_000
                    #expect(acts.contains(.exchange) == may && acts.contains(.refund) == may)
                }
            }
        }
    }

    private let tree = DiagnosisTree(
        startsOn: Day(0),
        symptoms: [.init(code: "other", french: "Autre", english: "Other", firstQuestion: 1)],
        questions: [
            .init(
                number: 1,
                french: "Choc\u{202F}?",
                english: "A blow?",
                answers: [
                    .init(
                        number: 1,
                        french: "Oui",
                        english: "Yes",
                        nextQuestion: nil,
                        outcome: .misuse
                    ),
                    .init(
                        number: 2,
                        french: "Non",
                        english: "No",
                        nextQuestion: 2,
                        outcome: nil
                    ),
                ]
            ),
            .init(
                number: 2,
                french: "Écrit\u{202F}?",
                english: "Written?",
                answers: [
                    .init(
                        number: 1,
                        french: "Non",
                        english: "No",
                        nextQuestion: nil,
                        outcome: .covered
                    )
                ]
            ),
        ]
    )

    @Test("a tree is written down whole: nothing twice, nothing that leads nowhere or back")
    func checksTree() throws {
        #expect(try tree.checked() == tree)
        func with(_ answer: DiagnosisTree.Answer) -> DiagnosisTree {
            DiagnosisTree(
                startsOn: Day(0),
                symptoms: tree.symptoms,
                questions: [
                    tree.questions[0],
                    .init(number: 2, french: "Q", english: "Q", answers: [answer]),
                ]
            )
        }
        func answer(_ next: Int?, _ outcome: DiagnosisOutcome?, advice: String = "")
            -> DiagnosisTree.Answer
        {
            .init(
                number: 1,
                french: "Oui",
                english: "Yes",
                nextQuestion: next,
                outcome: outcome,
                frenchAdvice: advice
            )
        }
        for wrong in [
            answer(nil, nil), answer(1, nil), answer(2, nil), answer(3, nil), answer(1, .covered),
            answer(nil, .covered, advice: "Essayez"),
        ] {
            #expect(throws: Refusal(.diagnosisTreeUneven, uneven(2))) { try with(wrong).checked() }
        }
        #expect(throws: Never.self) {
            try with(answer(nil, .selfHelp, advice: "Essayez")).checked()
        }
        for symptoms in [[], tree.symptoms + tree.symptoms] {
            #expect(throws: Refusal.self) {
                try DiagnosisTree(
                    startsOn: Day(0),
                    symptoms: symptoms,
                    questions: tree.questions
                ).checked()
            }
        }
    }

    private func uneven(_ question: Int) -> [String: Refusal.Fact] {
        ["part": .explained(french: "la question \(question)", english: "question \(question)")]
    }

    @Test("answers lead through the tree, and never past its end")
    func walks() throws {
        let symptom = try tree.symptom(typed: "other")
        #expect(try tree.walk(from: symptom, []).next?.number == 1)
        #expect(try tree.walk(from: symptom, [2]).next?.number == 2)
        #expect(try tree.walk(from: symptom, [2]).end == nil)
        #expect(try tree.walk(from: symptom, [2, 1]).end?.outcome == .covered)
        #expect(try tree.walk(from: symptom, [1]).end?.outcome == .misuse)
        for wrong in [[3], [1, 1], [2, 2], [2, 1, 1]] {
            #expect(throws: Refusal.self) { _ = try tree.walk(from: symptom, wrong) }
        }
        #expect(throws: Refusal.self) { _ = try tree.symptom(typed: "smoke") }
        #expect(try diagnosisAnswers(typed: "2-1") == [2, 1])
        for wrong in ["0", "10", "a", "1-x", String(repeating: "1-", count: 60)] {
            #expect(throws: Refusal.self) { _ = try diagnosisAnswers(typed: wrong) }
        }
    }
}
