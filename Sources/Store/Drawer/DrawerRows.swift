import Postgres
import Shop

/// Openings and closings read back as they were written: five statements, whatever is chosen from `drawers d` and
/// `closings c`.
struct DrawerRows {
    static func statements(_ drawers: SQL, _ closings: SQL) -> [SQL] {
        [
            """
            select till_id, ordinal, previous_ordinal, training, float_cents, opened_at, opened_by, business_on, carried_cents, chain_id,
                   position,
                   (select e.number from journal_entries e
                    where e.chain_id = d.chain_id and e.position = d.position) as number
            from drawers d where \(drawers)
            """,
            """
            select till_id, ordinal, cash_expected_cents, cash_counted_cents, card_expected_cents, card_counted_cents,
                   cheque_expected_cents, cheque_counted_cents, tickets, sales_cents, refunds_cents, gifts_cents,
                   perpetual_cents, reason, moved_in_cents, moved_out_cents, closed_at, closed_by, chain_id, position,
                   (select e.number from journal_entries e
                    where e.chain_id = c.chain_id and e.position = c.position) as number
            from closings c where \(closings)
            """,
            """
            select till_id, ordinal, n.cents, n.count from closings c join closing_denominations n using (till_id, ordinal)
            where \(closings)
            """,
            """
            select till_id, ordinal, q.position, q.amount_cents from closings c join closing_cheques q using (till_id, ordinal)
            where \(closings) order by q.position
            """,
            """
            select till_id, ordinal, g.product_id, g.sold, g.given, g.returned
            from closings c join closing_goods g using (till_id, ordinal) where \(closings)
            """,
        ]
    }

    /// What each should have sealed, by position.
    static func canonicals(_ rows: [Rows]) throws -> [(Int64, Canonical)] {
        try rows[0].map { row in
            let opening = OpeningRecord(
                till: try row["till_id"],
                drawer: try row["ordinal"],
                previous: try row["previous_ordinal"],
                isTraining: try row["training"],
                float: try row["float_cents"],
                businessOn: try row["business_on"],
                carried: try row["carried_cents"],
                link: try link(row, .event, "opened_at"),
                by: try row["opened_by"]
            )
            return (opening.link.position, opening.canonical)
        }
            + closings(rows).map { ($0.link.position, $0.canonical) }
    }

    /// Of the five statements.
    static func closings(_ rows: [Rows]) throws -> [ClosingRecord] {
        let pieces = try Dictionary(grouping: rows[2]) { try Name($0) }
        let cheques = try Dictionary(grouping: rows[3]) { try Name($0) }
        let goods = try Dictionary(grouping: rows[4]) { try Name($0) }
        return try rows[1].map { row in
            let name = try Name(row)
            // A cheque whose place was altered stands elsewhere in the bytes.
            return try ClosingRecord(
                row,
                details: ClosingRecord.Details(
                    movedIn: try row["moved_in_cents"],
                    movedOut: try row["moved_out_cents"],
                    pieces: (pieces[name] ?? []).map {
                        DrawerCount.Piece(cents: try $0["cents"], count: try $0["count"])
                    },
                    cheques: placed(cheques[name] ?? []),
                    goods: (goods[name] ?? []).map {
                        ClosingRecord.Goods(
                            product: try $0["product_id"],
                            sold: try $0["sold"],
                            given: try $0["given"],
                            returned: try $0["returned"]
                        )
                    }
                )
            )
        }
    }

    /// Amounts at their places, from 1; nothing stands where a place is missing.
    private static func placed(_ rows: [Row]) throws -> [Cents] {
        var amounts: [Cents] = []
        for row in rows {
            let position: Int = try row["position"]
            while amounts.count < min(position - 1, 1000) { amounts.append(.zero) }
            amounts.append(try row["amount_cents"])
        }
        return amounts
    }

    private struct Name: Hashable {
        let till: ID<Till>
        let ordinal: Int

        init(_ row: Row) throws {
            till = try row["till_id"]
            ordinal = try row["ordinal"]
        }
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
    fileprivate init(_ row: Row, details: Details) throws {
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
            details: details,
            link: try DrawerRows.link(row, .closing, "closed_at"),
            by: try row["closed_by"]
        )
    }
}
