import Foundation
import Postgres
public import Shop

extension Store {
    /// Puts cash into the open drawer or takes some out, or says why it was opened for no ticket. Throws `drawerClosed`, `dayUnclosed`;
    /// `cashShort` when more is taken than is in it.
    public func moveCash(_ move: CashMove, key: ID<Claim>, by staff: Staff) async throws
        -> ID<CashMoveRecord>
    {
        let place = try staff.place()
        let facts: [String: Refusal.Fact] = ["till": .text(place.code)]
        return try await sealing("move-cash", key: key, input: move, by: staff, facts: facts) {
            tx,
            now in
            let rows = try tx.pipeline([
                headLock(of: place.id), drawerNow(of: place.id), drawerCash(of: place.id),
            ])
            let head = try ChainHead(rows[0])
            let at = max(now, head.lastAt)
            let drawer = try OpenDrawer(rows[1], of: place, at: at)
            let cash: Int64 = try rows[2][0]["cents"] ?? 0
            if move.kind == .takenOut, move.amount.count > cash {
                throw Refusal(
                    .cashShort,
                    ["free": .cents(Cents(unchecked: max(0, cash))), "asked": .cents(move.amount)]
                )
            }
            let record = CashMoveRecord(
                id: newID(),
                till: place.id,
                drawer: drawer.ordinal,
                kind: move.kind,
                motive: move.motive,
                amount: move.amount,
                link: head.next(.event, at: at),
                by: staff.id
            )
            let entry = try seal(record.canonical, record.link, after: head.hash)
            try tx.pipeline(
                entry.statements + [
                    """
                    insert into cash_moves (id, till_id, drawer_ordinal, kind, motive, amount_cents, moved_at, moved_by,
                                            chain_id, position)
                    values (\(record.id), \(record.till), \(record.drawer), \(record.kind), \(record.motive),
                            \(record.amount), \(record.link.at), \(record.by), \(record.link.chain), \(record.link.position))
                    """
                ]
            )
            return (record.id, entry)
        }
    }
}

/// Cash that should be in the open drawer: float, cash in, cash given back, what was put in and taken out.
func drawerCash(of till: ID<Till>) -> SQL {
    let ordinal: SQL =
        "(select drawer_ordinal from chain_heads where till_id = \(till) and not training)"
    return """
        select (select float_cents from drawers where till_id = \(till) and ordinal = \(ordinal))
             + coalesce((select sum(p.amount_cents) from sales s join payments p on p.sale_id = s.id
                         where s.till_id = \(till) and s.drawer_ordinal = \(ordinal) and p.means = 'cash'), 0)
             - coalesce((select sum(total_cents) from refunds
                         where till_id = \(till) and drawer_ordinal = \(ordinal) and means = 'cash'), 0)
             + coalesce((select sum(case kind when 'in' then amount_cents when 'out' then -amount_cents else 0 end)
                         from cash_moves where till_id = \(till) and drawer_ordinal = \(ordinal)), 0) as cents
        """
}

/// Moves of cash read back as they were written: one statement, whatever is chosen from `cash_moves v`.
struct CashMoveRows {
    static func statement(_ condition: SQL) -> SQL {
        """
        select v.id, v.till_id, v.drawer_ordinal, v.kind, v.motive, v.amount_cents, v.moved_at, v.moved_by,
               v.chain_id, v.position,
               (select e.number from journal_entries e
                where e.chain_id = v.chain_id and e.position = v.position) as number
        from cash_moves v where \(condition) order by v.position
        """
    }

    static func records(_ rows: Rows) throws -> [CashMoveRecord] {
        try rows.map { row in
            CashMoveRecord(
                id: try row["id"],
                till: try row["till_id"],
                drawer: try row["drawer_ordinal"],
                kind: try row["kind"],
                motive: try row["motive"],
                amount: try row["amount_cents"],
                link: try DrawerRows.link(row, .event, "moved_at"),
                by: try row["moved_by"]
            )
        }
    }
}
