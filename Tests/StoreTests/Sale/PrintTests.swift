import Foundation
import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Prints of a ticket, and events of the journal")
struct PrintTests {
    private func reach(_ at: Wazemmes) -> Reach { .shops([at.shop]) }

    @Test("a ticket is printed once as itself, then as duplicates with numbers of their own, A5")
    func numbered() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            let code = try await at.store.sell(
                at.request(nil, mice: 1),
                key: at.key(),
                by: at.staff()
            ).code
            func printed(_ key: ID<Claim>) async throws -> Int {
                try await at.store.printReceipt(code, in: reach(at), key: key, by: at.staff()).copy
            }
            let keys = (0..<3).map { _ in at.key() }
            var copies: [Int] = []
            for key in keys { copies.append(try await printed(key)) }
            #expect(copies == [0, 1, 2])
            // A request that is sent again is the same print.
            #expect(try await printed(keys[1]) == 1)
            // What was read at an address printed nothing.
            _ = try await at.store.document(coded: code, language: .french)
            #expect(try await at.count("select count(*)::int from receipt_prints") == 3)
            #expect(
                try await at.count(
                    "select count(*)::int from journal_entries where kind = 'duplicate'"
                ) == 2
            )
            #expect(try await at.store.printedCopy(2, of: code, in: reach(at)) != nil)
            #expect(try await at.store.printedCopy(3, of: code, in: reach(at)) == nil)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("prints at the same moment get numbers of their own, A5")
    func atOnce() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            let code = try await at.store.sell(
                at.request(nil, mice: 1),
                key: at.key(),
                by: at.staff()
            ).code
            let copies = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await at.store.printReceipt(
                            code,
                            in: reach(at),
                            key: at.key(),
                            by: at.staff()
                        ).copy
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(copies.sorted() == Array(0..<8))
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("printed for the first time long after the sale it is a duplicate, A6")
    func late() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            let ticket = try await at.store.sell(
                at.request(nil, mice: 1),
                key: at.key(),
                by: at.staff()
            )
            func copy(after seconds: Int, of code: ReceiptCode) async throws -> Int {
                try await at.store.at(
                    .standing(at: ticket.sale.link.at.adding(seconds: seconds))
                )
                .printReceipt(code, in: reach(at), key: at.key(), by: at.staff()).copy
            }
            #expect(try await copy(after: 3601, of: ticket.code) == 1)
            let refund = try await at.store.giveBack(
                RefundRequest(sale: ticket.sale.id, lines: nil, reason: .other, means: .cash),
                key: at.key(),
                by: at.staff()
            )
            let back = try await at.store.refund(refund).code
            #expect(try await copy(after: 60, of: back) == 0)
            // An original's address is no second original.
            let later = at.store.at(.standing(at: ticket.sale.link.at.adding(seconds: 7200)))
            #expect(try await later.printedCopy(0, of: back, in: reach(at)) == nil)
            #expect(
                try await refusalReason {
                    _ = try await at.store.printReceipt(
                        back,
                        in: .shops([]),
                        key: at.key(),
                        by: at.staff()
                    )
                } == .saleUnknown
            )
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "what was set, what was taken off a ticket, and a clock that went back are in the journal, A11 E8"
    )
    func events() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            _ = try await at.store.setOffer(
                NewOffer(
                    product: ShortCode(typed: "mouse"),
                    startsOn: at.store.today.adding(days: 1),
                    price: Cents(400)
                ),
                key: at.key(),
                by: at.staff()
            )
            try await at.store.recordVoid(
                .lineVoided,
                lines: 1,
                cents: Cents(300),
                key: at.key(),
                by: at.staff()
            )
            let ahead = at.store.at(.standing(at: Clock.system.now().adding(seconds: 1200)))
            _ = try await ahead.sell(at.request(nil, mice: 1), key: at.key(), by: at.staff())
            // The clock is put right: what follows bears the last entry's time, and the jump is told once.
            for _ in 0..<2 {
                _ = try await at.store.sell(at.request(nil, mice: 1), key: at.key(), by: at.staff())
            }
            let told = try await at.owner.withConnection { connection in
                try connection.query(
                    "select event, subject from journal_events order by happened_at, position"
                ).map { row -> [String] in [try row["event"], try row["subject"]] }
            }
            #expect(told.contains(["parameter_changed", "set-offer"]))
            #expect(told.contains(["line_voided", "1"]))
            #expect(told.filter { $0[0] == "clock_jumped" } == [["clock_jumped", "LI1"]])
            #expect(
                try await at.count(
                    """
                    select count(*)::int from journal_entries e join sales s using (chain_id, position)
                    where s.sold_at < (select max(happened_at) from journal_events where event = 'clock_jumped')
                    """
                ) == 0
            )
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test(
        "a service does not begin behind what was sealed; whoever resumes has it written down, A2"
    )
    func behind() async throws {
        try await withWazemmes(tills: 1) { at async throws -> Void in
            for _ in 0..<2 {
                _ = try await at.store.sell(at.request(nil, mice: 1), key: at.key(), by: at.staff())
            }
            try await at.store.beginJournal()
            try await at.store.beginJournal()
            #expect(
                try await at.count(
                    "select count(*)::int from journal_events where event = 'software_changed'"
                ) == 1
            )
            // An older backup: the last sale is gone, and the head says so.
            try await at.owner.transaction { tx in
                try tx.execute("set local session_replication_role = replica")
                for table in ["payments", "sale_lines", "stock_movements"] {
                    try tx.execute(
                        """
                        delete from \(identifier: table) where sale_id = (select id from sales order by number desc limit 1)
                        """
                    )
                }
                try tx.execute(
                    """
                    delete from claims where key = (select key from sales order by number desc limit 1)
                    """
                )
                try tx.execute(
                    "update stock_levels set free = free + 1 where product_id = (select id from products where code = 'mouse')"
                )
                try tx.execute("delete from sales where number = 2")
                try tx.execute(
                    """
                    delete from journal_entries where kind = 'sale' and number = 2
                    """
                )
                try tx.execute(
                    """
                    update chain_heads h set position = e.position, hash = e.hash, last_at = e.happened_at, sale_number = 1
                    from journal_entries e
                    where h.till_id is not null and e.chain_id = h.id
                      and e.position = (select max(position) from journal_entries l where l.chain_id = h.id)
                    """
                )
            }
            #expect(try await refusalReason { try await at.store.beginJournal() } == .journalBehind)
            // What was told outside is proof: without the resumption it is missed.
            #expect(try await at.store.verify().faults.contains { $0.kind == "truncated" })
            let keeper = Staff(
                id: at.seller,
                operatorCode: "AM",
                name: "Admin",
                language: .french,
                firstDay: false,
                roles: [Staff.Held(role: .administrator, shop: nil)],
                till: nil
            )
            let aside = try await at.store.resumeJournal(
                .diskLost,
                key: at.key(),
                by: keeper
            )
            defer { try? FileManager.default.removeItem(atPath: aside) }
            #expect(
                try await refusalReason {
                    _ = try await at.store.resumeJournal(.other, key: at.key(), by: keeper)
                } == .journalWhole
            )
            try await at.store.beginJournal()
            #expect(
                try await at.count(
                    "select count(*)::int from journal_events where event = 'backup_restored' and subject = 'LI1 disk_lost'"
                ) == 1
            )
            _ = try await at.store.sell(at.request(nil, mice: 1), key: at.key(), by: at.staff())
            #expect(try await at.store.verify().faults == [])
        }
    }
}
