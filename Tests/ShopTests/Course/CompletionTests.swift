import Foundation
import Shop
import Testing

@Suite("Whether a course is finished")
struct CompletionTests {
    @Test(
        "six modules, every basic one, and 80 % of 16 h 30: both sides of each limit",
        arguments: [
            Case("everything", [150, 150, 150, 150, 130, 130, 130], true, 7, 990),
            Case("six, a thematic one missing", [150, 150, 150, 150, 130, 130, 0], true, 6, 860),
            Case("five", [150, 150, 150, 150, 130, 0, 0], false, 5, 730),
            Case("six, a basic one missing", [150, 150, 150, 0, 130, 130, 130], false, 6, 840),
            Case("13 h 12 exactly", [150, 150, 150, 150, 96, 96, 0], true, 6, 792),
            Case("one minute short of 13 h 12", [150, 150, 150, 150, 96, 95, 0], false, 6, 791),
            Case("half of a module counts", [75, 150, 150, 150, 130, 130, 130], true, 7, 915),
            Case(
                "a minute short of half does not",
                [74, 150, 150, 150, 130, 130, 130],
                false,
                6,
                914
            ),
            Case("half of a thematic one: 65", [150, 150, 150, 150, 65, 65, 65], true, 7, 795),
            Case("64 of 130", [150, 150, 150, 150, 130, 65, 64], true, 6, 859),
            Case("minutes are capped per module", [75, 75, 75, 75, 65, 65, 600], false, 7, 560),
            Case("never came", [0, 0, 0, 0, 0, 0, 0], false, 0, 0),
        ]
    )
    func decides(_ row: Case) {
        let decision = decideCompletion(
            attended: row.minutes.enumerated().map { attended($0.offset, $0.element) },
            course: .parents,
            rule: .usual
        )
        #expect(decision.modulesCounted == row.modules)
        #expect(decision.minutesCounted == row.counted)
        #expect(decision.minutesNeeded == 792)
        #expect(decision.finished == row.finished)
        #expect(decision.minutesAttended == row.minutes.reduce(0, +))
    }

    @Test("one module taken twice counts once; a module cut in two counts whole")
    func twiceCountsOnce() {
        let six = (0..<6).map { attended($0, Course.parents.modules[$0].plannedMinutes) }
        let twice = decideCompletion(
            attended: six.dropLast() + [attended(0, 150), attended(0, 150)],
            course: .parents,
            rule: .usual
        )
        #expect(twice.modulesCounted == 5)
        #expect(!twice.finished)
        let cut = decideCompletion(
            attended: six.dropLast() + [attended(5, 40), attended(5, 25)],
            course: .parents,
            rule: .usual
        )
        #expect(cut.modulesCounted == 6)
        #expect(cut.minutesCounted == 600 + 130 + 65)
        #expect(cut.finished)
    }

    @Test("of 15 h 30 delivered, 80 % is 12 h 24; of 16 h 30 planned it stays 13 h 12")
    func deliveredBase() {
        let lengths = [120, 150, 150, 150, 130, 130, 100]
        let sessions = zip(lengths, [120, 150, 150, 150, 130, 44, 0]).enumerated().map {
            Attended(
                module: Course.parents.modules[$0.offset].id,
                deliveredMinutes: $0.element.0,
                minutes: $0.element.1
            )
        }
        let delivered = decideCompletion(
            attended: sessions,
            course: .parents,
            rule: .usual(base: .delivered, modules: 5)
        )
        #expect(delivered.minutesNeeded == 744)
        #expect(delivered.minutesCounted == 744)
        #expect(delivered.finished)
        let planned = decideCompletion(
            attended: sessions,
            course: .parents,
            rule: .usual(base: .planned, modules: 5)
        )
        #expect(planned.minutesNeeded == 792)
        #expect(!planned.finished)
    }

    @Test(
        "a module that was never held is not asked for in minutes, and does not count as followed"
    )
    func neverHeld() {
        let decision = decideCompletion(
            attended: (0..<6).map { attended($0, Course.parents.modules[$0].plannedMinutes) },
            course: .parents,
            rule: .usual(base: .delivered, modules: 7)
        )
        #expect(decision.minutesNeeded == 688)
        #expect(decision.modulesCounted == 6)
        #expect(!decision.finished)
    }

    @Test("the decision explains itself in both languages")
    func explains() {
        let decision = decideCompletion(
            attended: (0..<6).map { attended($0, Course.parents.modules[$0].plannedMinutes) },
            course: .parents,
            rule: .usual
        )
        #expect(
            decision.explained(in: .french)
                == "6\u{A0}modules sur 7 (il en faut 6), à rattraper\u{A0}: M7 (thématique)\u{202F}; "
                + "14\u{A0}h\u{A0}20 suivies, il faut 13\u{A0}h\u{A0}12."
        )
        #expect(
            decision.explained(in: .english)
                == "6 of 7 modules (6 needed), missing: M7 (thematic); "
                + "14\u{A0}h\u{A0}20 attended, 13\u{A0}h\u{A0}12 needed."
        )
    }
}

/// Minutes by module in the course's order, and what comes of them.
struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let minutes: [Int]
    let finished: Bool
    let modules: Int
    let counted: Int

    init(_ name: String, _ minutes: [Int], _ finished: Bool, _ modules: Int, _ counted: Int) {
        self.name = name
        self.minutes = minutes
        self.finished = finished
        self.modules = modules
        self.counted = counted
    }

    var testDescription: String { name }
}

private func attended(_ module: Int, _ minutes: Int) -> Attended {
    let module = Course.parents.modules[module]
    return Attended(
        module: module.id,
        deliveredMinutes: max(module.plannedMinutes, minutes),
        minutes: minutes
    )
}

extension Course {
    /// Four basic modules of 2 h 30 and three thematic ones of 2 h 10: 16 h 30.
    static let parents = Course(
        id: ID(UUID()),
        code: "parents",
        version: 1,
        name: "Parents",
        modules: (1...7).map { position in
            Module(
                id: ID(UUID()),
                position: position,
                kind: position <= 4 ? .basic : .thematic,
                name: "M\(position)",
                plannedMinutes: position <= 4 ? 150 : 130
            )
        }
    )
}

extension CompletionRule {
    static let usual = usual(base: .planned, modules: 6)

    static func usual(base: Base, modules: Int) -> CompletionRule {
        CompletionRule(
            startsOn: Day(0),
            modulesMin: modules,
            basicModulesAll: true,
            minutesPercentMin: 80,
            modulePercentMin: 50,
            base: base
        )
    }
}
