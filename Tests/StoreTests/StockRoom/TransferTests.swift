import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Machines and articles that go from one shop to another")
struct TransferTests {
    private func send(_ rooms: TwoRooms, to shop: ID<Shop>, by staff: Staff) async throws {
        _ = try await rooms.store.sendTransfer(
            of: rooms.labels(1),
            ProductCounts([:]),
            from: rooms.at.shop,
            to: shop,
            key: rooms.at.key(),
            by: staff
        )
    }

    @Test("in transit until ticked off, then on the other shop’s shelf with what was done to it")
    func travels() async throws {
        try await withTwoRooms { rooms in
            let code = try await rooms.send(rooms.labels(1, 2), mice: 3)
            #expect(code.description.hasPrefix("LITR"))
            #expect(try await rooms.stage(1) == .inTransit)
            #expect(try await rooms.free("mouse", in: rooms.at.shop) == 17)
            #expect(try await rooms.free("mouse", in: rooms.roubaix) == 0)
            let row = try await rooms.store.device(rooms.label(1)).device
            #expect(row.transit == code.description && row.price == nil)
            #expect(
                try await rooms.store.devices(at: .stage(.inTransit)).items.map(\.label)
                    == [Wazemmes.label(2), Wazemmes.label(1)]
            )

            let first = try await rooms.receive(code, rooms.labels(1))
            #expect(first.arrived == 1 && first.missing == 0 && first.open == 2)
            let last = try await rooms.receive(code, rooms.labels(2), mice: 3)
            #expect(last.open == 0)
            #expect(try await rooms.free("mouse", in: rooms.roubaix) == 3)
            let arrived = try await rooms.store.device(rooms.label(1)).device
            #expect(arrived.stage == .inWork && arrived.shop == "Roubaix" && arrived.inspected)
            _ = try await rooms.store.shelveDevice(
                rooms.label(1),
                grade: .b,
                price: Cents(8000),
                key: rooms.at.key(),
                by: rooms.onlyRoubaix
            )
            #expect(try await rooms.stage(1) == .onShelf)
            let history = try await rooms.store.device(rooms.label(1)).history.map(\.kind)
            #expect(history.contains(.transferred) && history.contains(.arrived))
            #expect(try await rooms.store.verify().faults.isEmpty)
        }
    }

    @Test("nobody sells, shelves, scraps, sends or inspects what is on its way")
    func onTheRoad() async throws {
        try await withTwoRooms { rooms in
            _ = try await rooms.send(rooms.labels(1))
            let store = rooms.store
            let sale = try rooms.at.request(device: 1)
            #expect(
                try await refusalReason {
                    _ = try await store.sell(sale, key: rooms.at.key(), by: rooms.at.staff())
                } == .deviceNotOnShelf
            )
            for act in [
                {
                    _ = try await store.shelveDevice(
                        rooms.label(1),
                        grade: .b,
                        price: Cents(8000),
                        key: rooms.at.key(),
                        by: rooms.everywhere
                    )
                },
                {
                    let loss = try Removal(
                        .loss,
                        on: store.today,
                        collector: nil,
                        slip: nil,
                        weight: nil,
                        motive: "x"
                    )
                    _ = try await store.removeDevice(
                        rooms.label(1),
                        loss,
                        key: rooms.at.key(),
                        by: rooms.everywhere
                    )
                },
                { _ = try await rooms.send(rooms.labels(1)) },
            ] as [@Sendable () async throws -> Void] {
                #expect(try await refusalReason { try await act() } == .deviceInTransit)
            }
        }
    }

    @Test("what does not come is lost with a motive, and found again by an entry of its own")
    func short() async throws {
        try await withTwoRooms { rooms in
            let code = try await rooms.send(rooms.labels(1, 2), mice: 3)
            #expect(
                try await refusalReason {
                    try await rooms.receive(code, rooms.labels(1), mice: 2, isLast: true)
                } == .fieldMissing
            )
            #expect(try await rooms.stage(1) == .inTransit)
            let told = try await rooms.receive(
                code,
                rooms.labels(1),
                mice: 2,
                isLast: true,
                motive: "Carton ouvert"
            )
            #expect(told.missing == 1 && told.open == 0)
            let lost = try await rooms.store.device(rooms.label(2)).device
            #expect(lost.stage == .left && lost.exit == .loss)
            let card = try await rooms.store.transfer(code)
            #expect(card.transfer.missing == 2 && !card.transfer.isOpen)
            #expect(card.products[0].arrived == 2 && card.products[0].motive == "Carton ouvert")
            _ = try await rooms.store.reverseRemoval(
                of: rooms.label(2),
                motive: try ShortText(typed: "Retrouvé", field: .motive),
                key: rooms.at.key(),
                by: rooms.onlyLille
            )
            let found = try await rooms.store.device(rooms.label(2)).device
            #expect(found.stage == .inWork && found.shop == "Lille Wazemmes")
        }
    }

    @Test("what was missing is found where it was sent to, or where it came from, and once")
    func found() async throws {
        try await withTwoRooms { rooms in
            let code = try await rooms.send(rooms.labels(1, 2, 3))
            func find(_ numbers: Int..., by staff: Staff? = nil) async throws -> ToldFinding {
                try await rooms.store.findMissing(
                    DeviceLabels(numbers.map { try rooms.label($0) }),
                    of: code,
                    key: rooms.at.key(),
                    by: staff ?? rooms.onlyRoubaix
                )
            }
            func why(_ numbers: Int, by staff: Staff? = nil) async throws -> Reason? {
                try await refusalReason { _ = try await find(numbers, by: staff) }
            }
            // It is on its way.
            #expect(try await why(1) == .deviceNotRemoved)
            try await rooms.receive(code, rooms.labels(1), isLast: true, motive: "Carton ouvert")
            // Who sent it finds it at home, by a page of its own.
            #expect(try await why(2, by: rooms.onlyLille) == .transferUnknown)
            #expect(try await why(1) == .deviceNotRemoved)
            #expect(try await why(4) == .transferNotListed)
            #expect(try await find(2).found == 1)
            let machine = try await rooms.store.device(rooms.label(2))
            #expect(machine.device.stage == .inWork && machine.device.shop == "Roubaix")
            #expect(machine.device.step == .toInspect)
            let events = machine.history.filter { [.foundAgain, .arrived].contains($0.kind) }
            #expect(events.allSatisfy { $0.detail.hasPrefix(code.description) })
            #expect(Set(events.map(\.operatorCode)) == [rooms.onlyRoubaix.operatorCode])
            #expect(events.count == 2)
            #expect(try await why(2) == .deviceNotRemoved)
            _ = try await rooms.store.reverseRemoval(
                of: rooms.label(3),
                motive: try ShortText(typed: "Resté ici", field: .motive),
                key: rooms.at.key(),
                by: rooms.onlyLille
            )
            #expect(try await rooms.store.device(rooms.label(3)).device.shop == "Lille Wazemmes")
            #expect(try await why(3) == .deviceNotRemoved)
            let card = try await rooms.store.transfer(code)
            #expect(card.devices.map(\.isMissing) == [false, false, false])
            #expect(card.devices.map { $0.foundAt != nil } == [false, true, false])
            #expect(card.transfer.missing == 1)
            // It is counted where it was found, and goes on from there.
            let count = try CountCode.typed(
                await rooms.store.openCount(
                    of: .all,
                    in: rooms.roubaix,
                    key: rooms.at.key(),
                    by: rooms.everywhere
                )
            )
            #expect(
                try await rooms.at.count(
                    "select count(*) from count_expected e join devices d on d.id = e.device_id where d.label = \(Wazemmes.label(2))"
                ) == 1
            )
            _ = try await rooms.store.abandonCount(
                count,
                because: ShortText(typed: "Essai", field: .motive),
                key: rooms.at.key(),
                by: rooms.everywhere
            )
            #expect(try await rooms.store.verify().faults.isEmpty)
        }
    }

    @Test("no statement finds what is not missing, elsewhere, or without taking its loss back")
    func foundByNoStatement() async throws {
        try await withTwoRooms { rooms in
            let code = try await rooms.send(rooms.labels(1))
            try await rooms.receive(code, isLast: true, motive: "Carton ouvert")
            // In the words of a finding, so that nothing else is wrong than what each statement says.
            _ = try await rooms.store.reverseRemoval(
                of: rooms.label(1),
                motive: try ShortText(typed: code.description, field: .motive),
                key: rooms.at.key(),
                by: rooms.onlyLille
            )
            func finding(in shop: ID<Shop>, at: SQL) async -> String? {
                await rooms.constraint(
                    """
                    insert into transfer_findings (device_id, ordinal, removal_ordinal, shop_id, found_at, found_by)
                    select b.device_id, v.ordinal, b.ordinal, \(shop), \(at), b.recorded_by
                    from removal_reversals b join transfer_devices v using (device_id)
                    """
                )
            }
            let gate = "transfer_findings_take_a_loss_back"
            #expect(await finding(in: rooms.roubaix, at: "b.recorded_at + interval '1 s'") == gate)
            #expect(await finding(in: rooms.at.shop, at: "b.recorded_at") == gate)
            #expect(await finding(in: rooms.roubaix, at: "b.recorded_at") == nil)
        }
    }

    @Test("everything at once, unless a number says otherwise; a label scanned twice is no fault")
    func everything() async throws {
        try await withTwoRooms { rooms in
            let code = try await rooms.send(rooms.labels(1, 2), mice: 3)
            try await rooms.receive(code, rooms.labels(1))
            #expect(
                try await refusalReason { try await rooms.receive(code, mice: 2, isAll: true) }
                    == .unitsDiffer
            )
            let told = try await rooms.receive(code, rooms.labels(1), isAll: true)
            #expect(told.arrived == 1 && told.open == 0)
            #expect(try await rooms.free("mouse", in: rooms.roubaix) == 3)
        }
    }

    @Test("who sent it writes nothing off: not as missing there, not as taken back")
    func writesNothingOff() async throws {
        try await withTwoRooms { rooms in
            let code = try await rooms.send(rooms.labels(1), mice: 3)
            #expect(
                try await refusalReason {
                    try await rooms.receive(
                        code,
                        isLast: true,
                        motive: "x",
                        by: rooms.everywhere
                    )
                } == .transferOwn
            )
            #expect(
                try await refusalReason {
                    try await rooms.receive(
                        code,
                        mice: 0,
                        motive: "x",
                        takesBack: true,
                        by: rooms.everywhere
                    )
                } == .unitsDiffer
            )
            #expect(try await rooms.stage(1) == .inTransit)
        }
    }

    @Test("a slip is ticked off by the shop that gets it, taken back by the one that sent it")
    func sides() async throws {
        try await withTwoRooms { rooms in
            let code = try await rooms.send(rooms.labels(1), mice: 1)
            #expect(
                try await refusalReason {
                    try await rooms.receive(code, rooms.labels(1), by: rooms.onlyLille)
                } == .transferUnknown
            )
            #expect(
                try await refusalReason {
                    try await rooms.receive(code, rooms.labels(1), takesBack: true)
                } == .transferUnknown
            )
            #expect(
                try await refusalReason { try await rooms.receive(code, rooms.labels(2)) }
                    == .transferNotListed
            )
            #expect(
                try await refusalReason { try await rooms.receive(code, mice: 2) }
                    == .transferTooMany
            )
            try await rooms.receive(
                code,
                rooms.labels(1),
                mice: 1,
                takesBack: true,
                by: rooms.onlyLille
            )
            #expect(try await rooms.free("mouse", in: rooms.at.shop) == 20)
            let row = try await rooms.store.device(rooms.label(1)).device
            #expect(row.stage == .inWork && row.shop == "Lille Wazemmes")
            #expect(
                try await refusalReason { try await rooms.receive(code, rooms.labels(1)) }
                    == .transferEnded
            )
        }
    }

    @Test("what is not there, not the sender’s or too many is refused, and nothing moves")
    func refused() async throws {
        try await withTwoRooms { rooms in
            let one = try rooms.labels(1)
            #expect(
                try await refusalReason { _ = try await rooms.send(DeviceLabels([])) }
                    == .transferEmpty
            )
            #expect(
                try await refusalReason { _ = try await rooms.send(one, mice: 21) }
                    == .stockShort
            )
            #expect(
                try await refusalReason { _ = try await rooms.send(rooms.labels(1, 99)) }
                    == .deviceUnknown
            )
            #expect(
                try await refusalReason {
                    try await send(rooms, to: rooms.at.shop, by: rooms.everywhere)
                }
                    == .transferToItself
            )
            #expect(
                try await refusalReason {
                    try await send(rooms, to: rooms.roubaix, by: rooms.onlyRoubaix)
                }
                    == .unknownThing
            )
            #expect(try await rooms.at.count("select count(*) from transfers") == 0)
            #expect(try await rooms.stage(1) == .onShelf)
        }
    }

    @Test(
        "plain SQL of the service’s role sends nothing from the shelf and shelves nothing on its way"
    )
    func gates() async throws {
        try await withTwoRooms { rooms in
            let travel: SQL = """
                with t as (insert into transfers (id, code, shop_id, to_shop_id, sent_at, sent_by)
                    values (gen_random_uuid(), 'LITR26-9999', \(rooms.at.shop), \(rooms.roubaix), now(), \(rooms.everywhere.id))
                    returning id)
                insert into transfer_devices (device_id, ordinal, transfer_id, after_stay)
                select d.id, 1, t.id, 1 from devices d, t where d.label = \(Wazemmes.label(1))
                """
            #expect(await rooms.constraint(travel) == "transfer_devices_come_off_the_shelf")
            _ = try await rooms.send(rooms.labels(1))
            let stay: SQL = """
                insert into stays (device_id, ordinal, previous_ordinal, shop_id, grade, price_cents, shelved_at, shelved_by)
                select id, 2, 1, \(rooms.at.shop), 'b', 9000, now(), recorded_by from devices
                where label = \(Wazemmes.label(1))
                """
            #expect(await rooms.constraint(stay) == "stays_follow_an_arrival")
            let loss: SQL = """
                insert into removals (device_id, ordinal, kind, removed_on, motive, recorded_at, recorded_by)
                select id, 1, 'loss', current_date, 'x', now(), recorded_by from devices where label = \(Wazemmes.label(1))
                """
            #expect(await rooms.constraint(loss) == "removals_follow_an_arrival")
            let again: SQL = """
                insert into transfer_devices (device_id, ordinal, previous_ordinal, transfer_id, after_stay)
                select device_id, 2, 1, transfer_id, 1 from transfer_devices
                """
            #expect(
                await rooms.constraint(again).map {
                    [
                        "transfer_devices_follow_an_end",
                        "transfer_devices_transfer_id_device_id_key",
                    ]
                    .contains($0)
                } == true
            )
        }
    }

    @Test("the same key sends once; a sale against a transfer leaves one of them (C6)")
    func once() async throws {
        try await withTwoRooms { rooms in
            let key = rooms.at.key()
            let codes = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await rooms.store.sendTransfer(
                            of: rooms.labels(6),
                            ProductCounts([:]),
                            from: rooms.at.shop,
                            to: rooms.roubaix,
                            key: key,
                            by: rooms.everywhere
                        )
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(codes.count == 1)
            for number in 1...5 {
                let outcomes = try await race(2) { side in
                    if side == 0 {
                        _ = try await rooms.send(rooms.labels(number))
                    } else {
                        _ = try await rooms.store.sell(
                            rooms.at.request(device: number, gift: true),
                            key: rooms.at.key(),
                            by: rooms.at.staff()
                        )
                    }
                }
                // A person has one right: from the second sale on the quota refuses, and the transfer goes through.
                #expect(outcomes.contains { $0 == nil })
                let ends = try await rooms.at.count(
                    """
                    select count(*) from exits x join devices d on d.id = x.device_id where d.label = \(Wazemmes.label(number))
                    """
                )
                #expect(ends == 1)
            }
        }
    }
}
