import Testing

@testable import Shop

extension QuotaRule {
    static let period = Period(
        programme: anID(90),
        code: "lille",
        name: "Parents",
        startsOn: today.adding(days: -100),
        endsOn: today.adding(days: 10)
    )

    /// One a programme, or whatever is asked.
    static func limit(
        _ code: String = "limit",
        category: Category = .equipment,
        holder: Holder = .person,
        span: Span = .slidingMonths(12),
        units: Int? = 1,
        value: Int64? = nil,
        origins: Set<Origin> = Set(Origin.allCases),
        kinds: Set<TicketKind> = Set(TicketKind.allCases),
        shop: ID<Shop>? = nil,
        machines: Set<DeviceKind>? = nil,
        product: CountedProduct? = nil,
        from day: Day = Day(0)
    ) -> QuotaRule {
        QuotaRule(
            code: code,
            startsOn: day,
            category: category,
            holder: holder,
            span: span,
            unitsMax: units,
            centsMax: value.map(cents),
            origins: origins,
            kinds: kinds,
            shop: shop,
            machines: machines,
            product: product
        )
    }
}

private let partner: ID<Structure> = anID(11)
private let other: ID<Structure> = anID(12)
private let hub = QuotaRule.CountedProduct(
    id: anID(61),
    code: "recharge-5",
    french: "Recharge 5 €",
    english: "€5 recharge"
)

private func use(
    _ category: Category = .equipment,
    of structure: ID<Structure>? = partner,
    product: ID<Product>? = nil,
    by person: ID<Person> = bruno,
    origin: Origin = .voucher,
    on day: Day = today
) -> Use {
    Use(
        right: anID(99),
        person: person,
        household: anID(59),
        category: category,
        origin: origin,
        kind: .sale,
        shop: lille,
        units: 1,
        value: cents(500),
        on: day,
        receipt: "LI1-V-000007",
        machine: category == .equipment ? .laptop : nil,
        product: product,
        structure: structure
    )
}

@Suite("What a limit counts")
struct QuotaScopeTests {
    private func check(_ rule: QuotaRule, _ uses: [Use], asked: Use) -> Refusal? {
        guard rule.limits(asked) else { return nil }
        let holder = QuotaHolder(
            person: amina,
            household: home,
            members: [amina],
            voucherRights: [],
            structure: asked.structure
        )
        return refusal { () throws(Refusal) in
            try rule.check(asked, after: uses, of: holder)
        }
    }

    @Test(
        "a structure's limit counts every voucher that it signed, whoever came with it (P12, X3)",
        arguments: [
            (use(of: partner), use(of: partner, by: amina), true),
            (use(of: other), use(of: partner, by: amina), false),
            (use(of: partner), use(of: other, by: amina), false),
            // What a finished course opened is nobody's voucher.
            (use(of: nil, origin: .completion), use(of: partner, by: amina), false),
            (use(of: partner), use(of: nil, by: amina, origin: .completion), false),
        ] as [(Use, Use, Bool)]
    )
    func structure(taken: Use, asked: Use, refused: Bool) {
        let told = check(.limit(holder: .structure), [taken], asked: asked)
        #expect((told != nil) == refused)
        guard let told else { return }
        #expect(told.facts["receipt"] == .text("LI1-V-000007"))
        #expect(told.facts["next"] == .day(today.adding(months: 12)))
        #expect(
            told.told(in: .french).what
                == "Plafond atteint\u{A0}: 1 équipement par structure partenaire en 12 mois."
        )
    }

    @Test(
        "a programme's limit counts from its first day to its last, and has no say outside (P12, X3)",
        arguments: [
            // Taken, asked, refused.
            (QuotaRule.period.startsOn, today, true),
            (QuotaRule.period.startsOn.adding(days: -1), today, false),
            (today, QuotaRule.period.endsOn, true),
            (today, QuotaRule.period.endsOn.adding(days: 1), false),
        ] as [(Day, Day, Bool)]
    )
    func programme(taken: Day, asked: Day, refused: Bool) {
        let rule = QuotaRule.limit(span: .programme(QuotaRule.period))
        let told = check(rule, [use(by: amina, on: taken)], asked: use(by: amina, on: asked))
        #expect((told != nil) == refused)
        if let told {
            #expect(told.facts["next"] == .day(QuotaRule.period.endsOn.adding(days: 1)))
            #expect(told.facts["receipt"] == .text("LI1-V-000007"))
        }
    }

    @Test("a product's limit counts that product alone, and says its name")
    func product() {
        let rule = QuotaRule.limit(category: .connection, units: 1, product: hub)
        let mine = use(.connection, product: hub.id, by: amina)
        let another = use(.connection, product: anID(66), by: amina)
        #expect(check(rule, [mine], asked: mine)?.reason == .quotaReached)
        #expect(check(rule, [another], asked: mine) == nil)
        #expect(check(rule, [mine], asked: another) == nil)
        #expect(
            rule.sentence(in: .french)
                == "1 «\u{A0}Recharge 5 €\u{A0}» par personne sur 12 mois glissants."
        )
        #expect(rule.words(in: .english) == "1 “€5 recharge” per person in 12 months")
    }

    @Test(
        "a limit of a voucher is held whoever the till was told: by the voucher of the right used"
    )
    func voucherOfTheRight() {
        let right = Right.voucher(uses: nil)
        let standing = Standing(
            buyer: .init(person: amina, household: home, members: [amina]),
            // No voucher in hand: the person was found by name.
            voucher: nil,
            completion: nil,
            rights: [right],
            uses: [.of(.equipment, right: right.id, on: today)],
            rules: [.limit(holder: .voucher)],
            numbers: .defaults
        )
        let told = reason { () throws(Refusal) in
            let request = try SaleRequest(
                buyer: .person(amina),
                lines: [.device("LIPC26-0070")],
                tender: .payments([])
            )
            _ = try decide(request, standing: standing, goods: .shelf(), in: lille, on: today)
        }
        #expect(told == .quotaReached)
    }

    @Test("a rule in one sentence, with all that it may say")
    func sentences() {
        let rule = QuotaRule.limit(
            holder: .structure,
            span: .programme(QuotaRule.period),
            units: 50,
            machines: DeviceKind.computers
        )
        #expect(
            rule.sentence(in: .french)
                == "50 ordinateurs par structure partenaire pendant le programme «\u{A0}Parents\u{A0}», du "
                + "\(QuotaRule.period.startsOn.printed) au \(QuotaRule.period.endsOn.printed)."
        )
    }
}

@Suite("Limits side by side")
struct QuotaClashTests {
    @Test(
        "another code that says something else of the same is a contradiction, and nothing else is",
        arguments: [
            (.limit("b", units: 2), true), (.limit("b", units: 1), true),
            (.limit("a", units: 2), false), (.limit("b", holder: .household), false),
            (.limit("b", span: .calendarMonth), false), (.limit("b", shop: lille), false),
            (.limit("b", machines: [.laptop]), false), (.limit("b", kinds: [.sale]), false),
            // Euros beside units both hold.
            (.limit("b", units: nil, value: 3000), false),
            (.limit("b", units: 2, value: 3000), true),
            (.limit("b", units: nil), false), (.limit("b", category: .connection), false),
        ] as [(QuotaRule, Bool)]
    )
    func contradicts(other: QuotaRule, expected: Bool) {
        #expect((QuotaRule.limit("a").contradiction(among: [other]) != nil) == expected)
    }

    @Test("two that are never in force together contradict nothing")
    func inForceTogether() {
        let lifted = QuotaRule.limit("b", units: nil, from: today)
        #expect(
            QuotaRule.limit("a", from: today).contradiction(among: [.limit("b"), lifted]) == nil
        )
        let before = QuotaRule.limit("a", from: today.adding(days: -1))
        #expect(before.contradiction(among: [.limit("b"), lifted])?.code == "b")
        let later = QuotaRule.limit("b", from: today.adding(days: 30))
        #expect(QuotaRule.limit("a").contradiction(among: [later])?.code == "b")
    }

    @Test(
        "a limit has no say where another refuses all that it would, before it",
        arguments: [
            (.limit("b", holder: .household), true), (.limit("b", span: .slidingMonths(24)), true),
            (.limit("b", span: .slidingMonths(11)), false), (.limit("b", units: 2), false),
            (.limit("b", holder: .household, units: 2), false),
            (.limit("b", holder: .household, shop: lille), false),
            (.limit("b", holder: .household, machines: [.laptop]), false),
            (.limit("b", holder: .household, origins: [.voucher]), false),
            (.limit("b", holder: .household, units: nil, value: 1), false),
        ] as [(QuotaRule, Bool)]
    )
    func neverBinds(other: QuotaRule, expected: Bool) {
        let rule = QuotaRule.limit("a")
        #expect((rule.stricter(among: [other]).map(\.code) == ["b"]) == expected)
        #expect((other.silenced(among: [rule]).map(\.code) == ["a"]) == expected)
        #expect(rule.silenced(among: [other]).isEmpty || !expected)
    }

    @Test("a month's use counts for a month at least, so any sliding month looks further back")
    func monthAndSliding() {
        let month = QuotaRule.limit("a", span: .calendarMonth)
        #expect(month.stricter(among: [.limit("b", span: .slidingMonths(1))]).count == 1)
        #expect(QuotaRule.limit("b", span: .slidingMonths(1)).stricter(among: [month]).isEmpty)
    }
}
