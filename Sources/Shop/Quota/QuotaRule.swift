/// A dated limit over a window: "one computer per household in 24 months", "30 € of recharges a month", "50 computers per
/// partner structure over the programme".
public struct QuotaRule: Hashable, Sendable, Dated {
    public let code: String
    public let startsOn: Day
    public let category: Category
    /// The kinds of machine that it counts and limits; nil: everything of its category.
    public let machines: Set<DeviceKind>?
    /// The one product that it counts and limits; nil: everything of its category.
    public let product: CountedProduct?
    public let holder: Holder
    public let span: Span
    public let unitsMax: Int?
    public let centsMax: Cents?
    /// Which origins and exits it counts and limits. All by default, so that a right does not lift a quota.
    public let origins: Set<Origin>
    public let kinds: Set<TicketKind>
    /// Counts and limits in this shop alone; nil everywhere.
    public let shop: ID<Shop>?

    public enum Holder: String, CaseIterable, Sendable, Codable {
        case person, household, voucher
        /// Every voucher that the same partner signed.
        case structure
    }

    /// A product of the price list, with its names.
    public struct CountedProduct: Hashable, Sendable {
        public let id: ID<Product>
        public let code: String
        public let french: String
        public let english: String

        public init(id: ID<Product>, code: String, french: String, english: String) {
            self.id = id
            self.code = code
            self.french = french
            self.english = english
        }
    }

    /// The days of a programme, as a window.
    public struct Period: Hashable, Sendable {
        public let programme: ID<Programme>
        public let code: String
        public let name: String
        public let startsOn: Day
        /// The last day still counts.
        public let endsOn: Day

        public init(
            programme: ID<Programme>,
            code: String,
            name: String,
            startsOn: Day,
            endsOn: Day
        ) {
            self.programme = programme
            self.code = code
            self.name = name
            self.startsOn = startsOn
            self.endsOn = endsOn
        }
    }

    public enum Span: Hashable, Sendable {
        case calendarMonth
        /// A use on 22 November counts until 21 November two years later when months is 24.
        case slidingMonths(Int)
        /// Limits while the programme lasts, and counts what was taken since it began.
        case programme(Period)
    }

    public init(
        code: String,
        startsOn: Day,
        category: Category,
        holder: Holder,
        span: Span,
        unitsMax: Int?,
        centsMax: Cents?,
        origins: Set<Origin>,
        kinds: Set<TicketKind>,
        shop: ID<Shop>?,
        machines: Set<DeviceKind>? = nil,
        product: CountedProduct? = nil
    ) {
        self.code = code
        self.startsOn = startsOn
        self.category = category
        self.machines = machines
        self.product = product
        self.holder = holder
        self.span = span
        self.unitsMax = unitsMax
        self.centsMax = centsMax
        self.origins = origins
        self.kinds = kinds
        self.shop = shop
    }

    /// The version that a sale stores.
    public var version: String { "\(code)@\(startsOn.iso)" }

    /// Whether it limits anything; one that does not lifts the version before it.
    public var isLimit: Bool { unitsMax != nil || centsMax != nil }

    /// Whether it has a say on this use.
    func limits(_ use: Use) -> Bool { isLimit && concerns(use) }

    /// Whether it has a say on some day: one over a programme has none before and after.
    public func isOpen(on day: Day) -> Bool {
        switch span {
        case .calendarMonth, .slidingMonths: true
        case .programme(let period): (period.startsOn...period.endsOn).contains(day)
        }
    }

    /// Whether a use is of what the rule is about, whoever made it.
    private func concerns(_ use: Use) -> Bool {
        use.category == category && countedOrigins.contains(use.origin) && kinds.contains(use.kind)
            && (shop == nil || shop == use.shop) && isOpen(on: use.on)
            && (machines.map { use.machine.map($0.contains) ?? false } ?? true)
            && (product == nil || product?.id == use.product)
    }

    /// What a finished course opens is of no voucher, hence of no structure.
    var countedOrigins: Set<Origin> {
        switch holder {
        case .person, .household: origins
        case .voucher, .structure: origins.intersection([.voucher])
        }
    }

    /// Those of `uses` that count on `day` for `holder`, as they come.
    func counted(_ uses: [Use], of holder: QuotaHolder, on day: Day) -> [Use] {
        uses.filter { use in
            concerns(use) && isCounted(use, for: holder) && leaves(use) > day
        }
    }

    /// The first day on which the use no longer counts.
    func leaves(_ use: Use) -> Day {
        switch span {
        case .calendarMonth: use.on.firstOfMonth.adding(months: 1)
        case .slidingMonths(let months): use.on.adding(months: months)
        case .programme(let period): period.endsOn.adding(days: 1)
        }
    }

    private func isCounted(_ use: Use, for holder: QuotaHolder) -> Bool {
        switch self.holder {
        case .person: use.person == holder.person
        case .household:
            use.household == holder.household || holder.members.contains(use.person)
                || holder.before.contains { $0.covers(use) }
        case .voucher: holder.voucherRights.contains(use.right)
        case .structure: use.structure != nil && use.structure == holder.structure
        }
    }
}

/// A household in which somebody lived. What was taken for it then counts for them still: who leaves opens no second
/// computer by leaving; a separation is an exception that somebody grants.
public struct Residence: Hashable, Sendable {
    public let household: ID<Household>
    public let since: Day
    /// The day of leaving, included.
    public let until: Day

    public init(household: ID<Household>, since: Day, until: Day) {
        self.household = household
        self.since = since
        self.until = until
    }

    func covers(_ use: Use) -> Bool {
        use.household == household && since <= use.on && use.on <= until
    }
}

/// Whose uses a rule counts: the person, the household and who lives there now, the rights of the voucher that opens, and
/// the structure that signed it.
public struct QuotaHolder: Hashable, Sendable {
    public let person: ID<Person>
    public let household: ID<Household>
    public let members: Set<ID<Person>>
    public let before: [Residence]
    public let voucherRights: Set<ID<Right>>
    public let structure: ID<Structure>?

    public init(
        person: ID<Person>,
        household: ID<Household>,
        members: Set<ID<Person>>,
        before: [Residence] = [],
        voucherRights: Set<ID<Right>>,
        structure: ID<Structure>? = nil
    ) {
        self.person = person
        self.household = household
        self.members = members
        self.before = before
        self.voucherRights = voucherRights
        self.structure = structure
    }
}

/// How a rule stands for someone: what is taken, the limit, and the first day with more room.
public struct QuotaStanding: Hashable, Sendable {
    public let rule: QuotaRule
    public let usedUnits: Int
    public let usedValue: Cents
    /// When the oldest counted use leaves the window; nil when nothing counts.
    public let nextOn: Day?
    /// What lets one more line pass; nil when nobody granted it.
    public let override: Override?

    public init(
        _ rule: QuotaRule,
        _ uses: [Use],
        of holder: QuotaHolder,
        on day: Day,
        override: Override? = nil
    ) {
        let counted = rule.counted(uses, of: holder, on: day)
        self.rule = rule
        self.usedUnits = counted.reduce(0) { $0 + $1.units }
        self.usedValue = counted.map(\.value).sum()
        self.nextOn = counted.map(rule.leaves).min()
        self.override = override
    }
}

extension QuotaRule {
    /// Throws `quotaNeverFits` when what is asked is above the limit by itself, else `quotaReached` with the ticket that
    /// used it up, what remains, how many of these fit today, and the first day on which all of it will pass.
    func check(
        units: Int,
        value: Cents,
        uses: [Use],
        of holder: QuotaHolder,
        on day: Day
    ) throws(Refusal) {
        let counted = counted(uses, of: holder, on: day)
        let excess = excess(counted, units: units, value: value)
        guard excess.isSome else { return }
        let oldestFirst = counted.sorted { ($0.on, $0.receipt) < ($1.on, $1.receipt) }
        let facts: [String: Refusal.Fact] = [
            "rule": .explained(french: words(in: .french), english: words(in: .english)),
            "code": .text(code),
            "units_beyond": .number(Int64(excess.units)),
            "cents_beyond": .cents(excess.value),
            "fits": .number(Int64(room(counted, for: units, worth: value).fits)),
        ]
        if excess.units > 0, let unitsMax {
            throw refusal(facts, asked: units, limit: unitsMax, oldestFirst, taking: \.units) {
                .number(Int64($0))
            }
        }
        if excess.value > .zero, let centsMax {
            throw refusal(facts, asked: Int(value.count), limit: Int(centsMax.count), oldestFirst) {
                Int($0.value.count)
            } written: {
                .cents(Cents(unchecked: Int64($0)))
            }
        }
    }

    /// The same of a use that follows `uses`.
    func check(_ use: Use, after uses: [Use], of holder: QuotaHolder) throws(Refusal) {
        try check(units: use.units, value: use.value, uses: uses, of: holder, on: use.on)
    }

    /// What is asked beyond what a limit leaves, in units and in cents; zero where it does not count them.
    public struct Excess: Hashable, Sendable {
        public let units: Int
        public let value: Cents

        public init(units: Int, value: Cents) {
            self.units = units
            self.value = value
        }

        var isSome: Bool { units > 0 || value > .zero }
    }

    /// The decision, of which `check` is the words: how far `use` goes beyond what `uses` leave.
    func excess(_ use: Use, after uses: [Use], of holder: QuotaHolder) -> Excess {
        excess(counted(uses, of: holder, on: use.on), units: use.units, value: use.value)
    }

    private func excess(_ counted: [Use], units: Int, value: Cents) -> Excess {
        excess(after: Taken(counted), units: units, value: value)
    }

    /// The same where what counts was summed before.
    func excess(after taken: Taken, units: Int, value: Cents) -> Excess {
        let left = left(taken)
        return Excess(
            units: left.units.map { max(0, units - $0) } ?? 0,
            value: left.cents.map { Cents(unchecked: max(0, value.count - $0)) } ?? .zero
        )
    }

    /// What counts against a limit, summed.
    struct Taken: Hashable, Sendable {
        var units = 0
        var cents: Int64 = 0

        init() {}

        init(_ counted: [Use]) {
            units = counted.reduce(0) { $0 + $1.units }
            cents = counted.map(\.value).sum().count
        }
    }

    /// What is left of each limit; nil where there is none.
    private func left(_ taken: Taken) -> (units: Int?, cents: Int64?) {
        (unitsMax.map { max(0, $0 - taken.units) }, centsMax.map { max(0, $0.count - taken.cents) })
    }

    /// How many units of what is asked fit in what `counted` leaves, `units` of them being worth `value`.
    func room(_ counted: [Use], for units: Int, worth value: Cents) -> Room {
        let left = left(Taken(counted))
        let each = value.count / Int64(max(units, 1))
        let byCents = left.cents.flatMap { each > 0 ? Int($0 / each) : nil }
        return Room(fits: [left.units, byCents].compactMap(\.self).min() ?? units)
    }

    /// What a limit still leaves, in units of what is asked.
    struct Room: Hashable, Sendable {
        let fits: Int
    }

    /// Until when this limit holds `use` back, whatever right is shown; nil when it does not.
    func holdsBack(_ use: Use, after uses: [Use], of holder: QuotaHolder) -> Day? {
        do {
            try check(use, after: uses, of: holder)
            return nil
        } catch {
            guard case .day(let next) = error.facts["next"] else { return nil }
            return next
        }
    }

    /// `quotaNeverFits` when what is asked is above the limit by itself, else `quotaReached`.
    private func refusal(
        _ rule: [String: Refusal.Fact],
        asked: Int,
        limit: Int,
        _ counted: [Use],
        taking amount: (Use) -> Int,
        written: (Int) -> Refusal.Fact
    ) -> Refusal {
        var used = counted.reduce(0) { $0 + amount($1) }
        let left = max(0, limit - used)
        var facts = rule
        facts["limit"] = written(limit)
        guard let last = counted.last, asked <= limit else {
            facts["asked"] = written(asked)
            return Refusal(.quotaNeverFits, facts)
        }
        facts["used"] = written(used)
        facts["receipt"] = .text(last.receipt)
        facts["on"] = .day(last.on)
        var next: Day?
        let leaving = counted.sorted { leaves($0) < leaves($1) }
        for use in leaving {
            used -= amount(use)
            if used + asked <= limit {
                next = leaves(use)
                break
            }
        }
        facts["next"] = next.map { .day($0) }
        facts["left"] = written(left)
        if case .number(let fits) = rule["fits"] {
            facts["advice"] = advice(left: written(left), fits: Int(fits), next: next)
        }
        return Refusal(.quotaReached, facts)
    }

    /// What now: take as many as fit, or come back.
    private func advice(left: Refusal.Fact, fits: Int, next: Day?) -> Refusal.Fact {
        let day = next?.printed ?? ""
        guard fits > 0 else {
            return .explained(
                french: "Possible à partir du \(day).",
                english: "Possible from \(day)."
            )
        }
        return .explained(
            french: "Il reste \(left.written(in: .french))\u{A0}: passez à \(fits). "
                + "Davantage à partir du \(day).",
            english: "\(left.written(in: .english)) left: take \(fits). More from \(day)."
        )
    }
}
