import Foundation
import Postgres
import Shop
import Store
import Testing
import TestSupport

@Suite("The sale")
struct SellTests {
    @Test("a machine and a recharge against one voucher, committed together, X1")
    func oneTicket() async throws {
        try await withWazemmes { at async throws -> Void in
            let id = try await at.store.sell(
                at.request(device: 1, recharges: 2, cash: 12_000),
                key: at.key(),
                by: at.staff()
            ).sale.id
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
                        try await at.store.sell(request, key: key, by: at.staff()).sale.id
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

    @Test("50 tills race for one machine: one sells, 49 are told the winner's ticket, P1 and C6")
    func raceForOne() async throws {
        try await withWazemmes(machines: 1, tills: 50) { at async throws -> Void in
            try await lift(["computer-per-household"], at)
            try await at.execute("alter table rights disable trigger all")
            try await at.execute("update rights set uses_max = null")
            let refusals = try await race(50) { till in
                let voucher = till % 2 == 0 ? Wazemmes.aminaVoucher : Wazemmes.brunoVoucher
                _ = try await at.store.sell(
                    at.request(voucher, device: 1),
                    key: at.key(),
                    by: at.staff(till)
                )
            }
            #expect(refusals.count { $0 == nil } == 1)
            let winner = try await at.owner.withConnection { connection in
                try connection.query(
                    "select t.code, s.number from sales s join tills t on t.id = s.till_id"
                ).map { row in
                    ReceiptCode(till: try row["code"], kind: .sale, number: try row["number"]).text
                }
            }
            #expect(winner.count == 1)
            for refusal in refusals.compactMap({ $0 }) {
                #expect(refusal.reason == .deviceGone)
                #expect(refusal.facts["receipt"] == .text(winner[0]))
            }
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("8 tills race for each of 150 machines: each is sold once, C6")
    func raceForMany() async throws {
        try await withWazemmes(machines: 150, tills: 8) { at async throws -> Void in
            try await lift(["computer-per-household"], at)
            try await at.execute("alter table rights disable trigger all")
            try await at.execute("update rights set uses_max = null")
            for machine in 1...150 {
                let refusals = try await race(8) { till in
                    _ = try await at.store.sell(
                        at.request(device: machine),
                        key: at.key(),
                        by: at.staff(till)
                    )
                }
                #expect(refusals.count { $0 == nil } == 1)
                #expect(refusals.count { $0?.reason == .deviceGone } == 7)
            }
            #expect(try await at.count("select count(*) from exits") == 150)
        }
    }

    /// Its two people live apart, and each till has its own machine: the voucher's row alone holds its right.
    @Test("8 tills race for a voucher's last right, whoever of its people buys: one sells, P1")
    func lastRight() async throws {
        try await withWazemmes(tills: 8) { at async throws -> Void in
            try await at.execute(
                """
                update voucher_persons set voucher_id = (select id from vouchers where code = \(Wazemmes.aminaVoucher))
                where person_id = \(at.bruno)
                """
            )
            let refusals = try await race(8) { till in
                _ = try await at.store.sell(
                    at.request(of: till % 2 == 0 ? at.amina : at.bruno, device: till + 1),
                    key: at.key(),
                    by: at.staff(till)
                )
            }
            #expect(refusals.count { $0 == nil } == 1)
            #expect(refusals.count { $0?.reason == .rightUsedUp } == 7)
        }
    }

    /// Each till sells another article: no stock level makes them wait for one another.
    @Test("the month's euros are held at 8 tills at once, P12")
    func quotaRace() async throws {
        try await withWazemmes(tills: 8) { at async throws -> Void in
            try await oneRechargeEach(8, at)
            let refusals = try await race(8) { till in
                _ = try await at.store.sell(
                    at.request(recharges: 1, recharge: "till-\(till)"),
                    key: at.key(),
                    by: at.staff(till)
                )
            }
            #expect(refusals.count { $0 == nil } == 6)
            #expect(refusals.count { $0?.reason == .quotaReached } == 2)
        }
    }

    @Test("a key belongs to who used it, where they used it, E6")
    func foreignKey() async throws {
        try await withWazemmes { at async throws -> Void in
            let key = at.key()
            let request = try at.request(nil, mice: 1)
            _ = try await at.store.sell(request, key: key, by: at.staff(0))
            let refusals = try await race(1) { _ in
                _ = try await at.store.sell(request, key: key, by: at.staff(1))
            }
            #expect(refusals.map { $0?.reason } == [.keyReused])
            #expect(try await at.count("select count(*) from sales") == 1)
        }
    }

    @Test("a gift is an entry of its own kind, in no turnover total")
    func gift() async throws {
        try await withWazemmes { at async throws -> Void in
            let id = try await at.store.sell(
                at.request(device: 1, gift: true),
                key: at.key(),
                by: at.staff()
            ).sale.id
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

    /// Recharges `till-0`, `till-1`… at the price of the one that there is, as many of each on stock.
    private func oneRechargeEach(_ tills: Int, _ at: Wazemmes) async throws {
        for statement in [
            """
            insert into products (id, code, kind, category, name_fr, name_en, delivery, recorded_at)
            select gen_random_uuid(), 'till-' || till, kind, category, name_fr, name_en, delivery, recorded_at
            from products, generate_series(0, \(tills - 1)) till where code = 'recharge-5'
            """,
            """
            insert into offers (product_id, starts_on, price_cents, volume_mb, valid_days, recorded_at)
            select n.id, o.starts_on, o.price_cents, o.volume_mb, o.valid_days, o.recorded_at
            from offers o join products p on p.id = o.product_id and p.code = 'recharge-5', products n
            where n.code like 'till-%'
            """,
            """
            insert into stock_levels (shop_id, product_id, free)
            select l.shop_id, n.id, l.free
            from stock_levels l join products p on p.id = l.product_id and p.code = 'recharge-5', products n
            where n.code like 'till-%'
            """,
        ] as [SQL] { try await at.execute(statement) }
    }

    private func lift(_ codes: [String], _ at: Wazemmes) async throws {
        try await at.execute("delete from quota_rules where code = any(\(codes))")
    }
}
