import Foundation
import Postgres
public import Shop

/// A closing that was made, by its printed number.
public struct ClosedPeriod: Codable, Sendable {
    public let till: String
    public let period: Period
    public let endsOn: Day
    /// `LI1-C-000003`.
    public let number: String
}

extension Store {
    /// Closes a day, a month or a year at the till; with `period` nil whatever is over and not closed yet, which may be nothing.
    ///
    /// Locks the till's head: it covers exactly the entries that no closing before it does. A day that is not over takes a manager of the
    /// shop, since nothing more is sold on it. Throws `nothingToClose`, `closingTooSoon`, `closingNeedsDrawer`, `closingNeedsDay`,
    /// `roleMissing`.
    public func closePeriod(_ period: Period?, key: ID<Claim>, by staff: Staff) async throws
        -> [ClosedPeriod]
    {
        let place = try staff.place()
        return try await chaining(
            "close-period",
            key: key,
            input: period,
            by: staff,
            facts: ["till": .text(place.code)]
        ) { tx, now in
            var chain = OpenChain(try ChainHead(tx.query(headLock(of: place.id))))
            let at = max(now, chain.head.lastAt)
            let standing = try tx.closedPeriods(of: place.id, at: at)
            let due =
                if let period { [try standing.closed.toClose(period, on: standing.today)] } else {
                    standing.closed.due(on: standing.today)
                }
            if due.contains(where: { $0.endsOn >= standing.today }) {
                guard staff.holds(anyOf: .shopManagers, in: place.shop) else {
                    throw Refusal(.roleMissing, ["roles": .roles(.shopManagers)])
                }
            }
            let closed = try due.map { due in
                try close(due, standing, &chain, at: place, by: staff, now: at, in: tx)
            }
            return (closed, chain.entries)
        }
    }

    /// What a closing would be made of now, and nothing is written. Throws as `closePeriod`.
    public func closingDue(_ period: Period?, at place: TillPlace) async throws
        -> [ClosedPeriods.Due]
    {
        let now = clock.now()
        return try await transaction { tx in
            let standing = try tx.closedPeriods(of: place.id, at: now)
            guard let period else { return standing.closed.due(on: standing.today) }
            return [try standing.closed.toClose(period, on: standing.today)]
        }
    }

    /// Closes what is due, in the transaction of what needs it closed.
    func close(
        _ due: ClosedPeriods.Due,
        _ standing: PeriodStanding,
        _ chain: inout OpenChain,
        at place: TillPlace,
        by staff: Staff,
        now: Instant,
        in tx: Transaction
    ) throws -> ClosedPeriod {
        let before = try tx.lastClosing(due.period, of: place.id)
        // What was opened today is of a later day's closing: there are both only where days were not closed yet.
        let last =
            due.period == .day && due.endsOn < standing.today
            ? standing.firstOfToday.map { $0 - 1 } ?? chain.head.position : chain.head.position
        let positions = (before?.lastPosition ?? 0) + 1...last
        let totals = try tx.totals(
            due,
            of: place.id,
            in: chain.head.id,
            positions,
            after: before?.endsOn
        )
        let startsOn =
            due.period == .day
            ? standing.firstOpenDay ?? due.endsOn
            : try tx.firstDay(of: due, of: place.id, after: before?.endsOn)
        let (closing, entry) = try chain.add(.closing, at: now, in: self) { link in
            PeriodClosingRecord(
                till: place.id,
                period: due.period,
                startsOn: startsOn,
                endsOn: due.endsOn,
                previousEndsOn: before?.endsOn,
                positions: positions,
                totals: totals,
                perpetual: (before?.perpetual ?? 0) + totals.turnover,
                perpetualAbsolute: (before?.perpetualAbsolute ?? 0) + totals.salesCents.count
                    + totals.refundsCents.count,
                software: softwareVersion,
                link: link,
                by: staff.id
            )
        } _: {
            $0.canonical
        }
        try tx.pipeline(entry.statements + PeriodClosingRows.inserts(closing))
        return ClosedPeriod(
            till: place.code,
            period: due.period,
            endsOn: due.endsOn,
            number: ClosingSlip.number(closing.link.number, of: place.code)
        )
    }
}

/// How far the periods of a till are closed, by whoever has its head locked.
struct PeriodStanding {
    let closed: ClosedPeriods
    /// The first day of the drawers that no closing covers.
    let firstOpenDay: Day?
    /// Where the first of today's drawers was opened.
    let firstOfToday: Int64?
    /// The day of business that it is now.
    let today: Day
}

private struct LastClosing {
    let endsOn: Day
    let lastPosition: Int64
    let perpetual: Int64
    let perpetualAbsolute: Int64
}

extension Transaction {
    func closedPeriods(of till: ID<Till>, at now: Instant) throws -> PeriodStanding {
        let rows = try pipeline([
            "select period, max(ends_on) as ends_on from period_closings where till_id = \(till) group by period",
            """
            select d.business_on, d.position,
                   exists (select from closings c where c.till_id = d.till_id and c.ordinal = d.ordinal) as closed
            from chain_heads h join drawers d on d.chain_id = h.id
            where h.till_id = \(till) and not h.training and d.position > coalesce((
                select max(p.last_position) from period_closings p where p.till_id = h.till_id and p.period = 'day'), 0)
            order by d.position
            """,
            "select \(dayEnds(on: "\(now.day)::date")) as ends_minutes",
        ])
        let drawers = try rows[1].map { row -> (day: Day, position: Int64, isClosed: Bool) in
            (try row["business_on"], try row["position"], try row["closed"])
        }
        let ends = try rows[0].map { row -> (Period, Day) in
            (try row["period"], try row["ends_on"])
        }
        let endsMinutes: Int = try rows[2][0]["ends_minutes"] ?? 0
        let today = now.businessDay(endingAt: endsMinutes)
        let ofToday = drawers.first { $0.day >= today }
        return PeriodStanding(
            closed: ClosedPeriods(
                ends: Dictionary(uniqueKeysWithValues: ends),
                openDay: drawers.last { $0.day < today }?.day,
                openToday: ofToday?.day,
                hasOpenDrawer: drawers.contains { !$0.isClosed }
            ),
            firstOpenDay: drawers.first?.day,
            firstOfToday: ofToday?.position,
            today: today
        )
    }

    fileprivate func lastClosing(_ period: Period, of till: ID<Till>) throws -> LastClosing? {
        try query(
            """
            select ends_on, last_position, perpetual_cents, perpetual_absolute_cents from period_closings
            where till_id = \(till) and period = \(period) order by ends_on desc limit 1
            """
        ).first.map { row in
            LastClosing(
                endsOn: try row["ends_on"],
                lastPosition: try row["last_position"],
                perpetual: try row["perpetual_cents"],
                perpetualAbsolute: try row["perpetual_absolute_cents"]
            )
        }
    }

    /// A month begins on its first day; the first that is ever closed with the first day that was.
    fileprivate func firstDay(of due: ClosedPeriods.Due, of till: ID<Till>, after last: Day?) throws
        -> Day
    {
        let parts: Period = due.period == .year ? .month : .day
        let first: Day? = try query(
            """
            select min(starts_on) as first from period_closings
            where till_id = \(till) and period = \(parts) and (\(last)::date is null or ends_on > \(last)::date)
            """
        )[0]["first"]
        let start = due.period == .month ? due.endsOn.firstOfMonth : first ?? due.endsOn
        return last == nil ? min(first ?? start, start) : start
    }

    /// What a closing covers: a day the tickets of its entries, a month its days, a year its months.
    fileprivate func totals(
        _ due: ClosedPeriods.Due,
        of till: ID<Till>,
        in chain: ID<Chain>,
        _ positions: ClosedRange<Int64>,
        after last: Day?
    ) throws -> PeriodClosingRecord.Totals {
        let statements =
            switch due.period {
            case .day: ticketTotals(chain, positions)
            case .month: partTotals(.day, of: till, after: last, to: due.endsOn)
            case .year: partTotals(.month, of: till, after: last, to: due.endsOn)
            }
        let rows = try pipeline(statements)
        return PeriodClosingRecord.Totals(
            sales: try rows[0][0]["sales"],
            gifts: try rows[0][0]["gifts"],
            refunds: try rows[0][0]["refunds"],
            salesCents: try rows[0][0]["sales_cents"],
            giftsCents: try rows[0][0]["gifts_cents"],
            refundsCents: try rows[0][0]["refunds_cents"],
            rates: try rows[1].map { try PeriodClosingRecord.Rate($0) },
            means: try rows[2].map { try PeriodClosingRecord.MeansTotal($0) }
        )
    }
}

private func ticketTotals(_ chain: ID<Chain>, _ positions: ClosedRange<Int64>) -> [SQL] {
    let (first, last) = (positions.lowerBound, positions.upperBound)
    func here(_ table: SQL) -> SQL {
        "\(table).chain_id = \(chain) and \(table).position between \(first) and \(last)"
    }
    return [
        """
        select count(*) filter (where s.kind = 'sale')::int as sales, count(*) filter (where s.kind = 'gift')::int as gifts,
               coalesce(sum(s.total_cents) filter (where s.kind = 'sale'), 0)::bigint as sales_cents,
               coalesce(sum(s.value_cents) filter (where s.kind = 'gift'), 0)::bigint as gifts_cents,
               (select count(*) from refunds r where \(here("r")))::int as refunds,
               (select coalesce(sum(r.total_cents), 0) from refunds r where \(here("r")))::bigint as refunds_cents
        from sales s where \(here("s"))
        """,
        """
        select vat_regime, vat_rate_bp, sum(sold)::bigint as sales_cents, sum(back)::bigint as refunds_cents,
               sum(vat)::bigint as vat_cents
        from (select l.vat_regime, l.vat_rate_bp, l.person_cents as sold, 0 as back, l.vat_cents as vat
              from sales s join sale_lines l on l.sale_id = s.id where s.kind = 'sale' and \(here("s"))
              union all
              select l.vat_regime, l.vat_rate_bp, 0, b.amount_cents, -b.vat_cents
              from refunds r join sales s on s.id = r.sale_id and s.kind = 'sale'
              join refund_lines b on b.refund_id = r.id
              join sale_lines l on l.sale_id = b.sale_id and l.position = b.position where \(here("r"))) t
        group by 1, 2 order by 1, 2
        """,
        """
        select means, sum(paid)::bigint as in_cents, sum(back)::bigint as out_cents
        from (select p.means, p.amount_cents as paid, 0 as back
              from sales s join payments p on p.sale_id = s.id where \(here("s"))
              union all
              select r.means, 0, r.total_cents from refunds r where r.means <> 'none' and \(here("r"))) t
        group by 1 order by 1
        """,
    ]
}

private func partTotals(_ parts: Period, of till: ID<Till>, after last: Day?, to end: Day) -> [SQL]
{
    func here(_ table: SQL) -> SQL {
        """
        \(table).till_id = \(till) and \(table).period = \(parts) and \(table).ends_on <= \(end)
        and (\(last)::date is null or \(table).ends_on > \(last)::date)
        """
    }
    return [
        """
        select coalesce(sum(p.sales), 0)::int as sales, coalesce(sum(p.gifts), 0)::int as gifts,
               coalesce(sum(p.refunds), 0)::int as refunds, coalesce(sum(p.sales_cents), 0)::bigint as sales_cents,
               coalesce(sum(p.gifts_cents), 0)::bigint as gifts_cents,
               coalesce(sum(p.refunds_cents), 0)::bigint as refunds_cents
        from period_closings p where \(here("p"))
        """,
        """
        select vat_regime, vat_rate_bp, sum(sales_cents)::bigint as sales_cents, sum(refunds_cents)::bigint as refunds_cents,
               sum(vat_cents)::bigint as vat_cents
        from period_closing_rates r where \(here("r")) group by 1, 2 order by 1, 2
        """,
        """
        select means, sum(in_cents)::bigint as in_cents, sum(out_cents)::bigint as out_cents
        from period_closing_means m where \(here("m")) group by 1 order by 1
        """,
    ]
}
