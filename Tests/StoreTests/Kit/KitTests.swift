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

    @discardableResult
    private func putBack(
        _ room: StockRoom,
        _ label: DeviceLabel,
        _ part: String = "charger",
        key: ID<Claim>? = nil
    ) async throws -> PutBackPart {
        try await room.store.putPartBack(
            ShortCode(typed: part),
            of: label,
            because: ShortText(typed: "Mauvais modèle", field: .motive),
            key: key ?? room.key(),
            by: room.staff
        )
    }

    /// Off the shelf and out of the records of this life: looked at anew.
    private func takeOff(_ room: StockRoom, _ label: DeviceLabel) async throws {
        _ = try await room.store.takeOffShelf(
            label,
            motive: ShortText(typed: "Écran fendu", field: .motive),
            key: room.key(),
            by: room.staff
        )
    }

    /// A second person of the stock.
    private func berthe(_ room: StockRoom) async throws -> Staff {
        let id: ID<User> = room.store.newID()
        try await room.execute(
            """
            insert into users (id, login, operator, name, language, first_day, recorded_at)
            values (\(id), 'berthe', 'BE', 'Berthe', 'fr', false, now())
            """
        )
        return Staff(
            id: id,
            operatorCode: "BE",
            name: "Berthe",
            language: .french,
            firstDay: false,
            roles: [Staff.Held(role: .stockManager, shop: nil)],
            till: nil
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
            let other = try await berthe(room)
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

    @Test(
        "off the shelf and on it again is no leaving: nobody takes a second charger that way"
    )
    func cycles() async throws {
        try await withStockRoom { room in
            try await furnish(room, chargers: 4)
            let label = try await room.laptop()
            try await room.prepare(label)
            try await check(room, label, .stock)
            _ = try await room.shelve(label)
            for days in 1...2 {
                let later = room.later(days: days)
                try await takeOff(later, label)
                let after = StockRoom(
                    store: room.store.at(
                        .standing(at: StockRoom.noon.adding(seconds: days * 86_400 + 60))
                    ),
                    sql: room.sql,
                    staff: room.staff,
                    shop: room.shop,
                    person: room.person
                )
                try await after.prepare(label)
                let again = try await refusalReason { try await check(after, label, .stock) }
                #expect(again == .kitTakenOwn, "cycle \(days)")
                try await check(after, label, .present)
                _ = try await after.shelve(label)
            }
            #expect(try await free(room) == 3)
        }
    }

    @Test(
        "what was taken by mistake, or for what is scrapped, goes back to the stock once, and is proved"
    )
    func putsBack() async throws {
        try await withStockRoom { room in
            try await furnish(room, chargers: 2)
            let label = try await room.laptop()
            try await room.prepare(label)
            let never = try await refusalReason { try await putBack(room, label) }
            #expect(never == .kitPartNotWithIt)
            #expect(
                try await refusalReason { try await putBack(room, label, "nothing") }
                    == .productUnknown
            )
            #expect(try await check(room, label, .stock).parts.map(\.isFromStock) == [true])
            #expect(try await room.store.device(label).kit.map(\.isFromStock) == [true])
            let key = room.key()
            for _ in 0..<2 {
                let back = try await putBack(room, label, key: key)
                #expect((back.product, back.free) == (charger, 2))
            }
            #expect(try await free(room) == 2)
            let card = try await room.store.device(label)
            #expect(card.kit.map(\.found) == [nil] && card.kit.map(\.isFromStock) == [false])
            let returned = try #require(card.history.first { $0.kind == .kitReturned })
            #expect(returned.detail(in: .french) == "Chargeur")
            #expect(returned.detail(in: .english) == "Charger" && returned.detail == "charger")
            let taken = try #require(card.history.first { $0.kind == .kitChecked })
            #expect(taken.detail(in: .french) == "pris au stock\u{A0}: Chargeur")
            #expect(
                try await refusalReason { try await putBack(room, label) } == .kitPartNotWithIt
            )
            // Without it the machine is not whole any more; another one may be taken.
            #expect(
                try await refusalReason { _ = try await room.shelve(label) } == .kitIncomplete
            )
            try await check(room, label, .stock)
            _ = try await room.shelve(label)
            #expect(try await refusalReason { try await putBack(room, label) } == .kitOnShelf)
            // A machine that was scrapped gives it back, one that was lost does not.
            try await takeOff(room, label)
            func remove(_ kind: Removal.Kind) async throws {
                _ = try await room.store.removeDevice(
                    label,
                    Removal(
                        kind,
                        on: room.store.today,
                        collector: kind == .recycling ? "Ecologic" : nil,
                        slip: kind == .recycling ? "BSD-17" : nil,
                        weight: kind == .recycling ? .optional(typedKilograms: "2") : nil,
                        motive: "Carte mère"
                    ),
                    key: room.key(),
                    by: room.staff
                )
            }
            try await remove(.loss)
            #expect(try await refusalReason { try await putBack(room, label) } == .deviceRecycled)
            _ = try await room.store.reverseRemoval(
                of: label,
                motive: ShortText(typed: "Retrouvé", field: .motive),
                key: room.key(),
                by: room.staff
            )
            try await remove(.recycling)
            #expect(try await room.store.device(label).kit.map(\.isFromStock) == [true])
            try await putBack(room, label)
            #expect(try await free(room) == 2)
            #expect(try await room.store.verify().faults.isEmpty)
            for statement in [
                "alter table kit_returns disable trigger user",
                "update kit_returns set returned_at = returned_at + interval '1 minute' where ordinal = 1",
            ] as [SQL] { try await room.execute(statement) }
            #expect(try await room.store.verify().faults.map(\.kind) == ["movement"])
        }
    }

    @Test(
        "what was sold is gone with its part; refunded and looked at, the part goes back; in another shop it is another part"
    )
    func leaves() async throws {
        try await withTwoRooms { rooms in
            let (label, mouse) = (try rooms.label(1), try ShortCode(typed: "mouse"))
            func check(_ finding: KitFinding) async throws {
                _ = try await rooms.store.checkKit(
                    of: label,
                    [mouse: finding],
                    key: rooms.at.key(),
                    by: rooms.everywhere
                )
            }
            func putBack() async throws -> PutBackPart {
                try await rooms.store.putPartBack(
                    mouse,
                    of: label,
                    because: ShortText(typed: "Mauvais modèle", field: .motive),
                    key: rooms.at.key(),
                    by: rooms.everywhere
                )
            }
            _ = try await rooms.store.setKit(
                of: .laptop,
                [mouse],
                from: rooms.store.today,
                key: rooms.at.key(),
                by: rooms.everywhere
            )
            try await check(.stock)
            let sale = try await rooms.store.sell(
                rooms.at.request(device: 1),
                key: rooms.at.key(),
                by: rooms.at.staff()
            ).sale.id
            #expect(try await refusalReason { _ = try await putBack() } == .deviceGone)
            let put: SQL = """
                insert into kit_returns (device_id, ordinal, product_id, after_check, shop_id, motive, returned_at, returned_by)
                select p.device_id, 1, p.product_id, 1, k.shop_id, 'x', now(), k.checked_by
                from kit_check_parts p join kit_checks k using (device_id, ordinal)
                """
            #expect(await rooms.constraint(put) == "kit_returns_are_of_what_is_here")
            _ = try await rooms.store.giveBack(
                RefundRequest(sale: sale, lines: nil, reason: .defective, means: .cash),
                key: rooms.at.key(),
                by: rooms.at.staff()
            )
            // Whether it came back with the machine, nobody has said.
            #expect(try await refusalReason { _ = try await putBack() } == .kitPartNotWithIt)
            try await check(.missing)
            try await check(.stock)
            #expect(try await putBack().free == 19)
            try await check(.stock)
            let slip = try await rooms.send(rooms.labels(1))
            #expect(try await refusalReason { _ = try await putBack() } == .deviceInTransit)
            try await rooms.receive(slip, rooms.labels(1))
            _ = try await rooms.store.receiveStock(
                of: mouse,
                units: 2,
                in: rooms.roubaix,
                key: rooms.at.key(),
                by: rooms.everywhere
            )
            try await check(.missing)
            try await check(.stock)
            #expect(try await putBack().free == 2)
            #expect(try await rooms.store.verify().faults.isEmpty)
        }
    }

    @Test(
        "plain SQL of the service’s role puts nothing back that was not taken, and edits no return"
    )
    func returnGates() async throws {
        try await withStockRoom { room in
            try await furnish(room, chargers: 2)
            let label = try await room.laptop()
            try await room.prepare(label)
            func put(_ ordinal: Int, after check: Int) -> SQL {
                """
                insert into kit_returns (device_id, ordinal, product_id, after_check, shop_id, motive, returned_at, returned_by)
                select device_id, \(ordinal), product_id, \(check), \(room.shop), 'x', now(), \(room.staff.id)
                from kit_check_parts where ordinal = 1
                """
            }
            let gate = "kit_returns_are_of_what_is_with_it"
            try await check(room, label, .present)
            #expect(await room.constraint(put(1, after: 1)) == gate, "it came with the machine")
            try await check(room, label, .missing)
            try await check(room, label, .stock)
            #expect(await room.constraint(put(3, after: 2)) == gate, "not the last look")
            #expect(await room.constraint(put(2, after: 3)) == gate, "not the look that took it")
            _ = try await room.shelve(label)
            #expect(
                await room.constraint(put(3, after: 3)) == "kit_returns_come_off_the_shelf"
            )
            try await takeOff(room.later(days: 1), label)
            try await putBack(room.later(days: 1), label)
            #expect(await room.constraint(put(3, after: 3)) == gate, "it is back already")
            for (kind, units, ordinal) in [("kit_return", 1, 2), ("kit", -1, 1)] {
                let moved: SQL = """
                    insert into stock_movements
                        (id, shop_id, product_id, units, kind, moved_at, moved_by, kit_device_id, kit_ordinal)
                    select gen_random_uuid(), \(room.shop), product_id, \(units), \(kind), now(), \(room.staff.id),
                           device_id, ordinal
                    from kit_check_parts where ordinal = \(ordinal)
                    """
                let refused = await room.constraint(moved)
                #expect(
                    refused == "stock_movements_of_a_kit_follow_it",
                    "a movement of kind \(kind)"
                )
            }
            for statement in [
                "update kit_returns set motive = 'y'", "delete from kit_returns",
            ] as [SQL] {
                #expect(await room.constraint(statement)?.contains("denied") == true)
                await #expect(throws: PostgresError.self) { try await room.execute(statement) }
            }
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
            #expect(try await room.store.kits(isInForce: true).items.map(\.deviceKind) == [.laptop])
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
            #expect(try await set([], in: 366) == .startsTooFar)
            let many = (0...Kit.partsMost).map { "part-\($0)" }
            #expect(try await set(many, in: 1) == .kitTooLarge)
            #expect(try await set([], in: 1) == nil)
            let later = room.later(days: 1)
            try await later.prepare(other)
            _ = try await later.shelve(other)
        }
    }

    @Test("a rule is withdrawn before its day alone, is kept, and never holds; lists come in parts")
    func withdrawal() async throws {
        try await withStockRoom { room in
            try await furnish(room, chargers: 0)
            let today = room.store.today
            for days in [1, 5] {
                _ = try await room.store.setKit(
                    of: .laptop,
                    [ShortCode(typed: "sim")],
                    from: today.adding(days: days),
                    key: room.key(),
                    by: room.staff
                )
            }
            func withdraw(_ days: Int, by staff: Staff? = nil) async throws -> Reason? {
                try await refusalReason {
                    _ = try await room.store.withdrawKit(
                        of: .laptop,
                        from: today.adding(days: days),
                        key: room.key(),
                        by: staff ?? room.staff
                    )
                }
            }
            #expect(try await withdraw(5, by: room.onlyHere) == .associationOnly)
            #expect(try await withdraw(5) == nil)
            #expect(try await withdraw(5) == .alreadyEnded)
            #expect(try await withdraw(4) == .unknownThing)
            #expect(try await withdraw(0) == .versionInForce)
            var (seen, next): ([KitRule], String?) = ([], nil)
            repeat {
                let part = try await room.store.kits(of: .laptop, after: next, limit: 1)
                seen += part.items
                next = part.next
            } while next != nil
            #expect(seen.map(\.startsOn) == [5, 1, 0].map { today.adding(days: $0) })
            #expect(seen.map { $0.withdrawn?.operatorCode } == ["KA", nil, nil])
            #expect(seen.map { $0.parts.map(\.product) } == [["sim"], ["sim"], [charger]])
            let holds = try await room.later(days: 9).store.kits(isInForce: true).items
            #expect(holds.map(\.startsOn) == [today.adding(days: 1)])
            // Looked at while it was in force, it is withdrawn by no statement, whatever the statement says of its day.
            let label = try await room.laptop()
            _ = try await room.later(days: 2).store.checkKit(
                of: label,
                [ShortCode(typed: "sim"): .present],
                key: room.key(),
                by: room.staff
            )
            func put(_ instant: Instant) -> SQL {
                """
                insert into kit_withdrawals (device_kind, starts_on, withdrawn_at, withdrawn_by)
                values ('laptop', \(today.adding(days: 1)), \(instant), \(room.staff.id))
                """
            }
            #expect(
                await room.constraint(put(StockRoom.noon.adding(seconds: 86_400)))
                    == "kit_withdrawals_come_before_their_day"
            )
            #expect(
                await room.constraint(put(StockRoom.noon))
                    == "kit_withdrawals_are_of_what_nobody_followed"
            )
            #expect(
                await room.constraint("delete from kit_withdrawals")?.contains("denied") == true
            )
        }
    }
}
