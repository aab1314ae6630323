import Postgres
import Shop

/// Closings of periods as they are written, and read back: three statements, whatever is chosen from `period_closings p`.
struct PeriodClosingRows {
    static func inserts(_ closing: PeriodClosingRecord) -> [SQL] {
        [
            """
            insert into period_closings (till_id, period, starts_on, ends_on, previous_ends_on, first_position, last_position,
                sales, gifts, refunds, sales_cents, gifts_cents, refunds_cents, perpetual_cents, perpetual_absolute_cents,
                software, closed_at, closed_by, chain_id, position)
            values (\(closing.till), \(closing.period), \(closing.startsOn), \(closing.endsOn), \(closing.previousEndsOn),
                    \(closing.positions.lowerBound), \(closing.positions.upperBound), \(closing.totals.sales),
                    \(closing.totals.gifts), \(closing.totals.refunds), \(closing.totals.salesCents),
                    \(closing.totals.giftsCents), \(closing.totals.refundsCents), \(closing.perpetual),
                    \(closing.perpetualAbsolute), \(closing.software), \(closing.link.at), \(closing.by),
                    \(closing.link.chain), \(closing.link.position))
            """
        ]
            + closing.totals.rates.map { rate in
                """
                insert into period_closing_rates (till_id, period, ends_on, vat_regime, vat_rate_bp, sales_cents,
                    refunds_cents, vat_cents)
                values (\(closing.till), \(closing.period), \(closing.endsOn), \(rate.regime), \(rate.basisPoints),
                        \(rate.salesCents), \(rate.refundsCents), \(rate.taxCents))
                """
            }
            + closing.totals.means.map { means in
                """
                insert into period_closing_means (till_id, period, ends_on, means, in_cents, out_cents)
                values (\(closing.till), \(closing.period), \(closing.endsOn), \(means.means), \(means.inCents),
                        \(means.outCents))
                """
            }
    }

    static func statements(_ condition: SQL) -> [SQL] {
        [
            """
            select p.till_id, p.period, p.starts_on, p.ends_on, p.previous_ends_on, p.first_position, p.last_position, p.sales,
                   p.gifts, p.refunds, p.sales_cents, p.gifts_cents, p.refunds_cents, p.perpetual_cents,
                   p.perpetual_absolute_cents, p.software, p.closed_at, p.closed_by, p.chain_id, p.position,
                   (select e.number from journal_entries e
                    where e.chain_id = p.chain_id and e.position = p.position) as number
            from period_closings p where \(condition) order by p.ends_on desc, p.period, p.till_id
            """,
            """
            select r.till_id, r.period, r.ends_on, r.vat_regime, r.vat_rate_bp, r.sales_cents, r.refunds_cents, r.vat_cents
            from period_closings p join period_closing_rates r using (till_id, period, ends_on) where \(condition)
            order by r.vat_regime, r.vat_rate_bp
            """,
            """
            select m.till_id, m.period, m.ends_on, m.means, m.in_cents, m.out_cents
            from period_closings p join period_closing_means m using (till_id, period, ends_on) where \(condition)
            order by m.means
            """,
        ]
    }

    /// The latest first.
    static func records(_ rows: [Rows]) throws -> [PeriodClosingRecord] {
        let rates = try Dictionary(grouping: rows[1]) { try Name($0) }
        let means = try Dictionary(grouping: rows[2]) { try Name($0) }
        return try rows[0].map { row in
            let name = try Name(row)
            return try PeriodClosingRecord(
                row,
                rates: (rates[name] ?? []).map { try PeriodClosingRecord.Rate($0) },
                means: (means[name] ?? []).map { try PeriodClosingRecord.MeansTotal($0) }
            )
        }
    }

    private struct Name: Hashable {
        let till: ID<Till>
        let period: Period
        let endsOn: Day

        init(_ row: Row) throws {
            till = try row["till_id"]
            period = try row["period"]
            endsOn = try row["ends_on"]
        }
    }
}

extension PeriodClosingRecord {
    fileprivate init(_ row: Row, rates: [Rate], means: [MeansTotal]) throws {
        let (first, last): (Int64, Int64) = (try row["first_position"], try row["last_position"])
        self.init(
            till: try row["till_id"],
            period: try row["period"],
            startsOn: try row["starts_on"],
            endsOn: try row["ends_on"],
            previousEndsOn: try row["previous_ends_on"],
            // Whoever altered one of the two to cross the other is found by the bytes.
            positions: min(first, last)...max(first, last),
            totals: Totals(
                sales: try row["sales"],
                gifts: try row["gifts"],
                refunds: try row["refunds"],
                salesCents: try row["sales_cents"],
                giftsCents: try row["gifts_cents"],
                refundsCents: try row["refunds_cents"],
                rates: rates,
                means: means
            ),
            perpetual: try row["perpetual_cents"],
            perpetualAbsolute: try row["perpetual_absolute_cents"],
            software: try row["software"],
            link: try DrawerRows.link(row, .closing, "closed_at"),
            by: try row["closed_by"]
        )
    }
}

extension PeriodClosingRecord.Rate {
    init(_ row: Row) throws {
        self.init(
            regime: try row["vat_regime"],
            basisPoints: try row["vat_rate_bp"],
            salesCents: try row["sales_cents"],
            refundsCents: try row["refunds_cents"],
            taxCents: try row["vat_cents"]
        )
    }
}

extension PeriodClosingRecord.MeansTotal {
    init(_ row: Row) throws {
        self.init(
            means: try row["means"],
            inCents: try row["in_cents"],
            outCents: try row["out_cents"]
        )
    }
}
