import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("A machine given in the place of another")
struct ExchangeTests {
    @Test("costs nothing, uses no right, is guaranteed anew, and is sealed (X17, C4)")
    func exchanged() async throws {
        try await withWazemmes { base async throws -> Void in
            let at = try await base.noon("2027-08-31")
            let first = try await at.bought(1)
            let then = try await base.noon("2028-02-29")
            let code = try await then.opened(1)
            try await then.advance(code, Wazemmes.covered)
            let key = then.key()
            let label = try DeviceLabel.typed(Wazemmes.label(2))
            var sales: [ID<Sale>] = []
            for _ in 1...2 {
                sales.append(
                    try await then.store.exchangeDevice(
                        code,
                        for: label,
                        key: key,
                        by: then.staff()
                    )
                    .sale
                )
            }
            #expect(sales[0] == sales[1])
            let receipt = try await then.store.receipt(of: sales[0])
            let line = receipt.sale.lines[0]
            #expect(receipt.sale.total == .zero && receipt.sale.value == .zero)
            #expect(receipt.sale.person == at.amina && line.right == nil)
            #expect(line.guaranteeEndsOn?.iso == "2030-02-28")
            #expect(line.presumptionEndsOn?.iso == "2029-02-28")
            #expect(line.description.contains(Wazemmes.label(1)))
            #expect(line.description.contains(first.code.text))
            #expect(line.replacesSale == first.sale.id && line.replacesPosition == 1)
            #expect(try await at.count("select count(*) from uses") == 1)
            // Used once, by the first ticket, and still used.
            let held = try await refusalReason { _ = try await then.bought(3) }
            #expect(held == .rightUsedUp || held == .quotaReached)

            let card = try await then.card(code)
            #expect(card.row.stage == .exchanged)
            #expect(card.replacement?.receipt == receipt.code.text)
            let broken = try await then.store.device(DeviceLabel.typed(Wazemmes.label(1))).device
            #expect(broken.stage == .inWork && !broken.inspected)
            let given = try await then.store.device(label).device
            #expect(given.stage == .left)
            #expect(try await then.store.verify().faults == [])

            // What the journal seals is compared with the rows, and so is the case.
            try await at.execute("alter table sale_lines disable trigger user")
            try await at.execute("alter table after_sales_ends disable trigger user")
            try await at.execute(
                "update after_sales_ends set ended_at = ended_at + interval '1 minute'"
            )
            #expect(try await then.store.verify().faults.map(\.kind) == ["exchange"])
            try await at.execute(
                "update after_sales_ends set ended_at = ended_at - interval '1 minute'"
            )
            try await at.execute(
                "update sale_lines set replaces_sale_id = null, replaces_position = null"
            )
            let faults = try await then.store.verify().faults
            #expect(faults.contains { $0.kind == "row" && $0.place.hasSuffix("replaces_sale_id") })
        }
    }

    @Test(
        "money and right come back for the last machine, whatever stands of the first (P9, X17)"
    )
    func refundedAfterwards() async throws {
        try await withWazemmes { at async throws -> Void in
            let first = try await at.bought(1).sale.id
            let code = try await at.opened(1)
            try await at.advance(code, Wazemmes.covered)
            let second = try await at.exchange(code, for: 2)
            #expect(
                try await refusalReason { try await at.refund(first) } == .replacementAway
            )
            // The broken one is prepared meanwhile, and stands on the shelf.
            try await at.prepared(1)
            let broken = try DeviceLabel.typed(Wazemmes.label(1))
            let again = try await at.opened(2)
            try await at.advance(again, Wazemmes.covered)
            _ = try await at.store.refundCase(again, by: .cash, key: at.key(), by: at.staff())
            let card = try await at.card(again)
            #expect(card.row.stage == .refunded && card.refund != nil)
            #expect(card.toRefundToo?.label == Wazemmes.label(1))
            let receipt = try await at.store.receipt(of: second)
            #expect(receipt.refunds.map(\.record.total) == [.zero])
            try await at.refund(first)
            #expect(try await at.card(again).toRefundToo == nil)
            #expect(
                try await at.store.receipt(of: first).refunds.map(\.record.total) == [Cents(9000)]
            )
            // What was done to it since it came back stands: the refund is of the machine in its place.
            #expect(try await at.store.device(broken).device.inspected)
            try await at.bought(1, by: Wazemmes.brunoVoucher)
            #expect(try await at.store.device(broken).device.stage == .left)
            // The right is back with the money, by the rule of what does not work.
            try await at.bought(3)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("through quarantine to a second sale, with its whole history (P9, C6)")
    func soldAgain() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.bought(1)
            let code = try await at.opened(1)
            try await at.advance(code, Wazemmes.covered)
            _ = try await at.exchange(code, for: 2)
            try await at.execute(
                """
                insert into device_disks (id, device_id, kind, size_gb, serial, fitted_at)
                values (gen_random_uuid(), \(Wazemmes.device(1)), 'ssd', 240, 'FIRST01', now())
                """
            )
            let label = try DeviceLabel.typed(Wazemmes.label(1))
            func shelved() async throws -> Reason? {
                try await refusalReason { try await at.shelve(1) }
            }
            #expect(try await shelved() == .deviceNotInspected)
            _ = try await at.store.inspectDevice(
                label,
                results: ["screen": .passed],
                key: at.key(),
                by: at.staff()
            )
            #expect(try await shelved() == .deviceNotErased)
            _ = try await at.store.eraseDisk(
                of: label,
                NewErasure(
                    disk: nil,
                    method: .secureErase,
                    level: .purge,
                    tool: ShortText(typed: "nwipe", field: .name),
                    toolVersion: "0.34",
                    verified: true,
                    erasedAt: nil,
                    certificate: nil
                ),
                key: at.key(),
                by: at.staff()
            )
            #expect(try await shelved() == nil)
            let second = try await at.bought(1, by: Wazemmes.brunoVoucher)
            let history = try await at.store.device(label).history
            #expect(history.filter { $0.kind == .sold }.count == 2)
            #expect(history.filter { $0.kind == .afterSales }.count == 4)
            // The second owner is guaranteed by their own ticket, and has a case of their own.
            let again = try await at.opened(1)
            #expect(try await at.card(again).device.receipt == second.code.text)
            #expect(try await at.store.cases(.all).items.count == 2)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("a gift is replaced by a gift, under the shop's own guarantee")
    func gift() async throws {
        try await withWazemmes { base async throws -> Void in
            let at = try await base.noon("2027-03-31")
            let given = try await at.bought(1, gift: true)
            let code = try await at.opened(1)
            try await at.advance(code, Wazemmes.covered)
            let sale = try await at.exchange(code, for: 2)
            let receipt = try await at.store.receipt(of: sale)
            #expect(receipt.sale.kind == .gift && receipt.sale.programme == given.sale.programme)
            #expect(receipt.sale.lines[0].guaranteeEndsOn?.iso == "2028-03-31")
            #expect(receipt.sale.lines[0].presumptionEndsOn == nil)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("of the same kind, on this shelf, for what is covered, kept for nobody else")
    func refuses() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.bought(1)
            try await at.bought(2, by: Wazemmes.brunoVoucher)
            let code = try await at.opened(1)
            func refused(_ device: Int) async throws -> Reason? {
                try await refusalReason { _ = try await at.exchange(code, for: device) }
            }
            #expect(try await refused(3) == .afterSalesNotNow)
            try await at.advance(code, Wazemmes.misuse)
            #expect(try await refused(3) == .afterSalesNotNow)
            try await at.advance(code, Wazemmes.covered)
            #expect(try await refused(2) == .deviceGone)
            #expect(try await refused(99) == .deviceUnknown)
            // Its own machine is not on the shelf.
            #expect(try await refused(1) == .deviceGone)
            try await at.execute(
                """
                insert into reservations (id, device_id, person_id, until_on, made_at, made_by)
                values (gen_random_uuid(), \(Wazemmes.device(3)), \(at.bruno), '2100-01-01', now(), \(at.seller))
                """
            )
            #expect(try await refused(3) == .deviceReserved)
            #expect(try await refused(4) == nil)
            #expect(try await refused(5) == .afterSalesEnded)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("the replacement is sold and given in exchange at once: it leaves once (C6, P1)")
    func soldAndExchanged() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.bought(1)
            let code = try await at.opened(1)
            try await at.advance(code, Wazemmes.covered)
            let outcomes = try await race(2) { side in
                if side == 0 {
                    _ = try await at.exchange(code, for: 2)
                } else {
                    _ = try await at.store.sell(
                        at.request(Wazemmes.brunoVoucher, device: 2),
                        key: at.key(),
                        by: at.staff(1)
                    )
                }
            }.map { $0?.reason }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.filter { $0 == .deviceGone }.count == 1)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("two tills exchange one machine at once: one machine goes in its place")
    func exchangedAtOnce() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.bought(1)
            let code = try await at.opened(1)
            try await at.advance(code, Wazemmes.covered)
            let outcomes = try await race(2) { side in
                _ = try await at.exchange(code, for: 2 + side, till: side)
            }.map { $0?.reason }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.filter { $0 == .afterSalesEnded }.count == 1)
            #expect(try await at.count("select count(*) from exits") == 2)
        }
    }
}
