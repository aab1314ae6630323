import Testing

@testable import Shop

@Suite("What a ticket costs")
struct PriceTests {
    private func priced(
        _ lines: [SaleRequest.Line],
        _ tender: SaleRequest.Tender,
        goods: Goods = .shelf()
    ) throws(Refusal) -> Priced {
        let request = try SaleRequest(
            buyer: .voucher("123456789015", nil),
            lines: lines,
            tender: tender
        )
        let allowed = try decide(
            request,
            standing: .amina(),
            goods: goods,
            in: lille,
            on: today
        )
        return try price(allowed, tender, numbers: .defaults, on: today)
    }

    private let machineAndRecharge: [SaleRequest.Line] = [
        .device("LIPC26-0070"), .product("recharge-5", quantity: 2),
    ]

    @Test(
        "payments add up to the total, cash gives the change",
        arguments: [
            ([(.cash, 10_000)], nil, 0), ([(.cash, 12_000)], nil, 2_000),
            ([(.cash, 9_999)], .paymentTooLittle, 0), ([], .paymentTooLittle, 0),
            ([(.card, 10_000)], nil, 0), ([(.card, 10_001)], .paymentDoesNotAddUp, 0),
            ([(.card, 4_000), (.cash, 6_000)], nil, 0),
            ([(.card, 4_000), (.cash, 7_000)], nil, 1_000),
            ([(.card, 10_000), (.cash, 500)], .paymentDoesNotAddUp, 0),
            ([(.cheque, 10_000)], nil, 0),
        ] as [([(Means, Int64)], Reason?, Int64)]
    )
    func payments(tendered: [(Means, Int64)], expected: Reason?, change: Int64) throws {
        let tender = SaleRequest.Tender.payments(
            tendered.map { .init(means: $0.0, tendered: cents($0.1)) }
        )
        do {
            let ticket = try priced(machineAndRecharge, tender)
            #expect(expected == nil)
            #expect(ticket.total == cents(10_000))
            #expect(ticket.payments.map(\.amount).sum() == cents(10_000))
            #expect(ticket.payments.map(\.change).sum() == cents(change))
        } catch {
            #expect(error.reason == expected)
        }
    }

    @Test("a gift costs the person nothing, and is worth what it is worth")
    func gift() throws {
        let ticket = try priced(machineAndRecharge, .gift("lille"))
        #expect(ticket.total == .zero)
        #expect(ticket.value == cents(10_000))
        #expect(ticket.payments.isEmpty)
        #expect(ticket.lines.map(\.programmePays).sum() == cents(10_000))
    }

    @Test("a line freezes gigabytes and days; a machine prints its guarantee, C4")
    func frozen() throws {
        let ticket = try priced(
            machineAndRecharge,
            .payments([.init(means: .cash, tendered: cents(10_000))])
        )
        #expect(ticket.lines[0].guaranteeEndsOn == today.adding(months: 24))
        #expect(ticket.lines[0].presumptionEndsOn == today.adding(months: 12))
        #expect(ticket.lines[1].volumeMB == 20_000)
        #expect(ticket.lines[1].validDays == 30)
        #expect(ticket.lines[1].guaranteeEndsOn == nil)
    }

    @Test(
        "a tax inside a price is to the nearest cent",
        arguments: [(2000, 12_000, 2_000), (2000, 100, 17), (550, 105, 5), (0, 9000, 0)]
    )
    func tax(rate: Int, price: Int64, expected: Int64) {
        let rule = TaxRule(
            startsOn: Day(0),
            regime: rate == 0 ? .exempt : .normal,
            rateBasisPoints: rate,
            narrowness: 0
        )
        #expect(rule.tax(in: cents(price)) == cents(expected))
    }

    @Test("the narrower tax rule goes first, the later one among equals")
    func narrow() {
        func rule(_ day: Int, _ narrowness: Int, _ rate: Int) -> TaxRule {
            TaxRule(
                startsOn: Day(day),
                regime: .normal,
                rateBasisPoints: rate,
                narrowness: narrowness
            )
        }
        let rules = [rule(0, 0, 1), rule(5, 0, 2), rule(0, 1, 3), rule(9, 3, 4)]
        #expect(rules.rule(on: Day(6))?.rateBasisPoints == 3)
        #expect(rules.rule(on: Day(9))?.rateBasisPoints == 4)
    }

    @Test(
        "a guarantee ends right at month ends and on 29 February, C4",
        arguments: [
            ("2024-02-29", "2026-02-28"), ("2026-02-28", "2028-02-28"),
            ("2026-08-31", "2028-08-31"),
            ("2022-12-31", "2024-12-31"),
        ]
    )
    func guarantee(sold: String, ends: String) throws {
        let day = try #require(Day(iso: sold))
        #expect(day.adding(months: 24).iso == ends)
    }
}

@Suite("What comes back")
struct RefundTests {
    private let sale = SaleRecord.example

    private func units(
        _ lines: [RefundRequest.Line]?,
        returned: [Int: Set<Int>] = [:]
    ) throws(Refusal) -> [RefundRecord.Unit] {
        let request = RefundRequest(sale: sale.id, lines: lines, reason: .defective, means: .cash)
        return try unitsBack(
            request,
            of: sale,
            returned: returned,
            receipt: "LI1-V-000001",
            on: today
        )
    }

    @Test("shares of a line add up to it, to the cent")
    func shares() throws {
        let all = try units(nil)
        #expect(all.count == 4)
        #expect(all.filter { $0.position == 2 }.map(\.amount).sum() == cents(1000))
        #expect(all.filter { $0.position == 2 }.map(\.tax).sum() == cents(166))
    }

    @Test("never more than remains, A7")
    func remains() throws {
        #expect(
            try units([.init(position: 2, units: 1)], returned: [2: [1, 3]]).map(\.unit) == [2]
        )
        #expect(
            reason { () throws(Refusal) in
                _ = try units([.init(position: 2, units: 2)], returned: [2: [1, 3]])
            } == .refundTooMuch
        )
        #expect(
            reason { () throws(Refusal) in _ = try units(nil, returned: [1: [1], 2: [1, 2, 3]]) }
                == .refundTooMuch
        )
        for position in [3, 0, -1, .min, .max] {
            #expect(
                reason { () throws(Refusal) in _ = try units([.init(position: position, units: 1)])
                }
                    == .saleUnknown
            )
        }
        #expect(
            reason { () throws(Refusal) in _ = try units([.init(position: 2, units: .max)]) }
                == .refundTooMuch
        )
        #expect(
            reason { () throws(Refusal) in _ = try units([.init(position: 1, units: 0)]) }
                == .ticketEmpty
        )
    }

    @Test("a line named twice gives each unit once")
    func twice() throws {
        let back = try units([.init(position: 2, units: 1), .init(position: 2, units: 2)])
        #expect(back.map(\.unit) == [1, 2, 3])
        #expect(
            reason { () throws(Refusal) in
                _ = try units([.init(position: 1, units: 1), .init(position: 1, units: 1)])
            } == .refundTooMuch
        )
    }
}

@Suite("The canonical form")
struct CanonicalTests {
    @Test("begins with version and kind, one field a line, and escapes what would forge a line")
    func form() {
        var entry = Canonical(.sale)
        entry.put("number", 7)
        entry.put("operator", "A\nnumber=8\\")
        #expect(entry.text == "comptoir 2 sale\nnumber=7\noperator=A\\nnumber=8\\\\\n")
    }

    @Test("names the first field that differs")
    func difference() {
        let one = "comptoir 1 sale\na=1\nb=2\n"
        #expect(Canonical.firstDifference(one, one) == nil)
        #expect(Canonical.firstDifference(one, "comptoir 1 sale\na=1\nb=3\n") == "b")
        #expect(Canonical.firstDifference(one, "comptoir 1 sale\na=1\n") == "b")
    }

    @Test("holds no name, birth date, phone or motive: only references, codes and amounts, B2")
    func fields() {
        let names = SaleRecord.example.canonical.fields.map(\.name)
        #expect(
            !names.contains { $0.contains("name") || $0.contains("birth") || $0.contains("phone") }
        )
    }
}

extension SaleRecord {
    static let example: SaleRecord = {
        func line(_ position: Int, _ product: Int, _ quantity: Int, _ price: Int64, tax: Int64)
            -> Line
        {
            Line(
                position: position,
                product: anID(product),
                device: nil,
                stay: nil,
                description: "Article",
                quantity: quantity,
                unitPrice: cents(price),
                value: cents(price * Int64(quantity)),
                personPays: cents(quantity == 3 ? 1000 : price),
                programmePays: .zero,
                regime: "normal",
                rateBasisPoints: 2000,
                tax: cents(tax),
                volumeMB: nil,
                validDays: nil,
                guaranteeEndsOn: nil,
                presumptionEndsOn: nil,
                right: nil
            )
        }
        return SaleRecord(
            id: anID(80),
            key: anID(81),
            kind: .sale,
            till: anID(82),
            shop: lille,
            drawer: 1,
            link: Link(
                chain: anID(83),
                position: 5,
                kind: .sale,
                number: 3,
                at: Instant(microseconds: 1_700_000_000_000_000)
            ),
            businessOn: today,
            seller: anID(84),
            operatorCode: "AM",
            person: amina,
            household: home,
            programme: nil,
            total: cents(10_000),
            value: cents(10_000),
            tax: cents(1_666),
            rules: "",
            software: "Comptoir",
            lines: [line(1, 60, 1, 9000, tax: 1500), line(2, 61, 3, 334, tax: 166)],
            payments: []
        )
    }()
}
