import Foundation
import Shop
import Testing

@Suite("Equipment of those who finished")
struct EquipmentTests {
    typealias Parent = EquipmentOfFinishers.Parent
    typealias Equipment = EquipmentOfFinishers.Equipment

    @Test("each parent counts where they stand", arguments: table)
    func counts(_ row: Case) {
        let parent = Parent(
            person: "P-222222",
            run: "LI-2022-01",
            structure: "Itinéraires",
            quarter: "",
            enrolledOn: Day(10),
            startedOn: row.startedOn,
            completedOn: row.completedOn,
            householdMembers: 1,
            equipment: row.equipment
        )
        #expect(Set(Figure.allCases.filter { $0.counts(parent) }) == row.figures)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let startedOn: Day?
        let completedOn: Day?
        let equipment: [Equipment]
        let figures: Set<Figure>
    }

    static let table = [
        Case("on the list", nil, nil, [], [.enrolled]),
        Case("came", Day(11), nil, [], [.enrolled, .started]),
        Case("a buyer who did not finish", Day(11), nil, [bought(12)], [.enrolled, .started]),
        Case("finished", Day(11), Day(40), [], [.enrolled, .started, .finished, .notYet]),
        Case("finished by decision", nil, Day(40), [], [.enrolled, .finished, .notYet]),
        Case("bought after", Day(11), Day(40), [bought(41)], finisher([.byPurchase, .after])),
        Case(
            "bought the same day",
            Day(11),
            Day(40),
            [bought(40)],
            finisher([.byPurchase, .during])
        ),
        Case("was given", Day(11), Day(40), [given(50)], finisher([.byGift, .after])),
        Case(
            "was given one, then bought one",
            Day(11),
            Day(40),
            [given(30), bought(50)],
            finisher([.byPurchase, .during])
        ),
        Case(
            "gave everything back",
            Day(11),
            Day(40),
            [bought(41, back: 45)],
            [.enrolled, .started, .finished, .notYet]
        ),
        Case(
            "gave one back and kept the other",
            Day(11),
            Day(40),
            [bought(30, back: 35), given(60)],
            finisher([.byGift, .after])
        ),
    ]

    @Test("who enrolled twice counts once, where they went furthest; groups add up to the total")
    func once() {
        let parents = [
            parent("P-222222", run: "A", completedOn: nil),
            parent("P-222222", run: "B", completedOn: Day(40), [bought(41)]),
            parent("P-333333", run: "A", completedOn: Day(40)),
            parent("P-444444", run: "B", completedOn: nil),
        ]
        let report = EquipmentOfFinishers(
            programme: .lille,
            asOf: Day(100),
            runs: [],
            parents: parents
        )
        #expect(report.all.count(.enrolled) == 3)
        #expect(report.all.count(.finished) == 2)
        for figure in Figure.allCases {
            for axis in Axis.ofParents {
                let groups = report.figures(by: axis).map { $0.count(figure) }
                #expect(groups.reduce(0, +) == report.all.count(figure), "\(figure) by \(axis)")
            }
        }
        #expect(report.figures(by: .run).map { $0.count(.enrolled) } == [1, 2])
        #expect(report.all.paidByPersons == Cents(unchecked: 9000))
        #expect(report.deviceFigures.map(\.paidByPersons).sum() == report.all.paidByPersons)
        #expect(report.deviceFigures.map(\.kept.count) == [report.all.devices])
    }

    @Test("a table for a spreadsheet: semicolons, decimal commas, nothing that runs as a formula")
    func csv() {
        var table = Table("Essai", header: ["Nom", "Montant"])
        table.add([.text("=1+1"), .cents(Cents(unchecked: 123_405))])
        table.add([.text("a;b\"c"), .nothing])
        table.add([.text("@x"), .number(3)])
        table.add([.text("\tx"), .day(Day(0))])
        #expect(
            CSV(table).text
                == "\u{FEFF}Nom;Montant\r\n'=1+1;1234,05\r\n\"a;b\"\"c\";\r\n'@x;3\r\n'\tx;1970-01-01\r\n"
        )
    }
}

extension EquipmentTests.Case {
    init(
        _ name: String,
        _ startedOn: Day?,
        _ completedOn: Day?,
        _ equipment: [EquipmentTests.Equipment],
        _ figures: Set<Figure>
    ) {
        self.init(
            testDescription: name,
            startedOn: startedOn,
            completedOn: completedOn,
            equipment: equipment,
            figures: figures
        )
    }
}

private func finisher(_ figures: Set<Figure>) -> Set<Figure> {
    figures.union([.enrolled, .started, .finished, .equipped])
}

private func bought(_ day: Int, back: Int? = nil) -> EquipmentOfFinishers.Equipment {
    machine(.sale, day, back, cents: back == nil ? 9000 : 0)
}

private func given(_ day: Int) -> EquipmentOfFinishers.Equipment {
    machine(.gift, day, nil, cents: 0)
}

private func machine(
    _ kind: TicketKind,
    _ day: Int,
    _ back: Int?,
    cents: Int64
) -> EquipmentOfFinishers.Equipment {
    EquipmentOfFinishers.Equipment(
        label: "LIPC22-0001",
        kind: "laptop",
        by: kind,
        acquiredOn: Day(day),
        receipt: "LI1-V-000001",
        paidByPerson: Cents(unchecked: cents),
        paidByProgramme: .zero,
        returnedOn: back.map { Day($0) }
    )
}

private func parent(
    _ person: String,
    run: String,
    completedOn: Day?,
    _ equipment: [EquipmentOfFinishers.Equipment] = []
) -> EquipmentOfFinishers.Parent {
    EquipmentOfFinishers.Parent(
        person: person,
        run: run,
        structure: "Structure \(run)",
        quarter: "",
        enrolledOn: Day(10),
        startedOn: Day(11),
        completedOn: completedOn,
        householdMembers: 1,
        equipment: equipment
    )
}

extension Programme {
    fileprivate static let lille = Programme(
        id: ID(UUID()),
        code: "lille",
        name: "Parents",
        territory: "Lille",
        startsOn: Day(0),
        endsOn: Day(400),
        parentsTarget: 100,
        runsTarget: 16,
        funders: []
    )
}
