/// A dated limit over a window: "one computer per household in 24 months", "30 € of recharges a month".
public struct QuotaRule: Hashable, Sendable, Dated {
    public let code: String
    public let startsOn: Day
    public let category: Category
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
    }

    public enum Span: Hashable, Sendable {
        case calendarMonth
        /// A use on 22 November counts until 21 November two years later when months is 24.
        case slidingMonths(Int)
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
        shop: ID<Shop>?
    ) {
        self.code = code
        self.startsOn = startsOn
        self.category = category
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

    /// Whether it has a say on this.
    func limits(_ category: Category, from origin: Origin, by kind: TicketKind, in here: ID<Shop>)
        -> Bool
    {
        category == self.category && origins.contains(origin) && kinds.contains(kind)
            && (shop == nil || shop == here) && (unitsMax != nil || centsMax != nil)
    }

    /// Those of `uses` that count on `day` for `holder`, oldest first.
    func counted(_ uses: [Use], of holder: QuotaHolder, on day: Day) -> [Use] {
        uses.filter { use in
            use.category == category && origins.contains(use.origin) && kinds.contains(use.kind)
                && (shop == nil || shop == use.shop) && isCounted(use, for: holder)
                && leaves(use) > day
        }
        .sorted { ($0.on, $0.receipt) < ($1.on, $1.receipt) }
    }

    /// The first day on which the use no longer counts.
    func leaves(_ use: Use) -> Day {
        switch span {
        case .calendarMonth: use.on.firstOfMonth.adding(months: 1)
        case .slidingMonths(let months): use.on.adding(months: months)
        }
    }

    private func isCounted(_ use: Use, for holder: QuotaHolder) -> Bool {
        switch self.holder {
        case .person: use.person == holder.person
        case .household:
            use.household == holder.household || holder.members.contains(use.person)
        case .voucher: holder.voucherRights.contains(use.right)
        }
    }
}

/// Whose uses a rule counts: the person, the household and who lives there now, the rights of the voucher in hand.
public struct QuotaHolder: Hashable, Sendable {
    public let person: ID<Person>
    public let household: ID<Household>
    public let members: Set<ID<Person>>
    public let voucherRights: Set<ID<Right>>

    public init(
        person: ID<Person>,
        household: ID<Household>,
        members: Set<ID<Person>>,
        voucherRights: Set<ID<Right>>
    ) {
        self.person = person
        self.household = household
        self.members = members
        self.voucherRights = voucherRights
    }
}

/// How a rule stands for someone: what is taken, the limit, and the first day with more room.
public struct QuotaStanding: Hashable, Sendable {
    public let rule: QuotaRule
    public let usedUnits: Int
    public let usedValue: Cents
    /// When the oldest counted use leaves the window; nil when nothing counts.
    public let nextOn: Day?

    public init(_ rule: QuotaRule, _ uses: [Use], of holder: QuotaHolder, on day: Day) {
        let counted = rule.counted(uses, of: holder, on: day)
        self.rule = rule
        self.usedUnits = counted.reduce(0) { $0 + $1.units }
        self.usedValue = counted.map(\.value).sum()
        self.nextOn = counted.map(rule.leaves).min()
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
        let fits = room(counted, for: units, worth: value).fits
        if let unitsMax {
            try check(asked: units, limit: unitsMax, counted, fits, taking: \.units) {
                .number(Int64($0))
            }
        }
        if let centsMax {
            try check(asked: Int(value.count), limit: Int(centsMax.count), counted, fits) {
                Int($0.value.count)
            } written: {
                .cents(Cents(unchecked: Int64($0)))
            }
        }
    }

    /// How many units of what is asked fit in what `counted` leaves, `units` of them being worth `value`.
    func room(_ counted: [Use], for units: Int, worth value: Cents) -> Room {
        let unitsLeft = unitsMax.map { max(0, $0 - counted.reduce(0) { $0 + $1.units }) }
        let centsLeft = centsMax.map { max(0, $0.count - counted.map(\.value).sum().count) }
        let each = value.count / Int64(max(units, 1))
        let byCents = centsLeft.flatMap { each > 0 ? Int($0 / each) : nil }
        return Room(fits: [unitsLeft, byCents].compactMap(\.self).min() ?? units)
    }

    /// What a limit still leaves, in units of what is asked.
    struct Room: Hashable, Sendable {
        let fits: Int
    }

    /// Until when this limit holds `units` back, whatever right is shown; nil when it does not.
    func holdsBack(units: Int, value: Cents, uses: [Use], of holder: QuotaHolder, on day: Day)
        -> Day?
    {
        do {
            try check(units: units, value: value, uses: uses, of: holder, on: day)
            return nil
        } catch {
            guard case .day(let next) = error.facts["next"] else { return nil }
            return next
        }
    }

    private func check(
        asked: Int,
        limit: Int,
        _ counted: [Use],
        _ fits: Int,
        taking amount: (Use) -> Int,
        written: (Int) -> Refusal.Fact
    ) throws(Refusal) {
        var used = counted.reduce(0) { $0 + amount($1) }
        guard used + asked > limit else { return }
        let left = max(0, limit - used)
        let rule: [String: Refusal.Fact] = [
            "rule": .explained(french: words(in: .french), english: words(in: .english)),
            "limit": written(limit),
        ]
        guard let last = counted.last, asked <= limit else {
            throw Refusal(
                .quotaNeverFits,
                rule.merging(["asked": written(asked)]) { first, _ in first }
            )
        }
        var facts = rule
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
        facts["fits"] = .number(Int64(fits))
        facts["advice"] = advice(left: written(left), fits: fits, next: next)
        throw Refusal(.quotaReached, facts)
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
