import Postgres
import Shop

extension Store {
    /// The rules by which computers are graded, and what each grade is offered at: where one begins.
    func defaultGrading(at now: Instant) -> [SQL] {
        defaultGradingRules.flatMap { $0.rows(at: now, by: nil) }
            + defaultGradePrices.map { price in
                """
                insert into grade_prices (device_kind, grade, channel, starts_on, price_cents, recorded_at)
                values (\(price.kind), \(price.grade), \(price.channel), \(firstDay), \(price.cents), \(now))
                """
            }
    }
}

/// The first is Emmaüs Connect's sheet of September 2023. Of that of June 2025 we know that low processors are capped up to a
/// mark of 3,500 and that systems no longer count: the other numbers are those of 2023, an assumption to correct.
private var defaultGradingRules: [GradingRules] {
    [
        computers(
            "pc-2023-09",
            Day(19_601),  // 1 September 2023
            "Ordinateurs, septembre 2023",
            "Computers, September 2023",
            cappedBelow: 2500
        ),
        computers(
            "pc-2025-06",
            Day(20_240),  // 1 June 2025
            "Ordinateurs, juin 2025 (plafond à 3\u{202F}500, autres nombres à nous)",
            "Computers, June 2025 (cap at 3,500, other numbers our own)",
            cappedBelow: 3500
        ),
    ]
}

private func computers(
    _ code: String,
    _ startsOn: Day,
    _ french: String,
    _ english: String,
    cappedBelow mark: Int
) -> GradingRules {
    func thresholds(_ closed: [(below: Int, points: Int)], else rest: Int)
        -> [GradingRules.Threshold]
    {
        closed.map { .init(below: $0.below, points: $0.points) } + [.init(below: nil, points: rest)]
    }
    do throws(Refusal) {
        return try GradingRules(
            code: code,
            startsOn: startsOn,
            french: french,
            english: english,
            kinds: DeviceKind.computers,
            diskPointsMost: 4,
            wantsWholeGigabytes: true,
            weight: nil,
            points: [
                // PassMark's CPU Mark.
                .processor: thresholds([(1200, -8), (2500, 1), (4000, 2), (6000, 3)], else: 4),
                .memory: thresholds([(4, -8), (5, 1), (8, 2), (16, 3)], else: 4),
                .hdd: thresholds([(160, -8), (256, 1)], else: 2),
                .ssd: thresholds([(64, -8), (128, 1), (200, 2), (500, 3)], else: 4),
                .nvme: thresholds([(64, -8), (128, 2), (200, 3)], else: 4),
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
            isWithdrawn: false
        )
    } catch {
        preconditionFailure("the default rules leave a case out")
    }
}

/// From the least to the most of what such a machine usually costs, the same for partners until somebody sets others: an
/// assumption to correct.
private let defaultGradePrices:
    [(kind: DeviceKind, grade: Grade, channel: PriceChannel, cents: Int)] = {
        let kinds: [(kind: DeviceKind, cents: [Int])] = [
            (.laptop, [70_00, 80_00, 100_00, 125_00, 150_00]),
            (.desktop, [30_00, 50_00, 70_00, 90_00, 120_00]),
            (.allInOne, [50_00, 70_00, 90_00, 110_00, 140_00]),
            (.tablet, [20_00, 30_00, 45_00, 60_00, 90_00]),
            (.smartphone, [20_00, 30_00, 45_00, 60_00, 90_00]),
            (.screen, [5_00, 10_00, 15_00, 20_00, 30_00]),
        ]
        return kinds.flatMap { kind in
            PriceChannel.allCases.flatMap { channel in
                zip(Grade.allCases.reversed(), kind.cents).map { (kind.kind, $0, channel, $1) }
            }
        }
    }()
