import Foundation
import Postgres
public import Shop

/// A drawer that was closed, as its slip says it.
public struct ClosingSlip: Sendable {
    public let till: String
    /// `LI1-C-000003`.
    public let number: String
    public let record: ClosingRecord
    /// What left and came back, by the article's code.
    public let goods: [DrawerGoods]
    public let openedAt: Instant
    public let floatCents: Int64
    /// What was brought from the safe at the opening; below zero what went there, or to the bank, since the drawer before.
    public let carriedCents: Int64?
    public let closedBy: String
    public let association: String
    public let isDemonstration: Bool
    public let shop: Receipt.Place
    /// First characters of the entry's signature, in hex.
    public let signature: String

    public init(
        till: String,
        record: ClosingRecord,
        goods: [DrawerGoods],
        openedAt: Instant,
        floatCents: Int64,
        carriedCents: Int64?,
        closedBy: String,
        association: String,
        isDemonstration: Bool,
        shop: Receipt.Place,
        signature: String
    ) {
        self.till = till
        self.number = ClosingSlip.number(record.link.number, of: till)
        self.record = record
        self.goods = goods
        self.openedAt = openedAt
        self.floatCents = floatCents
        self.carriedCents = carriedCents
        self.closedBy = closedBy
        self.association = association
        self.isDemonstration = isDemonstration
        self.shop = shop
        self.signature = signature
    }

    /// `LI1-C-000003`.
    static func number(_ number: Int64, of till: String) -> String {
        let digits = String(number)
        return "\(till)-C-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
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
                       d.opened_at, d.float_cents, d.carried_cents, u.operator, e.signature
                from closings c join association a on true join tills t on t.id = c.till_id
                join shops h on h.id = t.shop_id join users u on u.id = c.closed_by
                join drawers d on d.till_id = c.till_id and d.ordinal = c.ordinal
                join journal_entries e on e.chain_id = c.chain_id and e.position = c.position
                where \(chosen)
                """
            let names: SQL = """
                select g.product_id, p.name_fr, p.name_en, g.sold, g.given, g.returned
                from closing_goods g join closings c using (till_id, ordinal) join products p on p.id = g.product_id
                where \(chosen) order by p.code
                """
            let rows = try tx.pipeline(DrawerRows.statements("false", chosen) + [names, around])
            let last = rows.count - 1
            guard let record = try DrawerRows.closings(rows).first, let row = rows[last].first
            else {
                throw Refusal(.unknownThing)
            }
            let kind: String = try row["association_kind"]
            let signature: Data = try row["signature"]
            return ClosingSlip(
                till: till,
                record: record,
                goods: try rows[last - 1].map { row in
                    DrawerGoods(
                        product: try row["product_id"],
                        nameFrench: try row["name_fr"],
                        nameEnglish: try row["name_en"],
                        sold: try row["sold"],
                        given: try row["given"],
                        returned: try row["returned"]
                    )
                },
                openedAt: try row["opened_at"],
                floatCents: try row["float_cents"],
                carriedCents: try row["carried_cents"],
                closedBy: try row["operator"],
                association: try row["association"],
                isDemonstration: kind == "demonstration",
                shop: try Receipt.Place(row),
                signature: hexadecimal(signature.prefix(8))
            )
        }
    }
}
