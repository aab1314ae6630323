import Foundation
import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Cash that moves for no ticket, and how a drawer is counted")
struct CashMoveTests {
    @Test(
        "what is put in and taken out is expected in the drawer, and no more is taken than is there"
    )
    func moved() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            func move(_ kind: CashMoveKind, _ motive: CashMotive, _ cents: Int64) async throws
                -> Reason?
            {
                try await refusalReason {
                    _ = try await at.store.moveCash(
                        CashMove(kind, motive, Cents(cents)),
                        key: at.key(),
                        by: at.staff()
                    )
                }
            }
            #expect(try await move(.putIn, .change, 2_000) == nil)
            #expect(try await move(.takenOut, .deposit, 12_001) == .cashShort)
            #expect(try await move(.takenOut, .deposit, 12_000) == nil)
            #expect(try await move(.opened, .check, 0) == nil)
            #expect(try await move(.opened, .check, 1) == .amountOutOfRange)
            #expect(try await move(.putIn, .float, 0) == .amountOutOfRange)
            #expect(try await move(.putIn, .expense, 5) == .choiceUnknown)
            let standing = try await at.store.drawerStanding(of: at.tills[0])
            #expect(standing.expected.cash == 0)
            #expect(standing.movedInCents == 2_000 && standing.movedOutCents == 12_000)
            // A refund cannot take what was brought to the bank.
            let sale = try await at.store.sell(
                SaleRequest(
                    buyer: nil,
                    lines: [.product("mouse", quantity: 1)],
                    tender: .payments([.init(means: .card, tendered: Cents(300))])
                ),
                key: at.key(),
                by: at.staff()
            ).sale
            #expect(
                try await refusalReason {
                    _ = try await at.store.giveBack(
                        RefundRequest(sale: sale.id, lines: nil, reason: .other, means: .cash),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .refundCashShort
            )
            try await at.store.countDrawer(by: at.staff())
            #expect(try await move(.putIn, .change, 100) == .drawerClosed)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "a drawer is counted by coins and notes, its cheques one by one, and what left is counted with it, X6"
    )
    func pieces() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            func pay(_ means: Means, _ cents: Int64, mice: Int) async throws -> ID<Sale> {
                try await at.store.sell(
                    SaleRequest(
                        buyer: nil,
                        lines: [.product("mouse", quantity: mice)],
                        tender: .payments([.init(means: means, tendered: Cents(cents))])
                    ),
                    key: at.key(),
                    by: at.staff()
                ).sale.id
            }
            _ = try await pay(.cheque, 600, mice: 2)
            _ = try await pay(.cheque, 300, mice: 1)
            let cash = try await pay(.cash, 1200, mice: 4)
            _ = try await at.store.sell(at.request(device: 1), key: at.key(), by: at.staff())
            _ = try await at.store.giveBack(
                RefundRequest(
                    sale: cash,
                    lines: [.init(position: 1, units: 1)],
                    reason: .changedMind,
                    means: .cash
                ),
                key: at.key(),
                by: at.staff()
            )
            let count = try DrawerCount(
                cash: nil,
                pieces: [
                    .init(cents: 200, count: 2), .init(cents: 5000, count: 3),
                    .init(cents: 1000, count: 4), .init(cents: 500, count: 1),
                    .init(cents: 1, count: 0),
                    .init(cents: 2000, count: 0),
                ],
                card: .zero,
                cheque: nil,
                cheques: [Cents(300), Cents(600)],
                reason: nil
            )
            #expect(count.cash == Cents(unchecked: 19_900) && count.cheque == Cents(unchecked: 900))
            let drawer = try await at.store.closeDrawer(count, key: at.key(), by: at.staff())
            let slip = try await at.store.closing(of: "LI1", drawer: drawer)
            #expect(slip.record.details.pieces.map(\.cents) == [5000, 1000, 500, 200])
            #expect(slip.record.details.cheques.map(\.count) == [300, 600])
            let goods = Dictionary(
                uniqueKeysWithValues: slip.goods.map { ($0.nameEnglish, [$0.sold, $0.returned]) }
            )
            #expect(goods == ["Laptop": [1, 0], "Mouse": [7, 1]])
            #expect(try await at.store.verify().faults == [])
            // Each row of the count, altered, is found.
            for change in [
                "update closing_goods set sold = sold + 1",
                "delete from closing_cheques where position = 2",
                "update closing_denominations set count = count + 1 where cents = 500",
                "update closings set moved_out_cents = 1",
            ] as [SQL] {
                try await at.owner.transaction { tx in
                    try tx.execute("set local session_replication_role = replica")
                    try tx.execute("create table kept_goods as select * from closing_goods")
                    try tx.execute(change)
                }
                #expect(try await at.store.verify(stock: false).ok == false, "\(change.text)")
                try await at.owner.transaction { tx in
                    try tx.execute("drop table kept_goods")
                }
            }
        }
    }

    @Test(
        "a count by pieces is refused when it is none of the euro, twice, or another amount than typed"
    )
    func refuses() {
        func count(
            _ pieces: [DrawerCount.Piece],
            cash: Int64? = nil,
            cheques: [Int64] = [],
            cheque: Int64? = nil
        ) -> Reason? {
            do throws(Refusal) {
                _ = try DrawerCount(
                    cash: cash.map { Cents(unchecked: $0) },
                    pieces: pieces,
                    card: .zero,
                    cheque: cheque.map { Cents(unchecked: $0) },
                    cheques: cheques.map { Cents(unchecked: $0) },
                    reason: nil
                )
                return nil
            } catch { return error.reason }
        }
        #expect(count([.init(cents: 500, count: 3)]) == nil)
        #expect(count([.init(cents: 500, count: 3)], cash: 1500) == nil)
        #expect(count([.init(cents: 500, count: 3)], cash: 1501) == .countUneven)
        #expect(count([.init(cents: 300, count: 1)]) == .denominationUnknown)
        #expect(count([.init(cents: 500, count: -1)]) == .denominationUnknown)
        #expect(count([.init(cents: 500, count: Int.max)]) == .denominationUnknown)
        #expect(
            count([.init(cents: 500, count: 1), .init(cents: 500, count: 1)])
                == .denominationUnknown
        )
        #expect(count([], cheques: [100, 200], cheque: 300) == nil)
        #expect(count([], cheques: [100, 200], cheque: 200) == .countUneven)
        #expect(count([], cheques: [0]) == .amountOutOfRange)
    }

    @Test("plain SQL of the service's role counts no pieces that are not what was counted")
    func gates() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            let count = try DrawerCount(
                cash: nil,
                pieces: [.init(cents: 5000, count: 2)],
                card: .zero,
                cheque: nil,
                cheques: [],
                reason: nil
            )
            _ = try await at.store.closeDrawer(count, key: at.key(), by: at.staff())
            #expect(
                await at.constraint("update closing_denominations set count = 3")?
                    .contains("denied") == true
            )
            try await at.execute("alter table closings drop constraint closings_close_once cascade")
            let again: SQL = """
                insert into closings (till_id, ordinal, cash_expected_cents, cash_counted_cents, card_expected_cents,
                    card_counted_cents, cheque_expected_cents, cheque_counted_cents, tickets, sales_cents, refunds_cents,
                    gifts_cents, perpetual_cents, closed_at, closed_by, chain_id, position)
                select till_id, ordinal, 9000, 9000, 0, 0, 0, 0, 0, 0, 0, 0, 0, closed_at, closed_by, chain_id, 1 from closings
                """
            #expect(await at.constraint(again) == "closings_count_adds_up")
        }
    }
}
