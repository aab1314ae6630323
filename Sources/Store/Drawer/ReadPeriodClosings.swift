import Foundation
import Postgres
public import Shop

/// A closed day, month or year, as its slip says it.
public struct PeriodSlip: Sendable {
    public let till: String
    /// `LI1-C-000003`.
    public let number: String
    public let record: PeriodClosingRecord
    public let closedBy: String
    public let association: String
    public let isDemonstration: Bool
    public let shop: Receipt.Place
    /// First characters of the entry's signature, in hex.
    public let signature: String

    public init(
        till: String,
        record: PeriodClosingRecord,
        closedBy: String,
        association: String,
        isDemonstration: Bool,
        shop: Receipt.Place,
        signature: String
    ) {
        self.till = till
        self.number = ClosingSlip.number(record.link.number, of: till)
        self.record = record
        self.closedBy = closedBy
        self.association = association
        self.isDemonstration = isDemonstration
        self.shop = shop
        self.signature = signature
    }
}

/// Which closings are listed.
public struct PeriodFilter: Sendable {
    public let reach: Reach
    public let till: String?
    public let period: Period?
    /// The closing that ends on this day alone.
    public let endsOn: Day?

    public init(
        in reach: Reach = .everyShop,
        till: String? = nil,
        period: Period? = nil,
        endsOn: Day? = nil
    ) {
        self.reach = reach
        self.till = till
        self.period = period
        self.endsOn = endsOn
    }
}

extension Store {
    /// Closed periods, the latest first; of one day the year before the month before the day. `after` is the last part's `next`.
    public func periodClosings(
        _ filter: PeriodFilter,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<PeriodSlip> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap(PeriodKey.init)
        let before: SQL =
            last.map {
                "and (p.ends_on, p.period, p.till_id) < (\($0.day), \($0.period), \($0.till)::uuid)"
            }
            ?? ""
        let till: SQL = filter.till.map { "and t.code = \($0)" } ?? ""
        let period: SQL = filter.period.map { "and p.period = \($0)" } ?? ""
        let day: SQL = filter.endsOn.map { "and p.ends_on = \($0)" } ?? ""
        return try await transaction { tx in
            let found = try tx.query(
                """
                select p.chain_id, p.position, t.code as till, u.operator, a.name as association, a.kind as association_kind,
                       h.name as shop, h.address || ', ' || h.postal_code || ' ' || h.city as address, h.siret, h.vat_number,
                       e.signature
                from period_closings p join association a on true join tills t on t.id = p.till_id
                join shops h on h.id = t.shop_id join users u on u.id = p.closed_by
                join journal_entries e on e.chain_id = p.chain_id and e.position = p.position
                where \(filter.reach.condition("t.shop_id")) \(till) \(period) \(day) \(before)
                order by p.ends_on desc, p.period desc, p.till_id desc limit \(limit + 1)
                """
            )
            let shown = found.prefix(limit)
            let chains: [ID<Chain>] = try shown.map { try $0["chain_id"] }
            let positions: [Int64] = try shown.map { try $0["position"] }
            let rows = try tx.pipeline(
                PeriodClosingRows.statements(
                    """
                    (p.chain_id, p.position) in (
                        select * from unnest(\(chains)::uuid[], \(positions.map { "\($0)" })::bigint[]))
                    """
                )
            )
            let records = Dictionary(
                uniqueKeysWithValues: try PeriodClosingRows.records(rows).map {
                    (EntryPlace(chain: $0.link.chain, position: $0.link.position), $0)
                }
            )
            let items = try shown.map { row -> PeriodSlip in
                let place = EntryPlace(chain: try row["chain_id"], position: try row["position"])
                guard let record = records[place] else {
                    preconditionFailure("a closing went while it was read")
                }
                let kind: String = try row["association_kind"]
                let signature: Data = try row["signature"]
                return PeriodSlip(
                    till: try row["till"],
                    record: record,
                    closedBy: try row["operator"],
                    association: try row["association"],
                    isDemonstration: kind == "demonstration",
                    shop: try Receipt.Place(row),
                    signature: hexadecimal(signature.prefix(8))
                )
            }
            return Paged(
                items: items,
                next: found.count > limit ? items.last.map { PeriodKey($0).text } : nil
            )
        }
    }

    /// One closing by what it closed. Throws `unknownThing`, also for a till outside `reach`.
    public func periodClosing(
        of till: String,
        _ period: Period,
        endingOn day: Day,
        in reach: Reach = .everyShop
    ) async throws -> PeriodSlip {
        let found = try await periodClosings(
            PeriodFilter(in: reach, till: till, period: period, endsOn: day),
            limit: 1
        )
        guard let slip = found.items.first else { throw Refusal(.unknownThing) }
        return slip
    }
}

private struct EntryPlace: Hashable {
    let chain: ID<Chain>
    let position: Int64
}

/// Where a part of the list ends.
private struct PeriodKey {
    let day: Day
    let period: Period
    let till: ID<Till>

    init(_ slip: PeriodSlip) {
        day = slip.record.endsOn
        period = slip.record.period
        till = slip.record.till
    }

    init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 2).map(String.init)
        guard parts.count == 3, let day = Day(iso: parts[0]),
            let period = Period(rawValue: parts[1]), let till = ID<Till>(parts[2])
        else { return nil }
        self.day = day
        self.period = period
        self.till = till
    }

    var text: String { "\(day.iso)_\(period.rawValue)_\(till)" }
}
