import Postgres
public import Shop

/// What applying a count did.
public struct AppliedCount: Hashable, Sendable, Codable {
    public let code: String
    /// Machines that are lost now.
    public let lost: Int
    /// Machines that were lost, and are in stock again.
    public let restored: Int
    /// Machines that lie where they were found, and of which the stock said otherwise or nothing.
    public let placed: Int
    /// Articles whose level changed.
    public let articles: Int
}

extension Store {
    /// Applies a count's differences, all in one transaction: a machine that is missing still is lost, one that was lost and was
    /// scanned is in stock again, an article's level becomes what was counted and what moved since, and a machine lies where it
    /// was found. What was sold, sent or taken in meanwhile is no difference. A person other than who stopped the counting does
    /// it.
    ///
    /// Throws `countUnknown`, `countBlind` before counting stopped, `countOwn`, `countEnded`, `countShort`.
    public func applyCount(
        _ code: CountCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AppliedCount {
        let facts: [String: Refusal.Fact] = ["code": .text(code.description)]
        return try await command(
            "apply-count",
            key: key,
            input: [code.description],
            by: staff,
            facts: facts
        ) { tx, now in
            let count = try tx.lockCount(code, for: staff)
            guard let closedBy = count.closedBy else { throw Refusal(.countBlind, facts) }
            guard closedBy != staff.id, try !tx.scannedLate(count, staff) else {
                throw Refusal(.countOwn, facts)
            }
            try tx.execute(
                """
                insert into count_ends (count_id, shop_id, ordinal, kind, closed_by, ended_at, ended_by)
                values (\(count.id), \(count.shop), \(count.ordinal), 'applied', \(closedBy), \(now), \(staff.id))
                """
            )
            let (missing, found) = try tx.lockDifferences(of: count)
            if !missing.isEmpty {
                try tx.lose(missing, because: code.description, in: count.id, by: staff, at: now)
            }
            let restored = try tx.restore(found, in: count, code, by: staff, at: now)
            return AppliedCount(
                code: code.description,
                lost: missing.count,
                restored: restored,
                placed: try tx.place(count),
                articles: try tx.level(count, newID, by: staff, at: now)
            )
        }
    }
}

extension Transaction {
    /// Whether somebody scanned after the differences were seen: what they took off the list, another person applies.
    fileprivate func scannedLate(_ count: FoundCount, _ staff: Staff) throws -> Bool {
        try !query(
            """
            select from count_scans s join count_closings k on k.count_id = s.count_id
            where s.count_id = \(count.id) and s.scanned_by = \(staff.id) and s.scanned_at > k.closed_at limit 1
            """
        ).isEmpty
    }

    /// The machines that are missing still, and those that were scanned though they are lost. Their rows are locked by
    /// ascending id, then read in a later statement.
    fileprivate func lockDifferences(
        of count: FoundCount
    ) throws -> (missing: [ID<Device>], lost: [ID<Device>]) {
        let rows = try pipeline([
            """
            select d.id from devices d where d.id in (
                select e.device_id from count_expected e where e.count_id = \(count.id) and \(isUnscanned)
                union all
                select s.device_id from count_scans s where s.count_id = \(count.id) and not s.stood_here)
            order by d.id for no key update
            """,
            """
            select d.id from count_expected e join devices d on d.id = e.device_id \(LastStay.joins)
            where e.count_id = \(count.id) and \(isUnscanned) and \(CountCard.isMissing(from: "\(count.shop)", since: count.openedAt))
            """,
            """
            select d.id from count_scans c join devices d on d.id = c.device_id \(LastStay.joins)
            where c.count_id = \(count.id) and not c.stood_here and \(LastStay.removal) = 'loss'
              and \(LastStay.standsIn) = \(count.shop)
            """,
        ])
        return (try rows[1].map { try $0["id"] }, try rows[2].map { try $0["id"] })
    }

    fileprivate func restore(
        _ devices: [ID<Device>],
        in count: FoundCount,
        _ code: CountCode,
        by staff: Staff,
        at now: Instant
    ) throws -> Int {
        guard !devices.isEmpty else { return 0 }
        return try execute(
            """
            insert into removal_reversals (device_id, ordinal, motive, count_id, recorded_at, recorded_by)
            select r.device_id, r.ordinal, \(code.description), \(count.id), greatest(\(now)::timestamptz, (
                       select max(left_at) from exits x where x.device_id = r.device_id)), \(staff.id)
            from removals r where r.device_id = any(\(devices)) and not exists (
                select from removal_reversals v where v.device_id = r.device_id and v.ordinal = r.ordinal)
            """
        )
    }

    /// Machines lie where they were found, unless somebody put them elsewhere since. A location that was closed meanwhile
    /// holds nothing.
    fileprivate func place(_ count: FoundCount) throws -> Int {
        try execute(
            """
            insert into device_locations (device_id, ordinal, location_id, count_id, placed_at, placed_by)
            select c.device_id, coalesce(p.last, 0) + 1, c.location_id, \(count.id), c.scanned_at, c.scanned_by
            from count_scans c join locations q on q.id = c.location_id join devices d on d.id = c.device_id
            \(DeviceLocation.joins)
            cross join lateral (select max(ordinal) as last from device_locations where device_id = d.id) p
            where c.count_id = \(count.id) and q.closed_at is null and \(CountCard.isHere(in: "\(count.shop)"))
              and loc.id is distinct from c.location_id and (loc.placed_at is null or loc.placed_at <= c.scanned_at)
              and not exists (select from device_locations n
                              where n.device_id = d.id and n.ordinal = p.last and n.location_id is null and n.placed_at >= c.scanned_at)
            on conflict do nothing
            """
        )
    }

    /// Makes each level what was counted and what moved since. The levels are locked in the order of their articles.
    fileprivate func level(
        _ count: FoundCount,
        _ newID: (StockMovement.Type) -> ID<StockMovement>,
        by staff: Staff,
        at now: Instant
    ) throws -> Int {
        let rows = try pipeline([
            """
            select product_id from stock_levels where shop_id = \(count.shop) and product_id in (
                select product_id from count_units where count_id = \(count.id))
            order by product_id for no key update
            """,
            CountCard.articles(of: count.id, in: count.shop),
        ])
        let uneven = try rows[1].filter { try $0["difference"] != 0 }
        for row in uneven {
            let (difference, free): (Int, Int) = (try row["difference"], try row["free"])
            guard free + difference >= 0 else {
                throw Refusal(.countShort, ["code": .text(try row["code"])])
            }
            try move(
                difference,
                of: CountedProduct(id: try row["product_id"], code: try row["code"]),
                in: count.shop,
                .count(count.id),
                newID(StockMovement.self),
                by: staff,
                at: now
            )
        }
        return uneven.count
    }
}

private let isUnscanned: SQL = """
    not exists (select from count_scans s where s.count_id = e.count_id and s.device_id = e.device_id)
    """
