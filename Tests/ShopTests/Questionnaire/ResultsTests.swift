import Shop
import Testing

@Suite("Questionnaires: what is counted, and what is hidden")
struct ResultsTests {
    private typealias Results = QuestionnaireResults

    @Test(
        "a mean is rounded half up to a tenth, in whole numbers",
        arguments: [
            (7, 2, "3,5"), (10, 3, "3,3"), (11, 3, "3,7"), (1, 20, "0,1"), (1, 21, "0,0"),
            (65, 20, "3,3"), (63, 20, "3,2"), (5, 1, "5,0"), (149, 30, "5,0"),
        ]
    )
    func mean(sum: Int, count: Int, written: String) {
        #expect(Mean(sum: sum, count: count)?.written(in: .french) == written)
    }

    @Test("of nobody there is no mean and no rate")
    func nobody() {
        #expect(Mean(sum: 0, count: 0) == nil)
        #expect(results([], asked: 0).ratePercent == nil)
        #expect(results([], asked: 8, answered: 1).ratePercent == 13)
    }

    private func results(
        _ questions: [Results.Counted],
        asked: Int = 40,
        answered: Int = 30,
        progress: [Results.Progress] = []
    ) -> Results {
        Results(
            moment: .end,
            asked: asked,
            answered: answered,
            declined: 0,
            questions: questions,
            progress: progress
        )
    }

    private func counted(
        _ kind: Question.Kind,
        _ counts: [Int],
        answered: Int? = nil
    ) -> Results.Counted {
        let answered = answered ?? counts.reduce(0, +)
        let sum = counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
        return Results.Counted(
            question: Question(code: "asked", kind: kind, french: "Q", english: "Q"),
            answered: answered,
            cells: counts.enumerated().map {
                .init(code: "\($0.offset + 1)", french: "", english: "", count: $0.element)
            },
            mean: kind == .scale ? Mean(sum: sum, count: answered) : nil
        )
    }

    private func hidden(_ counted: Results.Counted) -> (answered: Int?, cells: [Int?], mean: Mean?)
    {
        let told = results([counted]).hiding(under: 11).questions[0]
        return (told.answered, told.cells.map(\.count), told.mean)
    }

    @Test("ten are hidden, eleven stand, nobody stands")
    func edges() {
        #expect(hidden(counted(.oneOf, [11, 12, 0])).cells == [11, 12, 0])
        #expect(hidden(counted(.oneOf, [4, 6])).answered == nil)
        #expect(hidden(counted(.oneOf, [4, 6])).cells == [nil, nil])
    }

    @Test(
        "a small choice takes all that share its sum with it, and an amount that was answered is not named"
    )
    func another() {
        #expect(hidden(counted(.oneOf, [3, 20, 12])).cells == [nil, nil, nil])
        #expect(hidden(counted(.oneOf, [1, 1, 20])).cells == [nil, nil, nil])
        #expect(hidden(counted(.oneOf, [10, 0, 0])).cells == [nil, nil, nil])
        #expect(hidden(counted(.number, [1, 20])).cells == [])
        #expect(hidden(counted(.number, [12, 20])).cells == [12, 20])
        #expect(hidden(counted(.severalOf, [3, 20, 19], answered: 30)).cells == [nil, nil, 19])
    }

    @Test("one small count on a scale hides them all with the mean")
    func scale() {
        let told = hidden(counted(.scale, [1, 12, 13, 14, 15]))
        #expect(told.answered == 55 && told.cells == Array(repeating: nil, count: 5))
        #expect(told.mean == nil)
        let whole = hidden(counted(.scale, [0, 12, 13, 14, 15]))
        #expect(whole.mean != nil && whole.cells == [0, 12, 13, 14, 15])
    }

    @Test("entry and end are compared unless a mean that stands tells what a few answered")
    func progress() {
        let (standing, closed) = (
            counted(.scale, [12, 12, 12, 12, 12]), counted(.scale, [1, 12, 12, 12, 12])
        )
        func told(_ pairs: Int, _ atEntry: Results.Counted, _ atEnd: Results.Counted) -> Bool {
            let progress = Results.Progress(
                entry: Mean(sum: pairs * 2, count: pairs),
                end: Mean(sum: pairs * 3, count: pairs),
                atEntry: atEntry,
                atEnd: atEnd
            )
            return results([], progress: [progress]).hiding(under: 11).progress[0].entry != nil
        }
        #expect(told(60, standing, standing))
        #expect(!told(55, standing, standing))
        #expect(told(49, standing, standing))
        #expect(!told(45, closed, closed))
        #expect(!told(10, closed, closed))
    }

    @Test("subtracting what stands from its sum gives no hidden count back, whatever was answered")
    func attacker() {
        var seed: UInt64 = 20_221
        func next(_ most: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % (most + 1)
        }
        for _ in 0..<5_000 {
            let counts = (0..<(2 + next(4))).map { _ in next(1) == 0 ? next(12) : next(60) }
            let told = hidden(counted(.oneOf, counts))
            guard let answered = told.answered else { continue }
            let lost = told.cells.filter { $0 == nil }.count
            let rest = answered - told.cells.compactMap(\.self).reduce(0, +)
            #expect(told.cells.compactMap(\.self).allSatisfy { $0 == 0 || $0 >= 11 })
            // What is left over belongs to nobody, or to two at least, of whom none is known.
            #expect(lost == 0 ? rest == 0 : lost >= 2)
        }
    }
}
