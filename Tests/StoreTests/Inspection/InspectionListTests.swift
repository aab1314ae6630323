import Foundation
import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Lists of what is tried, by kind and day")
struct InspectionListTests {
    @Test(
        "a version is set from its day on, told before, and changes no day twice and none that has passed"
    )
    func versions() async throws {
        try await withStockRoom { room in
            let today = StockRoom.noon.day
            let next = try room.list(from: today.adding(days: 10), ["keyboard", "screen", "ports"])
            let told = try await room.store.previewInspectionList(next, by: room.staff)
            #expect(told.added.map(\.item) == ["ports"] && told.removed.isEmpty)
            #expect(told.isReordered && told.items == 3)
            #expect(try await room.count("select count(*) from inspection_lists") == 1)
            let key = room.key()
            for _ in 0..<2 {
                #expect(
                    try await room.store.setInspectionList(next, key: key, by: room.staff) == told
                )
            }
            let lists = try await room.store.inspectionLists(of: .laptop)
            #expect(lists.map(\.list.startsOn) == [next.startsOn, Day(10_957)])
            #expect(lists.map(\.operatorCode) == ["KA", nil])
            for (day, count) in [(9, 2), (10, 3)] {
                let list = try await room.later(days: day).store.inspectionList(of: .laptop)
                #expect(list.items.count == count)
            }
            #expect(
                await room.reason {
                    try await room.store.setInspectionList(next, key: room.key(), by: room.staff)
                } == .changeAlreadyDated
            )
            let past = try room.list(from: today.adding(days: -1), ["screen"])
            #expect(
                await room.reason {
                    try await room.store.setInspectionList(past, key: room.key(), by: room.staff)
                } == .startsInPast
            )
            for write in [false, true] {
                #expect(
                    await room.reason {
                        let list = try room.list(from: today.adding(days: 20), ["screen"])
                        _ =
                            write
                            ? try await room.store.setInspectionList(
                                list,
                                key: room.key(),
                                by: room.onlyHere
                            )
                            : try await room.store.previewInspectionList(list, by: room.onlyHere)
                    } == .associationOnly
                )
            }
        }
    }

    @Test("a version is withdrawn before its day alone, is kept, and never comes into force")
    func withdrawal() async throws {
        try await withStockRoom { room in
            let today = StockRoom.noon.day
            let (wrong, right) = (today.adding(days: 20), today.adding(days: 10))
            try await room.set(from: wrong, ["wings"])
            try await room.set(from: right, ["screen", "ports"])
            let key = room.key()
            func withdraw(_ day: Day, from place: StockRoom, _ key: ID<Claim>) async throws
                -> WithdrawnVersion
            {
                try await place.store.withdrawInspectionList(
                    of: .laptop,
                    from: day,
                    key: key,
                    by: room.staff
                )
            }
            for _ in 0..<2 {
                let told = try await withdraw(wrong, from: room, key)
                #expect(told.startsOn == wrong && told.withdrawn.operatorCode == "KA")
            }
            await room.expect(.alreadyEnded) { try await withdraw(wrong, from: room, room.key()) }
            await room.expect(.unknownThing) {
                try await withdraw(wrong.adding(days: 1), from: room, room.key())
            }
            let lists = try await room.store.inspectionLists(of: .laptop)
            #expect(lists.map(\.list.startsOn) == [wrong, right, Day(10_957)])
            #expect(lists.map { $0.withdrawn?.operatorCode } == ["KA", nil, nil])
            #expect(lists.inForce(for: .laptop, on: wrong)?.startsOn == right)
            let after = room.later(days: 30)
            #expect(try await after.store.inspectionList(of: .laptop).startsOn == right)
            for day in [right, Day(10_957)] {
                await room.expect(.versionInForce) {
                    try await withdraw(day, from: after, room.key())
                }
            }
            // Its day is spent, in the preview too.
            let again = try room.list(from: wrong, ["screen"])
            await room.expect(.changeAlreadyDated) {
                try await room.store.previewInspectionList(again, by: room.staff)
            }
            await room.expect(.changeAlreadyDated) {
                try await room.store.setInspectionList(again, key: room.key(), by: room.staff)
            }
        }
    }

    @Test("plain SQL withdraws nothing that is in force or was followed, and brings nothing back")
    func withdrawalGates() async throws {
        try await withStockRoom { room in
            let today = StockRoom.noon.day
            try await room.set(from: today.adding(days: 1), ["screen", "keyboard"])
            let label = try await room.laptop()
            func withdraw(_ day: Day, at instant: Instant) -> SQL {
                """
                insert into inspection_list_withdrawals (device_kind, starts_on, withdrawn_at, withdrawn_by)
                values ('laptop', \(day), \(instant), \(room.staff.id))
                """
            }
            let later = room.later(days: 2)
            #expect(
                await room.constraint(
                    withdraw(today.adding(days: 1), at: StockRoom.noon.adding(seconds: 86_400))
                ) == "inspection_list_withdrawals_come_before_their_day"
            )
            try await later.inspect(label)
            #expect(
                await room.constraint(withdraw(today.adding(days: 1), at: StockRoom.noon))
                    == "inspection_list_withdrawals_are_of_what_nobody_followed"
            )
            try await room.set(from: today.adding(days: 5), ["wings"])
            #expect(
                await room.constraint(withdraw(today.adding(days: 5), at: StockRoom.noon)) == nil
            )
            for statement in [
                "delete from inspection_list_withdrawals",
                "update inspection_list_withdrawals set withdrawn_at = now()",
            ] as [SQL] {
                #expect(await room.constraint(statement)?.contains("denied") == true)
                await #expect(throws: PostgresError.self) { try await room.execute(statement) }
            }
            // Nobody inspects by what was withdrawn.
            let by: SQL = """
                insert into inspections (id, device_id, device_kind, list_starts_on, inspected_at, recorded_at, recorded_by)
                select gen_random_uuid(), id, 'laptop', \(today.adding(days: 5)), \(StockRoom.noon.adding(seconds: 6 * 86_400)), now(),
                       \(room.staff.id)
                from devices
                """
            #expect(await room.constraint(by) == "inspections_follow_the_list_in_force")
        }
    }

    @Test(
        "a version begins within a year",
        arguments: [
            (days: 365, expected: nil as Reason?), (366, .startsTooFar), (13_149, .startsTooFar),
        ]
    )
    func ahead(days: Int, expected: Reason?) async throws {
        try await withStockRoom { room in
            let list = try room.list(from: StockRoom.noon.day.adding(days: days), ["screen"])
            #expect(
                await room.reason {
                    try await room.store.previewInspectionList(list, by: room.staff)
                } == expected
            )
        }
    }

    @Test("what an item of a file lacks is told with the item")
    func fileItems() throws {
        let file = """
            {"deviceKind": "laptop", "items": [{"item": "screen", "nameFr": "Écran", "nameEn": "Screen"},
             {"item": "keyboard", "nameFr": "Clavier", "nameEn": "Keyboard", "helpFr": "Tapez."}]}
            """
        let document = try JSONDecoder().decode(InspectionListDocument.self, from: Data(file.utf8))
        do {
            _ = try document.list(today: StockRoom.noon.day)
            Issue.record("not refused")
        } catch {
            #expect(error.reason == .fieldMissing)
            #expect(error.told(in: .french).what.contains("(point 2, keyboard)"))
        }
    }

    @Test("the shelf asks for what the list of its day asks, and names it")
    func asksMore() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.prepare(label)
            let day = StockRoom.noon.day.adding(days: 1)
            try await room.set(from: day, ["screen", "keyboard", "ports"])
            let next = room.later(days: 1)
            #expect(try await next.store.device(label).device.inspected == false)
            let card = try await next.store.device(label)
            #expect(card.inspection.map(\.passed) == [true, true, nil])
            #expect(card.listStartsOn == day && card.lastInspection?.listStartsOn == Day(10_957))
            #expect(card.lastInspection?.results.map(\.item.item) == ["screen", "keyboard"])
            let missing = Refusal(
                .inspectionIncomplete,
                [
                    "label": .text("LIPC26-0001"),
                    "items": .explained(
                        french: "ports (pas essayé)",
                        english: "ports (not tried)"
                    ),
                ]
            )
            await #expect(throws: missing) { try await next.shelve(label) }
            // Whoever comes with the list of yesterday is told that another one is in force.
            await #expect(
                throws: Refusal(.inspectionListChanged, ["label": .text("LIPC26-0001")])
            ) {
                try await next.store.inspectDevice(
                    label,
                    results: ["screen": .passed, "keyboard": .passed],
                    following: Day(10_957),
                    key: next.key(),
                    by: next.staff
                )
            }
            let result = try await next.store.inspectDevice(
                label,
                results: ["screen": .passed, "keyboard": .passed, "ports": .passed],
                following: day,
                key: next.key(),
                by: next.staff
            )
            #expect(result.listStartsOn == day && result.failed.isEmpty)
            #expect(try await next.shelve(label).ordinal == 1)
        }
    }

    @Test("a list that asks less lets through what failed on an item that it asks no more")
    func asksLess() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.inspect(label, screen: false)
            try await room.erase(label)
            try await room.set(from: StockRoom.noon.day.adding(days: 1), ["keyboard"])
            await room.expect(.inspectionIncomplete) { try await room.shelve(label) }
            #expect(try await room.later(days: 1).shelve(label).ordinal == 1)
        }
    }

    @Test("a fault that is only noted keeps nothing off the shelf, and is told with its remark")
    func noted() async throws {
        try await withStockRoom { room in
            let day = StockRoom.noon.day
            try await room.set(from: day, ["screen", "keyboard"], noted: ["casing"])
            let label = try await room.laptop()
            let result = try await room.store.inspectDevice(
                label,
                results: [
                    "screen": .passed, "keyboard": .passed,
                    "casing": InspectionFinding(passed: false, remark: "Coin fendu"),
                ],
                key: room.key(),
                by: room.staff
            )
            #expect(result.failed.isEmpty && result.noted == ["casing"])
            try await room.erase(label)
            _ = try await room.shelve(label)
            let card = try await room.store.device(label)
            #expect(card.history.contains { $0.kind == .inspected && $0.detail == "casing" })
            let passport = try await room.store.passport(label)
            #expect(passport.listStartsOn == day)
            #expect(passport.tests.map(\.remark) == [nil, nil, "Coin fendu"])
            #expect(passport.tests.last?.item.mustPass == false)
        }
    }

    @Test("plain SQL inspects by the list in force alone, each item of it once and no other")
    func gates() async throws {
        try await withStockRoom { room in
            _ = try await room.laptop()
            let today = StockRoom.noon.day
            try await room.set(from: today, ["screen", "keyboard", "ports"])
            func inspected(
                _ list: Day,
                _ items: [String],
                kind: String = "laptop",
                remark: String = "",
                of other: Day? = nil
            ) -> SQL {
                """
                with made as (
                    insert into inspections (id, device_id, device_kind, list_starts_on, inspected_at, recorded_at, recorded_by)
                    select gen_random_uuid(), id, \(kind), \(list), \(StockRoom.noon), \(StockRoom.noon), \(room.staff.id)
                    from devices returning id, device_kind, list_starts_on)
                insert into inspection_results (inspection_id, device_kind, list_starts_on, item, passed, remark)
                select made.id, device_kind, coalesce(\(other)::date, list_starts_on), item, true, \(remark)
                from made, unnest(\(items)::text[]) item
                """
            }
            let all = ["screen", "keyboard", "ports"]
            let old = Day(10_957)
            for (statement, gate) in [
                (inspected(today, all), nil),
                (inspected(today, ["screen", "keyboard"]), "inspections_try_every_item"),
                (inspected(today, []), "inspections_try_every_item"),
                (
                    inspected(today, ["screen", "keyboard", "wings"]),
                    "inspection_results_answer_what_is_asked"
                ),
                (inspected(today, all + ["ports"]), "inspection_results_pkey"),
                (inspected(old, ["screen", "keyboard"]), "inspections_follow_the_list_in_force"),
                (
                    inspected(today, ["screen", "keyboard"], of: old),
                    "inspection_results_are_of_the_list"
                ),
                (
                    inspected(today, all, kind: "tablet"),
                    "inspections_device_kind_list_starts_on_fkey"
                ),
                (inspected(today, all, remark: "Rayé"), "inspection_results_remark_on_faults"),
            ] as [(SQL, String?)] {
                #expect(await room.constraint(statement) == gate)
            }
            // What is committed gets no further result, and no list a further item.
            let late: SQL = """
                insert into inspection_results (inspection_id, device_kind, list_starts_on, item, passed)
                select id, device_kind, list_starts_on, 'wings', true from inspections
                """
            #expect(await room.constraint(late) == "inspection_results_answer_what_is_asked")
            let further: SQL = """
                insert into inspection_list_items (device_kind, starts_on, item, position, name_fr, name_en, must_pass)
                values ('laptop', \(today), 'wings', 4, 'Ailes', 'Wings', true)
                """
            #expect(await room.constraint(further) == "inspection_lists_are_whole")
            let bare: SQL = """
                insert into inspection_lists (device_kind, starts_on, item_count, recorded_at)
                values ('tablet', \(today), 1, now())
                """
            #expect(await room.constraint(bare) == "inspection_lists_are_whole")
            let back: SQL = """
                insert into inspection_lists (device_kind, starts_on, item_count, recorded_at, recorded_by)
                values ('tablet', \(today.adding(days: -1)), 1, \(StockRoom.noon), \(room.staff.id))
                """
            #expect(await room.constraint(back) == "inspection_lists_never_begin_in_the_past")
            for statement in [
                "update inspection_list_items set must_pass = false",
                "delete from inspection_lists",
            ] as [SQL] {
                #expect(await room.constraint(statement) != nil)
                await #expect(throws: PostgresError.self) { try await room.execute(statement) }
            }
        }
    }

    @Test(
        "the gate holds in plain SQL too: an item of the list in force that was not tried, or did not pass"
    )
    func shelfGate() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop()
            try await room.prepare(label)
            try await room.set(from: StockRoom.noon.day.adding(days: 1), ["screen", "ports"])
            func stay(_ instant: Instant) -> SQL {
                """
                insert into stays (device_id, ordinal, shop_id, grade, price_cents, shelved_at, shelved_by)
                select id, 1, \(room.shop), 'b', 9000, \(instant), \(room.staff.id) from devices
                """
            }
            let tomorrow = StockRoom.noon.adding(seconds: 86_400)
            #expect(await room.constraint(stay(tomorrow)) == "stays_need_an_inspection")
            #expect(await room.constraint(stay(StockRoom.noon)) == nil)
        }
    }

    @Test("an installation that was set up before keeps what it asked, said as a new one says it")
    func migrated() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let migration = try String(
            contentsOf: root.appending(path: "sql/migrations/0034_bench.sql"),
            encoding: .utf8
        )
        let moved = try #require(
            migration.firstMatch(
                of: /(?s)-- The days on which something began.*?drop table inspection_items;/
            )
        ).output.split(separator: ";").map(String.init)
        let said = try #require(
            migration.firstMatch(of: /(?s)update inspection_list_items i set help_fr.*?;\n\n/)
        ).output
        let helps = String(said)
        try await withStoreAndOwner { store, owner in
            try await store.seedDefaults()
            let fresh = try await store.inspectionLists().map(\.list)
            #expect(fresh.count == 7 && fresh.allSatisfy { $0.startsOn == Day(10_957) })
            try await owner.transaction { tx in
                try tx.execute(
                    """
                    create table inspection_items (device_kind text, item text, starts_on date, ends_on date, position int,
                                                   name_fr text, name_en text)
                    """
                )
                try tx.execute(
                    """
                    insert into inspection_items
                    select device_kind, item, starts_on, null, position, name_fr, name_en from inspection_list_items
                    """
                )
                // Asked of screens from 2020 on, and something of them no more from 2024 on.
                try tx.execute(
                    "insert into inspection_items values ('screen', 'stand', '2020-01-01', null, 9, 'Pied', 'Stand')"
                )
                try tx.execute(
                    """
                    update inspection_items set ends_on = '2024-01-01' where device_kind = 'screen' and item = 'power_cable'
                    """
                )
                for table in ["inspection_list_items", "inspection_lists"] {
                    try tx.execute("alter table \(identifier: table) disable trigger user")
                    try tx.execute("delete from \(identifier: table)")
                }
                for statement in moved { try tx.execute(SQL(raw: statement)) }
                try tx.execute(SQL(raw: helps))
            }
            let lists = try await store.inspectionLists().map(\.list)
            let screens = lists.filter { $0.kind == .screen }
            #expect(
                screens.map { $0.items.map(\.item) } == [
                    ["starts", "screen", "video_input", "stand"],
                    ["starts", "screen", "video_input", "power_cable", "stand"],
                    ["starts", "screen", "video_input", "power_cable"],
                ]
            )
            #expect(
                lists.filter { $0.startsOn == Day(10_957) } == fresh
            )
        }
    }
}

extension StockRoom {
    fileprivate func list(
        from day: Day,
        _ items: [String],
        noted: [String] = []
    ) throws -> InspectionList {
        try InspectionList(
            kind: .laptop,
            startsOn: day,
            items: (items + noted).map {
                InspectionItem(
                    stored: $0,
                    french: $0,
                    english: $0,
                    mustPass: !noted.contains($0)
                )
            }
        )
    }

    fileprivate func set(from day: Day, _ items: [String], noted: [String] = []) async throws {
        _ = try await store.setInspectionList(
            list(from: day, items, noted: noted),
            key: key(),
            by: staff
        )
    }

    fileprivate func reason(_ body: () async throws -> some Any) async -> Reason? {
        do {
            _ = try await body()
            return nil
        } catch {
            return (error as? Refusal)?.reason
        }
    }

    fileprivate func expect(_ reason: Reason, _ body: () async throws -> some Any) async {
        #expect(await self.reason(body) == reason)
    }
}
