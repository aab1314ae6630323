import Foundation
import Postgres
import Shop
import Store
import TestSupport
import Testing

extension Wazemmes {
    /// A second shop with a till of its own, its drawer open, and machines on its shelf.
    func secondShop(machines: ClosedRange<Int>) async throws -> Staff {
        let (shop, till): (ID<Shop>, ID<Till>) = (store.newID(), store.newID())
        try await execute(
            """
            insert into shops (id, code, name, address, postal_code, city, siret, opened_at)
            values (\(shop), 'RX', 'Roubaix', '2 rue', '59100', 'Roubaix', '12345678200010', now())
            """
        )
        try await execute(
            "insert into tills (id, shop_id, code, name, opened_at) values (\(till), \(shop), 'RX1', 'Caisse', now())"
        )
        try await execute(
            """
            insert into chain_heads (id, till_id, training, position, hash, last_at, drawer_ordinal, sale_number,
                refund_number, gift_number, duplicate_number, closing_number, event_number, archive_number)
            values (\(store.newID(Chain.self)), \(till), false, 0, decode(repeat('00', 32), 'hex'), '2026-01-01', 0, 0, 0, 0, 0,
                0, 0, 0)
            """
        )
        let labels = machines.map { Wazemmes.label($0) }
        try await execute(
            """
            update stays set shop_id = \(shop) where device_id in (select id from devices where label = any(\(labels)))
            """
        )
        let staff = Staff(
            id: seller,
            operatorCode: "AM",
            name: "Vente",
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: .shopManager, shop: nil)],
            till: TillPlace(
                id: till,
                code: "RX1",
                name: "Caisse",
                shop: shop,
                shopCode: "RX",
                shopName: "Roubaix"
            )
        )
        _ = try await store.openDrawer(float: Cents(10_000), key: key(), by: staff)
        return staff
    }

    func limit(
        _ code: String,
        holder: String,
        units: Int,
        product: String? = nil,
        programme: String? = nil
    ) async throws {
        try await execute(
            """
            insert into quota_rules (code, starts_on, category, holder, span, months, units_max, origins, exits,
                                     product_id, programme_id, recorded_at)
            select \(code), '2000-01-01', coalesce(p.category, 'equipment'), \(holder),
                   case when g.id is null then 'sliding_months' else 'programme' end,
                   case when g.id is null then 24 else 1 end, \(units), '{voucher,completion}', '{sale,gift}', p.id, g.id, now()
            from (select 1) one left join products p on p.code = \(product) left join programmes g on g.code = \(programme)
            """
        )
    }

    func lift(_ codes: String...) async throws {
        try await execute("delete from quota_rules where code = any(\(codes))")
    }
}

@Suite("Limits at several tills at once")
struct QuotaRaceTests {
    /// Expected: two members of one household buy in two shops at once; the limit is one computer a household: one buys, the
    /// other is told that it is reached (E10).
    @Test("one household, two shops, one computer: one passes (P12, X3, E10)", arguments: 0..<3)
    func householdInTwoShops(turn: Int) async throws {
        try await withWazemmes { at async throws -> Void in
            let roubaix = try await at.secondShop(machines: 7...12)
            try await at.openRights()
            try await at.execute(
                """
                update household_members set household_id = (select household_id from household_members
                                                             where person_id = \(at.amina))
                where person_id = \(at.bruno)
                """
            )
            let refusals = try await race(2) { number in
                let voucher = number == 0 ? Wazemmes.aminaVoucher : Wazemmes.brunoVoucher
                _ = try await at.store.sell(
                    at.request(voucher, device: number == 0 ? 1 : 7),
                    key: at.key(),
                    by: number == 0 ? at.staff() : roubaix
                )
            }
            #expect(refusals.count { $0 == nil } == 1)
            #expect(refusals.count { $0?.reason == .quotaReached } == 1)
            #expect(try await at.store.verify().faults == [])
        }
    }

    /// Expected: vouchers of two persons of two households, signed by one structure, whose limit is one: of two tills one
    /// sells, and the other names that ticket (E10).
    @Test(
        "one structure, two persons, the last of its limit: one passes (P12, X3, E10)",
        arguments: 0..<3
    )
    func structure(turn: Int) async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.lift("computer-per-household")
            try await at.limit("per-structure", holder: "structure", units: 1)
            let refusals = try await race(2) { till in
                let voucher = till == 0 ? Wazemmes.aminaVoucher : Wazemmes.brunoVoucher
                _ = try await at.store.sell(
                    at.request(voucher, device: till + 1),
                    key: at.key(),
                    by: at.staff(till)
                )
            }
            #expect(refusals.count { $0 == nil } == 1)
            let told = refusals.compactMap(\.self)
            #expect(told.map(\.reason) == [.quotaReached])
            if case .text(let receipt) = told.first?.facts["receipt"] {
                #expect(receipt.contains("-V-000001"))
            } else {
                Issue.record("the ticket that used it up is not named")
            }
            // What comes back gives the structure its limit back.
            let sale: ID<Sale> = try await at.owner.withConnection {
                try $0.query("select id from sales")[0]["id"]
            }
            _ = try await at.store.giveBack(
                RefundRequest(sale: sale, lines: nil, reason: .changedMind, means: .cash),
                key: at.key(),
                by: at.staff(refusals[0] == nil ? 0 : 1)
            )
            try await at.openRights()
            _ = try await at.sell(device: 5)
        }
    }

    @Test("a limit over a programme's days counts one product alone, and names its day (P12, X3)")
    func programmeAndProduct() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.lift("recharges-per-month")
            try await at.limit(
                "recharges-lille",
                holder: "person",
                units: 3,
                product: "recharge-5",
                programme: Wazemmes.programme
            )
            func sell(_ recharges: Int) async throws -> Refusal? {
                do {
                    _ = try await at.store.sell(
                        at.request(recharges: recharges),
                        key: at.key(),
                        by: at.staff()
                    )
                    return nil
                } catch let refusal as Refusal { return refusal }
            }
            #expect(try await sell(2) == nil)
            let told = try await sell(2)
            #expect(told?.reason == .quotaReached)
            #expect(told?.facts["next"] == .day(Day(iso: "2100-01-02")!))
            #expect(told?.facts["receipt"] == .text("LI1-V-000001"))
            #expect(told?.facts["fits"] == .number(1))
            #expect(try await sell(1) == nil)
            #expect(
                try await at.count(
                    "select count(*) from sales where rules = 'recharges-lille@2000-01-01'"
                ) == 2
            )
        }
    }
}

@Suite("A limit on trial, over real tickets")
struct RehearseTests {
    private func rule(
        _ holder: QuotaRule.Holder,
        units: Int = 1,
        code: String = "trial"
    ) throws -> NewQuotaRule {
        try NewQuotaRule(
            code: ShortCode(typed: code),
            startsOn: Day(30_000),
            category: .equipment,
            holder: holder,
            months: 24,
            unitsMax: units,
            centsMax: nil
        )
    }

    @Test(
        "it says which tickets it would have refused, for every holder, and writes nothing (X19)",
        arguments: [
            // Amina and Bruno buy two computers each; one a holder. The structure signed both vouchers.
            (.person, 2), (.household, 2), (.voucher, 2), (.structure, 3),
        ] as [(QuotaRule.Holder, Int)]
    )
    func holders(holder: QuotaRule.Holder, refused: Int) async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.openRights()
            try await at.lift("computer-per-household")
            for (number, voucher) in [
                Wazemmes.aminaVoucher, Wazemmes.brunoVoucher, Wazemmes.aminaVoucher,
                Wazemmes.brunoVoucher,
            ].enumerated() {
                _ = try await at.store.sell(
                    at.request(voucher, device: number + 1),
                    key: at.key(),
                    by: at.staff()
                )
            }
            let found = try await at.store.rehearse(rule(holder), by: boss(at))
            #expect(found.judged.tickets == 4 && found.refused.tickets == refused)
            #expect(found.refused.cents == Int64(refused) * 9000)
            #expect(
                found.items.map(\.receipt) == (0..<refused).map { "LI1-V-00000\($0 + 5 - refused)" }
            )
            #expect(Set(found.items.map(\.person)).isSubset(of: ["P-222222", "P-333333"]))
            #expect(found.items.allSatisfy { $0.usedUpBy != nil } && found.isWhole)
            #expect(try await at.count("select count(*) from quota_rules") == 1)
            // A part at a time, the counts complete.
            let part = try await at.store.rehearse(rule(holder), limit: 1, by: boss(at))
            #expect(part.items.count == 1 && part.refused.tickets == refused)
            let rest = try await at.store.rehearse(
                rule(holder),
                after: part.next,
                by: boss(at)
            )
            #expect(rest.items.map(\.receipt) == Array(found.items.map(\.receipt).dropFirst()))
        }
    }

    @Test(
        "a swap within the day is no second use, and an exception to the same limit passes (X19, X17)"
    )
    func swapAndException() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.furnishOverrides()
            try await at.openRights()
            let first = try await at.sell(device: 1)
            _ = try await at.store.giveBack(
                RefundRequest(sale: first.sale.id, lines: nil, reason: .defective, means: .cash),
                key: at.key(),
                by: at.staff()
            )
            _ = try await at.sell(device: 2)
            try await at.grant()
            _ = try await at.sell(device: 3)
            let other = try await at.store.rehearse(rule(.household), by: boss(at))
            #expect(other.judged.tickets == 3)
            #expect(other.items.map(\.receipt) == ["LI1-V-000003"])
            let same = try await at.store.rehearse(
                rule(.household, code: "computer-per-household"),
                by: boss(at)
            )
            #expect(same.refused.tickets == 0)
        }
    }

    @Test("it can be stopped, and is an administrator's alone (X19)")
    func stopped() async throws {
        try await withWazemmes { at async throws -> Void in
            _ = try await at.sell(device: 1)
            let found = try await at.store.rehearse(rule(.person), by: boss(at)) { _, total in
                #expect(total == 1)
                return false
            }
            #expect(!found.isWhole)
            #expect(
                try await refusalReason {
                    _ = try await at.store.rehearse(rule(.person), by: at.staff())
                } == .associationOnly
            )
        }
    }

    private func boss(_ at: Wazemmes) -> Staff { at.colleague(.administrator, in: nil) }
}
