import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("What waits, where, and since when")
struct DeviceBoardTests {
    @Test("each machine of the stock is in the section of what it waits for, the longest first")
    func sections() async throws {
        try await withStockRoom { room in
            try await room.setBoardDays()
            var labels: [DeviceLabel] = []
            for index in 1...6 {
                labels.append(
                    try await room.later(days: index - 80).laptop(serial: "5CD8123A0\(index)")
                )
            }
            try await room.inspect(labels[1])
            try await room.prepare(labels[2])
            for label in labels[3...5] {
                try await room.prepare(label)
                _ = try await room.shelve(label)
            }
            _ = try await room.store.reserveDevice(
                labels[4],
                for: room.person,
                until: StockRoom.noon.day.adding(days: 90),
                key: room.key(),
                by: room.staff
            )
            try await room.leave(labels[5], as: "loss", at: StockRoom.noon.adding(seconds: 60))
            let board = try await room.store.deviceBoard()
            #expect(
                board.sections.filter { $0.count > 0 }.map(\.step) == [
                    .toInspect, .toErase, .toShelve, .forSale, .reserved,
                ]
            )
            #expect(board.sections.map(\.step) == DeviceStep.allCases)
            // Taken in 79 days ago: beyond the thirty of the bench. On the shelf since today.
            let first = board.sections[0]
            #expect(first.count == 1 && first.late == 1 && first.lateDays == 30)
            #expect(first.oldest.map(\.label) == ["LIPC25-0001"])
            #expect(first.since == StockRoom.noon.adding(seconds: -79 * 86_400))
            #expect(board.sections.first { $0.step == .forSale }?.late == 0)
            // The sixty days of the shelf: the last of them still counts.
            for (days, late) in [(60, 0), (61, 1)] {
                let later = try await room.later(days: days).store.deviceBoard()
                #expect(later.sections.first { $0.step == .forSale }?.late == late)
            }
            #expect(
                try await room.store.deviceBoard(in: .shops([room.store.newID()])).sections
                    .allSatisfy { $0.count == 0 }
            )
        }
    }

    @Test("a list is taken away whole, or refused with how many lines a file holds")
    func table() async throws {
        try await withStockRoom { room in
            for index in 1...3 { _ = try await room.laptop(serial: "5CD8123A0\(index)") }
            func table(most: Int, _ words: String = "") async throws -> Table {
                try await room.store.devicesTable(matching: words, most: most, language: .english)
            }
            let whole = try await table(most: 3)
            #expect(whole.lines.count == 3)
            let serials = Set(whole.lines.map { $0[4] })
            #expect(serials == Set((1...3).map { .text("5CD8123A0\($0)") }))
            #expect(try await refusalReason { _ = try await table(most: 2) } == .listTooLong)
            #expect(try await table(most: 2, "5CD8123A02").lines.count == 1)
            await #expect(throws: Refusal.self) {
                try await room.store.devicesTable(
                    at: .stage(.left),
                    olderThan: 1,
                    language: .french
                )
            }
        }
    }

    @Test("what stands on the shelf is listed there, in whatever order its rows came")
    func orderOfRows() async throws {
        try await withStockRoom { room in
            let label = try await room.laptop(serial: "5CD8123A01")
            try await room.prepare(label)
            _ = try await room.shelve(label)
            // What a query does first is not what it says first.
            try await room.execute(
                """
                with taken as (
                    insert into exits (device_id, ordinal, kind, left_at, left_by, motive)
                    select device_id, ordinal, 'repricing', shelved_at, shelved_by, '' from stays returning device_id)
                insert into stays (device_id, ordinal, previous_ordinal, shop_id, grade, price_cents, shelved_at, shelved_by)
                select device_id, 2, 1, shop_id, grade, price_cents, shelved_at, shelved_by from stays
                """
            )
            #expect(try await room.store.devices(at: .stage(.onShelf)).items.count == 1)
            #expect(try await room.store.verify(journal: false, stock: true).faults == [])
        }
    }

    @Test("a place that no list gave, and a wait longer than a life, are no fault of the service")
    func badPlaces() async throws {
        try await withStockRoom { room in
            _ = try await room.laptop()
            let nobody = "00000000-0000-0000-0000-000000000000"
            for text in [
                "\(Int64.min)_\(nobody)", "-1_\(nobody)", "\(Int64.max)_\(nobody)", "x", "1_x",
            ] {
                let part = try await room.store.devices(at: .step(.toInspect), after: text)
                #expect(part.items.count == 1)
            }
            for days in [-1, 3_000_000_000] {
                let reason = try await refusalReason {
                    _ = try await room.store.devices(olderThan: days)
                }
                #expect(reason == .quantityOutOfRange)
            }
        }
    }

    @Test("a price that changed is no new beginning; a withdrawal is")
    func since() async throws {
        try await withStockRoom { room in
            try await room.setBoardDays()
            let label = try await room.laptop()
            try await room.prepare(label)
            _ = try await room.shelve(label)
            let later = room.later(days: 61)
            _ = try await later.store.repriceDevice(
                label,
                price: Cents(9000),
                isUnusualMeant: true,
                key: room.key(),
                by: room.staff
            )
            let shelf = try await later.store.deviceBoard().sections.first { $0.step == .forSale }
            #expect(shelf?.late == 1 && shelf?.since == StockRoom.noon)
            _ = try await later.store.takeOffShelf(
                label,
                motive: ShortText(typed: "Rayé", field: .motive),
                key: room.key(),
                by: room.staff
            )
            let bench = try await later.store.deviceBoard().sections[0]
            #expect(bench.step == .toInspect && bench.late == 0)
            #expect(bench.since == StockRoom.noon.adding(seconds: 61 * 86_400))
        }
    }

    @Test(
        "the list by step and age begins with what waits longest, in parts, and says nothing of what left"
    )
    func lists() async throws {
        try await withStockRoom { room in
            try await room.setBoardDays()
            for index in 1...5 {
                _ = try await room.later(days: index - 40).laptop(serial: "5CD8123A0\(index)")
            }
            let all = ["LIPC26-0001", "LIPC26-0002", "LIPC26-0003", "LIPC26-0004", "LIPC26-0005"]
            let first = try await room.store.devices(at: .step(.toInspect), limit: 2)
            #expect(first.items.map(\.label) == Array(all.prefix(2)))
            let rest = try await room.store.devices(
                at: .step(.toInspect),
                after: first.next,
                limit: 50
            )
            #expect(rest.items.map(\.label) == Array(all.dropFirst(2)) && rest.next == nil)
            // Taken in 39 to 35 days ago.
            for (days, count) in [(38, 1), (37, 2), (34, 5), (39, 0)] {
                let late = try await room.store.devices(at: .stage(.inWork), olderThan: days)
                #expect(late.items.count == count)
                #expect(try await room.store.devices(olderThan: days).items.count == count)
            }
            #expect(
                try await room.store.devices(matching: "a03", at: .step(.toInspect)).items
                    .map(\.label) == ["LIPC26-0003"]
            )
            #expect(try await room.store.devices(at: .step(.toErase)).items.isEmpty)
            #expect(
                try await room.store.devices(at: .step(.toInspect), after: "x").items.count == 5
            )
            await #expect(throws: Refusal.unknownStage("left")) {
                try await room.store.devices(at: .stage(.left), olderThan: 3)
            }
        }
    }

    @Test(
        "what is sold waits no more, what is refunded waits again, and the list of what waits is proved"
    )
    func waits() async throws {
        try await withWazemmes { at async throws -> Void in
            func steps() async throws -> [String: Int] {
                let board = try await at.store.deviceBoard()
                // What the rows say one by one is what the board counts.
                var told: [String: Int] = [:]
                for row in try await at.store.devices(limit: 200).items {
                    if let step = row.step { told[step.rawValue, default: 0] += 1 }
                }
                let counted = board.sections.filter { $0.count > 0 }.map {
                    ($0.step.rawValue, $0.count)
                }
                #expect(Dictionary(uniqueKeysWithValues: counted) == told)
                #expect(try await at.store.verify().faults == [])
                return told
            }
            let before = try await steps()["for_sale"] ?? 0
            let sale = try await at.store.sell(at.request(device: 1), key: at.key(), by: at.staff())
                .sale.id
            #expect(try await steps()["for_sale"] == before - 1)
            _ = try await at.store.giveBack(
                RefundRequest(sale: sale, lines: nil, reason: .defective, means: .cash),
                key: at.key(),
                by: at.staff()
            )
            let after = try await steps()
            #expect(after["for_sale"] == before - 1 && after["to_inspect"] == 1)
            try await at.execute(
                """
                update waiting_devices set on_shelf = not on_shelf
                where device_id = (select device_id from waiting_devices where on_shelf limit 1)
                """
            )
            #expect(
                try await at.store.verify(journal: false, stock: true).faults.map(\.kind) == [
                    "stock"
                ]
            )
            try await at.execute("delete from waiting_devices")
            #expect(try await at.store.verify().faults.map(\.kind) == ["stock"])
        }
    }
}

extension StockRoom {
    func setBoardDays() async throws {
        try await execute(
            """
            insert into dated_numbers (name, starts_on, amount, recorded_at)
            values ('board_bench_days', '2000-01-01', 30, now()), ('board_shelf_days', '2000-01-01', 60, now())
            """
        )
    }
}
