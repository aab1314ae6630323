import Foundation
import Postgres
import Shop
import Store
import Testing

@Suite("What makes a machine sellable")
struct ShelveDeviceTests {
    @Test(
        "the database refuses the shelf without an inspection that passed, and without every disk erased"
    )
    func gates() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let name: [String: Refusal.Fact] = ["label": .text("LIPC26-0001")]
            await #expect(throws: Refusal(.deviceNotInspected, name)) {
                try await room.shelve(label)
            }
            try await room.inspect(label, screen: false)
            await #expect(
                throws: Refusal(
                    .inspectionIncomplete,
                    [
                        "label": .text("LIPC26-0001"),
                        "items": .explained(
                            french: "screen (ne fonctionne pas)",
                            english: "screen (does not work)"
                        ),
                    ]
                )
            ) { try await room.shelve(label) }
            // The last inspection counts, and in one instant there is no last.
            let next = room.later(days: 1)
            try await next.inspect(label)
            await #expect(throws: Refusal(.deviceNotErased, name)) { try await next.shelve(label) }
            try await next.erase(label, verified: false)
            await #expect(throws: Refusal(.deviceNotErased, name)) { try await next.shelve(label) }
            try await next.erase(label)
            #expect(try await next.shelve(label).ordinal == 1)
            await #expect(throws: Refusal(.deviceOnShelf, name)) { try await next.shelve(label) }
            let card = try await next.store.device(label)
            #expect(card.device.stage == .onShelf)
            #expect(card.device.grade == .b)
            #expect(card.device.price == (try Cents(9900)))
            #expect(card.inspection.map(\.passed) == [true, true])
            #expect(
                card.history.first?.kind == .shelved
                    || card.history.contains { $0.kind == .shelved }
            )
        }
    }

    @Test("what a public body gave is not dearer than the law lets it be")
    func ceiling() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop(fromPublicBody: true)
            try await room.inspect(label)
            try await room.erase(label)
            await #expect(
                throws: Refusal(
                    .devicePriceAboveCeiling,
                    ["label": .text("LIPC26-0001"), "most": .cents(try Cents(18000))]
                )
            ) { try await room.shelve(label, cents: 18001) }
            #expect(try await room.shelve(label, cents: 18000).price == (try Cents(18000)))
        }
    }

    @Test(
        "an unusual price is asked about once, on both sides of both ends, and stands when it is meant"
    )
    func unusual() async throws {
        try await withStockRoom { room in
            try await room.execute(
                """
                insert into dated_numbers (name, starts_on, amount, recorded_at)
                values ('usual_laptop_cents_min', '2000-01-01', 7000, now()),
                       ('usual_laptop_cents_max', '2000-01-01', 15000, now())
                """
            )
            let label = try await room.laptop()
            try await room.inspect(label)
            try await room.erase(label)
            for cents in [Int64(6999), 15_001, 950_000] {
                await #expect(
                    throws: Refusal(
                        .devicePriceUnusual,
                        [
                            "label": .text("LIPC26-0001"), "price": .cents(try Cents(cents)),
                            "least": .cents(try Cents(7000)), "most": .cents(try Cents(15000)),
                        ]
                    )
                ) { try await room.shelve(label, cents: cents) }
            }
            #expect(try await room.shelve(label, cents: 15000).ordinal == 1)
            func reprice(_ cents: Int64, isMeant: Bool = false) async throws -> Shelving {
                try await room.store.repriceDevice(
                    label,
                    price: Cents(cents),
                    isUnusualMeant: isMeant,
                    key: room.key(),
                    by: room.staff
                )
            }
            #expect(try await reprice(7000).ordinal == 2)
            await #expect(throws: Refusal.self) { try await reprice(6999) }
            #expect(try await reprice(6999, isMeant: true).ordinal == 3)
        }
    }

    @Test(
        "a price that changed is a new stay with the work that was done; off the shelf, the work begins anew"
    )
    func repricedAndWithdrawn() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let name: [String: Refusal.Fact] = ["label": .text("LIPC26-0001")]
            func reprice() async throws -> Shelving {
                try await room.store.repriceDevice(
                    label,
                    price: Cents(8000),
                    key: room.key(),
                    by: room.staff
                )
            }
            func withdraw(_ room: StockRoom) async throws -> OffShelf {
                try await room.store.takeOffShelf(
                    label,
                    motive: ShortText(typed: "Ne s’allume plus", field: .motive),
                    key: room.key(),
                    by: room.staff
                )
            }
            await #expect(throws: Refusal(.deviceNotOnShelf, name)) { try await reprice() }
            await #expect(throws: Refusal(.deviceNotOnShelf, name)) { try await withdraw(room) }
            try await room.inspect(label)
            try await room.erase(label)
            _ = try await room.shelve(label)
            let shelving = try await reprice()
            #expect(shelving.ordinal == 2 && shelving.grade == .b)
            let card = try await room.store.device(label)
            #expect(card.device.stage == .onShelf)
            #expect(card.device.price == (try Cents(8000)))
            #expect(card.inspection.map(\.passed) == [true, true])
            #expect(card.history.count { $0.kind == .shelved } == 1)
            #expect(card.history.contains { $0.kind == .repriced && $0.detail == "8000" })
            _ = try await withdraw(room)
            let off = try await room.store.device(label)
            #expect(off.device.stage == .inWork && !off.device.inspected && !off.device.erased)
            #expect(
                off.history.contains { $0.kind == .withdrawn && $0.detail == "Ne s’allume plus" }
            )
            await #expect(throws: Refusal(.deviceNotInspected, name)) {
                try await room.shelve(label)
            }
            let next = room.later(days: 1)
            try await next.inspect(label)
            try await next.erase(label)
            #expect(try await next.shelve(label).ordinal == 3)
        }
    }

    @Test("an overwritten SSD is not called purged")
    func purge() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            func erasure(_ level: ErasureLevel, at: Instant? = nil) throws -> NewErasure {
                try NewErasure(
                    disk: "50026B7782F1A2C4",
                    method: .overwrite,
                    level: level,
                    tool: ShortText(typed: "nwipe", field: .name),
                    toolVersion: "",
                    verified: true,
                    erasedAt: at,
                    certificate: [7, 7]
                )
            }
            await #expect(throws: Refusal(.erasureNotPurge)) {
                try await room.store.eraseDisk(
                    of: label,
                    erasure(.purge),
                    key: room.key(),
                    by: room.staff
                )
            }
            let tomorrow = StockRoom.noon.adding(seconds: 86_400)
            await #expect(throws: Refusal(.dayUnreadable, ["text": .instant(tomorrow)])) {
                try await room.store.eraseDisk(
                    of: label,
                    erasure(.clear, at: tomorrow),
                    key: room.key(),
                    by: room.staff
                )
            }
            _ = try await room.store.eraseDisk(
                of: label,
                erasure(.clear),
                key: room.key(),
                by: room.staff
            )
            #expect(try await room.store.device(label).disks[0].erasure?.level == .clear)
        }
    }

    @Test("a disk is named by its serial, or not at all when it is the only one")
    func disks() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            await #expect(
                throws: Refusal(.unknownThing, ["field": .field(.disk), "text": .text("NONE")])
            ) {
                try await room.erase(label, disk: "NONE")
            }
            try await room.execute(
                """
                insert into device_disks (id, device_id, kind, size_gb, serial, fitted_at)
                select gen_random_uuid(), id, 'hdd', 500, 'SECOND01', now() from devices
                """
            )
            await #expect(throws: Refusal(.fieldMissing, ["field": .field(.disk)])) {
                try await room.erase(label)
            }
            try await room.erase(label, disk: "SECOND01")
            try await room.erase(label, disk: "50026B7782F1A2C4")
            #expect(try await room.store.device(label).device.erased)
        }
    }

    @Test("an inspection answers every item asked of the kind, and no other")
    func items() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            #expect(
                try await room.store.inspectionList(for: label).items.map(\.item) == [
                    "screen", "keyboard",
                ]
            )
            await #expect(throws: Refusal(.fieldMissing, ["field": .text("keyboard")])) {
                try await room.store.inspectDevice(
                    label,
                    results: ["screen": .passed],
                    key: room.key(),
                    by: room.staff
                )
            }
            await #expect(throws: Refusal.self) {
                try await room.store.inspectDevice(
                    label,
                    results: ["screen": .passed, "keyboard": .passed, "wings": .passed],
                    key: room.key(),
                    by: room.staff
                )
            }
            let result = try await room.store.inspectDevice(
                label,
                results: ["screen": InspectionFinding(passed: false), "keyboard": .passed],
                key: room.key(),
                by: room.staff
            )
            #expect(result.failed == ["screen"])
        }
    }

    @Test(
        "a machine that comes back is inspected and erased again; a recycled one does not come back"
    )
    func comesBack() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let name: [String: Refusal.Fact] = ["label": .text("LIPC26-0001")]
            try await room.prepare(label)
            _ = try await room.shelve(label)
            try await room.leave(label, as: "after_sales", at: StockRoom.noon.adding(seconds: 3600))
            let next = room.later(days: 1)
            #expect(try await next.store.device(label).device.stage == .inWork)
            #expect(try await next.store.device(label).device.erased == false)
            await #expect(throws: Refusal(.deviceNotInspected, name)) {
                try await next.shelve(label)
            }
            try await next.prepare(label)
            #expect(try await next.shelve(label).ordinal == 2)
            try await room.leave(label, as: "recycling", at: StockRoom.noon.adding(seconds: 90_000))
            #expect(try await next.store.device(label).device.exit == .recycling)
            await #expect(throws: Refusal(.deviceRecycled, name)) { try await next.inspect(label) }
            await #expect(throws: Refusal(.deviceRecycled, name)) { try await next.shelve(label) }
        }
    }

    @Test("plain SQL puts no disk into a machine on the shelf and takes none out of it (C1)")
    func disksStay() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await room.shelve(label)
            let fitted: SQL = """
                insert into device_disks (id, device_id, kind, size_gb, serial, fitted_at)
                select gen_random_uuid(), id, 'hdd', 500, 'SECOND01', now() from devices
                """
            let removed: SQL = "update device_disks set removed_at = now()"
            let gate = "device_disks_change_off_the_shelf"
            #expect(await room.constraint(fitted) == gate)
            #expect(await room.constraint(removed) == gate)
            let name: [String: Refusal.Fact] = ["label": .text("LIPC26-0001")]
            await #expect(throws: Refusal(.diskOnShelf, name)) {
                try await room.store.removeDisk(nil, of: label, key: room.key(), by: room.staff)
            }
            try await room.leave(label, as: "after_sales", at: StockRoom.noon.adding(seconds: 3600))
            #expect(await room.constraint(fitted) == nil)
            #expect(await room.constraint(removed) == nil)
            // What was taken out is not in it again, nor was it taken out at another time.
            for statement in [removed, "update device_disks set removed_at = null"] {
                #expect(await room.constraint(statement) == "intervals_are_closed_once")
            }
        }
    }

    @Test("plain SQL sells and gives no machine whose disk was not erased since it is here (C1)")
    func exitsNeedAnErasure() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await room.shelve(label)
            // What no verb does: the stay stays open while the disk's erasure is made older than the machine's return.
            try await room.execute("alter table erasures disable trigger user")
            try await room.execute("update erasures set verified = false")
            for kind in ["sale", "gift"] {
                let exit: SQL = """
                    insert into exits (device_id, ordinal, kind, left_at, sale_id)
                    select id, 1, \(kind), \(StockRoom.noon.adding(seconds: 60)), gen_random_uuid() from devices
                    """
                #expect(await room.constraint(exit) == "exits_need_an_erasure")
            }
            try await room.execute("update erasures set verified = true")
            let exit: SQL = """
                insert into exits (device_id, ordinal, kind, left_at, sale_id)
                select id, 1, 'gift', \(StockRoom.noon.adding(seconds: 60)), gen_random_uuid() from devices
                """
            #expect(await room.constraint(exit) == "exits_by_a_ticket")
        }
    }

    @Test("the day of a list and of a ceiling is the shop's, whatever the session's zone")
    func parisDay() async throws {
        try await withStockRoom { room in
            let days = try await room.count(
                "select paris_day('2026-03-02T23:30:00Z') - date '2026-03-02'"
            )
            #expect(days == 1)
        }
    }

    @Test("a reservation whose day has passed is not shown")
    func expiredReservation() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let until = StockRoom.noon.day.adding(days: 7)
            _ = try await room.store.reserveDevice(
                label,
                for: room.person,
                until: until,
                key: room.key(),
                by: room.staff
            )
            for (days, shown) in [(7, until), (8, nil)] {
                let store = room.later(days: days).store
                #expect(try await store.device(label).device.reservedUntil == shown)
                #expect(try await store.devices().items.map(\.reservedUntil) == [shown])
            }
        }
    }

    @Test("twenty hands put one machine on the shelf once")
    func race() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.prepare(label)
            let reasons = await withTaskGroup(of: Reason?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await room.shelve(label)
                            return nil
                        } catch let refusal as Refusal {
                            return refusal.reason
                        } catch {
                            return .unavailable
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(reasons.filter { $0 == nil }.count == 1)
            #expect(reasons.compactMap { $0 }.allSatisfy { $0 == .deviceOnShelf })
            #expect(try await room.count("select count(*) from stays") == 1)
        }
    }

    @Test("a machine is kept for one person; the day past, it makes way")
    func reservations() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let until = StockRoom.noon.day.adding(days: 7)
            func reserve(_ room: StockRoom, _ day: Day) async throws {
                _ = try await room.store.reserveDevice(
                    label,
                    for: room.person,
                    until: day,
                    key: room.key(),
                    by: room.staff
                )
            }
            await #expect(throws: Refusal.self) {
                try await reserve(room, StockRoom.noon.day.adding(days: -1))
            }
            try await reserve(room, until)
            #expect(try await room.store.device(label).device.reservedUntil == until)
            await #expect(
                throws: Refusal(
                    .deviceReserved,
                    ["label": .text("LIPC26-0001"), "until": .day(until)]
                )
            ) { try await reserve(room.later(days: 7), until.adding(days: 7)) }
            try await reserve(room.later(days: 8), until.adding(days: 8))
            _ = try await room.store.endReservation(of: label, key: room.key(), by: room.staff)
            #expect(try await room.store.device(label).device.reservedUntil == nil)
            await #expect(throws: Refusal.self) {
                try await room.store.endReservation(of: label, key: room.key(), by: room.staff)
            }
            let again: SQL = "update reservations set ended_at = ended_at + interval '1 day'"
            #expect(await room.constraint(again) == "intervals_are_closed_once")
        }
    }

    @Test("the same key does nothing again; an unknown label is told")
    func repeated() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            let key = room.key()
            for _ in 0..<2 {
                _ = try await room.store.inspectDevice(
                    label,
                    results: ["screen": .passed, "keyboard": .passed],
                    key: key,
                    by: room.staff
                )
            }
            #expect(try await room.count("select count(*) from inspections") == 1)
            let unknown = try DeviceLabel.typed("LIPC26-9999")
            await #expect(throws: Refusal(.deviceUnknown, ["label": .text("LIPC26-9999")])) {
                try await room.shelve(unknown)
            }
            await #expect(throws: Refusal(.deviceUnknown, ["label": .text("LIPC26-9999")])) {
                try await room.store.device(unknown)
            }
        }
    }

    @Test("the list is paged, searched by any part, and told apart by stage")
    func lists() async throws {
        try await withStockRoom { room in
            for index in 1...5 {
                _ = try await room.later(days: index - 6).laptop(serial: "5CD8123A0\(index)")
            }
            let first = try DeviceLabel.typed("LIPC26-0001")
            try await room.inspect(first)
            try await room.erase(first)
            _ = try await room.shelve(first)
            let page = try await room.store.devices(limit: 3)
            #expect(page.items.map(\.label) == ["LIPC26-0005", "LIPC26-0004", "LIPC26-0003"])
            let rest = try await room.store.devices(after: page.next, limit: 3)
            #expect(rest.items.map(\.label) == ["LIPC26-0002", "LIPC26-0001"])
            #expect(rest.next == nil)
            #expect(
                try await room.store.devices(matching: "probook a03").items.map(\.label) == [
                    "LIPC26-0003"
                ]
            )
            #expect(try await room.store.devices(matching: "%").items.isEmpty)
            #expect(
                try await room.store.devices(matching: "'; drop table devices; --").items.isEmpty
            )
            #expect(
                try await room.store.devices(at: .stage(.onShelf)).items.map(\.label) == [
                    "LIPC26-0001"
                ]
            )
            #expect(try await room.store.devices(at: .stage(.inWork)).items.count == 4)
            #expect(try await room.store.devices(at: .stage(.left)).items.isEmpty)
            #expect(try await room.store.devices(in: .shops([room.store.newID()])).items.isEmpty)
        }
    }
}
