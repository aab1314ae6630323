import Testing

@testable import Shop

extension Override {
    static func forAmina(
        _ number: Int = 80,
        person: ID<Person> = amina,
        rule: String = QuotaRule.computer.code,
        shop: ID<Shop> = lille,
        units: Int = 1,
        value: Int64 = 0,
        until: Day = today
    ) -> Override {
        Override(
            id: anID(number),
            person: person,
            rule: rule,
            shop: shop,
            beyond: .init(units: units, value: cents(value)),
            expiresOn: until
        )
    }
}

@Suite("Exceptions")
struct OverrideTests {
    private func decided(
        _ overrides: [Override],
        uses: [Use] = [.of(.equipment, on: today.adding(days: -9))],
        rules: [QuotaRule] = [.computer],
        lines: [SaleRequest.Line] = [.device("LIPC26-0070")]
    ) throws(Refusal) -> [[ID<Override>]] {
        let standing = Standing(
            buyer: .init(person: amina, household: home, members: [amina]),
            voucher: .signed(),
            completion: nil,
            rights: [
                .voucher(uses: nil), .voucher(.connection, number: 21, uses: nil),
            ],
            uses: uses,
            rules: rules,
            overrides: overrides,
            numbers: .defaults
        )
        return try decide(
            SaleRequest(
                buyer: .voucher("123456789015", nil),
                lines: lines,
                tender: .payments([])
            ),
            standing: standing,
            goods: .shelf([.laptop(), .laptop(71)], [.recharge(), .mouse]),
            in: lille,
            on: today
        ).lines.map(\.overrides)
    }

    @Test(
        "an exception helps its person, beyond its limit, in its shop, until its last day (X4)",
        arguments: [
            (.forAmina(), true), (.forAmina(until: today.adding(days: 3)), true),
            (.forAmina(until: today.adding(days: -1)), false),
            (.forAmina(person: bruno), false), (.forAmina(shop: roubaix), false),
            (.forAmina(rule: QuotaRule.smartphone.code), false),
            (.forAmina(units: 0, value: 9000), false),
        ] as [(Override, Bool)]
    )
    func whose(exception: Override, helps: Bool) {
        var taken: [[ID<Override>]] = []
        let told = refusal { () throws(Refusal) in taken = try decided([exception]) }
        #expect(told?.reason == (helps ? nil : .quotaReached))
        #expect(taken == (helps ? [[exception.id]] : []))
    }

    @Test("one that is not needed is not taken, and the one that ends first is taken first (X4)")
    func whichFirst() throws {
        #expect(try decided([.forAmina()], uses: []) == [[]])
        let late = Override.forAmina(81, until: today.adding(days: 5))
        #expect(try decided([late, .forAmina(82)]) == [[anID(82)]])
    }

    @Test("how a limit stands says which exception is open here, today (X4)")
    func standing() {
        func told(_ overrides: [Override], in shop: ID<Shop> = lille) -> [ID<Override>?] {
            Standing(
                buyer: .init(person: amina, household: home, members: [amina]),
                voucher: .signed(),
                completion: nil,
                rights: [],
                uses: [],
                rules: [.computer],
                overrides: overrides,
                numbers: .defaults
            ).quotas(on: today, in: shop).map { $0.override?.id }
        }
        #expect(told([.forAmina()]) == [anID(80)])
        #expect(told([.forAmina()], in: roubaix) == [nil])
        #expect(told([.forAmina(until: today.adding(days: -1))]) == [nil])
        #expect(told([.forAmina(rule: "another")]) == [nil])
    }

    @Test("two lines take two exceptions, never one twice (X4)")
    func twoLines() throws {
        let lines: [SaleRequest.Line] = [.device("LIPC26-0070"), .device("LIPC26-0071")]
        let told = refusal { () throws(Refusal) in _ = try decided([.forAmina()], lines: lines) }
        #expect(told?.reason == .quotaReached)
        #expect(
            try decided([.forAmina(), .forAmina(81)], lines: lines) == [[anID(80)], [anID(81)]]
        )
    }

    @Test("a line that two limits refuse takes one of each; one alone does not let it pass (X4)")
    func twoLimits() throws {
        let each = QuotaRule.limit(holder: .person, span: .slidingMonths(12), units: 1)
        let rules = [QuotaRule.computer, each]
        let both = [Override.forAmina(), .forAmina(81, rule: each.code)]
        for alone in both {
            let told = refusal { () throws(Refusal) in _ = try decided([alone], rules: rules) }
            #expect(told?.reason == .quotaReached)
        }
        #expect(try Set(decided(both, rules: rules)[0]) == Set(both.map(\.id)))
    }

    @Test(
        "it covers what is beyond the limit, no more: in units and in euros (X4)",
        arguments: [
            // 25 € taken of 30: two recharges of 5 € go 5 € beyond.
            (500, true), (499, false),
        ] as [(Int64, Bool)]
    )
    func euros(value: Int64, passes: Bool) {
        let told = refusal { () throws(Refusal) in
            _ = try decided(
                [.forAmina(rule: QuotaRule.recharges.code, units: 0, value: value)],
                uses: [.of(.connection, value: 2500, on: today)],
                rules: [.recharges],
                lines: [.product("recharge-5", quantity: 2)]
            )
        }
        #expect((told == nil) == passes)
        let need = OverrideNeed(
            rule: QuotaRule.recharges.code,
            beyond: .init(units: 0, value: cents(500))
        )
        #expect(told?.overrideNeed == (passes ? nil : need))
    }

    @Test("what is above a limit by itself needs all that is beyond it (X4)")
    func neverFits() {
        let told = refusal { () throws(Refusal) in
            _ = try decided(
                [],
                uses: [.of(.connection, value: 1000, on: today)],
                rules: [.recharges],
                lines: [.product("recharge-5", quantity: 7)]
            )
        }
        #expect(told?.reason == .quotaNeverFits)
        #expect(told?.overrideNeed?.beyond == .init(units: 0, value: cents(1500)))
    }

    @Test("it lifts no right: a right that is used up stays so")
    func right() {
        let right = Right.voucher()
        let standing = Standing(
            buyer: .init(person: amina, household: home, members: [amina]),
            voucher: .signed(),
            completion: nil,
            rights: [right],
            uses: [.of(.equipment, right: right.id, on: today)],
            rules: [.computer],
            overrides: [.forAmina()],
            numbers: .defaults
        )
        let told = refusal { () throws(Refusal) in
            let request = try SaleRequest(
                buyer: .voucher("123456789015", nil),
                lines: [.device("LIPC26-0070")],
                tender: .payments([])
            )
            _ = try decide(request, standing: standing, goods: .shelf(), in: lille, on: today)
        }
        #expect(told?.reason == .rightUsedUp)
        #expect(told?.overrideNeed == nil)
    }
}
