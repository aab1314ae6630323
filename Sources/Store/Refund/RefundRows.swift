import Postgres
import Shop

/// Refunds read back as they were written: two statements, whatever `condition` chooses from `refunds r`.
struct RefundRows {
    static func statements(_ condition: SQL) -> [SQL] {
        [
            """
            select r.id, r.key, r.sale_id, r.ordinal, r.till_id, r.shop_id, r.drawer_ordinal, r.chain_id, r.position,
                   r.number, r.refunded_at, r.business_on, r.seller_id, r.operator, r.reason, r.means, r.total_cents,
                   r.vat_cents, r.line_count, r.software
            from refunds r where \(condition) order by r.chain_id, r.position
            """,
            """
            select l.refund_id, l.sale_id, l.position, l.unit, l.amount_cents, l.vat_cents, l.value_cents, l.returned_on
            from refunds r join refund_lines l on l.refund_id = r.id where \(condition)
            order by l.refund_id, l.position, l.unit
            """,
        ]
    }

    /// In the order of chain and position.
    static func records(_ rows: [Rows]) throws -> [RefundRecord] {
        let units = try Dictionary(grouping: rows[1]) { row -> ID<Refund> in try row["refund_id"] }
        return try rows[0].map { row in
            let id: ID<Refund> = try row["id"]
            return try RefundRecord(
                row,
                units: (units[id] ?? []).map { try RefundRecord.Unit($0) }
            )
        }
    }
}

extension RefundRecord {
    fileprivate init(_ row: Row, units: [Unit]) throws {
        let means: String = try row["means"]
        self.init(
            id: try row["id"],
            key: try row["key"],
            sale: try row["sale_id"],
            ordinal: try row["ordinal"],
            till: try row["till_id"],
            shop: try row["shop_id"],
            drawer: try row["drawer_ordinal"],
            link: Link(
                chain: try row["chain_id"],
                position: try row["position"],
                kind: .refund,
                number: try row["number"],
                at: try row["refunded_at"]
            ),
            businessOn: try row["business_on"],
            seller: try row["seller_id"],
            operatorCode: try row["operator"],
            reason: try row["reason"],
            means: Means(rawValue: means),
            total: try row["total_cents"],
            tax: try row["vat_cents"],
            software: try row["software"],
            lineCount: try row["line_count"],
            units: units
        )
    }
}

extension RefundRecord.Unit {
    fileprivate init(_ row: Row) throws {
        self.init(
            sale: try row["sale_id"],
            position: try row["position"],
            unit: try row["unit"],
            amount: try row["amount_cents"],
            tax: try row["vat_cents"],
            value: try row["value_cents"],
            returnedOn: try row["returned_on"]
        )
    }
}
