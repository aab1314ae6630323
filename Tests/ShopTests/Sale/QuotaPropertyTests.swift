import Testing

@testable import Shop

/// Chance that a failing seed can repeat (SplitMix64).
struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Limits under chance")
struct QuotaPropertyTests {
    /// What happened, written down for a count that shares nothing with the rule's own.
    private struct Taken {
        let person: Int
        let structure: Int
        var units: Int
        let each: Int64
        let day: Int
        /// What an exception let it go beyond.
        let beyond: Int64
    }

    private static let households = [0, 0, 1, 1]
    private static let begins = 20_000

    private func rules() -> [QuotaRule] {
        var rules: [QuotaRule] = []
        for holder in QuotaRule.Holder.allCases where holder != .voucher {
            let spans: [QuotaRule.Span] = [
                .calendarMonth, .slidingMonths(2),
                .programme(
                    .init(
                        programme: anID(1),
                        code: "p",
                        name: "P",
                        startsOn: Day(Self.begins + 40),
                        endsOn: Day(Self.begins + 160)
                    )
                ),
            ]
            for span in spans {
                rules.append(.limit(holder: holder, span: span, units: 3))
                rules.append(.limit(holder: holder, span: span, units: nil, value: 2500))
            }
        }
        return rules
    }

    /// Whether what was taken on `day` still counts on `now`: by the words of the rule, day by day.
    private func counts(_ rule: QuotaRule, day: Int, now: Int) -> Bool {
        switch rule.span {
        case .calendarMonth:
            let (then, today) = (Day(day).parts, Day(now).parts)
            return then.year == today.year && then.month == today.month
        case .slidingMonths(let months):
            // The first day on which it no longer counts bears the same number, or is the month's last.
            var left = Day(day).parts
            left.month += months
            while left.month > 12 { (left.month, left.year) = (left.month - 12, left.year + 1) }
            var gone: Day?
            while gone == nil {
                gone = Day(year: left.year, month: left.month, day: left.day)
                left.day -= 1
            }
            return now < (gone?.number ?? 0)
        case .programme: return day >= Self.begins + 40 && day <= Self.begins + 160
        }
    }

    @Test(
        "no history of uses, refunds and exceptions goes beyond a limit (P12, X3, X4)",
        arguments: 0..<40
    )
    func never(seed: Int) {
        var chance = Chance(state: UInt64(seed) &* 977 &+ 5)
        for rule in rules() {
            var uses: [Use] = []
            var history: [Taken] = []
            var (accepted, refused, excepted) = (0, 0, 0)
            for step in 0..<120 {
                let now = Self.begins + step * 2
                if !uses.isEmpty, Int.random(in: 0..<6, using: &chance) == 0 {
                    giveBack(&uses, &history, &chance)
                    continue
                }
                let person = Int.random(in: 0..<4, using: &chance)
                let structure = person % 2
                let units = Int.random(in: 1...2, using: &chance)
                let each = Int64.random(in: 1...4, using: &chance) * 250
                let asked = Use(
                    right: anID(200 + person),
                    person: anID(100 + person),
                    household: anID(150 + Self.households[person]),
                    category: .equipment,
                    origin: .voucher,
                    kind: .sale,
                    shop: lille,
                    units: units,
                    value: cents(each * Int64(units)),
                    on: Day(now),
                    receipt: "LI1-V-\(step)",
                    machine: .laptop,
                    structure: anID(170 + structure)
                )
                guard rule.limits(asked) else { continue }
                var granted: Override?
                if Int.random(in: 0..<4, using: &chance) == 0 {
                    granted = Override(
                        id: anID(300 + step),
                        person: asked.person,
                        rule: rule.code,
                        shop: lille,
                        beyond: .init(
                            units: Int.random(in: 0...2, using: &chance),
                            value: cents(Int64.random(in: 0...4, using: &chance) * 250)
                        ),
                        expiresOn: Day(now)
                    )
                }
                let members = Set((0..<4).filter { Self.households[$0] == Self.households[person] })
                let standing = Standing(
                    buyer: .init(
                        person: asked.person,
                        household: asked.household,
                        members: Set(members.map { anID(100 + $0) })
                    ),
                    voucher: nil,
                    completion: nil,
                    rights: [right(of: person, structure)],
                    uses: uses,
                    rules: [rule],
                    overrides: granted.map { [$0] } ?? [],
                    numbers: .defaults
                )
                let took = take(asked, standing)
                let before = total(history, rule, person, structure, now)
                let amount = rule.unitsMax == nil ? each * Int64(units) : Int64(units)
                let limit = Int64(rule.unitsMax ?? 0) + (rule.centsMax?.count ?? 0)
                let fits = before + amount <= limit
                switch took {
                case .refused:
                    refused += 1
                    // Nothing that fits is refused.
                    #expect(!fits, "\(rule.code) \(rule.holder) \(rule.span) step \(step)")
                case .taken(let override):
                    accepted += 1
                    let beyond =
                        override == nil
                        ? 0
                        : rule.unitsMax == nil
                            ? granted?.beyond.value.count ?? 0
                            : Int64(granted?.beyond.units ?? 0)
                    excepted += override == nil ? 0 : 1
                    #expect((override == nil) == fits, "an exception is taken where it is needed")
                    #expect(
                        before + amount <= max(limit, before) + beyond,
                        "\(rule.holder) \(rule.span) step \(step): \(before) + \(amount)"
                    )
                    uses.append(asked)
                    history.append(
                        Taken(
                            person: person,
                            structure: structure,
                            units: units,
                            each: each,
                            day: now,
                            beyond: beyond
                        )
                    )
                }
            }
            #expect(accepted > 0 && refused > 0, "\(rule.holder) \(rule.span): nothing was tried")
        }
    }

    private enum Outcome {
        case taken(ID<Override>?)
        case refused
    }

    private func right(of person: Int, _ structure: Int) -> Right {
        Right(
            id: anID(200 + person),
            category: .equipment,
            origin: .voucher(
                VoucherFacts(
                    id: anID(210 + person),
                    code: "123456789015",
                    structure: "S",
                    structureID: anID(170 + structure),
                    signedOn: Day(Self.begins - 10),
                    validUntil: Day(Self.begins + 999),
                    presentedOn: Day(Self.begins - 9),
                    revokedOn: nil,
                    shop: nil,
                    shopName: nil
                )
            ),
            startsOn: Day(Self.begins - 10),
            endsOn: Day(Self.begins + 999),
            usesMax: nil
        )
    }

    /// As a till does, by the one decision that there is.
    private func take(_ asked: Use, _ standing: Standing) -> Outcome {
        let product = ProductFacts(
            id: anID(61),
            code: "thing",
            kind: .accessory,
            category: .equipment,
            name: "Chose",
            offers: [
                Offer(
                    startsOn: Day(0),
                    price: cents(asked.value.count / Int64(asked.units)),
                    volumeMB: nil,
                    validDays: nil
                )
            ],
            taxes: [ProductFacts.exempt],
            free: 100,
            machine: .laptop
        )
        do {
            let allowed = try decide(
                SaleRequest(
                    buyer: .person(asked.person),
                    lines: [.product("thing", quantity: asked.units)],
                    tender: .payments([])
                ),
                standing: standing,
                goods: Goods(devices: [:], products: ["thing": product]),
                in: lille,
                on: asked.on
            )
            return .taken(allowed.lines[0].overrides.first)
        } catch { return .refused }
    }

    /// One unit of something comes back.
    private func giveBack(_ uses: inout [Use], _ history: inout [Taken], _ chance: inout Chance) {
        let place = Int.random(in: 0..<uses.count, using: &chance)
        let use = uses[place]
        history[place].units -= 1
        let left = history[place].units
        guard left > 0 else {
            uses.remove(at: place)
            history.remove(at: place)
            return
        }
        uses[place] = Use(
            right: use.right,
            person: use.person,
            household: use.household,
            category: use.category,
            origin: use.origin,
            kind: use.kind,
            shop: use.shop,
            units: left,
            value: cents(history[place].each * Int64(left)),
            on: use.on,
            receipt: use.receipt,
            machine: use.machine,
            structure: use.structure
        )
    }

    /// What counts for whoever asks, summed from what was written down.
    private func total(
        _ history: [Taken],
        _ rule: QuotaRule,
        _ person: Int,
        _ structure: Int,
        _ now: Int
    ) -> Int64 {
        var sum: Int64 = 0
        for taken in history where counts(rule, day: taken.day, now: now) {
            let isTheirs =
                switch rule.holder {
                case .person: taken.person == person
                case .household: Self.households[taken.person] == Self.households[person]
                case .structure: taken.structure == structure
                case .voucher: false
                }
            if isTheirs {
                sum += rule.unitsMax == nil ? taken.each * Int64(taken.units) : Int64(taken.units)
            }
        }
        return sum
    }
}
