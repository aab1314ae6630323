import Foundation
import Postgres
public import Shop

/// A drawer that was closed, as its slip says it.
public struct ClosingSlip: Sendable {
    public let till: String
    /// `LI1-C-000003`.
    public let number: String
    public let record: ClosingRecord
    public let openedAt: Instant
    public let floatCents: Int64
    public let closedBy: String
    public let association: String
    public let isDemonstration: Bool
    public let shop: Receipt.Place
    /// First characters of the entry's signature, in hex.
    public let signature: String

    public init(
        till: String,
        record: ClosingRecord,
        openedAt: Instant,
        floatCents: Int64,
        closedBy: String,
        association: String,
        isDemonstration: Bool,
        shop: Receipt.Place,
        signature: String
    ) {
        let digits = String(record.link.number)
        self.till = till
        self.number =
            "\(till)-C-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        self.record = record
        self.openedAt = openedAt
        self.floatCents = floatCents
        self.closedBy = closedBy
        self.association = association
        self.isDemonstration = isDemonstration
        self.shop = shop
        self.signature = signature
    }
}

extension Store {
    /// The closing of a till's drawer, by the drawer's ordinal. Throws `unknownThing`, also for a till outside `reach`.
    public func closing(
        of till: String,
        drawer: Int,
        in reach: Reach = .everyShop
    ) async throws -> ClosingSlip {
        try await transaction { tx in
            let chosen: SQL = """
                c.till_id = (select t.id from tills t where t.code = \(till) and \(reach.condition("t.shop_id"))) and c.ordinal = \(drawer)
                """
            let around: SQL = """
                select a.name as association, a.kind as association_kind, h.name as shop,
                       h.address || ', ' || h.postal_code || ' ' || h.city as address, h.siret, h.vat_number,
                       d.opened_at, d.float_cents, u.operator, e.signature
                from closings c join association a on true join tills t on t.id = c.till_id
                join shops h on h.id = t.shop_id join users u on u.id = c.closed_by
                join drawers d on d.till_id = c.till_id and d.ordinal = c.ordinal
                join journal_entries e on e.chain_id = c.chain_id and e.position = c.position
                where \(chosen)
                """
            let rows = try tx.pipeline(DrawerRows.statements("false", chosen) + [around])
            guard let record = try DrawerRows.closings(rows[1]).first, let row = rows[2].first
            else {
                throw Refusal(.unknownThing)
            }
            let kind: String = try row["association_kind"]
            let signature: Data = try row["signature"]
            return ClosingSlip(
                till: till,
                record: record,
                openedAt: try row["opened_at"],
                floatCents: try row["float_cents"],
                closedBy: try row["operator"],
                association: try row["association"],
                isDemonstration: kind == "demonstration",
                shop: try Receipt.Place(row),
                signature: hexadecimal(signature.prefix(8))
            )
        }
    }
}
