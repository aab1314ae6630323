import Shop
import Testing

@Suite("What a disk says of its own wear")
struct DiskWearTests {
    private static let limits = DiskLimits(
        watchPercent: 80,
        replacePercent: 100,
        replaceSectors: 50
    )

    @Test(
        "its own verdict goes first, then what is used up, then what went bad; both sides of each limit",
        arguments: [
            (passed: nil as Bool?, used: nil as Int?, bad: nil as Int?, waiting: nil as Int?, nil),
            (passed: true, used: nil, bad: nil, waiting: nil, DiskCondition.good),
            (passed: nil, used: 0, bad: nil, waiting: nil, .good),
            (passed: nil, used: nil, bad: 0, waiting: 0, .good),
            (passed: true, used: 79, bad: 0, waiting: 0, .good),
            (passed: true, used: 80, bad: 0, waiting: 0, .watch),
            (passed: true, used: 99, bad: nil, waiting: nil, .watch),
            (passed: true, used: 100, bad: nil, waiting: nil, .replace),
            (passed: true, used: nil, bad: 1, waiting: nil, .watch),
            (passed: true, used: nil, bad: nil, waiting: 1, .watch),
            (passed: true, used: nil, bad: 25, waiting: 24, .watch),
            (passed: true, used: nil, bad: 25, waiting: 25, .replace),
            (passed: false, used: 0, bad: 0, waiting: 0, .replace),
        ]
    )
    func condition(
        passed: Bool?,
        used: Int?,
        bad: Int?,
        waiting: Int?,
        expected: DiskCondition?
    ) {
        let wear = DiskWear(
            passed: passed,
            powerOnHours: 90_000,
            reallocatedSectors: bad,
            pendingSectors: waiting,
            percentageUsed: used
        )
        #expect(wear.condition(within: Self.limits) == expected)
    }

    @Test("it is told in words of what is known alone")
    func words() {
        let wear = DiskWear(
            passed: true,
            powerOnHours: 12_345,
            reallocatedSectors: nil,
            pendingSectors: nil,
            percentageUsed: 14
        )
        #expect(wear.words(in: .french) == "12\u{202F}345\u{A0}h · usure\u{A0}: 14\u{A0}%")
    }
}
