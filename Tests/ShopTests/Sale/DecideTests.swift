import Testing

@testable import Shop

@Suite("Who may take what")
struct DecideTests {
    private func decided(
        _ lines: [SaleRequest.Line] = [.device("LIPC26-0070")],
        standing: Standing = .amina(),
        goods: Goods = .shelf(),
        right: ID<Right>? = nil,
        tender: SaleRequest.Tender = .payments([]),
        on day: Day = today
    ) throws(Refusal) -> Allowed {
        let request = try SaleRequest(
            buyer: .voucher("123456789015", nil),
            lines: lines,
            tender: tender,
            right: right
        )
        return try decide(request, standing: standing, goods: goods, in: lille, on: day)
    }

    @Test(
        "a voucher holds until its last day, in its shop, unless taken back",
        arguments: [
            (.signed(until: today), nil),
            (.signed(until: today.adding(days: -1)), .voucherLapsed),
            (.signed(revoked: today), .voucherRevoked),
            // Revoked goes before lapsed: the first listed is given.
            (.signed(until: today.adding(days: -1), revoked: today), .voucherRevoked),
            (.signed(shop: lille), nil),
            (.signed(shop: roubaix), .voucherElsewhere),
            (.signed(today.adding(months: -3)), nil),
            (.signed(today.adding(months: -3).adding(days: -1)), .voucherTooOld),
            // Presented in time, used later: the day of presentation counts.
            (
                .signed(today.adding(months: -6), presented: today.adding(months: -4)), nil
            ),
        ] as [(VoucherFacts, Reason?)]
    )
    func vouchers(voucher: VoucherFacts, expected: Reason?) {
        let standing = Standing.amina(rights: [.voucher(voucher: voucher)], voucher: voucher)
        #expect(reason { () throws(Refusal) in _ = try decided(standing: standing) } == expected)
    }

    @Test(
        "a machine leaves from the shelf of this shop alone",
        arguments: [
            (
                .onShelf(
                    ordinal: 1,
                    shop: lille,
                    shopName: "Lille",
                    grade: "b",
                    price: cents(9000)
                ),
                nil
            ),
            (
                .onShelf(
                    ordinal: 1,
                    shop: roubaix,
                    shopName: "Roubaix",
                    grade: "b",
                    price: cents(9000)
                ),
                .deviceElsewhere
            ),
            (
                .gone(
                    receipt: "LI1-V-000007",
                    at: Instant(microseconds: 0),
                    operatorCode: "AM"
                ),
                .deviceGone
            ),
            (.recycled, .deviceRecycled),
            (.inWork(inspected: false, erased: false), .deviceNotInspected),
            (.inWork(inspected: true, erased: false), .deviceNotErased),
            (.inWork(inspected: true, erased: true), .deviceNotOnShelf),
        ] as [(DeviceFacts.State, Reason?)]
    )
    func machines(state: DeviceFacts.State, expected: Reason?) {
        let goods = Goods.shelf([.laptop(state: state)])
        #expect(reason { () throws(Refusal) in _ = try decided(goods: goods) } == expected)
    }

    @Test(
        "a reservation keeps a machine for one person until its day",
        arguments: [
            (amina, today, nil), (bruno, today, .deviceReserved),
            (bruno, today.adding(days: -1), nil),
        ] as [(ID<Person>, Day, Reason?)]
    )
    func reservations(person: ID<Person>, until: Day, expected: Reason?) {
        let goods = Goods.shelf([.laptop(reserved: .init(person: person, until: until))])
        #expect(reason { () throws(Refusal) in _ = try decided(goods: goods) } == expected)
    }

    @Test(
        "a machine on the shelf whose disk is failing is kept from everybody, after what else keeps it"
    )
    func failing() {
        let failing = Goods.shelf([.laptop(isFailing: true)])
        #expect(
            reason { () throws(Refusal) in _ = try decided(goods: failing) } == .deviceDiskFailing
        )
        let kept = Goods.shelf([
            .laptop(reserved: .init(person: bruno, until: today), isFailing: true)
        ])
        #expect(reason { () throws(Refusal) in _ = try decided(goods: kept) } == .deviceReserved)
    }

    @Test(
        "a rule has a say on the kinds of machine that it names, and its refusal names it",
        arguments: [
            (.laptop, .smartphone, QuotaRule.computer.version, nil),
            (.smartphone, .laptop, QuotaRule.smartphone.version, nil),
            (.screen, .laptop, nil, nil), (nil, .laptop, nil, nil),
            (.desktop, .allInOne, nil, "1 ordinateur par foyer en 24 mois"),
            (.smartphone, .smartphone, nil, "1 smartphone par personne en 24 mois"),
        ] as [(DeviceKind?, DeviceKind, String?, String?)]
    )
    func kindsOfMachine(asked: DeviceKind?, taken: DeviceKind, applied: String?, refused: String?) {
        let product = ProductFacts(
            id: anID(63),
            code: "machine",
            kind: .device,
            category: .equipment,
            name: "Appareil",
            offers: [],
            taxes: [ProductFacts.exempt],
            free: nil,
            machine: asked
        )
        let standing = Standing.amina(
            uses: [.of(.equipment, on: today, machine: taken)],
            rules: [.computer, .smartphone, .recharges]
        )
        var rules: [String]?
        let no = refusal { () throws(Refusal) in
            let goods = Goods.shelf([.laptop(product: product)])
            rules = try decided(standing: standing, goods: goods).rules
        }
        #expect(rules == (refused == nil ? applied.map { [$0] } ?? [] : nil))
        #expect(no?.reason == (refused == nil ? nil : .quotaReached))
        #expect(refused.map { no?.told(in: .french).what.contains($0) == true } ?? true)
    }

    @Test("an accessory needs neither person nor right")
    func accessory() throws {
        let standing = Standing(
            buyer: nil,
            voucher: nil,
            completion: nil,
            rights: [],
            uses: [],
            rules: [],
            numbers: .defaults
        )
        let request = try SaleRequest(
            buyer: nil,
            lines: [.product("mouse", quantity: 2)],
            tender: .payments([])
        )
        let allowed = try decide(
            request,
            standing: standing,
            goods: .shelf(),
            in: lille,
            on: today
        )
        #expect(allowed.lines[0].right == nil)
        #expect(allowed.lines[0].unitPrice == cents(300))
    }

    @Test("without a right there is no machine and no recharge")
    func noRight() {
        let standing = Standing.amina(rights: [])
        #expect(
            reason { () throws(Refusal) in _ = try decided(standing: standing) } == .rightMissing
        )
        let lines: [SaleRequest.Line] = [.product("recharge-5", quantity: 1)]
        #expect(
            reason { () throws(Refusal) in
                _ = try decided(lines, standing: .amina(rights: [.voucher()]))
            } == .rightMissing
        )
    }

    @Test("the right that ends first is used, a completion first on a tie, or the one chosen")
    func choosesRight() throws {
        let soon = Right.voucher(number: 22, until: today.adding(days: 5))
        let tie = Right.completion(number: 32, until: today.adding(days: 5))
        let late = Right.voucher(number: 23, until: today.adding(days: 50))
        let standing = Standing.amina(rights: [late, soon, tie], rules: [])
        #expect(try decided(standing: standing).lines[0].right?.id == tie.id)
        #expect(try decided(standing: standing, right: late.id).lines[0].right?.id == late.id)
        // One that is not this person's is refused: no other is used up in its place.
        let foreign = Right.voucher(number: 99).id
        #expect(
            reason { () throws(Refusal) in _ = try decided(standing: standing, right: foreign) }
                == .rightMissing
        )
    }

    @Test("a right that was used up says by which ticket")
    func usedUp() {
        let right = Right.voucher()
        let standing = Standing.amina(
            rights: [right],
            uses: [.of(.equipment, right: right.id, on: today.adding(days: -2))],
            rules: []
        )
        let told = refusal { () throws(Refusal) in _ = try decided(standing: standing) }
        #expect(told?.reason == .rightUsedUp)
        #expect(told?.facts["receipt"] == .text("LI1-V-000001"))
    }

    @Test("a right that is used up advises a new voucher only where no limit holds it back")
    func usedUpAndHeldBack() {
        let right = Right.voucher()
        func now(_ rules: [QuotaRule], used: Day) -> Refusal? {
            let standing = Standing.amina(
                rights: [right],
                uses: [.of(.equipment, right: right.id, on: used)],
                rules: rules
            )
            return refusal { () throws(Refusal) in _ = try decided(standing: standing) }
        }
        let used = today.adding(days: -2)
        let held = now([.computer], used: used)
        #expect(held?.reason == .rightUsedUp)
        #expect(held?.facts["next"] == .day(used.adding(months: 24)))
        #expect(held?.told(in: .french).now.contains("Demandez un nouveau bon") == false)
        #expect(
            now([], used: used)?.told(in: .french).now.hasPrefix("Demandez un nouveau bon") == true
        )
        let long = today.adding(months: -24)
        #expect(
            now([.computer], used: long)?.told(in: .french).now.hasPrefix("Demandez un nouveau bon")
                == true
        )
    }

    @Test("lines above count for lines below: two machines for a right of one")
    func linesCount() {
        let lines: [SaleRequest.Line] = [.device("LIPC26-0070"), .device("LIPC26-0071")]
        #expect(
            reason { () throws(Refusal) in _ = try decided(lines, standing: .amina(rules: [])) }
                == .rightUsedUp
        )
        #expect(
            reason { () throws(Refusal) in
                _ = try decided(
                    lines,
                    standing: .amina(rights: [.voucher(uses: 5)])
                )
            } == .quotaReached
        )
        #expect(
            reason { () throws(Refusal) in
                _ = try decided([.product("mouse", quantity: 3), .product("mouse", quantity: 2)])
            } == .stockShort
        )
    }

    @Test("a finished course lifts no quota")
    func completionKeepsQuota() {
        let standing = Standing.amina(
            rights: [.completion()],
            uses: [.of(.equipment, on: today.adding(months: -23), origin: .voucher)]
        )
        #expect(
            reason { () throws(Refusal) in _ = try decided(standing: standing) } == .quotaReached
        )
    }

    @Test("what is not on the price list, or has no price today, is not sold")
    func unknownAndUnsold() {
        #expect(
            reason { () throws(Refusal) in _ = try decided([.product("nothing", quantity: 1)]) }
                == .productUnknown
        )
        #expect(
            reason { () throws(Refusal) in
                _ = try decided(
                    [.product("recharge-5", quantity: 1)],
                    goods: .shelf([], [.recharge(price: nil)])
                )
            } == .productNotSold
        )
        #expect(
            reason { () throws(Refusal) in _ = try decided([.device("LIPC26-9999")]) }
                == .deviceUnknown
        )
    }
}

@Suite("Quotas")
struct QuotaTests {
    private func check(
        _ rule: QuotaRule,
        _ uses: [Use],
        units: Int = 1,
        value: Int64 = 500,
        on day: Day = today
    ) -> Refusal? {
        let holder = QuotaHolder(
            person: amina,
            household: home,
            members: [amina],
            voucherRights: []
        )
        return refusal { () throws(Refusal) in
            try rule.check(units: units, value: cents(value), uses: uses, of: holder, on: day)
        }
    }

    @Test(
        "a computer counts for 24 months, the last day too",
        arguments: [
            (today.adding(months: -24), nil),
            (today.adding(months: -24).adding(days: 1), .quotaReached),
            (today, .quotaReached),
        ] as [(Day, Reason?)]
    )
    func sliding(used: Day, expected: Reason?) {
        let told = check(.computer, [.of(.equipment, on: used)])
        #expect(told?.reason == expected)
        if expected != nil { #expect(told?.facts["next"] == .day(used.adding(months: 24))) }
    }

    @Test(
        "recharges count by euros in the calendar month, at the offer's price whoever pays",
        arguments: [
            (2500, 500, nil), (2501, 500, .quotaReached), (0, 3001, .quotaNeverFits),
        ] as [(Int64, Int64, Reason?)]
    )
    func month(used: Int64, asked: Int64, expected: Reason?) {
        let uses = used == 0 ? [] : [Use.of(.connection, value: used, on: today, kind: .gift)]
        let told = check(.recharges, uses, value: asked)
        #expect(told?.reason == expected)
        if expected == .quotaReached {
            #expect(told?.facts["next"] == .day(today.firstOfMonth.adding(months: 1)))
        }
    }

    @Test(
        "a limit says what remains and how many fit, and sends nobody away who may still take some",
        arguments: [
            // 25,00 € remain: five of 5 € fit, the sixth does not.
            (500, 6, 3000, 2500, 5, "Il reste 25,00\u{A0}€\u{A0}: passez à 5."),
            (2500, 2, 1000, 500, 1, "Il reste 5,00\u{A0}€\u{A0}: passez à 1."),
            (2501, 2, 1000, 499, 0, "Possible à partir du"),
            (3000, 1, 500, 0, 0, "Possible à partir du"),
        ] as [(Int64, Int, Int64, Int64, Int64, String)]
    )
    func room(used: Int64, units: Int, asked: Int64, left: Int64, fits: Int64, now: String) {
        let told = check(
            .recharges,
            [Use.of(.connection, value: used, on: today)],
            units: units,
            value: asked
        )
        #expect(told?.reason == .quotaReached)
        #expect(told?.facts["left"] == .cents(cents(left)))
        #expect(told?.facts["fits"] == .number(fits))
        #expect(told?.told(in: .french).now.hasPrefix(now) == true)
    }

    @Test("last month's recharges do not count")
    func newMonth() {
        let last = today.firstOfMonth.adding(days: -1)
        #expect(check(.recharges, [.of(.connection, value: 3000, on: last)]) == nil)
    }

    @Test("a household counts what its members bought elsewhere and what was stamped with it")
    func household() {
        let elsewhere: ID<Household> = anID(51)
        let recent = today.adding(days: -9)
        let cases: [(Use, Bool)] = [
            (.of(.equipment, by: amina, household: elsewhere, on: recent), true),
            (.of(.equipment, by: bruno, household: home, on: recent), true),
            (.of(.equipment, by: bruno, household: elsewhere, on: recent), false),
        ]
        for (use, counts) in cases {
            #expect((check(.computer, [use]) != nil) == counts)
        }
    }

    @Test("a rule counts the origins and exits that it names, no others")
    func named() {
        let rule = QuotaRule(
            code: "vouchers-only",
            startsOn: Day(0),
            category: .equipment,
            holder: .person,
            span: .slidingMonths(24),
            unitsMax: 1,
            centsMax: nil,
            origins: [.voucher],
            kinds: [.sale],
            shop: nil
        )
        #expect(check(rule, [.of(.equipment, on: today)]) != nil)
        #expect(check(rule, [.of(.equipment, on: today, origin: .completion)]) == nil)
        #expect(check(rule, [.of(.equipment, on: today, kind: .gift)]) == nil)
    }

    @Test(
        "a household's computer and a person's smartphone are counted apart",
        arguments: [
            // What was taken, by whom, and what is refused after it.
            (.laptop, amina, true, false), (.desktop, amina, true, false),
            (.allInOne, bruno, true, false), (.smartphone, amina, false, true),
            (.smartphone, bruno, false, false), (.tablet, amina, false, false),
            (.screen, amina, false, false), (nil, amina, false, false),
        ] as [(DeviceKind?, ID<Person>, Bool, Bool)]
    )
    func kinds(taken: DeviceKind?, by person: ID<Person>, computer: Bool, smartphone: Bool) {
        let use = Use.of(.equipment, by: person, on: today, machine: taken)
        #expect((check(.computer, [use]) != nil) == computer)
        #expect((check(.smartphone, [use]) != nil) == smartphone)
    }

    @Test("a newer row replaces the older one from its day on, and one without a limit lifts it")
    func dated() {
        let lifted = QuotaRule(
            code: QuotaRule.computer.code,
            startsOn: today.adding(days: 1),
            category: .equipment,
            holder: .household,
            span: .slidingMonths(24),
            unitsMax: nil,
            centsMax: nil,
            origins: Set(Origin.allCases),
            kinds: Set(TicketKind.allCases),
            shop: nil
        )
        let standing = Standing.amina(rules: [.computer, lifted])
        #expect(standing.rules(on: today).map(\.unitsMax) == [1])
        #expect(standing.rules(on: today.adding(days: 1)).map(\.unitsMax) == [nil])
    }
}
