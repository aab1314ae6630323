import Postgres
import Shop

/// Openings and closings read back as they were written: two statements, whatever is chosen from `drawers d` and
/// `closings c`.
struct DrawerRows {
    static func statements(_ drawers: SQL, _ closings: SQL) -> [SQL] {
        [
            """
            select till_id, ordinal, previous_ordinal, training, float_cents, opened_at, opened_by, chain_id, position,
                   (select e.number from journal_entries e
                    where e.chain_id = d.chain_id and e.position = d.position) as number
            from drawers d where \(drawers)
            """,
            """
            select till_id, ordinal, cash_expected_cents, cash_counted_cents, card_expected_cents, card_counted_cents,
                   cheque_expected_cents, cheque_counted_cents, tickets, sales_cents, refunds_cents, gifts_cents,
                   perpetual_cents, reason, closed_at, closed_by, chain_id, position,
                   (select e.number from journal_entries e
                    where e.chain_id = c.chain_id and e.position = c.position) as number
            from closings c where \(closings)
            """,
        ]
    }

    /// What each should have sealed, by position.
    static func texts(_ rows: [Rows]) throws -> [(Int64, String)] {
        try rows[0].map { row in
            let opening = OpeningRecord(
                till: try row["till_id"],
                drawer: try row["ordinal"],
                previous: try row["previous_ordinal"],
                isTraining: try row["training"],
                float: try row["float_cents"],
                link: try link(row, .event, "opened_at"),
                by: try row["opened_by"]
            )
            return (opening.link.position, opening.canonical.text)
        }
            + rows[1].map { row in
                let closing = try ClosingRecord(row)
                return (closing.link.position, closing.canonical.text)
            }
    }

    static func closings(_ rows: Rows) throws -> [ClosingRecord] {
        try rows.map { try ClosingRecord($0) }
    }

    static func link(_ row: Row, _ kind: EntryKind, _ at: String) throws -> Link {
        Link(
            chain: try row["chain_id"],
            position: try row["position"],
            kind: kind,
            number: try row["number"] ?? 0,
            at: try row[at]
        )
    }
}

extension ClosingRecord {
    fileprivate init(_ row: Row) throws {
        let reason: String = try row["reason"]
        self.init(
            till: try row["till_id"],
            drawer: try row["ordinal"],
            expected: Takings(
                cash: try row["cash_expected_cents"],
                card: try row["card_expected_cents"],
                cheque: try row["cheque_expected_cents"]
            ),
            counted: Takings(
                cash: try row["cash_counted_cents"],
                card: try row["card_counted_cents"],
                cheque: try row["cheque_counted_cents"]
            ),
            tickets: try row["tickets"],
            sales: try row["sales_cents"],
            refunds: try row["refunds_cents"],
            gifts: try row["gifts_cents"],
            perpetual: try row["perpetual_cents"],
            reason: reason.isEmpty ? nil : reason,
            link: try DrawerRows.link(row, .closing, "closed_at"),
            by: try row["closed_by"]
        )
    }
}
