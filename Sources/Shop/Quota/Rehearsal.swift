/// What a limit would have refused of what was taken, had it been in force: the past again, in the order in which it
/// happened, one holder at a time.
///
/// What it would have refused counts for nothing that follows: nobody would have had it. What came back counts no more
/// from the moment it did. What an exception to this limit let pass would pass again. Each line is judged by itself, and
/// other limits are left aside.
public struct Rehearsal: Sendable {
    public let rule: QuotaRule
    public let from: Day
    /// The last day still counts.
    public let to: Day
    /// What it would have looked at between these days.
    public private(set) var judged = Tally()
    public private(set) var refused = Tally()
    /// The first of those refused after `after`, by day, receipt and line: no more than `most`.
    public private(set) var listed: [Refused] = []
    private let after: Key?
    private let most: Int
    private var window = Window()
    private var rights: Set<ID<Right>> = []
    private var lastJudged: ID<Sale>?
    private var lastRefused: ID<Sale>?

    public init(_ rule: QuotaRule, from: Day, to: Day, after: Key? = nil, most: Int) {
        self.rule = rule
        self.from = from
        self.to = to
        self.after = after
        self.most = most
    }

    /// Sums over lines; a ticket counts once for each holder.
    public struct Tally: Hashable, Sendable, Codable {
        public private(set) var tickets = 0
        public private(set) var lines = 0
        public private(set) var units = 0
        public private(set) var cents: Int64 = 0

        public init() {}

        fileprivate mutating func add(_ use: Use, isNewTicket: Bool) {
            tickets += isNewTicket ? 1 : 0
            lines += 1
            units += use.units
            cents += use.value.count
        }
    }

    /// One line of a ticket that was sold or given.
    public struct Past: Sendable {
        public let use: Use
        public let sale: ID<Sale>
        public let position: Int
        public let at: Instant
        /// What came back of it since, the first first.
        public let back: [Back]
        /// What an exception to this limit let it go beyond.
        public let excepted: QuotaRule.Excess?
        /// Who lived in the household that day.
        public let members: Set<ID<Person>>
        /// Whether it is judged; one that belongs to another holder counts alone.
        public let isOwn: Bool

        public init(
            use: Use,
            sale: ID<Sale>,
            position: Int,
            at: Instant,
            back: [Back] = [],
            excepted: QuotaRule.Excess? = nil,
            members: Set<ID<Person>> = [],
            isOwn: Bool = true
        ) {
            self.use = use
            self.sale = sale
            self.position = position
            self.at = at
            self.back = back
            self.excepted = excepted
            self.members = members
            self.isOwn = isOwn
        }
    }

    /// One unit that came back.
    public struct Back: Hashable, Sendable {
        public let at: Instant
        public let value: Cents

        public init(at: Instant, value: Cents) {
            self.at = at
            self.value = value
        }
    }

    /// Where a line stands in the list.
    public struct Key: Hashable, Comparable, Sendable {
        public let on: Day
        public let receipt: String
        public let position: Int

        public init(on: Day, receipt: String, position: Int) {
            self.on = on
            self.receipt = receipt
            self.position = position
        }

        /// As `text` says it; nil for anything else.
        public init?(_ text: String) {
            let parts = text.split(separator: "_").map(String.init)
            guard parts.count == 3, let on = Day(iso: parts[0]), let position = Int(parts[2]) else {
                return nil
            }
            self.init(on: on, receipt: parts[1], position: position)
        }

        public var text: String { "\(on.iso)_\(receipt)_\(position)" }

        public static func < (left: Key, right: Key) -> Bool {
            (left.on, left.receipt, left.position) < (right.on, right.receipt, right.position)
        }
    }

    /// A line that it would have refused.
    public struct Refused: Sendable {
        public let key: Key
        public let use: Use
        public let sale: ID<Sale>
        /// The ticket that used the limit up; nil when the line was above it by itself.
        public let usedUpBy: String?
    }

    /// What follows is of another holder.
    public mutating func begin() {
        window = Window()
        rights = []
        lastJudged = nil
        lastRefused = nil
    }

    /// The next line of this holder's past.
    public mutating func play(_ past: Past) {
        guard rule.limits(past.use) else { return }
        rights.insert(past.use.right)
        window.move(to: past.at, past.use.on)
        guard past.isOwn, from <= past.use.on, past.use.on <= to else {
            window.add(past, until: rule.leaves(past.use))
            return
        }
        judged.add(past.use, isNewTicket: past.sale != lastJudged)
        lastJudged = past.sale
        let holder = QuotaHolder(
            person: past.use.person,
            household: past.use.household,
            members: past.members.union([past.use.person]),
            voucherRights: rights,
            structure: past.use.structure
        )
        // Who lives in a household changes by the day; of the others all that is in the window counts.
        let beyond =
            rule.holder == .household
            ? rule.excess(past.use, after: window.uses(at: past.at), of: holder)
            : rule.excess(after: window.taken, units: past.use.units, value: past.use.value)
        if beyond.isSome, past.excepted?.covers(beyond) != true {
            refuse(past, of: holder)
        } else {
            window.add(past, until: rule.leaves(past.use))
        }
    }

    private mutating func refuse(_ past: Past, of holder: QuotaHolder) {
        refused.add(past.use, isNewTicket: past.sale != lastRefused)
        lastRefused = past.sale
        let key = Key(on: past.use.on, receipt: past.use.receipt, position: past.position)
        guard after.map({ $0 < key }) ?? true, listed.count < most || key < listed[most - 1].key
        else { return }
        let place = listed.firstIndex { key < $0.key } ?? listed.endIndex
        listed.insert(
            Refused(
                key: key,
                use: past.use,
                sale: past.sale,
                usedUpBy: ticketThatUsedUp(
                    past.use,
                    after: window.uses(at: past.at),
                    of: holder
                )
            ),
            at: place
        )
        if listed.count > most { listed.removeLast() }
    }

    /// As the till would name it.
    private func ticketThatUsedUp(_ use: Use, after uses: [Use], of holder: QuotaHolder) -> String?
    {
        do {
            try rule.check(use, after: uses, of: holder)
            return nil
        } catch {
            guard case .text(let receipt) = error.facts["receipt"] else { return nil }
            return receipt
        }
    }

    /// The first day of which a use may still count on the first day that is judged.
    public var since: Day {
        switch rule.span {
        case .calendarMonth: from.firstOfMonth
        case .slidingMonths(let months): from.adding(months: -months)
        case .programme(let period): min(period.startsOn, from)
        }
    }
}

/// What counts at a moment of the past, and its sums as time goes on: each line comes in once and leaves once, and each
/// unit that comes back is taken off once.
private struct Window: Sendable {
    private(set) var taken = QuotaRule.Taken()
    private var lines: [Line] = []
    /// The first of `lines` that still counts.
    private var first = 0
    /// How many lines were let go before `lines`.
    private var gone = 0
    /// Which line each comes back of, by its number; the next to come back last.
    private var coming: [(back: Rehearsal.Back, line: Int)] = []

    private struct Line {
        let past: Rehearsal.Past
        let until: Day
        var units: Int
        var cents: Int64

        mutating func takeOff(_ back: Rehearsal.Back) {
            units -= 1
            cents = units > 0 ? cents - back.value.count : 0
        }
    }

    /// Lines come in the order in which they happened.
    mutating func add(_ past: Rehearsal.Past, until: Day) {
        let number = gone + lines.count
        var line = Line(
            past: past,
            until: until,
            units: past.use.units,
            cents: past.use.value.count
        )
        for back in past.back {
            guard back.at > past.at else {
                line.takeOff(back)
                continue
            }
            let place = coming.firstIndex { $0.back.at < back.at } ?? coming.endIndex
            coming.insert((back, number), at: place)
        }
        lines.append(line)
        taken.units += line.units
        taken.cents += line.cents
    }

    mutating func move(to moment: Instant, _ day: Day) {
        while first < lines.count, lines[first].until <= day {
            taken.units -= lines[first].units
            taken.cents -= lines[first].cents
            first += 1
        }
        // Rarely, since what stays moves up.
        if first > 64, first * 2 > lines.count {
            lines.removeFirst(first)
            gone += first
            first = 0
        }
        while let (back, number) = coming.last, back.at <= moment {
            coming.removeLast()
            guard number >= gone + first else { continue }
            taken.units -= lines[number - gone].units
            taken.cents -= lines[number - gone].cents
            lines[number - gone].takeOff(back)
            taken.units += lines[number - gone].units
            taken.cents += lines[number - gone].cents
        }
    }

    func uses(at moment: Instant) -> [Use] {
        lines[first...].compactMap { $0.past.net(at: moment) }
    }
}

extension Rehearsal.Past {
    /// What of it counts at that moment; nil when all of it came back.
    fileprivate func net(at moment: Instant) -> Use? {
        let back = back.prefix { $0.at <= moment }
        guard !back.isEmpty else { return use }
        guard back.count < use.units, let value = use.value - back.map(\.value).sum() else {
            return nil
        }
        return Use(
            right: use.right,
            person: use.person,
            household: use.household,
            category: use.category,
            origin: use.origin,
            kind: use.kind,
            shop: use.shop,
            units: use.units - back.count,
            value: value,
            on: use.on,
            receipt: use.receipt,
            machine: use.machine,
            product: use.product,
            structure: use.structure
        )
    }
}

extension QuotaRule.Excess {
    /// Whether so much more is no more than this.
    func covers(_ other: QuotaRule.Excess) -> Bool {
        other.units <= units && other.value <= value
    }
}
