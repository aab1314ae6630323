import Foundation
import Postgres
import Shop
import Store
import Testing
import TestSupport

@Suite("What comes back, and the drawer")
struct RefundAndDrawerTests {
    private static let free: SQL = """
        select free from stock_levels l join products p on p.id = product_id where p.code = 'recharge-5'
        """

    @Test("a refund gives right and quota back, and sends the machine to quarantine, A7 and P9")
    func wholeTicket() async throws {
        try await withWazemmes { at async throws -> Void in
            let sale = try await at.store.sell(
                at.request(device: 1, recharges: 1),
                key: at.key(),
                by: at.staff()
            ).sale.id
            let before = try await at.store.receipt(of: sale)
            let request = RefundRequest(
                sale: sale,
                lines: nil,
                reason: .defective,
                means: .cash
            )
            let key = at.key()
            let refund = try await at.store.giveBack(request, key: key, by: at.staff())
            #expect(try await at.store.giveBack(request, key: key, by: at.staff()) == refund)
            #expect(try await at.store.receipt(of: sale).sale == before.sale)
            #expect(
                try await refusalReason {
                    _ = try await at.store.giveBack(request, key: at.key(), by: at.staff())
                } == .refundTooMuch
            )
            #expect(
                try await refusalReason {
                    _ = try await at.store.sell(
                        at.request(device: 1),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .deviceNotInspected
            )
            _ = try await at.store.sell(
                at.request(device: 2, recharges: 6),
                key: at.key(),
                by: at.staff()
            )
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "what does not work is not sold again: its level stays, and verify agrees",
        arguments: [(.defective, 0), (.changedMind, 2)] as [(RefundReason, Int)]
    )
    func brokenGoods(motive: RefundReason, back: Int) async throws {
        try await withWazemmes { at async throws -> Void in
            let sale = try await at.store.sell(
                at.request(recharges: 2),
                key: at.key(),
                by: at.staff()
            ).sale.id
            let before = try await at.count(Self.free)
            _ = try await at.store.giveBack(
                RefundRequest(sale: sale, lines: nil, reason: motive, means: .cash),
                key: at.key(),
                by: at.staff()
            )
            #expect(try await at.count(Self.free) == before + back)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("two tills refund the same line at once: one does")
    func refundedAtOnce() async throws {
        try await withWazemmes { at async throws -> Void in
            let sale = try await at.store.sell(
                at.request(device: 1),
                key: at.key(),
                by: at.staff()
            ).sale.id
            let outcomes = try await race(2) { till in
                _ = try await at.store.giveBack(
                    RefundRequest(sale: sale, lines: nil, reason: .other, means: .cash),
                    key: at.key(),
                    by: at.staff(till)
                )
            }.map { $0?.reason }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.filter { $0 == .refundTooMuch }.count == 1)
        }
    }

    @Test("a drawer opens once, closes over its own tickets, and explains a difference, P7")
    func drawer() async throws {
        try await withWazemmes { at async throws -> Void in
            #expect(
                try await refusalReason {
                    _ = try await at.store.openDrawer(
                        float: Cents(0),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .drawerOpen
            )
            _ = try await at.store.sell(at.request(device: 1), key: at.key(), by: at.staff())
            _ = try await at.store.sell(
                at.request(Wazemmes.brunoVoucher, device: 2),
                key: at.key(),
                by: at.staff(1)
            )
            func close(_ cash: Int64, _ reason: DifferenceReason? = nil) async throws -> Reason? {
                try await refusalReason {
                    _ = try await at.store.closeDrawer(
                        DrawerCount(
                            cash: Cents(cash),
                            card: .zero,
                            cheque: .zero,
                            reason: reason
                        ),
                        key: at.key(),
                        by: at.staff()
                    )
                }
            }
            #expect(try await close(18_999) == .drawerDifference)
            #expect(try await close(18_999, .unexplained) == nil)
            #expect(try await close(18_999, .unexplained) == .drawerClosed)
            #expect(
                try await refusalReason {
                    _ = try await at.store.sell(
                        at.request(recharges: 1),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .drawerClosed
            )
            #expect(
                try await at.count("select perpetual_cents::int from closings") == 9000
            )
            _ = try await at.store.openDrawer(float: Cents(5_000), key: at.key(), by: at.staff())
            #expect(try await at.store.verify().faults == [])
        }
    }
}
