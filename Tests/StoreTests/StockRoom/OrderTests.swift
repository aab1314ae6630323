import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("What is ordered and expected")
struct OrderTests {
    private func place(
        _ rooms: TwoRooms,
        mice: Int = 10,
        days: Int = 7,
        key: ID<Claim>? = nil,
        by staff: Staff? = nil
    ) async throws -> OrderCode {
        try OrderCode.typed(
            await rooms.store.placeOrder(
                NewOrder(
                    supplier: ShortText(typed: "Grossiste", field: .supplier),
                    reference: "BC-17",
                    expectedOn: rooms.store.today.adding(days: days),
                    products: ProductCounts([ShortCode(typed: "mouse"): mice])
                ),
                for: rooms.at.shop,
                key: key ?? rooms.at.key(),
                by: staff ?? rooms.onlyLille
            )
        )
    }

    @discardableResult
    private func receive(
        _ rooms: TwoRooms,
        _ code: OrderCode,
        _ mice: Int,
        more: Bool = false,
        key: ID<Claim>? = nil,
        by staff: Staff? = nil
    ) async throws -> ToldOrder {
        try await rooms.store.receiveOrder(
            code,
            ProductCounts([ShortCode(typed: "mouse"): mice], least: 0),
            isMoreMeant: more,
            key: key ?? rooms.at.key(),
            by: staff ?? rooms.onlyLille
        )
    }

    private func close(_ rooms: TwoRooms, _ code: OrderCode, by staff: Staff? = nil) async throws
        -> ToldOrder
    {
        try await rooms.store.closeOrder(
            code,
            motive: ShortText(typed: "Rupture", field: .motive),
            key: rooms.at.key(),
            by: staff ?? rooms.onlyLille
        )
    }

    private func expected(_ rooms: TwoRooms, for staff: Staff) async throws -> Int? {
        try await rooms.store.products(in: rooms.at.shop, for: staff).items
            .first { $0.code == "mouse" }?.expectedUnits
    }

    @Test("expected beside its article, received in parts, over once all of it came")
    func parts() async throws {
        try await withTwoRooms { rooms in
            let code = try await place(rooms)
            #expect(code.description.hasPrefix("LICM"))
            #expect(try await rooms.free("mouse", in: rooms.at.shop) == 20)
            #expect(try await expected(rooms, for: rooms.onlyLille) == 10)
            #expect(try await expected(rooms, for: rooms.onlyRoubaix) == nil)
            let first = try await receive(rooms, code, 4)
            #expect(first.open == 6 && first.ended == nil)
            #expect(try await rooms.free("mouse", in: rooms.at.shop) == 24)
            #expect(try await expected(rooms, for: rooms.onlyLille) == 6)
            #expect(try await receive(rooms, code, 6).ended == .complete)
            #expect(try await rooms.free("mouse", in: rooms.at.shop) == 30)
            #expect(try await expected(rooms, for: rooms.onlyLille) == nil)
            let card = try await rooms.store.order(code)
            #expect(card.receipts.map { $0.lines.map(\.units) } == [[4], [6]])
            #expect(card.order.ended == .complete && card.order.received == 10)
            #expect(
                try await refusalReason { try await receive(rooms, code, 1) } == .orderEnded
            )
            #expect(try await rooms.store.verify().faults.isEmpty)
        }
    }

    @Test("more than is expected is taken in when it is meant, and nothing is refused silently")
    func more() async throws {
        try await withTwoRooms { rooms in
            let code = try await place(rooms)
            #expect(
                try await refusalReason { try await receive(rooms, code, 12) } == .orderTooMany
            )
            #expect(
                try await refusalReason { try await receive(rooms, code, 0) } == .nothingTicked
            )
            #expect(try await rooms.free("mouse", in: rooms.at.shop) == 20)
            #expect(try await receive(rooms, code, 12, more: true).ended == .complete)
            #expect(try await rooms.free("mouse", in: rooms.at.shop) == 32)
            let stranger = try ProductCounts([ShortCode(typed: "recharge-5"): 1])
            let other = try await place(rooms)
            #expect(
                try await refusalReason {
                    _ = try await rooms.store.receiveOrder(
                        other,
                        stranger,
                        key: rooms.at.key(),
                        by: rooms.onlyLille
                    )
                } == .orderNotListed
            )
        }
    }

    @Test("closed short with a motive, cancelled where nothing came; late ones are told")
    func ends() async throws {
        try await withTwoRooms { rooms in
            let late = try await place(rooms, days: -3)
            let coming = try await place(rooms, days: 0)
            #expect(try await rooms.store.order(late).order.daysLate == 3)
            #expect(try await rooms.store.order(coming).order.daysLate == nil)
            #expect(
                try await rooms.store.orders(stage: .late).items.map(\.code)
                    == [late.description]
            )
            #expect(try await rooms.store.countLateOrders(in: rooms.at.shop) == 1)
            try await receive(rooms, late, 4)
            #expect(try await close(rooms, late).ended == .short)
            #expect(try await close(rooms, coming).ended == .cancelled)
            #expect(try await rooms.store.order(late).order.daysLate == nil)
            #expect(try await rooms.store.order(late).motive == "Rupture")
            #expect(try await rooms.store.countLateOrders(in: rooms.at.shop) == 0)
            #expect(try await expected(rooms, for: rooms.onlyLille) == nil)
            #expect(
                try await refusalReason { _ = try await close(rooms, late) } == .orderEnded
            )
            #expect(
                try await rooms.store.orders(stage: .ended).items.count == 2
            )
        }
    }

    @Test("another shop reads, receives and closes nothing")
    func others() async throws {
        try await withTwoRooms { rooms in
            let code = try await place(rooms)
            let other = rooms.onlyRoubaix
            #expect(
                try await refusalReason { try await receive(rooms, code, 1, by: other) }
                    == .orderUnknown
            )
            #expect(
                try await refusalReason { _ = try await close(rooms, code, by: other) }
                    == .orderUnknown
            )
            #expect(
                try await refusalReason { _ = try await place(rooms, by: other) }
                    == .unknownThing
            )
            #expect(
                try await refusalReason {
                    _ = try await rooms.store.order(code, in: other.reach(.stockWorkers))
                } == .orderUnknown
            )
            #expect(
                try await rooms.store.orders(in: other.reach(.stockWorkers)).items.isEmpty
            )
        }
    }

    @Test("the same key orders and receives once; two people receive all of it, one does")
    func once() async throws {
        try await withTwoRooms { rooms in
            let key = rooms.at.key()
            let code = try await place(rooms, key: key)
            #expect(try await place(rooms, key: key) == code)
            let second = rooms.at.key()
            try await receive(rooms, code, 4, key: second)
            try await receive(rooms, code, 4, key: second)
            #expect(try await rooms.free("mouse", in: rooms.at.shop) == 24)
            let outcomes = try await race(2) { _ in
                try await receive(rooms, code, 6)
            }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(try await rooms.free("mouse", in: rooms.at.shop) == 30)
        }
    }

    @Test("plain SQL of the service’s role receives nothing of what is over")
    func gates() async throws {
        try await withTwoRooms { rooms in
            let code = try await place(rooms)
            func end(_ kind: String) -> SQL {
                """
                insert into order_ends (order_id, kind, motive, ended_at, ended_by)
                select id, \(kind), case \(kind) when 'complete' then '' else 'x' end, now(), ordered_by from orders
                """
            }
            #expect(await rooms.constraint(end("complete")) == "order_ends_say_what_came")
            #expect(await rooms.constraint(end("short")) == "order_ends_say_what_came")
            _ = try await close(rooms, code)
            #expect(await rooms.constraint(end("cancelled")) == "order_ends_happen_once")
            let receipt: SQL = """
                insert into order_receipts (order_id, ordinal, received_at, received_by)
                select id, 1, now(), ordered_by from orders
                """
            #expect(
                await rooms.constraint(receipt) == "order_receipts_come_before_the_end"
            )
            let line: SQL = """
                insert into order_lines (order_id, product_id, units)
                select o.id, p.id, 3 from orders o, products p where p.code = 'recharge-5'
                """
            #expect(await rooms.constraint(line) == "order_lines_come_before_the_end")
            // Nor does one of its deliveries grow afterwards.
            let short = try await place(rooms)
            try await receive(rooms, short, 4)
            let more: SQL = """
                insert into order_receipt_lines (order_id, ordinal, product_id, units)
                select r.order_id, r.ordinal, p.id, 2 from order_receipts r, products p where p.code = 'recharge-5'
                """
            let other: SQL = """
                insert into order_lines (order_id, product_id, units)
                select o.id, p.id, 3 from orders o, products p where p.code = 'recharge-5' and o.code = \(short.description)
                """
            #expect(await rooms.constraint(other) == nil)
            _ = try await close(rooms, short)
            #expect(await rooms.constraint(more) == "order_receipts_come_before_the_end")
            // What moved for an order and no delivery says is found.
            try await rooms.at.execute(
                """
                with m as (insert into stock_movements (id, shop_id, product_id, units, kind, order_id, moved_at, moved_by)
                    select gen_random_uuid(), o.shop_id, l.product_id, 2, 'receipt', o.id, now(), o.ordered_by
                    from orders o join order_lines l on l.order_id = o.id where o.code = \(code.description)
                    returning shop_id, product_id, units)
                update stock_levels l set free = l.free + m.units from m
                where l.shop_id = m.shop_id and l.product_id = m.product_id
                """
            )
            #expect(try await rooms.store.verify().faults.map(\.kind) == ["movement"])
        }
    }
}
