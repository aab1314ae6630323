import Testing

@testable import Shop

extension GradingRules {
    /// Of September 2023, or with a higher cap.
    static func computers(
        cappedBelow mark: Int = 2500,
        weight: ClosedRange<Int>? = nil,
        code: String = "pc",
        startsOn: Day = Day(19_601),
        isWithdrawn: Bool = false,
        memory: [Threshold]? = nil
    ) throws(Refusal) -> GradingRules {
        func rows(_ closed: [(Int, Int)], _ rest: Int) -> [Threshold] {
            closed.map { .init(below: $0.0, points: $0.1) } + [.init(below: nil, points: rest)]
        }
        return try GradingRules(
            code: code,
            startsOn: startsOn,
            french: "Ordinateurs",
            english: "Computers",
            kinds: DeviceKind.computers,
            diskPointsMost: 4,
            wantsWholeGigabytes: true,
            weight: weight,
            points: [
                .processor: rows([(1200, -8), (2500, 1), (4000, 2), (6000, 3)], 4),
                .memory: memory ?? rows([(4, -8), (5, 1), (8, 2), (16, 3)], 4),
                .hdd: rows([(160, -8), (256, 1)], 2),
                .ssd: rows([(64, -8), (128, 1), (200, 2), (500, 3)], 4),
                .nvme: rows([(64, -8), (128, 2), (200, 3)], 4),
            ],
            grades: [
                .init(below: 2, verdict: .unsellable), .init(below: 4, verdict: .hc),
                .init(below: 6, verdict: .c), .init(below: 8, verdict: .b),
                .init(below: 11, verdict: .a), .init(below: nil, verdict: .premium),
            ],
            caps: [
                .init(processorBelow: mark, storage: .flash, best: .b),
                .init(processorBelow: mark, storage: .hdd, best: .c),
            ],
            isWithdrawn: isWithdrawn
        )
    }
}

private func graded(
    mark: Int = 5000,
    memoryGB: Int = 8,
    _ disks: (DiskKind, Int)...,
    weight: Int = 0,
    by rules: GradingRules? = nil
) throws -> GradingOutcome {
    try (rules ?? .computers()).grade(
        GradedMachine(
            mark: mark,
            memoryMB: memoryGB * 1024,
            disks: disks.map { .init(kind: $0.0, sizeGB: $0.1) },
            weight: weight
        )
    )
}

@Suite("The rules by which machines are graded")
struct GradingRulesTests {
    @Test(
        "a processor’s mark is worth what stands under its threshold",
        arguments: [
            (mark: 1, points: -8), (1199, -8), (1200, 1), (2499, 1), (2500, 2), (3999, 2),
            (4000, 3),
            (5999, 3), (6000, 4), (1_000_000, 4),
        ]
    )
    func processor(mark: Int, points: Int) throws {
        let part = try #require(graded(mark: mark).parts.first)
        #expect(part == .init(part: .processor, amount: mark, points: points))
    }

    @Test(
        "so is memory, in gigabytes",
        arguments: [
            (gigabytes: 3, points: -8), (4, 1), (5, 2), (7, 2), (8, 3), (15, 3), (16, 4), (1024, 4),
        ]
    )
    func memory(gigabytes: Int, points: Int) throws {
        let part = try graded(memoryGB: gigabytes).parts[1]
        #expect(part == .init(part: .memory, amount: gigabytes, points: points))
    }

    @Test(
        "so is a disk, by what it is made of; an unknown one is a hard disk",
        arguments: [
            (kind: DiskKind.hdd, gigabytes: 159, points: -8), (.hdd, 160, 1), (.hdd, 255, 1),
            (.hdd, 256, 2), (.unknown, 255, 1), (.unknown, 256, 2),
            (.ssd, 63, -8), (.ssd, 64, 1), (.ssd, 127, 1), (.ssd, 128, 2), (.ssd, 199, 2),
            (.ssd, 200, 3), (.ssd, 499, 3), (.ssd, 500, 4),
            (.nvme, 63, -8), (.nvme, 64, 2), (.nvme, 127, 2), (.nvme, 128, 3), (.nvme, 199, 3),
            (.nvme, 200, 4),
        ]
    )
    func disk(kind: DiskKind, gigabytes: Int, points: Int) throws {
        let outcome = try graded((kind, gigabytes))
        #expect(outcome.parts[2].points == points)
        #expect(outcome.diskPoints == points)
    }

    @Test("disks add up, and bring four points at most")
    func disksAddUp() throws {
        #expect(try graded().diskPoints == 0)
        #expect(try graded((.ssd, 128), (.hdd, 160)).diskPoints == 3)
        #expect(try graded((.ssd, 128), (.hdd, 500)).diskPoints == 4)
        #expect(try graded((.ssd, 500), (.hdd, 500)).diskPoints == 4)
        #expect(try graded((.ssd, 500), (.hdd, 80)).diskPoints == -4)
    }

    @Test(
        "the total makes the grade, on both sides of each limit",
        arguments: [
            // Memory and disks give the rest of the points that the processor does not.
            (mark: 6000, memoryGB: 3, disk: 256, total: -1, verdict: Verdict.unsellable),
            (2500, 4, 0, 3, .hc),
            (2500, 5, 0, 4, .c),
            (2500, 8, 0, 5, .c),
            (2500, 8, 64, 6, .b),
            (2500, 8, 128, 7, .b),
            (2500, 8, 200, 8, .a),
            (6000, 8, 200, 10, .a),
            (6000, 16, 200, 11, .premium),
            (6000, 16, 500, 12, .premium),
        ]
    )
    func totals(mark: Int, memoryGB: Int, disk: Int, total: Int, verdict: Verdict) throws {
        let outcome =
            disk == 0
            ? try graded(mark: mark, memoryGB: memoryGB)
            : try graded(mark: mark, memoryGB: memoryGB, (.ssd, disk))
        #expect(outcome.total == total)
        #expect(outcome.verdict == verdict)
    }

    @Test("two points are a grade, and one is none")
    func sellable() throws {
        #expect(try graded(mark: 2499, memoryGB: 4).verdict == .hc)
        let weighed = try GradingRules.computers(weight: -1...1)
        let lighter = try graded(mark: 2499, memoryGB: 4, weight: -1, by: weighed)
        #expect(lighter.total == 1)
        #expect(lighter.verdict == .unsellable)
    }

    @Test(
        "a slow processor caps the grade, lower without an SSD; a cap raises nothing",
        arguments: [
            (mark: 2499, disk: DiskKind.ssd, below: 2500, verdict: Verdict.b, isCapped: true),
            (2500, .ssd, 2500, .a, false),
            (2499, .nvme, 2500, .b, true),
            (2499, .hdd, 2500, .c, true),
            (2499, .unknown, 2500, .c, true),
            (2500, .hdd, 2500, .a, false),
            (3499, .ssd, 3500, .b, true),
            (3500, .ssd, 3500, .a, false),
            (3499, .hdd, 3500, .c, true),
            (1199, .ssd, 2500, .unsellable, false),
        ]
    )
    func caps(mark: Int, disk: DiskKind, below: Int, verdict: Verdict, isCapped: Bool) throws {
        let outcome = try graded(
            mark: mark,
            memoryGB: 16,
            (disk, 1000),
            by: .computers(cappedBelow: below)
        )
        #expect(outcome.verdict == verdict)
        #expect((outcome.cap != nil) == isCapped)
    }

    @Test("one SSD among hard disks is enough for the better cap")
    func mixed() throws {
        #expect(try graded(mark: 2000, memoryGB: 16, (.hdd, 1000), (.ssd, 128)).verdict == .b)
    }

    @Test("memory that is no whole number of gigabytes is refused, by the name of the rules")
    func whole() throws {
        let rules = try GradingRules.computers()
        for memory in [8191, 8193, 512] {
            let machine = GradedMachine(mark: 5000, memoryMB: memory, disks: [])
            #expect(
                throws: Refusal(
                    .memoryNotWhole,
                    [
                        "field": .field(.memory), "found": .number(Int64(memory)),
                        "rules": .explained(french: "Ordinateurs", english: "Computers"),
                    ]
                )
            ) { try rules.grade(machine) }
        }
    }

    @Test("looks weigh within what the rules allow, and nothing where they have none")
    func looks() throws {
        let weighed = try GradingRules.computers(weight: -2...1)
        let plain = try graded().total
        #expect(try graded(weight: -2, by: weighed).total == plain - 2)
        #expect(try graded(weight: 1, by: weighed).total == plain + 1)
        for (rules, weight) in [(weighed, -3), (weighed, 2), (try .computers(), 1)] {
            #expect(throws: Refusal.self) { try graded(weight: weight, by: rules) }
        }
    }

    @Test(
        "rules that leave a value out or say one twice are none",
        arguments: [
            [], [(below: 4, points: 1)], [(nil, 1), (4, 2)], [(4, 1), (4, 2), (nil, 3)],
            [(5, 1), (4, 2), (nil, 3)], [(0, 1), (nil, 2)], [(4, 101), (nil, 2)],
        ] as [[(below: Int?, points: Int)]]
    )
    func uneven(rows: [(below: Int?, points: Int)]) {
        #expect(throws: Refusal(.gradingRulesUneven, ["part": .text("memory")])) {
            try GradingRules.computers(
                memory: rows.map { .init(below: $0.below, points: $0.points) }
            )
        }
    }

    @Test("the newest version of each code is in force from its day on, until one withdraws it")
    func inForce() throws {
        let rules = [
            try GradingRules.computers(code: "a", startsOn: Day(100)),
            try GradingRules.computers(code: "b", startsOn: Day(200)),
            try GradingRules.computers(cappedBelow: 3500, code: "a", startsOn: Day(300)),
            try GradingRules.computers(code: "b", startsOn: Day(400), isWithdrawn: true),
        ]
        func present(_ day: Int) -> [String] {
            rules.inForce(for: .laptop, on: Day(day)).map {
                "\($0.code) \($0.startsOn == Day(300))"
            }
        }
        #expect(present(99).isEmpty)
        #expect(present(100) == ["a false"])
        #expect(present(200) == ["b false", "a false"])
        #expect(present(300) == ["a true", "b false"])
        #expect(present(400) == ["a true"])
        #expect(rules.inForce(for: .smartphone, on: Day(300)) == [])
    }
}

@Suite("Names and marks of processors")
struct ProcessorMarksTests {
    @Test(
        "one processor has one name, whoever wrote it",
        arguments: [
            ("Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz", "intel core i5-8250u"),
            ("Intel Core i5-8250U", "intel core i5-8250u"),
            ("Intel® Core™ i5-8250U @ 1.60GHz", "intel core i5-8250u"),
            ("11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz", "intel core i5-1135g7"),
            ("AMD Ryzen 5 2500U with Radeon Vega Mobile Gfx", "amd ryzen 5 2500u"),
            ("AMD Ryzen 5 PRO 2500U w/ Radeon Vega", "amd ryzen 5 pro 2500u"),
            ("AMD Ryzen 7 3700X 8-Core Processor", "amd ryzen 7 3700x"),
            ("  Intel(R)  Pentium(R) CPU  N3540  @ 2.16GHz", "intel pentium n3540"),
        ]
    )
    func names(written: String, name: String) {
        #expect(ProcessorName(read: written)?.text == name)
    }

    @Test("what names none is none", arguments: ["", "   ", "CPU @ 2.40GHz", "(R) (TM)", "12345"])
    func nameless(written: String) { #expect(ProcessorName(read: written) == nil) }

    @Test("a file gives a mark a line; a bad line stops no other")
    func file() throws {
        let text = """
            processeur;indice;source;date
            Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz;6 000;PassMark;2026-01-05
            Intel Core i3-4000M;2300;;
            intel core I5-8250U;5900;;2026-01-05
            Intel Core i7-8550U;0;;
            Intel Core i7-8650U;6100;;2030-01-01
            ;100;;
            """
        let file = try ProcessorMarksFile(
            Array(text.utf8),
            source: ShortText(typed: "releve.csv", field: .source),
            today: Day(20_500)
        )
        let read = file.rows.map { row -> String in
            switch row.read {
            case .success(let mark):
                "\(row.line) \(mark.name.text) \(mark.mark) \(mark.source) \(mark.startsOn.iso)"
            case .failure(let fault): "\(row.line) \(fault.field) \(fault.refusal.reason.rawValue)"
            }
        }
        #expect(
            read == [
                "2 intel core i5-8250u 6000 PassMark 2026-01-05",
                "3 intel core i3-4000m 2300 releve.csv 2026-02-16",
                "4 processeur mark_repeated", "5 indice quantity_out_of_range",
                "6 date day_in_future", "7 processeur field_missing",
            ]
        )
    }

    @Test(
        "what is no table of marks is refused",
        arguments: ["", "nom;type\nMaison;CCAS\n", "\u{0}"]
    )
    func notMarks(text: String) throws {
        let source = try ShortText(typed: "x", field: .source)
        #expect(throws: Refusal(.marksFileUnreadable)) {
            try ProcessorMarksFile(Array(text.utf8), source: source, today: Day(0))
        }
    }
}

@Suite("The price proposed")
struct ProposedPriceTests {
    @Test(
        "is that of the table, under the legal ceiling",
        arguments: [
            (table: 12_500, ceiling: nil, proposed: 12_500), (18_001, 18_000, 18_000),
            (18_000, 18_000, 18_000), (17_999, 18_000, 17_999), (nil, 18_000, nil), (nil, nil, nil),
        ] as [(table: Int64?, ceiling: Int64?, proposed: Int64?)]
    )
    func lower(table: Int64?, ceiling: Int64?, proposed: Int64?) {
        func cents(_ count: Int64?) -> Cents? { count.map { Cents(unchecked: $0) } }
        #expect(
            proposedPrice(table: cents(table), ceiling: cents(ceiling)) == cents(proposed)
        )
    }
}
