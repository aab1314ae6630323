import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("What comes back, and the right with it or not (X17)")
struct ReturnRuleTests {
    @Test("by the rule of its reason, stamped and compared with it")
    func byReason() async throws {
        try await withWazemmes { at async throws -> Void in
            // As somebody set it the day before.
            try await at.execute(
                """
                insert into return_rules (reason, starts_on, gives_right_back, recorded_at, recorded_by)
                values ('defective', \(at.store.today), false, now(), \(at.seller))
                """
            )
            let sale = try await at.sell(device: 1)
            try await at.giveBack(sale, .defective)
            let held = try await refused { _ = try await at.sell(device: 3) }
            #expect([.rightUsedUp, .quotaReached].contains(held?.reason))
            let code = try VoucherCode(scanned: Wazemmes.aminaVoucher)
            let history = try await at.store.voucher(code).history.map(\.act)
            #expect(history == [.recorded, .used, .returned])

            // Another reason gives back as ever.
            let other = try await at.store.sell(
                at.request(Wazemmes.brunoVoucher, device: 4),
                key: at.key(),
                by: at.staff()
            ).sale.id
            try await at.giveBack(other, .changedMind)
            _ = try await at.store.sell(
                at.request(Wazemmes.brunoVoucher, device: 5),
                key: at.key(),
                by: at.staff()
            )
            #expect(try await at.store.verify().faults == [])

            // What was stamped is compared with the rule.
            try await at.execute("alter table refund_lines disable trigger user")
            try await at.execute("update refund_lines set gives_right_back = not gives_right_back")
            let faults = try await at.store.verify().faults
            #expect(faults.contains { $0.kind == "return" })
        }
    }

    @Test("is said by who administers every shop, of a day to come, once a day")
    func refuses() async throws {
        try await withWazemmes { at async throws -> Void in
            let admin = try await at.administrator()
            func set(_ day: Day, by staff: Staff) async throws -> Reason? {
                try await refused {
                    _ = try await at.store.setReturnRule(
                        .other,
                        givesRightBack: false,
                        from: day,
                        key: at.key(),
                        by: staff
                    )
                }?.reason
            }
            let today = at.store.today
            let tomorrow = today.adding(days: 1)
            #expect(try await set(today, by: admin) == .startsTooSoon)
            #expect(try await set(tomorrow, by: at.staff()) == .associationOnly)
            #expect(try await set(tomorrow, by: admin) == nil)
            #expect(try await set(tomorrow, by: admin) == .changeAlreadyDated)
            let rules = try await at.store.returnRules()
            let before = rules.inForce(on: today).filter { !$0.givesRightBack }
            #expect(before.isEmpty)
            let kept = rules.inForce(on: tomorrow).filter { !$0.givesRightBack }
            #expect(kept.map(\.reason) == [.other])
        }
    }
}

extension Wazemmes {
    fileprivate func administrator() async throws -> Staff {
        Staff(
            id: seller,
            operatorCode: "AM",
            name: "Administration",
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: .administrator, shop: nil)],
            till: tills[0]
        )
    }

    fileprivate func sell(device: Int) async throws -> ID<Sale> {
        try await store.sell(request(device: device), key: key(), by: staff()).sale.id
    }

    fileprivate func giveBack(_ sale: ID<Sale>, _ reason: RefundReason) async throws {
        _ = try await store.giveBack(
            RefundRequest(sale: sale, lines: nil, reason: reason, means: .cash),
            key: key(),
            by: staff()
        )
    }
}
