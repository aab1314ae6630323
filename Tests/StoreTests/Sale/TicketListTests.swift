import Foundation
import Shop
import Store
import Testing

@Suite("The shop's tickets, and a refund's own")
struct TicketListTests {
    @Test("tickets and refunds are listed newest first, each once, part by part")
    func pages() async throws {
        try await withWazemmes { at async throws -> Void in
            var sales: [ID<Sale>] = []
            for till in [0, 1, 0] {
                sales.append(
                    try await at.store.sell(
                        at.request(recharges: 1),
                        key: at.key(),
                        by: at.staff(till)
                    ).sale.id
                )
            }
            _ = try await at.store.giveBack(
                RefundRequest(sale: sales[0], lines: nil, reason: .wrongItem, means: .cash),
                key: at.key(),
                by: at.staff(1)
            )
            let here = TicketFilter(in: .shops([at.shop]))
            var seen: [TicketRow] = []
            var next: String?
            repeat {
                let part = try await at.store.tickets(here, in: .french, after: next, limit: 1)
                #expect(part.items.count == 1)
                seen += part.items
                next = part.next
            } while next != nil
            #expect(seen.map(\.kind) == [.refund, .sale, .sale, .sale])
            #expect(seen.map(\.sale) == [sales[0], sales[2], sales[1], sales[0]])
            #expect(seen.map(\.returned) == [nil, 0, 0, 1])
            #expect(seen[0].means == [.cash])
            let whole = try await at.store.tickets(here, in: .french)
            #expect(whole.items.map(\.number) == seen.map(\.number))
            let first = TicketFilter(in: .shops([at.shop]), till: at.tills[0].id)
            #expect(try await at.store.tickets(first, in: .french).items.count == 2)
            let day = TicketFilter(in: .everyShop, day: at.store.today.adding(days: -1))
            #expect(try await at.store.tickets(day, in: .french).items.isEmpty)
            #expect(try await at.store.tickets(.init(in: .nowhere), in: .french).items.isEmpty)
        }
    }

    @Test("a refund has a ticket of its own: it mirrors the sale and names it, A16")
    func refund() async throws {
        try await withWazemmes { at async throws -> Void in
            let sale = try await at.store.sell(
                at.request(device: 1, recharges: 2),
                key: at.key(),
                by: at.staff()
            ).sale.id
            let id = try await at.store.giveBack(
                RefundRequest(
                    sale: sale,
                    lines: [.init(position: 2, units: 1)],
                    reason: .defective,
                    means: .cash
                ),
                key: at.key(),
                by: at.staff(1)
            )
            let code = try await at.store.refund(id).code
            let document = try await at.store.document(coded: code, language: .french)
            let original = try await at.store.receipt(of: sale).code.text
            #expect(document.kind == .refund)
            #expect(document.number == code.text)
            #expect(document.till == at.tills[1].code)
            #expect(document.original?.number == original)
            #expect(document.original?.reasonCode == "defective")
            #expect(document.original?.means == .cash)
            #expect(document.totalCents == Cents(unchecked: 500))
            #expect(document.lineCount == 1)
            #expect(document.lines.map(\.quantity) == [1])
            #expect(document.lines.map(\.personCents) == [Cents(unchecked: 500)])
            #expect(document.payments.map(\.amountCents) == [Cents(unchecked: 500)])
            #expect(!document.taxes.isEmpty)
            #expect(!document.signature.isEmpty)
            #expect(document.signature != (try await at.store.receipt(of: sale).signature))
        }
    }
}
