/// The closing of a day, a month or a year at a till, as it is kept. Every column of `period_closings`, `period_closing_rates` and
/// `period_closing_means` is here.
public struct PeriodClosingRecord: Hashable, Sendable {
    public let till: ID<Till>
    public let period: Period
    public let startsOn: Day
    public let endsOn: Day
    /// Where the closing before it ends; nil for the first of its kind.
    public let previousEndsOn: Day?
    /// The entries of the chain that it covers.
    public let positions: ClosedRange<Int64>
    public let totals: Totals
    /// Sales less refunds, since the till's first ticket. In cents; below zero when more came back than was sold here.
    public let perpetual: Int64
    /// Sales and refunds, nothing taken off.
    public let perpetualAbsolute: Int64
    public let software: String
    public let link: Link
    public let by: ID<User>

    /// What was sold and given back.
    public struct Totals: Hashable, Sendable {
        public let sales: Int
        public let gifts: Int
        public let refunds: Int
        public let salesCents: Cents
        public let giftsCents: Cents
        public let refundsCents: Cents
        /// By regime, then by rate.
        public let rates: [Rate]
        /// By name.
        public let means: [MeansTotal]

        public init(
            sales: Int,
            gifts: Int,
            refunds: Int,
            salesCents: Cents,
            giftsCents: Cents,
            refundsCents: Cents,
            rates: [Rate],
            means: [MeansTotal]
        ) {
            self.sales = sales
            self.gifts = gifts
            self.refunds = refunds
            self.salesCents = salesCents
            self.giftsCents = giftsCents
            self.refundsCents = refundsCents
            self.rates = rates
            self.means = means
        }

        /// Sales less refunds, in cents.
        public var turnover: Int64 { salesCents.count - refundsCents.count }
    }

    public struct Rate: Hashable, Sendable {
        public let regime: String
        public let basisPoints: Int
        public let salesCents: Cents
        public let refundsCents: Cents
        /// Of the sales, less that of the refunds, in cents.
        public let taxCents: Int64

        public init(
            regime: String,
            basisPoints: Int,
            salesCents: Cents,
            refundsCents: Cents,
            taxCents: Int64
        ) {
            self.regime = regime
            self.basisPoints = basisPoints
            self.salesCents = salesCents
            self.refundsCents = refundsCents
            self.taxCents = taxCents
        }
    }

    public struct MeansTotal: Hashable, Sendable {
        public let means: String
        public let inCents: Cents
        public let outCents: Cents

        public init(means: String, inCents: Cents, outCents: Cents) {
            self.means = means
            self.inCents = inCents
            self.outCents = outCents
        }
    }

    public init(
        till: ID<Till>,
        period: Period,
        startsOn: Day,
        endsOn: Day,
        previousEndsOn: Day?,
        positions: ClosedRange<Int64>,
        totals: Totals,
        perpetual: Int64,
        perpetualAbsolute: Int64,
        software: String,
        link: Link,
        by: ID<User>
    ) {
        self.till = till
        self.period = period
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.previousEndsOn = previousEndsOn
        self.positions = positions
        self.totals = totals
        self.perpetual = perpetual
        self.perpetualAbsolute = perpetualAbsolute
        self.software = software
        self.link = link
        self.by = by
    }

    public var canonical: Canonical {
        var entry = link.canonical
        entry.put("till_id", till)
        entry.put("period", period.rawValue)
        entry.put("starts_on", startsOn)
        entry.put("ends_on", endsOn)
        entry.put("previous_ends_on", previousEndsOn)
        entry.put("first_position", positions.lowerBound)
        entry.put("last_position", positions.upperBound)
        entry.put("sales", totals.sales)
        entry.put("gifts", totals.gifts)
        entry.put("refunds", totals.refunds)
        entry.put("sales_cents", totals.salesCents)
        entry.put("gifts_cents", totals.giftsCents)
        entry.put("refunds_cents", totals.refundsCents)
        entry.put("perpetual_cents", perpetual)
        entry.put("perpetual_absolute_cents", perpetualAbsolute)
        for rate in totals.rates {
            let at = "rate.\(rate.regime).\(rate.basisPoints)."
            entry.put(at + "sales_cents", rate.salesCents)
            entry.put(at + "refunds_cents", rate.refundsCents)
            entry.put(at + "vat_cents", rate.taxCents)
        }
        for means in totals.means {
            let at = "means.\(means.means)."
            entry.put(at + "in_cents", means.inCents)
            entry.put(at + "out_cents", means.outCents)
        }
        entry.put("closed_by", by)
        entry.put("software", software)
        return entry
    }
}
