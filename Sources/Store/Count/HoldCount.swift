import Postgres
public import Shop

/// What scanning a label in a count did.
public struct ToldScan: Hashable, Sendable, Codable {
    public let scanned: String
    public let outcome: Outcome
    /// Maker and model, for the eye, or the room and shelf of a location; empty for anything else.
    public let name: String
    /// Who scanned it first, where it was scanned before.
    public let operatorCode: String?
    /// Machines scanned so far, by everybody.
    public let total: Int

    public enum Outcome: String, Sendable, Codable {
        case counted
        /// It was scanned before: it counts once.
        case again
        /// It is the label of no machine.
        case stray
        /// It is a location: what its reader scans from now on is found there.
        case place
    }
}

extension Store {
    /// Opens a count, and gives its code. What stands in the shop now is kept aside, for nobody to see before counting stops.
    /// Throws `unknownThing` for the shop, `countOpen` while another is open there.
    public func openCount(
        of scope: CountScope,
        in shop: ID<Shop>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        struct Input: Encodable {
            let scope: CountScope
            let shop: ID<Shop>
        }
        let input = Input(scope: scope, shop: shop)
        return try await command("open-count", key: key, input: input, by: staff) { tx, now in
            try staff.checkHolds(.stockWorkers, in: shop)
            let last: Int? = try tx.query(
                "select max(ordinal) as last from counts where shop_id = \(shop)"
            )[0]["last"]
            let id = newID(StockCount.self)
            let code = try tx.nextNumber(StockCount.mark, in: shop, on: now.day)
            let shelved: SQL = scope == .shelf ? "and y.ordinal is not null and x.kind is null" : ""
            _ = try tx.pipeline([
                """
                insert into counts (id, code, shop_id, ordinal, previous_ordinal, scope, opened_at, opened_by)
                values (\(id), \(code), \(shop), \((last ?? 0) + 1), \(last), \(scope), \(now), \(staff.id))
                """,
                """
                insert into count_expected (count_id, device_id)
                select \(id), d.id from devices d \(LastStay.joins)
                where d.id in (\(everThere(shop))) and \(CountCard.isHere(in: "\(shop)")) \(shelved)
                """,
            ])
            return code
        }
    }

    /// Counts a machine by its label; twice is once. A location’s code says where what one scans next is found. What is
    /// neither is kept as it was scanned.
    /// Throws `countUnknown`, `countEnded`, `locationUnknown` for a location of another shop, `locationClosed`; of what is no
    /// label `fieldMissing` for nothing, `fieldTooLong` for more than 40 characters.
    public func scan(
        _ scanned: String,
        in code: CountCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ToldScan {
        if let place = LocationCode(scanned: scanned) {
            return try await stand(at: place, in: code, key: key, by: staff)
        }
        let label =
            try DeviceLabel(scanned: scanned)?.description
            ?? ShortText(typed: scanned, field: .scanned, most: 40).text
        let facts: [String: Refusal.Fact] = ["code": .text(code.description)]
        return try await command(
            "count-scan",
            key: key,
            input: [code.description, label],
            by: staff,
            facts: facts
        ) { tx, now in
            let count = try tx.findCount(code, for: staff)
            let device = try tx.query(
                """
                select d.id, d.maker, d.model, \(CountCard.isHere(in: "\(count.shop)")) as here
                from devices d \(LastStay.joins) where d.label = \(label)
                """
            ).first
            var outcome = ToldScan.Outcome.stray
            // What stands elsewhere may be another shop's: nothing is told of it.
            let isHere: Bool = try device?["here"] ?? false
            if let device {
                let id: ID<Device> = try device["id"]
                let added = try tx.execute(
                    """
                    insert into count_scans (count_id, device_id, stood_here, location_id, scanned_at, scanned_by)
                    values (\(count.id), \(id), \(isHere), \(placeOf(staff, in: count.id)), \(now), \(staff.id))
                    on conflict do nothing
                    """
                )
                outcome = added == 0 ? .again : .counted
            } else {
                try tx.execute(
                    """
                    insert into count_strays (count_id, scanned, scanned_at, scanned_by)
                    values (\(count.id), \(label), \(now), \(staff.id)) on conflict do nothing
                    """
                )
            }
            let rows = try tx.pipeline([
                "select count(*)::int as total from count_scans where count_id = \(count.id)",
                """
                select u.operator from count_scans s join users u on u.id = s.scanned_by
                where s.count_id = \(count.id) and s.device_id = (select id from devices where label = \(label))
                """,
            ])
            return ToldScan(
                scanned: label,
                outcome: outcome,
                name: isHere
                    ? try device.map { machineName(try $0["maker"], try $0["model"]) } ?? "" : "",
                operatorCode: outcome == .again ? try rows[1].first?["operator"] : nil,
                total: try rows[0][0]["total"]
            )
        }
    }

    /// From now on what `staff` scans is found there.
    private func stand(
        at place: LocationCode,
        in code: CountCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ToldScan {
        try await command(
            "count-place",
            key: key,
            input: [code.description, place.description],
            by: staff,
            facts: ["code": .text(code.description)]
        ) { tx, now in
            // Alone: somebody with two readers stands in one place after the other.
            let count = try tx.lockCount(code, for: staff)
            let location = try tx.openLocation(place, for: staff)
            guard location.shop == count.shop else { throw Location.unknown(place.description) }
            let rows = try tx.pipeline([
                """
                insert into count_places (count_id, counted_by, ordinal, location_id, scanned_at)
                select \(count.id), \(staff.id), coalesce(max(ordinal), 0) + 1, \(location.id), \(now)
                from count_places where count_id = \(count.id) and counted_by = \(staff.id)
                """,
                "select count(*)::int as total from count_scans where count_id = \(count.id)",
            ])
            return ToldScan(
                scanned: place.description,
                outcome: .place,
                name: location.name,
                operatorCode: nil,
                total: try rows[1][0]["total"]
            )
        }
    }

    /// Writes down how many of each article somebody counted, wherever they lie: their last number stands, and those of several
    /// people are added. Throws `countUnknown`, `countClosed`, `countEnded`, `countMoved` where the article moved since somebody
    /// else counted some, `productUnknown`, `productNotCounted`.
    public func countUnits(
        _ counts: ProductCounts,
        in code: CountCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> CountedUnits {
        struct Input: Encodable {
            let code: String
            let counts: ProductCounts
        }
        let input = Input(code: code.description, counts: counts)
        let facts: [String: Refusal.Fact] = ["code": .text(code.description)]
        return try await command(
            "count-units",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            let count = try tx.findCount(code, for: staff)
            for (product, units) in try tx.counted(counts) {
                if try tx.moved(product, sinceOthersCountedIn: count, staff) {
                    throw Refusal(.countMoved, ["code": .text(product.code)])
                }
                try tx.execute(
                    """
                    insert into count_units (count_id, product_id, counted_by, ordinal, units, counted_at)
                    select \(count.id), \(product.id), \(staff.id), coalesce(max(ordinal), 0) + 1, \(units), \(now)
                    from count_units
                    where count_id = \(count.id) and product_id = \(product.id) and counted_by = \(staff.id)
                    """
                )
            }
            return CountedUnits(code: code.description, articles: counts.units.count)
        }
    }

    /// Stops the counting: from then on the differences are seen, and what is found is still scanned. Throws `countUnknown`,
    /// `countClosed`, `countEnded`.
    public func closeCount(
        _ code: CountCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        let facts: [String: Refusal.Fact] = ["code": .text(code.description)]
        return try await command(
            "close-count",
            key: key,
            input: [code.description],
            by: staff,
            facts: facts
        ) { tx, now in
            let count = try tx.lockCount(code, for: staff)
            try tx.execute(
                """
                insert into count_closings (count_id, closed_at, closed_by) values (\(count.id), \(now), \(staff.id))
                """
            )
            return code.description
        }
    }

    /// Gives a count up: it changes nothing. Throws `countUnknown`, `countEnded`.
    public func abandonCount(
        _ code: CountCode,
        because motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        let facts: [String: Refusal.Fact] = ["code": .text(code.description)]
        return try await command(
            "abandon-count",
            key: key,
            input: [code.description, motive.text],
            by: staff,
            facts: facts
        ) { tx, now in
            let count = try tx.lockCount(code, for: staff)
            try tx.execute(
                """
                insert into count_ends (count_id, shop_id, ordinal, kind, motive, ended_at, ended_by)
                values (\(count.id), \(count.shop), \(count.ordinal), 'abandoned', \(motive), \(now), \(staff.id))
                """
            )
            return code.description
        }
    }
}

/// Machines that may stand in a shop: it took them in, they stood on its shelf, or a journey ended there. Each part
/// has an index, which spares a look at every machine of the association.
private func everThere(_ shop: ID<Shop>) -> SQL {
    """
    select id from devices where shop_id = \(shop)
    union select device_id from stays where shop_id = \(shop)
    union select device_id from transfer_ends where shop_id = \(shop)
    union select device_id from transfer_findings where shop_id = \(shop)
    """
}

/// Where somebody stands while they count; null where they scanned no location.
private func placeOf(_ staff: Staff, in count: ID<StockCount>) -> SQL {
    """
    (select location_id from count_places where count_id = \(count) and counted_by = \(staff.id)
     order by ordinal desc limit 1)
    """
}

/// What was written down of articles in a count.
public struct CountedUnits: Hashable, Sendable, Codable {
    public let code: String
    public let articles: Int
}

/// A count as a command finds it.
struct FoundCount {
    let id: ID<StockCount>
    let shop: ID<Shop>
    let ordinal: Int
    let openedAt: Instant
    /// Nil while counting goes on.
    let closedBy: ID<User>?
}

extension Transaction {
    /// Throws `countUnknown`, also for one of a shop where `staff` does not work the stock.
    func findCount(_ code: CountCode, for staff: Staff) throws -> FoundCount {
        let row = try query(
            """
            select c.id, c.shop_id, c.ordinal, c.opened_at, k.closed_by from counts c
            left join count_closings k on k.count_id = c.id where c.code = \(code.description)
            """
        ).first
        guard let row, staff.holds(anyOf: .stockWorkers, in: try row["shop_id"]) else {
            throw StockCount.unknown(code.description)
        }
        return FoundCount(
            id: try row["id"],
            shop: try row["shop_id"],
            ordinal: try row["ordinal"],
            openedAt: try row["opened_at"],
            closedBy: try row["closed_by"]
        )
    }

    /// Whether an article came or went since somebody else counted some of it: which of the two counted what moved, nobody
    /// knows. A number of zero stands for nothing.
    fileprivate func moved(
        _ product: CountedProduct,
        sinceOthersCountedIn count: FoundCount,
        _ staff: Staff
    ) throws -> Bool {
        try query(
            """
            select exists (select from stock_movements m
                           where m.shop_id = \(count.shop) and m.product_id = \(product.id) and m.moved_at > o.first) as moved
            from (select min(counted_at) as first from (
                select distinct on (counted_by) counted_at, units from count_units
                where count_id = \(count.id) and product_id = \(product.id) and counted_by <> \(staff.id)
                order by counted_by, ordinal desc) last
                where units > 0) o
            """
        )[0]["moved"]
    }

    /// `findCount`, its row locked: no scan is added meanwhile.
    func lockCount(_ code: CountCode, for staff: Staff) throws -> FoundCount {
        try execute(
            "select from counts where code = \(code.description) for no key update"
        )
        return try findCount(code, for: staff)
    }
}
