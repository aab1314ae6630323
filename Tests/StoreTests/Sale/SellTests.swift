import Foundation
import Postgres
import Shop
import Store
import Testing

@Suite("The sale")
struct SellTests {
    @Test("a machine and a recharge against one voucher, committed together, X1")
    func oneTicket() async throws {
        try await withWazemmes { at async throws -> Void in
            let id = try await at.store.sell(
                at.request(device: 1, recharges: 2, cash: 12_000),
                key: at.key(),
                by: at.staff()
            )
            let receipt = ReceiptDocument(try await at.store.receipt(of: id), in: .french)
            #expect(receipt.number == "LI1-V-000001")
            #expect(receipt.totalCents == Cents(unchecked: 10_000))
            #expect(receipt.changeCents == Cents(unchecked: 2_000))
            #expect(receipt.lines.map(\.volumeMb) == [nil, 20_000])
            #expect(
                receipt.taxes.map(\.mention) == ["Exonération de TVA, article 261, 7-1° b du CGI"]
            )
            #expect(try await at.count("select count(*) from exits") == 1)
            #expect(
                try await at.count(
                    "select free from stock_levels l join products p on p.id = product_id where p.code = 'recharge-5'"
                ) == 998
            )
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("refused together: nothing of the ticket is written, X1")
    func refusedTogether() async throws {
        try await withWazemmes(recharges: 1) { at async throws -> Void in
            #expect(
                try await refusalReason {
                    _ = try await at.store.sell(
                        at.request(device: 1, recharges: 2),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .stockShort
            )
            for table in ["sales", "sale_lines", "exits", "uses", "payments"] {
                #expect(try await at.count("select count(*) from \(identifier: table)") == 0)
            }
            #expect(try await at.count("select count(*) from claims where verb = 'sell'") == 0)
        }
    }

    @Test("the same key gives the same ticket, another input is refused, P3 and E6")
    func idempotent() async throws {
        try await withWazemmes { at async throws -> Void in
            let key = at.key()
            let request = try at.request(device: 1)
            let ids = try await withThrowingTaskGroup(of: ID<Sale>.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await at.store.sell(request, key: key, by: at.staff())
                    }
                }
                return try await group.reduce(into: Set<ID<Sale>>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await at.count("select count(*) from sales") == 1)
            #expect(
                try await refusalReason {
                    _ = try await at.store.sell(
                        at.request(device: 2),
                        key: key,
                        by: at.staff()
                    )
                } == .keyReused
            )
        }
    }

    @Test("a refusal leaves the key free, so that the same key may succeed later")
    func keyAfterRefusal() async throws {
        try await withWazemmes { at async throws -> Void in
            let key = at.key()
            #expect(
                try await refusalReason {
                    _ = try await at.store.sell(
                        at.request(device: 1, cash: 100),
                        key: key,
                        by: at.staff()
                    )
                } == .paymentTooLittle
            )
            _ = try await at.store.sell(at.request(device: 1), key: key, by: at.staff())
        }
    }

    @Test("50 tills race for one machine: one sells, 49 are told, P1 and C6")
    func race() async throws {
        try await withWazemmes(machines: 1, tills: 50) { at async throws -> Void in
            try await lift(["computer-per-household"], at)
            try await at.execute("alter table rights disable trigger all")
            try await at.execute("update rights set uses_max = null")
            let outcomes = await withTaskGroup(of: Reason?.self) { group in
                for till in 0..<50 {
                    group.addTask {
                        let voucher = till % 2 == 0 ? Wazemmes.aminaVoucher : Wazemmes.brunoVoucher
                        do {
                            return try await refusalReason {
                                _ = try await at.store.sell(
                                    at.request(voucher, device: 1),
                                    key: at.key(),
                                    by: at.staff(till)
                                )
                            }
                        } catch {
                            return .inputUnreadable
                        }
                    }
                }
                return await group.reduce(into: [Reason?]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.filter { $0 == .deviceGone }.count == 49)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("8 tills race for the last right of a voucher: one sells, P1")
    func lastRight() async throws {
        try await withWazemmes(tills: 8) { at async throws -> Void in
            let outcomes = await withTaskGroup(of: Reason?.self) { group in
                for till in 0..<8 {
                    group.addTask {
                        do {
                            return try await refusalReason {
                                _ = try await at.store.sell(
                                    at.request(device: till + 1),
                                    key: at.key(),
                                    by: at.staff(till)
                                )
                            }
                        } catch {
                            return .inputUnreadable
                        }
                    }
                }
                return await group.reduce(into: [Reason?]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.filter { $0 == .rightUsedUp }.count == 7)
        }
    }

    @Test("the month's euros are held at two tills at once, P12")
    func quotaRace() async throws {
        try await withWazemmes(tills: 8) { at async throws -> Void in
            let sold = await withTaskGroup(of: Bool.self) { group in
                for till in 0..<8 {
                    group.addTask {
                        let id = try? await at.store.sell(
                            at.request(recharges: 1),
                            key: at.key(),
                            by: at.staff(till)
                        )
                        return id != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(sold == 6)
        }
    }

    @Test("a gift is an entry of its own kind, in no turnover total")
    func gift() async throws {
        try await withWazemmes { at async throws -> Void in
            let id = try await at.store.sell(
                at.request(device: 1, gift: true),
                key: at.key(),
                by: at.staff()
            )
            let receipt = try await at.store.receipt(of: id)
            #expect(receipt.code.text == "LI1-G-000001")
            #expect(receipt.sale.total == .zero)
            let drawer = try await at.store.drawerStanding(of: at.tills[0])
            #expect(drawer.salesCents == 0)
            #expect(drawer.giftsCents == 9000)
        }
    }

    @Test("without a voucher an accessory is sold, a machine is not")
    func noVoucher() async throws {
        try await withWazemmes { at async throws -> Void in
            _ = try await at.store.sell(at.request(nil, mice: 1), key: at.key(), by: at.staff())
            #expect(
                try await refusalReason {
                    _ = try await at.store.sell(
                        at.request(nil, device: 1),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .rightMissing
            )
        }
    }

    private func lift(_ codes: [String], _ at: Wazemmes) async throws {
        try await at.execute("delete from quota_rules where code = any(\(codes))")
    }
}
