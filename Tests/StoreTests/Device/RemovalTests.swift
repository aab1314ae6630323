import Postgres
import Shop
import Store
import Testing

@Suite("Machines that leave for good without a ticket")
struct RemovalTests {
    private func recycling(on day: Day = StockRoom.noon.day) throws -> Removal {
        try Removal(
            .recycling,
            on: day,
            collector: "Ecologic",
            slip: "BSD-2026-17",
            weight: Grams(count: 2_300),
            motive: "Carte mère hors service"
        )
    }

    @Test("recycling names collector, slip, date and weight, and a loss does not (C7)")
    func named() throws {
        for (collector, slip, weight) in [
            ("", "BSD-1", 2_300), ("Ecologic", "", 2_300), ("Ecologic", "BSD-1", nil),
        ] as [(String, String, Int64?)] {
            #expect(throws: Refusal.self) {
                try Removal(
                    .recycling,
                    on: StockRoom.noon.day,
                    collector: collector,
                    slip: slip,
                    weight: weight.map { Grams(count: $0) },
                    motive: "HS"
                )
            }
        }
        let loss = try Removal(
            .loss,
            on: StockRoom.noon.day,
            collector: "x",
            slip: nil,
            weight: nil,
            motive: "Introuvable"
        )
        #expect(loss.collector == "" && loss.weight == nil)
    }

    @Test(
        "from the room or from the shelf, it leaves the stock and is not sold, shelved or removed twice (C7)"
    )
    func leaves() async throws {
        try await withStockRoom { room in
            for (serial, isShelved) in [("ROOM0001", false), ("SHELF001", true)] {
                let label = try await room.laptop(serial: serial)
                try await room.prepare(label)
                if isShelved { _ = try await room.shelve(label) }
                _ = try await room.remove(label, recycling())
                let row = try await room.store.device(label).device
                #expect(row.stage == .left && row.exit == .recycling)
                let left = try await room.store.devices(at: .stage(.left)).items.map(\.label)
                #expect(left.contains(label.description))
                await room.expectRefusal(.deviceRecycled) {
                    _ = try await room.remove(label, recycling())
                }
                await room.expectRefusal(.deviceRecycled) { _ = try await room.shelve(label) }
                await room.expectRefusal(.deviceRecycled) { try await room.inspect(label) }
                let history = try await room.store.device(label).history
                #expect(history.filter { $0.kind == .recycled }.count == 1)
                #expect(
                    history.first { $0.kind == .recycled }?.detail.contains("BSD-2026-17") == true
                )
            }
        }
    }

    @Test("only an entry of its own takes it back, and the machine is inspected anew (C7)")
    func reversed() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await room.shelve(label)
            await room.expectRefusal(.deviceNotRemoved) { _ = try await room.restore(label) }
            _ = try await room.remove(label, recycling())
            let later = room.later(days: 1)
            _ = try await later.restore(label)
            await room.expectRefusal(.deviceNotRemoved) { _ = try await later.restore(label) }
            let row = try await later.store.device(label).device
            #expect(row.stage == .inWork && !row.inspected && !row.erased)
            #expect(try await later.store.devices(at: .stage(.inWork)).items.count == 1)
            await room.expectRefusal(.deviceNotInspected) { _ = try await later.shelve(label) }
            let again = room.later(days: 2)
            try await again.prepare(label)
            _ = try await again.shelve(label)
            _ = try await room.later(days: 3).remove(label, recycling())
            #expect(try await room.count("select count(*) from removals") == 2)
        }
    }

    @Test(
        "plain SQL of the service’s role scraps nothing that is on the shelf or somebody’s, and edits nothing"
    )
    func gates() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await room.shelve(label)
            let removal: SQL = """
                insert into removals (device_id, ordinal, kind, removed_on, motive, recorded_at, recorded_by)
                select id, 1, 'loss', '2026-03-02', 'x', \(StockRoom.noon), recorded_by from devices
                """
            #expect(await room.constraint(removal) == "removals_come_off_the_shelf")
            try await room.leave(label, as: "after_sales", at: StockRoom.noon)
            #expect(
                await room.constraint(
                    """
                    insert into removals (device_id, ordinal, kind, removed_on, motive, recorded_at, recorded_by)
                    select id, 1, 'recycling', '2026-03-02', 'x', \(StockRoom.noon), recorded_by from devices
                    """
                ) == "removals_name_the_collector"
            )
            #expect(await room.constraint(removal) == nil)
            let twice: SQL = """
                insert into removals (device_id, ordinal, previous_ordinal, kind, removed_on, motive, recorded_at, recorded_by)
                select id, 2, 1, 'loss', '2026-03-02', 'x', \(StockRoom.noon), recorded_by from devices
                """
            #expect(await room.constraint(twice) == "removals_follow_a_reversal")
            #expect(
                await room.constraint(
                    """
                    insert into stays (device_id, ordinal, previous_ordinal, shop_id, grade, price_cents, shelved_at,
                                       shelved_by)
                    select id, 2, 1, shop_id, 'b', 9000, \(StockRoom.noon), recorded_by from devices
                    """
                ) == "stays_never_follow_recycling"
            )
            for statement in ["delete from removals", "update removals set slip = 'x'"] as [SQL] {
                #expect(await room.constraint(statement) != nil)
            }
        }
    }

    @Test("what is kept for somebody, somebody’s, or of tomorrow is refused")
    func refused() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            await room.expectRefusal(.dayInFuture) {
                _ = try await room.remove(
                    label,
                    recycling(on: StockRoom.noon.day.adding(days: 1))
                )
            }
            _ = try await room.store.reserveDevice(
                label,
                for: room.person,
                until: StockRoom.noon.day.adding(days: 3),
                key: room.key(),
                by: room.staff
            )
            await room.expectRefusal(.deviceReserved) {
                _ = try await room.remove(label, recycling())
            }
        }
        try await withWazemmes { at async throws -> Void in
            _ = try await at.store.sell(at.request(device: 1), key: at.key(), by: at.staff())
            let reason = try await refusalReason {
                _ = try await at.store.removeDevice(
                    DeviceLabel.typed(Wazemmes.label(1)),
                    try recycling(on: at.store.today),
                    key: at.key(),
                    by: at.staff()
                )
            }
            #expect(reason == .deviceGone)
        }
    }

    @Test(
        "one outcome when a sale and a recycler want the same machine at once (C6)",
        .timeLimit(.minutes(5))
    )
    func races() async throws {
        try await withWazemmes { at async throws -> Void in
            for _ in 0..<40 {
                let outcomes = await withTaskGroup(of: Reason?.self) { group in
                    group.addTask {
                        await outcome {
                            _ = try await at.store.sell(
                                at.request(device: 1),
                                key: at.key(),
                                by: at.staff()
                            )
                        }
                    }
                    group.addTask {
                        await outcome {
                            _ = try await at.store.removeDevice(
                                DeviceLabel.typed(Wazemmes.label(1)),
                                try recycling(on: at.store.today),
                                key: at.key(),
                                by: at.staff(1)
                            )
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count { $0 == nil } == 1)
                let refused = outcomes.compactMap(\.self)
                #expect(
                    refused.allSatisfy { [.deviceGone, .deviceRecycled].contains($0) },
                    "\(refused)"
                )
                try await at.execute("alter table removals disable trigger user")
                try await at.execute("alter table exits disable trigger user")
                let gone = try await at.count(
                    "select count(*) from removals where kind = 'recycling'"
                )
                // A sale ends the trial: what was sold stays sold.
                if gone == 0 { break }
                try await at.execute("delete from removals")
                try await at.execute("delete from exits where kind = 'recycling'")
            }
        }
    }
}

private func outcome(_ body: () async throws -> Void) async -> Reason? {
    do {
        try await body()
        return nil
    } catch let refusal as Refusal {
        return refusal.reason
    } catch {
        Issue.record(error)
        return nil
    }
}

extension StockRoom {
    func remove(_ label: DeviceLabel, _ removal: Removal) async throws -> RemovedDevice {
        try await store.removeDevice(label, removal, key: key(), by: staff)
    }

    func restore(_ label: DeviceLabel) async throws -> RemovedDevice {
        try await store.reverseRemoval(
            of: label,
            motive: ShortText(typed: "Retrouvé", field: .motive),
            key: key(),
            by: staff
        )
    }
}
