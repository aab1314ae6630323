import Crypto
import Foundation
import Postgres
import Shop
import Store
import Testing

@Suite("The journal")
struct JournalTests {
    /// A sale with change, an exception and what took it, a gift and its act, a refund, a closing: every kind of row.
    private func trade(_ at: Wazemmes) async throws {
        try await at.furnishTerms()
        let sale = try await at.store.sell(
            at.request(device: 1, recharges: 2, cash: 12_000),
            key: at.key(),
            by: at.staff()
        ).sale.id
        try await at.grant(0, rule: "recharges-per-month", cents: 500, for: at.bruno)
        let gift = try await at.store.sell(
            at.request(Wazemmes.brunoVoucher, device: 2, recharges: 7, gift: true),
            key: at.key(),
            by: at.staff()
        )
        try await at.sign(gift.code)
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
        for _ in 0..<2 {
            _ = try await at.store.printReceipt(
                gift.code,
                in: .everyShop,
                key: at.key(),
                by: at.staff()
            )
        }
        _ = try await at.store.sell(
            SaleRequest(
                buyer: nil,
                lines: [.product("mouse", quantity: 1)],
                tender: .payments([.init(means: .cheque, tendered: Cents(300))])
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
        _ = try await at.store.moveCash(
            CashMove(.takenOut, .expense, Cents(500)),
            key: at.key(),
            by: at.staff()
        )
        _ = try await at.store.closeDrawer(
            DrawerCount(
                cash: nil,
                pieces: [.init(cents: 1000, count: 19)],
                card: .zero,
                cheque: nil,
                cheques: [Cents(300)],
                reason: nil
            ),
            key: at.key(),
            by: at.staff()
        )
    }

    /// The till’s day over: its drawer counted, and the day closed.
    private func endDay(_ at: Wazemmes) async throws {
        try await at.store.countDrawer(by: at.staff(1))
        _ = try await at.store.closePeriod(.day, key: at.key(), by: at.staff(1))
    }

    /// What names nothing and says nothing: a movement's own id.
    private let unsealed: Set<String> = ["stock_movements.id"]
    /// What no ticket and no act makes: the next stay of a machine that came back follows its exit; a scanned paper is
    /// attached later, and a document goes with its person’s name.
    private let beside: Set<String> = [
        "stays", "hand_over_sheets", "hand_over_erasures",
        // The second-hand register has a chain and a proof of its own.
        "batch_devices", "register_entries",
        // What is done with a machine while it is looked at; how that ends is a ticket's, or nobody's.
        "after_sales_cases", "after_sales_steps", "after_sales_answers",
        // Who was shown a code, and what its operator said of it.
        "code_reveals", "code_clearances",
    ]

    @Test(
        "every column of what hangs on the journal, altered by SQL as owner, is found with its place, A1"
    )
    func altered() async throws {
        try await withVault { vault async throws -> Void in
            let at = vault.at
            try await vault.tradeCodes()
            try await trade(at)
            let code = try await at.opened(1)
            try await at.advance(code, Wazemmes.covered)
            _ = try await at.exchange(code, for: 3, till: 1)
            _ = try await at.store.sell(at.request(nil, mice: 1), key: at.key(), by: at.staff(1))
            try await endDay(at)
            let yesterday = at.store.today.adding(days: -1)
            let folder = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID())")
            defer { try? FileManager.default.removeItem(at: folder) }
            _ = try await at.store.makeArchive(
                .archive,
                from: yesterday,
                to: yesterday,
                into: folder.path,
                key: at.key(),
                by: at.accountant()
            )
            #expect(try await at.store.verify().faults == [])
            let columns = try await at.owner.withConnection { connection in
                // The journal, and every table that refers to it, directly or through another.
                try connection.query(
                    """
                    with recursive sealed as (
                        select 'journal_entries'::regclass::oid as oid
                        union select c.conrelid from pg_constraint c join sealed s on s.oid = c.confrelid
                        where c.contype = 'f')
                    select t.relname::text as table, a.attname::text as column, format_type(a.atttypid, -1) as type
                    from pg_class t join pg_attribute a on a.attrelid = t.oid
                    where (t.oid in (select oid from sealed) or t.relname = 'chain_heads')
                      and a.attnum > 0 and not a.attisdropped
                    order by t.relname, a.attnum
                    """
                ).map { row -> [String] in
                    [try row["table"], try row["column"], try row["type"]]
                }
            }
            let tables = Set(columns.map { $0[0] })
            #expect(
                tables.isSuperset(of: [
                    "sales", "payments", "refund_lines", "uses", "exits", "overrides",
                    "period_closings", "period_closing_rates", "period_closing_means",
                ])
            )
            #expect(columns.count > 130)
            for column in columns
            where !unsealed.contains("\(column[0]).\(column[1])") && !beside.contains(column[0]) {
                let found = try await alterOne(column[0], column[1], column[2], at)
                #expect(found.first?.place.isEmpty == false, "\(column[0]).\(column[1])")
            }
            #expect(try await at.store.verify().faults == [])
        }
    }

    /// Alters one column of one row with every guard taken off, looks, and puts it back.
    private func alterOne(
        _ table: String,
        _ column: String,
        _ type: String,
        _ at: Wazemmes
    ) async throws -> [Verification.Fault] {
        let name: SQL = "\(identifier: column)"
        let changed: SQL =
            switch type {
            case "uuid": "gen_random_uuid()"
            case "text": "coalesce(\(name), '') || 'x'"
            case "bytea": "\(name) || '\\x00'"
            case "date": "coalesce(\(name), '2020-01-01') + 1"
            case "timestamp with time zone": "\(name) + interval '1 second'"
            case "boolean": "not \(name)"
            default: "coalesce(\(name), 0) + 1000"
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
        let found = try await at.store.verify(stock: false)
        try await at.owner.withConnection { connection in
            try connection.script("set session_replication_role = replica")
            try connection.execute("delete from \(identifier: table)")
            try connection.execute("insert into \(identifier: table) select * from kept")
            try connection.execute("drop table kept")
            try connection.script("set session_replication_role = origin")
        }
        return found.faults
    }

    @Test("a journal sealed anew with another key, and its heads made to fit, is found, A1 A2")
    func resealed() async throws {
        try await withWazemmes { at async throws -> Void in
            try await trade(at)
            let forger = P256.Signing.PrivateKey()
            try await at.owner.withConnection { connection in
                try connection.script("set session_replication_role = replica")
                try connection.execute(
                    """
                    insert into journal_keys (id, public_key, starts_at)
                    values ('forged', \(forger.publicKey.x963Representation), now())
                    """
                )
                var previous = Data(repeating: 0, count: 32)
                let entries = try connection.query(
                    """
                    select position, payload from journal_entries
                    where chain_id = (select id from chain_heads where till_id = \(at.tills[0].id)) order by position
                    """
                )
                for row in entries {
                    let position: Int64 = try row["position"]
                    let payload: Data = try row["payload"]
                    let digest = SHA256.hash(data: previous + payload)
                    let signature = try forger.signature(for: digest).rawRepresentation
                    let hash = Data(digest)
                    try connection.execute(
                        """
                        update journal_entries set previous_hash = \(previous), hash = \(hash), key_id = 'forged',
                            signature = \(signature)
                        where position = \(position)
                          and chain_id = (select id from chain_heads where till_id = \(at.tills[0].id))
                        """
                    )
                    previous = hash
                }
                try connection.script("set session_replication_role = origin")
            }
            let kinds = try await at.store.verify(stock: false).faults.map(\.kind)
            #expect(kinds.contains("signature"))
        }
    }

    @Test("an entry sealed anew with the shop's own key does not match the heads outside, A2")
    func headsOutside() async throws {
        try await withWazemmes { at async throws -> Void in
            try await trade(at)
            let file = at.store.headsPath
            let lines = try String(contentsOfFile: file, encoding: .utf8)
            // What was said then stands; another hash for any position is found, not only for the last.
            let one = try #require(lines.split(separator: "\n").first).split(separator: " ")
            let other = "\(one[0]) \(one[1]) \(String(repeating: "ab", count: 32))\n"
            try (lines + other).write(toFile: file, atomically: false, encoding: .utf8)
            #expect(try await at.store.verify(stock: false).faults.map(\.kind) == ["head"])
        }
    }

    @Test("a whole chain gone, head and all, is missed, A2")
    func chainGone() async throws {
        try await withWazemmes { at async throws -> Void in
            try await trade(at)
            try await at.owner.withConnection { connection in
                try connection.script("set session_replication_role = replica")
                for table in [
                    "sale_lines", "payments", "refund_lines", "refunds", "uses", "overrides",
                    "sales", "closings", "drawers", "journal_entries", "chain_heads",
                ] {
                    try connection.execute("delete from \(identifier: table)")
                }
                try connection.script("set session_replication_role = origin")
            }
            let kinds = try await at.store.verify(stock: false).faults.map(\.kind)
            #expect(kinds.contains("truncated") && kinds.contains("head"))
        }
    }

    @Test("a second ticket at a sealed one's place is refused, and found with the guard off, A1")
    func forgedTwin() async throws {
        try await withWazemmes { at async throws -> Void in
            try await trade(at)
            let twin: SQL = """
                insert into sales (id, key, kind, till_id, shop_id, drawer_ordinal, chain_id, position, number, sold_at,
                    business_on, seller_id, operator, total_cents, value_cents, vat_cents, line_count, software)
                select gen_random_uuid(), key, kind, till_id, shop_id, drawer_ordinal, chain_id, position, number + 90,
                    sold_at, business_on, seller_id, operator, 0, 0, 0, 1, software from sales where kind = 'sale' limit 1
                """
            let refused = await #expect(throws: PostgresError.self) { try await at.execute(twin) }
            #expect(refused?.sqlstate == "23505")
            try await at.owner.withConnection { connection in
                try connection.script(
                    """
                    set session_replication_role = replica;
                    alter table sales drop constraint sales_chain_id_position_key;
                    alter table sales drop constraint sales_are_claimed_once
                    """
                )
                try connection.execute(twin)
                try connection.script("set session_replication_role = origin")
            }
            #expect(try await at.store.verify(stock: false).faults.contains { $0.kind == "row" })
        }
    }

    @Test("tills go on selling while the journal is proved")
    func provedWhileSelling() async throws {
        try await withWazemmes(machines: 0) { at async throws -> Void in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for _ in 0..<60 {
                        _ = try await at.store.sell(
                            at.request(nil, mice: 1),
                            key: at.key(),
                            by: at.staff()
                        )
                    }
                }
                for _ in 0..<15 {
                    group.addTask {
                        let found = try await at.store.verify()
                        #expect(found.faults == [])
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("a head that cannot be written is no sale that failed: pressing again answers once it is")
    func headsFull() async throws {
        try await withWazemmes { at async throws -> Void in
            let (file, aside) = (at.store.headsPath, at.store.headsPath + ".aside")
            try FileManager.default.moveItem(atPath: file, toPath: aside)
            try FileManager.default.createDirectory(
                atPath: file,
                withIntermediateDirectories: false
            )
            let key = at.key()
            let request = try at.request(device: 1)
            for _ in 0..<2 {
                let reason = try await refusalReason {
                    _ = try await at.store.sell(request, key: key, by: at.staff())
                }
                #expect(reason == .outcomeUnknown)
            }
            #expect(try await at.count("select count(*) from sales") == 1)
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.moveItem(atPath: aside, toPath: file)
            _ = try await at.store.sell(request, key: key, by: at.staff())
            #expect(try await at.count("select count(*) from sales") == 1)
            #expect(try await at.store.verify(stock: false).faults == [])
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            #expect(try await at.count("select count(*) from journal_entries") == lines.count)
        }
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
                    "sale_lines", "payments", "refund_lines", "refunds", "uses", "overrides",
                    "sales", "closings", "drawers",
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
            let tables = [
                "journal_entries", "sales", "sale_lines", "payments", "uses", "refunds",
                "refund_lines", "exits", "stock_movements", "drawers", "closings", "overrides",
                "cash_moves", "closing_denominations", "closing_cheques", "closing_goods",
                "receipt_prints",
                "journal_events", "period_closings",
            ]
            for table in tables {
                let column: String = try await at.owner.withConnection { connection in
                    try connection.query(
                        """
                        select column_name::text as name from information_schema.columns
                        where table_name = \(table) and table_schema = 'comptoir' order by ordinal_position limit 1
                        """
                    )[0]["name"]
                }
                for statement in [
                    "delete from \(identifier: table)" as SQL,
                    "truncate \(identifier: table) cascade",
                    "update \(identifier: table) set \(identifier: column) = \(identifier: column)",
                ] {
                    let byOwner = await #expect(throws: PostgresError.self) {
                        try await at.execute(statement)
                    }
                    #expect(byOwner?.constraint == "journal_is_never_edited", "\(table)")
                    let byService = await #expect(throws: PostgresError.self) {
                        try await at.owner.transaction(role: "comptoir_app") { tx in
                            _ = try tx.execute(statement)
                        }
                    }
                    // By the missing privilege alone, before any trigger is asked.
                    #expect(byService?.sqlstate == "42501", "\(table)")
                    #expect(byService?.constraint == nil, "\(table)")
                }
            }
        }
    }

    @Test("hashed bytes hold no mark of any of 1,000 persons, B2")
    func noNames() async throws {
        try await withWazemmes(machines: 0, recharges: 2000) { at async throws -> Void in
            try await at.furnishPersons(1000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for till in at.tills.indices {
                    group.addTask {
                        for number in stride(from: till, to: 1000, by: at.tills.count) {
                            let sale = try await at.store.sell(
                                at.request(Wazemmes.voucher(of: number), recharges: 1),
                                key: at.key(),
                                by: at.staff(till)
                            ).sale.id
                            guard number.isMultiple(of: 10) else { continue }
                            _ = try await at.store.giveBack(
                                RefundRequest(
                                    sale: sale,
                                    lines: nil,
                                    reason: .wrongItem,
                                    means: .cash
                                ),
                                key: at.key(),
                                by: at.staff(till)
                            )
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await at.count("select count(*) from sales") == 1000)
            // Names, telephones, birth years, motives and quarters all begin alike, so that one search finds any.
            #expect(
                try await at.count("select count(*) from identities where family_name ~ 'MARKER'")
                    >= 1000
            )
            for encoding in ["UTF8", "LATIN1"] {
                let found = try await at.count(
                    """
                    select count(*) from journal_entries
                    where position(convert_to('MARKER', \(encoding)) in payload) > 0
                    """
                )
                #expect(found == 0)
            }
        }
    }

    @Test(
        "one till is a queue: thirty sales sent to it at once, with nothing else in common, follow each other, A4"
    )
    func queue() async throws {
        try await withWazemmes(machines: 30, tills: 1) { at async throws -> Void in
            try await at.furnishPersons(30)
            try await at.execute(
                """
                insert into comptoir.rights (id, voucher_id, category, starts_on, ends_on, uses_max, recorded_at)
                select gen_random_uuid(), voucher_id, 'equipment', starts_on, ends_on, 1, recorded_at
                from comptoir.rights where category = 'connection' on conflict do nothing
                """
            )
            try await withThrowingTaskGroup(of: Int64.self) { group in
                for number in 0..<30 {
                    group.addTask {
                        try await at.store.sell(
                            at.request(Wazemmes.voucher(of: number), device: number + 1),
                            key: at.key(),
                            by: at.staff()
                        ).code.number
                    }
                }
                let numbers = try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
                #expect(numbers == Set(1...30))
            }
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("16 tills, 10,000 sales, one in twenty rolled back: no gap, no fork, A4")
    func gapless() async throws {
        try await withWazemmes(machines: 0, recharges: 20_000, tills: 16) {
            at async throws -> Void in
            // The database itself rolls these back, at the very end: after the entry, the ticket and its lines were written.
            try await at.owner.withConnection { connection in
                try connection.script(
                    """
                    create function fail_some() returns trigger language plpgsql as $$ begin
                        raise exception 'rolled back' using errcode = 'P0001'; end $$;
                    create constraint trigger fail_some after insert on sale_lines deferrable initially deferred
                        for each row when (new.quantity = 2) execute function fail_some()
                    """
                )
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for till in 0..<16 {
                    group.addTask {
                        for number in 0..<657 {
                            let fails = number % 20 == 19
                            do {
                                _ = try await at.store.sell(
                                    at.request(nil, mice: fails ? 2 : 1),
                                    key: at.key(),
                                    by: at.staff(till)
                                )
                                #expect(!fails)
                            } catch let error as PostgresError {
                                #expect(fails && error.sqlstate == "P0001")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let found = try await at.store.verify()
            #expect(found.faults == [])
            #expect(found.tickets == 16 * 625)
            let chains = try await at.count(
                """
                select count(*) from (select chain_id from journal_entries group by chain_id
                    having max(position) = count(*) and max(number) filter (where kind = 'sale') = 625) c
                """
            )
            #expect(chains == 16)
        }
    }
}
