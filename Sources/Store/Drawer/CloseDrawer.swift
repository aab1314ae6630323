import Foundation
import Postgres
public import Shop

/// How a drawer stands: what it began with and what should be in it.
public struct DrawerStanding: Sendable, Codable {
    public let till: String
    /// Nil when no drawer is open.
    public let ordinal: Int?
    public let floatCents: Int64
    public let openedAt: Instant?
    public let openedBy: String
    public let expected: Takings
    public let tickets: Int
    public let salesCents: Int64
    public let refundsCents: Int64
    public let giftsCents: Int64

}

/// What was counted at the close. Throws nothing: `CloseDrawer` asks for a reason when it differs.
public struct DrawerCount: Sendable, Codable {
    public let cash: Cents
    public let card: Cents
    public let cheque: Cents
    public let reason: DifferenceReason?

    public init(cash: Cents, card: Cents, cheque: Cents, reason: DifferenceReason?) {
        self.cash = cash
        self.card = card
        self.cheque = cheque
        self.reason = reason
    }
}

extension Store {
    /// How the drawer of the till stands now.
    public func drawerStanding(of place: TillPlace) async throws -> DrawerStanding {
        try await transaction { tx in
            try readDrawer(of: place, tx.pipeline(drawerReads(of: place.id)))
        }
    }

    /// Closes the drawer over exactly its own tickets. Throws `drawerClosed`; `drawerDifference` when the count differs and
    /// no reason is given.
    public func closeDrawer(_ count: DrawerCount, key: ID<Claim>, by staff: Staff) async throws
        -> Int
    {
        let place = try staff.place()
        return try await sealing(
            "close-drawer",
            key: key,
            input: count,
            by: staff,
            facts: ["till": .text(place.code)]
        ) { tx, now in
            let rows = try tx.pipeline([headLock(of: place.id)])
            let head = try ChainHead(rows[0])
            let reads = try tx.pipeline(drawerReads(of: place.id) + [perpetual(of: place.id)])
            let standing = try readDrawer(of: place, Array(reads.dropLast()))
            guard let drawer = standing.ordinal else {
                throw Refusal(.drawerClosed, ["till": .text(place.code)])
            }
            let counted = Takings(
                cash: count.cash.count,
                card: count.card.count,
                cheque: count.cheque.count
            )
            let differs = standing.expected != counted
            if differs, count.reason == nil {
                throw differenceRefusal(standing.expected, counted)
            }
            let closing = ClosingRecord(
                till: place.id,
                drawer: drawer,
                expected: standing.expected,
                counted: counted,
                tickets: standing.tickets,
                sales: Cents(unchecked: standing.salesCents),
                refunds: Cents(unchecked: standing.refundsCents),
                gifts: Cents(unchecked: standing.giftsCents),
                perpetual: try reads[reads.count - 1][0]["total"],
                reason: differs ? count.reason?.rawValue : nil,
                link: head.next(.closing, at: max(now, head.lastAt)),
                by: staff.id
            )
            let entry = try seal(closing.canonical, closing.link, after: head.hash)
            _ = try tx.pipeline(entry.statements + [insert(closing)])
            return (drawer, entry)
        }
    }
}

private func insert(_ closing: ClosingRecord) -> SQL {
    """
    insert into closings (till_id, ordinal, cash_expected_cents, cash_counted_cents, card_expected_cents,
                          card_counted_cents, cheque_expected_cents, cheque_counted_cents, tickets, sales_cents,
                          refunds_cents, gifts_cents, perpetual_cents, reason, closed_at, closed_by, chain_id, position)
    values (\(closing.till), \(closing.drawer), \(closing.expected.cash), \(closing.counted.cash),
            \(closing.expected.card), \(closing.counted.card), \(closing.expected.cheque),
            \(closing.counted.cheque), \(closing.tickets), \(closing.sales), \(closing.refunds), \(closing.gifts),
            \(closing.perpetual), \(closing.reason ?? ""), \(closing.link.at), \(closing.by),
            \(closing.link.chain), \(closing.link.position))
    """
}

/// The open drawer, then its money in and its money out.
private func drawerReads(of till: ID<Till>) -> [SQL] {
    let ordinal: SQL =
        "(select drawer_ordinal from chain_heads where till_id = \(till) and not training)"
    return [
        """
        select d.ordinal, d.float_cents, d.opened_at, u.operator from drawers d join users u on u.id = d.opened_by
        where d.till_id = \(till) and d.ordinal = \(ordinal)
          and not exists (select from closings c where c.till_id = d.till_id and c.ordinal = d.ordinal)
        """,
        """
        select p.means, sum(p.amount_cents)::bigint as cents from sales s join payments p on p.sale_id = s.id
        where s.till_id = \(till) and s.drawer_ordinal = \(ordinal) group by p.means
        """,
        """
        select means, sum(total_cents)::bigint as cents, count(*) as tickets from refunds
        where till_id = \(till) and drawer_ordinal = \(ordinal) group by means
        """,
        """
        select kind, sum(value_cents)::bigint as cents, count(*) as tickets from sales
        where till_id = \(till) and drawer_ordinal = \(ordinal) group by kind
        """,
    ]
}

/// The last closing's total and what was sold since: a close never reads more than its own drawer.
private func perpetual(of till: ID<Till>) -> SQL {
    """
    select coalesce((select perpetual_cents from closings where till_id = \(till) order by ordinal desc limit 1), 0)
         + coalesce((select sum(total_cents) from sales where till_id = \(till) and drawer_ordinal =
             (select drawer_ordinal from chain_heads where till_id = \(till) and not training)), 0)::bigint as total
    """
}

private func readDrawer(of place: TillPlace, _ rows: [Rows]) throws -> DrawerStanding {
    var expected = Takings(cash: 0, card: 0, cheque: 0)
    func add(_ means: String, _ cents: Int64) {
        switch Means(rawValue: means) {
        case .cash: expected.cash += cents
        case .card: expected.card += cents
        case .cheque: expected.cheque += cents
        case nil: break
        }
    }
    guard let drawer = rows[0].first else {
        return DrawerStanding(
            till: place.code,
            ordinal: nil,
            floatCents: 0,
            openedAt: nil,
            openedBy: "",
            expected: expected,
            tickets: 0,
            salesCents: 0,
            refundsCents: 0,
            giftsCents: 0
        )
    }
    let float: Int64 = try drawer["float_cents"]
    expected.cash = float
    var tickets = 0
    var totals: [String: Int64] = [:]
    for row in rows[1] { add(try row["means"], try row["cents"]) }
    for row in rows[2] {
        let cents: Int64 = try row["cents"]
        let count: Int = try row["tickets"]
        add(try row["means"], -cents)
        totals["refund", default: 0] += cents
        tickets += count
    }
    for row in rows[3] {
        let kind: String = try row["kind"]
        let count: Int = try row["tickets"]
        totals[kind] = try row["cents"]
        tickets += count
    }
    return DrawerStanding(
        till: place.code,
        ordinal: try drawer["ordinal"],
        floatCents: float,
        openedAt: try drawer["opened_at"],
        openedBy: try drawer["operator"],
        expected: expected,
        tickets: tickets,
        salesCents: totals["sale", default: 0],
        refundsCents: totals["refund", default: 0],
        giftsCents: totals["gift", default: 0]
    )
}

private func differenceRefusal(_ expected: Takings, _ counted: Takings) -> Refusal {
    func total(_ takings: Takings) -> Refusal.Fact {
        .text(
            [takings.cash, takings.card, takings.cheque].map(signedEuros).joined(separator: " + ")
        )
    }
    return Refusal(.drawerDifference, ["expected": total(expected), "counted": total(counted)])
}

private func signedEuros(_ cents: Int64) -> String {
    (cents < 0 ? "−" : "") + Written.cents(Cents(unchecked: abs(cents)), in: .french)
}
