import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Articles of which few are left")
struct ThresholdTests {
    private func set(_ rooms: TwoRooms, _ units: Int?, by staff: Staff? = nil) async throws
        -> StockThreshold
    {
        try await rooms.store.setThreshold(
            of: ShortCode(typed: "mouse"),
            units,
            in: rooms.at.shop,
            key: rooms.at.key(),
            by: staff ?? rooms.onlyLille
        )
    }

    private func low(_ rooms: TwoRooms, for staff: Staff? = nil) async throws -> [String] {
        try await rooms.store.products(
            in: rooms.at.shop,
            for: staff ?? rooms.onlyLille,
            isLow: true
        ).items.map(\.code)
    }

    @Test("nothing is told without a threshold, and the last one set holds")
    func dated() async throws {
        try await withTwoRooms { rooms in
            #expect(try await low(rooms) == [])
            #expect(try await set(rooms, 19).isLow == false)
            #expect(try await low(rooms) == [])
            #expect(try await set(rooms, 20).isLow)
            #expect(try await low(rooms) == ["mouse"])
            #expect(try await rooms.store.countLowProducts(in: rooms.at.shop) == 1)
            #expect(try await rooms.store.countLowProducts(in: rooms.roubaix) == 0)
            _ = try await set(rooms, nil)
            #expect(try await low(rooms) == [])
            #expect(try await rooms.at.count("select count(*) from stock_thresholds") == 3)
        }
    }

    @Test("a sale, a transfer, and what comes back or is taken in move an article across it")
    func moves() async throws {
        try await withTwoRooms { rooms in
            _ = try await set(rooms, 18)
            _ = try await rooms.store.sell(
                rooms.at.request(mice: 1),
                key: rooms.at.key(),
                by: rooms.at.staff()
            )
            #expect(try await low(rooms) == [])
            let slip = try await rooms.send(DeviceLabels([]), mice: 1)
            #expect(try await low(rooms) == ["mouse"])
            try await rooms.receive(slip, mice: 1, takesBack: true, by: rooms.onlyLille)
            #expect(try await low(rooms) == [])
            _ = try await rooms.send(DeviceLabels([]), mice: 10)
            #expect(try await low(rooms) == ["mouse"])
            _ = try await rooms.store.receiveStock(
                of: ShortCode(typed: "mouse"),
                units: 10,
                in: rooms.at.shop,
                key: rooms.at.key(),
                by: rooms.onlyLille
            )
            #expect(try await low(rooms) == [])
        }
    }

    @Test("who keeps another shop’s stock reads and sets none here")
    func others() async throws {
        try await withTwoRooms { rooms in
            _ = try await set(rooms, 20)
            #expect(try await low(rooms, for: rooms.onlyRoubaix) == [])
            let rows = try await rooms.store.products(in: rooms.at.shop, for: rooms.onlyRoubaix)
            #expect(rows.items.allSatisfy { $0.threshold == nil && !$0.isLow })
            #expect(
                try await refusalReason { _ = try await set(rooms, 3, by: rooms.onlyRoubaix) }
                    == .unknownThing
            )
        }
    }

    @Test("machines have no threshold, and what was set is never edited")
    func refused() async throws {
        try await withTwoRooms { rooms in
            #expect(
                try await refusalReason {
                    _ = try await rooms.store.setThreshold(
                        of: ShortCode(typed: "laptop"),
                        1,
                        in: rooms.at.shop,
                        key: rooms.at.key(),
                        by: rooms.onlyLille
                    )
                } == .productNotCounted
            )
            #expect(
                try await refusalReason { _ = try await set(rooms, 100_001) }
                    == .quantityOutOfRange
            )
            _ = try await set(rooms, 5)
            #expect(
                await rooms.constraint("delete from stock_thresholds")?.contains("denied") == true
            )
        }
    }
}
