import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("What goes with a machine")
struct KitTests {
    private let charger = "charger"

    /// Chargers in the drawer, and a rule that a laptop goes with one.
    private func furnish(_ room: StockRoom, chargers: Int) async throws {
        try await room.execute(
            """
            insert into products (id, code, kind, name_fr, name_en, recorded_at)
            values (gen_random_uuid(), \(charger), 'accessory', 'Chargeur', 'Charger', now()),
                   (gen_random_uuid(), 'sim', 'accessory', 'Câble', 'Cable', now())
            """
        )
        if chargers > 0 {
            _ = try await room.store.receiveStock(
                of: ShortCode(typed: charger),
                units: chargers,
                in: room.shop,
                key: room.key(),
                by: room.staff
            )
        }
        _ = try await room.store.setKit(
            of: .laptop,
            [ShortCode(typed: charger)],
            from: room.store.today,
            key: room.key(),
            by: room.staff
        )
    }

    @discardableResult
    private func check(
        _ room: StockRoom,
        _ label: DeviceLabel,
        _ finding: KitFinding,
        key: ID<Claim>? = nil
    ) async throws -> CheckedKit {
        try await room.store.checkKit(
            of: label,
            [ShortCode(typed: charger): finding],
            key: key ?? room.key(),
            by: room.staff
        )
    }

    private func free(_ room: StockRoom) async throws -> Int {
        try await room.count("select coalesce(max(free), 0) from stock_levels")
    }

    @Test("no laptop goes on the shelf without its charger; the refusal says how many are left")
    func gate() async throws {
        try await withStockRoom { room in
            try await furnish(room, chargers: 3)
            let label = try await room.laptop()
            #expect(
                try await refusalReason { _ = try await room.shelve(label) }
                    == .deviceNotInspected
            )
            try await room.prepare(label)
            do {
                _ = try await room.shelve(label)
                Issue.record("it went on the shelf")
            } catch let refusal as Refusal {
                #expect(refusal.reason == .kitIncomplete)
                let told = refusal.told(in: .french)
                #expect(told.what.contains("Chargeur") && told.why.contains("3"))
            }
            #expect(try await check(room, label, .missing).missing == [charger])
            #expect(
                try await refusalReason { _ = try await room.shelve(label) } == .kitIncomplete
            )
            #expect(try await check(room, label, .present).missing == [])
            #expect(try await free(room) == 3)
            _ = try await room.shelve(label)
        }
    }

    @Test("plain SQL of the service’s role shelves nothing incomplete, and edits no look")
    func sql() async throws {
        try await withStockRoom { room in
            try await furnish(room, chargers: 1)
            let label = try await room.laptop()
            try await room.prepare(label)
            let stay: SQL = """
                insert into stays (device_id, ordinal, shop_id, grade, price_cents, shelved_at, shelved_by)
                select id, 1, \(room.shop), 'b', 9000, \(StockRoom.noon), recorded_by from devices
                where label = \(label.description)
                """
            #expect(await room.constraint(stay) == "stays_need_their_kit")
            try await check(room, label, .missing)
            #expect(await room.constraint(stay) == "stays_need_their_kit")
            #expect(
                await room.constraint("update kit_check_parts set found = 'present'")?
                    .contains("denied") == true
            )
            try await check(room, label, .stock)
            #expect(await room.constraint(stay) == nil)
        }
    }

    @Test("what is put with it leaves the stock, once a key, and is proved")
    func stock() async throws {
        try await withStockRoom { room in
            try await furnish(room, chargers: 1)
            let label = try await room.laptop()
            try await room.prepare(label)
            let key = room.key()
            #expect(try await check(room, label, .stock, key: key).parts[0].free == 0)
            #expect(try await check(room, label, .stock, key: key).parts[0].free == 0)
            #expect(try await free(room) == 0)
            _ = try await room.shelve(label)
            #expect(try await room.store.device(label).kit.first?.found == .stock)
            #expect(try await room.store.passport(label).kit.map(\.product) == [charger])
            #expect(try await room.store.verify().faults.isEmpty)
            try await room.execute(
                """
                alter table kit_check_parts disable trigger user;
                """
            )
            try await room.execute("update kit_check_parts set found = 'present'")
            #expect(try await room.store.verify().faults.map(\.kind) == ["movement"])
        }
    }

    @Test("what is with it is not taken twice, and nobody takes a second one alone")
    func takesOnce() async throws {
        try await withStockRoom { room in
            try await furnish(room, chargers: 2)
            let label = try await room.laptop()
            let id: ID<User> = room.store.newID()
            try await room.execute(
                """
                insert into users (id, login, operator, name, language, first_day, recorded_at)
                values (\(id), 'berthe', 'BE', 'Berthe', 'fr', false, now())
                """
            )
            let other = Staff(
                id: id,
                operatorCode: "BE",
                name: "Berthe",
                language: .french,
                firstDay: false,
                roles: [Staff.Held(role: .stockManager, shop: nil)],
                till: nil
            )
            _ = try await check(room, label, .stock)
            #expect(try await check(room, label, .stock).parts.map(\.found) == [.present])
            #expect(try await free(room) == 1)
            _ = try await check(room, label, .missing)
            let own = try await refusalReason { _ = try await check(room, label, .stock) }
            #expect(own == .kitTakenOwn)
            #expect(try await free(room) == 1)
            let parts = try await room.store.checkKit(
                of: label,
                [ShortCode(typed: charger): .stock],
                key: room.key(),
                by: other
            ).parts
            #expect(parts.map(\.found) == [.stock])
            #expect(try await free(room) == 0)
            // No statement takes two for one look either.
            #expect(
                await room.constraint(
                    """
                    insert into stock_movements (id, shop_id, product_id, units, kind, kit_device_id, kit_ordinal, moved_at,
                                                 moved_by)
                    select gen_random_uuid(), shop_id, product_id, -1, 'kit', kit_device_id, kit_ordinal, now(), moved_by
                    from stock_movements where kind = 'kit' limit 1
                    """
                ) == "stock_movements_take_a_part_once"
            )
        }
    }

    @Test("two people take the last charger: one gets it")
    func race() async throws {
        try await withStockRoom { room in
            try await furnish(room, chargers: 1)
            let labels = try await [
                room.laptop(serial: "5CD8123AB1"), room.laptop(serial: "5CD8123AB2"),
            ]
            let outcomes = try await TestSupport.race(2) { side in
                try await check(room, labels[side], .stock)
            }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.compactMap { $0?.reason } == [.stockShort])
            #expect(try await free(room) == 0)
        }
    }

    @Test("what left and came back is looked at anew; a changed price asks for nothing")
    func comesBack() async throws {
        try await withStockRoom { room in
            try await furnish(room, chargers: 2)
            let label = try await room.laptop()
            try await room.prepare(label)
            try await check(room, label, .present)
            _ = try await room.shelve(label)
            _ = try await room.store.repriceDevice(
                label,
                price: Cents(8000),
                key: room.key(),
                by: room.staff
            )
            _ = try await room.store.takeOffShelf(
                label,
                motive: ShortText(typed: "Écran fendu", field: .motive),
                key: room.key(),
                by: room.staff
            )
            let later = room.later(days: 1)
            try await later.prepare(label)
            #expect(
                try await refusalReason { _ = try await later.shelve(label) } == .kitIncomplete
            )
            try await check(later, label, .stock)
            _ = try await later.shelve(label)
        }
    }

    @Test("a rule is dated and changes once a day; a kind without one asks for nothing")
    func rules() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await room.shelve(label)
            try await furnish(room, chargers: 0)
            #expect(try await room.store.kits(isInForce: true).map(\.deviceKind) == [.laptop])
            let other = try await room.laptop(serial: "5CD8123AB2")
            #expect(
                try await refusalReason {
                    _ = try await room.store.checkKit(
                        of: other,
                        [:],
                        key: room.key(),
                        by: room.staff
                    )
                } == .fieldMissing
            )
            #expect(
                try await refusalReason {
                    _ = try await room.store.checkKit(
                        of: other,
                        [ShortCode(typed: "sim"): .present],
                        key: room.key(),
                        by: room.staff
                    )
                } == .choiceUnknown
            )
            func set(_ parts: [String], in days: Int) async throws -> Reason? {
                try await refusalReason {
                    _ = try await room.store.setKit(
                        of: .laptop,
                        parts.map { try ShortCode(typed: $0) },
                        from: room.store.today.adding(days: days),
                        key: room.key(),
                        by: room.staff
                    )
                }
            }
            #expect(try await set([], in: 0) == .changeAlreadyDated)
            #expect(try await set([], in: -1) == .startsInPast)
            #expect(try await set(["nothing"], in: 1) == .productUnknown)
            #expect(try await set([], in: 1) == nil)
            let later = room.later(days: 1)
            try await later.prepare(other)
            _ = try await later.shelve(other)
        }
    }
}
