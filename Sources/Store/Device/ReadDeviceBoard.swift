import Postgres
public import Shop

/// What waits, where, and since when.
public struct DeviceBoard: Sendable, Codable {
    /// In the order of a machine's way, those of which none waits too.
    public let sections: [Section]

    public struct Section: Sendable, Codable {
        public let step: DeviceStep
        public let count: Int
        /// How many have waited for more than `lateDays`.
        public let late: Int
        public let lateDays: Int
        /// Since when the oldest one waits; nil where none does.
        public let since: Instant?
        /// The oldest few, the oldest first.
        public let oldest: [DeviceRow]
    }
}

extension Store {
    /// The board of the shops in reach.
    /// - Parameter few: how many of each section it shows, 20 at most.
    public func deviceBoard(
        in reach: Reach = .everyShop,
        few: Int = 5
    ) async throws -> DeviceBoard {
        let few = min(max(few, 1), 20)
        let day = clock.now().day
        return try await transaction(keepingPlans: true) { tx in
            let days = try Dictionary(
                uniqueKeysWithValues: ["board_bench_days", "board_shelf_days"].map {
                    ($0, try tx.number($0, on: day))
                }
            )
            func most(_ step: DeviceStep) -> Int {
                days[
                    [.forSale, .reserved].contains(step) ? "board_shelf_days" : "board_bench_days"
                ] ?? 0
            }
            let (bench, shelf) = (most(.toInspect), most(.forSale))
            let waiting = WaitingDevices(day: day, reach: reach)
            let counts = try tx.query(
                """
                with w as materialized (\(waiting.rows))
                select step, count(*)::int as count,
                       (count(*) filter (where \(day)::date - paris_day(since)
                            > case when step in ('for_sale', 'reserved') then \(shelf)::int else \(bench)::int end))::int as late,
                       min(since) as since, (array_agg(id order by since, id))[1:\(few)] as oldest
                from w group by step
                """
            )
            let ids: [ID<Device>] = try counts.flatMap { row -> [ID<Device>] in try row["oldest"] }
            let oldest = try tx.query(
                """
                select w.step, w.since, \(DeviceRow.columns(on: day))
                from (\(WaitingDevices(day: day, reach: reach, condition: "d.id = any(\(ids))").rows)) w
                join devices d on d.id = w.id \(DeviceRow.joins(on: day)) order by w.since, w.id
                """
            )
            return DeviceBoard(
                sections: try DeviceStep.allCases.map { step in
                    let row = try counts.first { try $0["step"] == step.rawValue }
                    return DeviceBoard.Section(
                        step: step,
                        count: try row?["count"] ?? 0,
                        late: try row?["late"] ?? 0,
                        lateDays: most(step),
                        since: try row?["since"],
                        oldest: try oldest.filter { try $0["step"] == step.rawValue }.map {
                            try DeviceRow(waiting: $0)
                        }
                    )
                }
            )
        }
    }
}
