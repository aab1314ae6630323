import Postgres
import Shop
import Store
import Testing

@Suite("What the home page counts")
struct TodayTests {
    @Test("a machine waits until it is shelved, and again when it comes back")
    func waiting() async throws {
        try await withStockRoom { room in
            func shown(_ room: StockRoom) async throws -> [Int] {
                let today = try await room.store.readToday(in: room.shop)
                return [today.devicesToPrepare, today.devicesOnShelf]
            }
            let label = try await room.laptop()
            #expect(try await shown(room) == [1, 0])
            try await room.prepare(label)
            _ = try await room.shelve(label)
            #expect(try await shown(room) == [0, 1])
            try await room.leave(label, as: "after_sales", at: StockRoom.noon.adding(seconds: 3600))
            #expect(try await shown(room) == [1, 0])
            let next = room.later(days: 1)
            try await next.prepare(label)
            _ = try await next.shelve(label)
            #expect(try await shown(next) == [0, 1])
            #expect(try await next.store.readToday(in: nil).devicesOnShelf == 1)
        }
    }

    @Test("a refunded machine waits; what was sold does not")
    func refunded() async throws {
        try await withWazemmes(machines: 3) { at async throws -> Void in
            func shown() async throws -> [Int] {
                let today = try await at.store.readToday(in: at.shop)
                return [today.devicesToPrepare, today.devicesOnShelf]
            }
            let sale = try await at.store.sell(at.request(device: 1), key: at.key(), by: at.staff())
                .sale.id
            #expect(try await shown() == [0, 2])
            _ = try await at.store.giveBack(
                RefundRequest(sale: sale, lines: nil, reason: .defective, means: .cash),
                key: at.key(),
                by: at.staff()
            )
            #expect(try await shown() == [1, 2])
        }
    }

    @Test("a voucher counts on the shop's day on which it was recorded, from midnight to midnight")
    func vouchers() async throws {
        try await withWazemmes { at async throws -> Void in
            for (instant, day, count) in [
                ("2026-03-01T22:59:59Z", "2026-03-02T11:00:00Z", 0),
                ("2026-03-01T23:00:00Z", "2026-03-02T11:00:00Z", 1),
                ("2026-03-02T22:59:59Z", "2026-03-02T11:00:00Z", 1),
                ("2026-03-02T23:00:00Z", "2026-03-02T11:00:00Z", 0),
            ] {
                try await at.execute(
                    "update vouchers set recorded_at = \(instant)::timestamptz where code = \(Wazemmes.aminaVoucher)"
                )
                let now = try #require(Instant(iso: day))
                let today = try await at.store.at(.standing(at: now)).readToday(in: nil)
                #expect(today.vouchers == count, "\(instant)")
            }
        }
    }
}
