import Foundation
import Postgres
import Shop
import Store
import Testing

@Suite("The journal")
struct JournalTests {
    /// A sale with change, a gift, a refund, a closing: every kind of row.
    private func trade(_ at: Wazemmes) async throws {
        let sale = try await at.store.sell(
            at.request(device: 1, recharges: 2, cash: 12_000),
            key: at.key(),
            by: at.staff()
        )
        _ = try await at.store.sell(
            at.request(Wazemmes.brunoVoucher, device: 2, gift: true),
            key: at.key(),
            by: at.staff()
        )
        _ = try await at.store.giveBack(
            RefundRequest(
                sale: sale,
                lines: [.init(position: 2, units: 1)],
                reason: .wrongItem,
                means: .cash
            ),
            key: at.key(),
            by: at.staff()
        )
        _ = try await at.store.closeDrawer(
            DrawerCount(cash: Cents(19_500), card: .zero, cheque: .zero, reason: nil),
            key: at.key(),
            by: at.staff()
        )
    }

    @Test(
        "every money, payment, line, operator and date column altered by SQL as owner is found, A1"
    )
    func altered() async throws {
        try await withWazemmes { at async throws -> Void in
            try await trade(at)
            #expect(try await at.store.verify().faults == [])
            let tables = [
                "sales", "sale_lines", "payments", "refunds", "refund_lines", "drawers", "closings",
            ]
            let columns = try await at.owner.withConnection { connection in
                try connection.query(
                    """
                    select c.table_name, c.column_name, c.data_type from information_schema.columns c
                    where c.table_schema = 'comptoir' and c.table_name = any(\(tables))
                    order by c.table_name, c.ordinal_position
                    """
                ).map { row -> [String] in
                    [try row["table_name"], try row["column_name"], try row["data_type"]]
                }
            }
            #expect(columns.count > 90)
            for column in columns {
                let found = try await alterOne(column[0], column[1], column[2], at)
                #expect(found, "\(column[0]).\(column[1]) altered unseen")
            }
        }
    }

    /// Alters one column of one row with every guard taken off, looks, and puts it back.
    private func alterOne(
        _ table: String,
        _ column: String,
        _ type: String,
        _ at: Wazemmes
    ) async throws -> Bool {
        let name: SQL = "\(identifier: column)"
        let changed: SQL =
            switch type {
            case "uuid":
                "case when \(name) is null then gen_random_uuid() else gen_random_uuid() end"
            case "text": "coalesce(\(name), '') || 'x'"
            case "date": "coalesce(\(name), '2020-01-01') + 1"
            case "timestamp with time zone": "\(name) + interval '1 second'"
            case "boolean": "not \(name)"
            default: "coalesce(\(name), 0) + 1"
            }
        try await at.owner.withConnection { connection in
            try connection.script("set session_replication_role = replica")
            try connection.execute("create table kept as select * from \(identifier: table)")
            try connection.script(
                """
                do $$ declare one record; begin
                    for one in select conname from pg_constraint where conrelid = '\(table)'::regclass
                        and contype = 'c' loop
                        execute format('alter table \(table) drop constraint %I', one.conname);
                    end loop; end $$
                """
            )
            try connection.execute(
                """
                update \(identifier: table) set \(name) = \(changed)
                where ctid = (select max(ctid) from \(identifier: table))
                """
            )
        }
        let found = try await !at.store.verify(stock: false).ok
        try await at.owner.withConnection { connection in
            try connection.script("set session_replication_role = replica")
            try connection.execute("delete from \(identifier: table)")
            try connection.execute("insert into \(identifier: table) select * from kept")
            try connection.execute("drop table kept")
            try connection.script("set session_replication_role = origin")
        }
        return found
    }

    @Test("the last entries cut off are missed, A2", arguments: [1, 3, 100])
    func truncated(count: Int) async throws {
        try await withWazemmes { at async throws -> Void in
            try await trade(at)
            try await at.owner.withConnection { connection in
                try connection.script("set session_replication_role = replica")
                try connection.execute(
                    """
                    delete from journal_entries where (chain_id, position) in (
                        select chain_id, position from journal_entries
                        where chain_id = (select id from chain_heads where till_id = \(at.tills[0].id))
                        order by position desc limit \(count))
                    """
                )
                // The head is made to fit, as whoever cuts would.
                try connection.execute(
                    """
                    update chain_heads h set position = coalesce((select max(position) from journal_entries e
                                                                  where e.chain_id = h.id), 0),
                        hash = coalesce((select hash from journal_entries e where e.chain_id = h.id
                                         order by position desc limit 1), decode(repeat('00', 32), 'hex'))
                    """
                )
                for table in [
                    "sale_lines", "payments", "refund_lines", "refunds", "sales", "closings",
                    "drawers",
                ] {
                    try connection.execute("delete from \(identifier: table)")
                }
                try connection.script("set session_replication_role = origin")
            }
            #expect(
                try await at.store.verify(stock: false).faults.contains { $0.kind == "truncated" }
            )
        }
    }

    @Test("neither the service nor the owner edits what is sealed, A3")
    func sealed() async throws {
        try await withWazemmes { at async throws -> Void in
            try await trade(at)
            for table in ["journal_entries", "sales", "sale_lines", "payments", "refunds", "exits"]
            {
                for statement in [
                    "delete from \(identifier: table)" as SQL,
                    "truncate \(identifier: table) cascade",
                ] {
                    await #expect(throws: PostgresError.self) {
                        try await at.execute(statement)
                    }
                    await #expect(throws: PostgresError.self) {
                        try await at.owner.transaction(role: "comptoir_app") { tx in
                            _ = try tx.execute(statement)
                        }
                    }
                }
            }
            await #expect(throws: PostgresError.self) {
                try await at.owner.transaction(role: "comptoir_app") { tx in
                    _ = try tx.execute("update journal_entries set number = number + 1")
                }
            }
        }
    }

    @Test("hashed bytes hold no mark of a person, B2")
    func noNames() async throws {
        try await withWazemmes { at async throws -> Void in
            try await trade(at)
            let found = try await at.count(
                "select count(*) from journal_entries where position(convert_to('MARKER', 'UTF8') in payload) > 0"
            )
            #expect(found == 0)
        }
    }

    @Test("16 tills, many sales, one in twenty rolled back: no gap, no fork, A4")
    func gapless() async throws {
        try await withWazemmes(machines: 0, recharges: 5000, tills: 16) { at async throws -> Void in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for till in 0..<16 {
                    group.addTask {
                        for number in 0..<30 {
                            let short: Int64? = number % 20 == 19 ? 1 : nil
                            let reason = try await refusalReason {
                                _ = try await at.store.sell(
                                    at.request(nil, mice: 1, cash: short),
                                    key: at.key(),
                                    by: at.staff(till)
                                )
                            }
                            #expect(reason == (short == nil ? nil : .paymentTooLittle))
                        }
                    }
                }
                try await group.waitForAll()
            }
            let found = try await at.store.verify()
            #expect(found.faults == [])
            #expect(found.tickets == 16 * 29)
        }
    }
}
