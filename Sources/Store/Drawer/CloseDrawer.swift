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
    /// The day of business of everything in it; nil when no drawer is open.
    public let businessOn: Day?
    /// Whether that day is over: nothing more is sold in it.
    public let isOver: Bool
    public let expected: Takings
    public let tickets: Int
    public let salesCents: Int64
    public let refundsCents: Int64
    public let giftsCents: Int64
    /// Cash put in and taken out for no ticket.
    public let movedInCents: Int64
    public let movedOutCents: Int64
    /// What left and came back, by article; machines, cards and codes.
    public let goods: [DrawerGoods]
}

/// An article in a drawer's time: units sold, given, and come back.
public struct DrawerGoods: Sendable, Codable {
    public let product: ID<Product>
    public let nameFrench: String
    public let nameEnglish: String
    public let sold: Int
    public let given: Int
    public let returned: Int
}

extension Store {
    /// How the drawer of the till stands now.
    public func drawerStanding(of place: TillPlace) async throws -> DrawerStanding {
        let now = clock.now()
        return try await transaction { tx in
            try readDrawer(of: place, tx.pipeline(drawerReads(of: place.id)), at: now)
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
            let standing = try readDrawer(of: place, Array(reads.dropLast()), at: now)
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
                details: ClosingRecord.Details(
                    movedIn: Cents(unchecked: standing.movedInCents),
                    movedOut: Cents(unchecked: standing.movedOutCents),
                    pieces: count.pieces,
                    cheques: count.cheques,
                    goods: standing.goods.map {
                        ClosingRecord.Goods(
                            product: $0.product,
                            sold: $0.sold,
                            given: $0.given,
                            returned: $0.returned
                        )
                    }
                ),
                link: head.next(.closing, at: max(now, head.lastAt)),
                by: staff.id
            )
            let entry = try seal(closing.canonical, closing.link, after: head.hash)
            _ = try tx.pipeline(entry.statements + inserts(closing))
            return (drawer, entry)
        }
    }
}

private func inserts(_ closing: ClosingRecord) -> [SQL] {
    let name: SQL = "\(closing.till), \(closing.drawer)"
    let pieces: [SQL] = closing.details.pieces.map { piece in
        "insert into closing_denominations (till_id, ordinal, cents, count) values (\(name), \(piece.cents), \(piece.count))"
    }
    let cheques: [SQL] = closing.details.cheques.enumerated().map { index, amount in
        "insert into closing_cheques (till_id, ordinal, position, amount_cents) values (\(name), \(index + 1), \(amount))"
    }
    let goods: [SQL] = closing.details.goods.map { goods in
        """
        insert into closing_goods (till_id, ordinal, product_id, sold, given, returned)
        values (\(name), \(goods.product), \(goods.sold), \(goods.given), \(goods.returned))
        """
    }
    return [insert(closing)] + pieces + cheques + goods
}

private func insert(_ closing: ClosingRecord) -> SQL {
    """
    insert into closings (till_id, ordinal, cash_expected_cents, cash_counted_cents, card_expected_cents,
                          card_counted_cents, cheque_expected_cents, cheque_counted_cents, tickets, sales_cents,
                          refunds_cents, gifts_cents, perpetual_cents, reason, moved_in_cents, moved_out_cents, closed_at,
                          closed_by, chain_id, position)
    values (\(closing.till), \(closing.drawer), \(closing.expected.cash), \(closing.counted.cash),
            \(closing.expected.card), \(closing.counted.card), \(closing.expected.cheque),
            \(closing.counted.cheque), \(closing.tickets), \(closing.sales), \(closing.refunds), \(closing.gifts),
            \(closing.perpetual), \(closing.reason ?? ""), \(closing.details.movedIn), \(closing.details.movedOut),
            \(closing.link.at), \(closing.by), \(closing.link.chain), \(closing.link.position))
    """
}

/// The open drawer, its money in and its money out, cash moved for no ticket, and what left and came back.
private func drawerReads(of till: ID<Till>) -> [SQL] {
    let ordinal: SQL =
        "(select drawer_ordinal from chain_heads where till_id = \(till) and not training)"
    return [
        """
        select d.ordinal, d.float_cents, d.opened_at, d.business_on, \(dayEnds(on: "d.business_on")) as ends_minutes, u.operator from drawers d join users u on u.id = d.opened_by
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
        """
        select coalesce(sum(amount_cents) filter (where kind = 'in'), 0)::bigint as moved_in,
               coalesce(sum(amount_cents) filter (where kind = 'out'), 0)::bigint as moved_out
        from cash_moves where till_id = \(till) and drawer_ordinal = \(ordinal)
        """,
        """
        select p.id, p.name_fr, p.name_en, g.sold, g.given, g.returned
        from (\(goodsOf("s.till_id = \(till) and s.drawer_ordinal = \(ordinal)",
                       "r.till_id = \(till) and r.drawer_ordinal = \(ordinal)"))) g
        join products p on p.id = g.product_id order by p.code
        """,
    ]
}

/// Units by article that left with the tickets of `sales s` and came back with the refunds of `refunds r`.
func goodsOf(_ tickets: SQL, _ refunds: SQL) -> SQL {
    """
    select product_id, sum(sold)::int as sold, sum(given)::int as given, sum(returned)::int as returned
    from (select l.product_id, case s.kind when 'sale' then l.quantity else 0 end as sold,
                 case s.kind when 'gift' then l.quantity else 0 end as given, 0 as returned
          from sales s join sale_lines l on l.sale_id = s.id where \(tickets)
          union all
          select l.product_id, 0, 0, 1 from refunds r join refund_lines b on b.refund_id = r.id
          join sale_lines l on l.sale_id = b.sale_id and l.position = b.position where \(refunds)) t
    group by product_id
    """
}

/// The last closing's total and what was sold since: a close never reads more than its own drawer.
private func perpetual(of till: ID<Till>) -> SQL {
    """
    select coalesce((select perpetual_cents from closings where till_id = \(till) order by ordinal desc limit 1), 0)
         + coalesce((select sum(total_cents) from sales where till_id = \(till) and drawer_ordinal =
             (select drawer_ordinal from chain_heads where till_id = \(till) and not training)), 0)::bigint as total
    """
}

private func readDrawer(of place: TillPlace, _ rows: [Rows], at now: Instant) throws
    -> DrawerStanding
{
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
            businessOn: nil,
            isOver: false,
            expected: expected,
            tickets: 0,
            salesCents: 0,
            refundsCents: 0,
            giftsCents: 0,
            movedInCents: 0,
            movedOutCents: 0,
            goods: []
        )
    }
    let float: Int64 = try drawer["float_cents"]
    let businessOn: Day = try drawer["business_on"]
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
    let movedIn: Int64 = try rows[4][0]["moved_in"]
    let movedOut: Int64 = try rows[4][0]["moved_out"]
    expected.cash += movedIn - movedOut
    return DrawerStanding(
        till: place.code,
        ordinal: try drawer["ordinal"],
        floatCents: float,
        openedAt: try drawer["opened_at"],
        openedBy: try drawer["operator"],
        businessOn: businessOn,
        isOver: now.businessDay(endingAt: try drawer["ends_minutes"] ?? 0) > businessOn,
        expected: expected,
        tickets: tickets,
        salesCents: totals["sale", default: 0],
        refundsCents: totals["refund", default: 0],
        giftsCents: totals["gift", default: 0],
        movedInCents: movedIn,
        movedOutCents: movedOut,
        goods: try rows[5].map { row in
            DrawerGoods(
                product: try row["id"],
                nameFrench: try row["name_fr"],
                nameEnglish: try row["name_en"],
                sold: try row["sold"],
                given: try row["given"],
                returned: try row["returned"]
            )
        }
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
