import Postgres
import Shop
import Testing

@testable import Store

@Suite("What a bench may fill, and the lot that stands on it")
struct BenchBoundsTests {
    @Test("beyond so many files that wait the next is refused; what was handled makes room")
    func waiting() async throws {
        try await withStockRoom { room in
            try await room.bound("station_files_waiting", to: 2)
            let bench = try await room.bench()
            let nameless = (1...3).map { StockRoom.laptop(serial: "0", disk: "DISK000\($0)") }
            for upload in nameless.prefix(2) {
                #expect(try await room.send(upload, from: bench).outcome == .waiting)
            }
            // One that waits is no new one.
            #expect(try await room.send(nameless[0], from: bench).outcome == .waiting)
            await #expect(throws: Refusal(.stationFilesWait, ["most": .number(2)])) {
                _ = try await room.send(nameless[2], from: bench)
            }
            #expect(try await room.count("select count(*) from waiting_files") == 2)
            let first = try #require(try await room.store.waitingFiles().items.first)
            _ = try await room.store.putWaitingFileAside(first.id, key: room.key(), by: room.staff)
            #expect(try await room.send(nameless[2], from: bench).outcome == .waiting)
        }
    }

    @Test("many at once keep no more than the bound")
    func together() async throws {
        try await withStockRoom { room in
            try await room.bound("station_files_waiting", to: 3)
            let bench = try await room.bench()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        do {
                            _ = try await room.send(
                                StockRoom.laptop(serial: "0", disk: "DISK000\(number)"),
                                from: bench
                            )
                        } catch let refusal as Refusal where refusal.reason == .stationFilesWait {}
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await room.count("select count(*) from waiting_files") == 3)
        }
    }

    @Test("beyond so many machines a day the next waits for tomorrow; what is known does not")
    func day() async throws {
        try await withStockRoom { room in
            try await room.bound("station_devices_a_day", to: 1)
            let bench = try await room.bench()
            #expect(try await room.send(StockRoom.laptop(), from: bench).outcome == .new)
            let second = StockRoom.laptop(serial: "5CD8123XYZ")
            await #expect(throws: Refusal(.stationDayFull, ["most": .number(1)])) {
                _ = try await room.send(second, from: bench)
            }
            #expect(
                try await room.send(StockRoom.laptop(disk: "ZZZZ9999"), from: bench).outcome
                    == .known
            )
            // A person is not held by it.
            #expect(try await room.laptop(serial: "5CD8123DEF").description == "LIPC26-0002")
            let tomorrow = try await room.later(days: 1).send(second, from: bench)
            #expect(tomorrow.label == "LIPC26-0003")
        }
    }

    @Test("beyond so many megabytes a day nothing more is read, of a machine that is known neither")
    func bytes() async throws {
        try await withStockRoom { room in
            let bench = try await room.bench()
            #expect(try await room.send(StockRoom.laptop(), from: bench).outcome == .new)
            try await room.bound("station_megabytes_a_day", to: 0)
            await #expect(throws: Refusal(.stationBytesFull, ["most": .number(0)])) {
                _ = try await room.send(StockRoom.laptop(disk: "ZZZZ9999"), from: bench)
            }
            #expect(try await room.count("select count(*) from hardware_files") == 1)
        }
    }

    @Test("new machines come with the lot on the bench; what the shop has joins none")
    func lot() async throws {
        try await withStockRoom { room in
            let bench = try await room.bench()
            let code = try OperatorCode(typed: "LIP1")
            func put(_ batch: BatchCode?) async throws {
                _ = try await room.store.setStationBatch(
                    code,
                    to: batch,
                    key: room.key(),
                    by: room.staff
                )
            }
            func lot(of serial: String) async throws -> String? {
                let label = try #require(
                    try await room.send(StockRoom.laptop(serial: serial), from: bench).label
                )
                return try await room.store.device(DeviceLabel.typed(label)).batch
            }
            let known = try await room.laptop(serial: "5CD8123OLD")
            let batch = try await room.lot(of: .publicBody)
            await room.expectRefusal(.batchNotReceived) { try await put(batch) }
            _ = try await room.receive(batch)
            try await put(batch)
            #expect(try await room.store.station(code).batch == batch.description)
            #expect(try await lot(of: "5CD8123NEW") == batch.description)
            // Its donor says that the law caps the price.
            let new = try await room.store.devices(matching: "5CD8123NEW").items
            let card = try await room.store.device(DeviceLabel.typed(new[0].label))
            #expect(card.fromPublicBody)
            _ = try await room.send(
                StockRoom.laptop(serial: "5CD8123OLD", disk: "ZZZZ1111"),
                from: bench
            )
            #expect(try await room.store.device(known).batch == nil)
            try await put(nil)
            #expect(try await room.store.station(code).batch == nil)
            #expect(try await lot(of: "5CD8123BAR") == nil)
            _ = try await room.store.revokeStation(code, key: room.key(), by: room.staff)
            await room.expectRefusal(.alreadyEnded) { try await put(batch) }
        }
    }
}

extension StockRoom {
    fileprivate func bound(_ name: String, to amount: Int) async throws {
        try await execute(
            """
            insert into dated_numbers (name, starts_on, amount, recorded_at)
            values (\(name), '2026-01-01', \(amount), now())
            """
        )
    }
}
