import Crypto
import Foundation
import Postgres
import Shop
import Testing

@testable import Store

@Suite("The vault of recharge codes")
struct VaultTests {
    @Test("a file is taken in whole, sold by nobody before another person approves it, D2, D3")
    func fourEyes() async throws {
        try await withVault { vault in
            let seen = try await vault.store.previewCodes(
                vault.delivery(Vault.file(1..<6), units: 5),
                into: vault.at.shop,
                by: vault.at.staff()
            )
            let total = try Cents(2_500)
            #expect(seen.batch == nil && seen.units == 5 && seen.total == total)
            #expect(try await vault.at.count("select count(*) from code_batches") == 0)
            let batch = try await vault.takeIn(1..<6)
            #expect(try await vault.free == 0)
            #expect(try await refusalReason { _ = try await vault.sell() } == .stockShort)
            func decide(_ staff: Staff, _ rejection: String? = nil) async throws -> DecidedBatch {
                try await vault.store.decideCodes(
                    batch,
                    rejection: rejection.map { try ShortText(typed: $0, field: .motive) },
                    key: vault.key(),
                    by: staff
                )
            }
            #expect(
                try await refusalReason { _ = try await decide(vault.at.staff()) }
                    == .rechargeBatchTakesTwo
            )
            #expect(
                try await refusalReason { _ = try await decide(vault.approver(role: .facilitator)) }
                    == .rechargeBatchUnknown
            )
            #expect(try await decide(vault.approver()).units == 5)
            #expect(
                try await refusalReason { _ = try await decide(vault.approver(), "Trop tard") }
                    == .rechargeBatchDecided
            )
            #expect(try await vault.free == 5)
            let card = try await vault.store.codeBatch(batch)
            #expect(card.batch.stage == .approved && card.batch.free == 5)
            #expect(card.decided?.operatorCode == "BN")
            _ = try await vault.sell(2)
            #expect(try await vault.store.codeBatch(batch).sold == 2)
            #expect(try await vault.store.verify().faults == [])
        }
    }

    @Test("the same file, a known code or a known serial is refused whole, with the lines, D2")
    func overlaps() async throws {
        try await withVault { vault in
            let batch = try await vault.takeIn(1..<6)
            func refusal(_ text: String, _ units: Int) async throws -> Refusal? {
                do {
                    _ = try await vault.store.importCodes(
                        vault.delivery(text, units: units, slip: "BL-2"),
                        into: vault.at.shop,
                        key: vault.key(),
                        by: vault.at.staff()
                    )
                    return nil
                } catch let refusal as Refusal { return refusal }
            }
            let same = try await refusal(Vault.file(1..<6), 5)
            #expect(same?.reason == .rechargeFileKnown)
            #expect(same?.told(in: .french).why.contains(batch.description) == true)
            let overlap = try await refusal(Vault.file(4..<9), 5)
            #expect(overlap?.reason == .rechargeCodesKnown)
            #expect(overlap?.told(in: .english).why == "Lines: 2, 3.")
            let serial = try await refusal(
                "Serie;PIN;Date\nS9;\(Vault.code(9));31/12/2099\nS5;\(Vault.code(10));31/12/2099\n",
                2
            )
            #expect(serial?.told(in: .english).why == "Lines: 3.")
            let late = try await refusal(Vault.file(20..<22, expires: "31/12/2020"), 2)
            #expect(late?.reason == .rechargeCodesExpired)
            #expect(try await vault.at.count("select count(*) from recharge_codes") == 5)
            _ = try await vault.store.decideCodes(
                batch,
                rejection: ShortText(typed: "Mauvais bordereau", field: .motive),
                key: vault.key(),
                by: vault.approver()
            )
            #expect(try await vault.at.count("select count(*) from recharge_codes") == 0)
            // Rejected, it may come again.
            try await vault.stock(1..<6)
            #expect(try await vault.free == 5)
            #expect(try await vault.store.codeBatch(batch).decided?.motive == "Mauvais bordereau")
            #expect(try await vault.store.verify().faults == [])
        }
    }

    @Test("what expires first is sold first, and what has expired is not sold")
    func soonestFirst() async throws {
        try await withVault { vault in
            let later = vault.store.today.adding(days: 60)
            try await vault.stock(1..<3, expires: later.iso)
            try await vault.stock(3..<5, expires: later.adding(days: -30).iso)
            let ticket = try await vault.sell(3)
            let tails = try await vault.store.codes(of: ticket.code).map(\.tail)
            #expect(Set(tails.prefix(2)) == ["0003", "0004"])
            #expect(["0001", "0002"].contains(tails[2]))
            let future = vault.store.at(
                Clock { Instant(microseconds: 0).adding(seconds: (later.number + 1) * 86_400) }
            )
            try await future.turnDrawer(by: vault.at.staff())
            let refused = try await refusalReason {
                _ = try await future.sell(vault.request(), key: vault.key(), by: vault.at.staff())
            }
            #expect(refused == .stockShort)
        }
    }

    @Test("a code is shown once, at the till that sold it; the same request gets the same, D5, D6")
    func shownOnce() async throws {
        try await withVault { vault in
            try await vault.stock(1..<4)
            let ticket = try await vault.sell(2)
            #expect(
                try await vault.store.codes(of: ticket.code).map(\.state) == [.hidden, .hidden]
            )
            func show(
                _ staff: Staff,
                _ key: ID<Claim>,
                _ motive: String? = nil,
                _ store: Store? = nil
            ) async throws -> [String] {
                try await (store ?? vault.store).revealCodes(
                    of: ticket.code,
                    motive: motive.map { try ShortText(typed: $0, field: .motive) },
                    key: key,
                    by: staff
                ).codes.map { $0.text.shown.filter { $0 != " " } }
            }
            let volunteer = Staff(
                id: vault.at.seller,
                operatorCode: "AM",
                name: "Vente",
                language: .french,
                firstDay: false,
                roles: [Staff.Held(role: .volunteerSeller, shop: nil)],
                till: vault.at.tills[0]
            )
            let elsewhere = try await refusalReason {
                _ = try await show(vault.approver(at: 1, role: .volunteerSeller), vault.key())
            }
            #expect(elsewhere == .rechargeShownElsewhere)
            let key = vault.key()
            let codes = try await show(volunteer, key)
            #expect(Set(codes).isSubset(of: Set((1..<4).map(Vault.code))) && codes.count == 2)
            #expect(try await show(volunteer, key) == codes)
            let other = try await refusalReason { _ = try await show(vault.approver(at: 0), key) }
            #expect(other == .keyReused)
            for motive in [nil, "Perdu"] {
                let again = try await refusalReason {
                    _ = try await show(volunteer, vault.key(), motive)
                }
                #expect(again == .rechargeShownBefore)
            }
            // A request that comes again after the minutes of a retry is no retry.
            let now = Instant.current
            let late = vault.store.at(Clock { now.adding(seconds: 660) })
            let stale = try await refusalReason { _ = try await show(volunteer, key, nil, late) }
            #expect(stale == .rechargeShownBefore)
            let silent = try await refusalReason {
                _ = try await show(vault.approver(), vault.key())
            }
            #expect(silent == .rechargeShownBefore)
            #expect(try await show(vault.approver(), vault.key(), "Papier perdu") == codes)
            let told = try await vault.store.codes(of: ticket.code)
            #expect(
                told.map { $0.showings.map(\.motive) } == [
                    ["", "Papier perdu"], ["", "Papier perdu"],
                ]
            )
            // No code in what the claims keep, nor in the sealed ticket.
            for code in codes {
                #expect(
                    try await vault.at.count(
                        """
                        select (select count(*) from claims where replace(result::text, ' ', '') like \("%\(code)%"))
                             + (select count(*) from journal_entries where convert_from(payload, 'UTF8') like \("%\(code)%"))
                        """
                    ) == 0
                )
            }
        }
    }

    @Test(
        "unseen, a refunded code is free again; seen, it takes the operator's proof and another person, and never is"
    )
    func refunds() async throws {
        try await withVault { vault in
            try await vault.stock(1..<3)
            let unseen = try await vault.sell()
            try await vault.refund(unseen)
            #expect(try await vault.free == 2)
            #expect(try await vault.store.codes(of: unseen.code).map(\.state) == [.returned])
            let gone = try await refusalReason {
                _ = try await vault.store.revealCodes(
                    of: unseen.code,
                    key: vault.key(),
                    by: vault.at.staff()
                )
            }
            #expect(gone == .rechargeRefunded)
            let ticket = try await vault.sell()
            _ = try await vault.store.revealCodes(
                of: ticket.code,
                key: vault.key(),
                by: vault.at.staff()
            )
            #expect(
                try await refusalReason { try await vault.refund(ticket) } == .rechargeUncleared
            )
            func clear(_ staff: Staff) async throws {
                _ = try await vault.store.clearCode(
                    of: ticket.code,
                    line: 1,
                    unit: 1,
                    proof: ShortText(typed: "SFR 4711 : non utilisé", field: .proof),
                    key: vault.key(),
                    by: staff
                )
            }
            try await clear(vault.approver())
            #expect(try await refusalReason { try await clear(vault.approver()) } == .alreadyEnded)
            // Who has the proof does not refund it too.
            #expect(
                try await refusalReason {
                    try await vault.refund(ticket, by: vault.approver(at: 0))
                } == .rechargeUncleared
            )
            try await vault.refund(ticket)
            #expect(try await vault.store.codes(of: ticket.code).map(\.state) == [.disputed])
            #expect(try await vault.free == 1)
            // The last one is sold, and there is no other.
            _ = try await vault.sell()
            #expect(try await refusalReason { _ = try await vault.sell() } == .stockShort)
            #expect(try await vault.store.verify().faults == [])
            let day = try await vault.store.reconcileCodes(on: vault.store.today)[0]
            #expect(day.difference == 0)
            #expect(
                [day.opening, day.approved, day.sold, day.returned, day.closing].map(\.units) == [
                    0, 2, 3, 1, 0,
                ]
            )
            #expect(day.sold.faceValue == (try Cents(1_500)))
        }
    }

    @Test("a code goes back to the vault of its shop, and is refunded in no other")
    func elsewhere() async throws {
        try await withVault { vault in
            try await vault.stock(1..<2)
            let ticket = try await vault.sell()
            let there = try await vault.secondShop()
            let refused = try await refusalReason { try await vault.refund(ticket, by: there) }
            #expect(refused == .rechargeRefundElsewhere)
            try await vault.refund(ticket)
            #expect(try await vault.store.verify().faults == [])
        }
    }

    @Test(
        "two ciphertexts swapped, or one moved, do not open: nothing is shown, and an alarm stands, D7"
    )
    func swapped() async throws {
        try await withVault { vault in
            try await vault.stock(1..<3)
            let ticket = try await vault.sell(2)
            try await vault.at.execute("alter table recharge_codes disable trigger user")
            try await vault.at.execute(
                """
                update recharge_codes c set sealed = o.sealed from recharge_codes o where o.id <> c.id
                """
            )
            let broken = try await refusalReason {
                _ = try await vault.store.revealCodes(
                    of: ticket.code,
                    key: vault.key(),
                    by: vault.at.staff()
                )
            }
            #expect(broken == .rechargeSealBroken)
            #expect(try await vault.at.count("select count(*) from code_alarms") == 1)
            #expect(try await vault.at.count("select count(*) from code_reveals") == 0)
            #expect(try await vault.store.verify().faults.map(\.kind) == ["code"])
            let day = try await vault.store.reconcileCodes(on: vault.store.today)[0]
            #expect(day.broken == 1 && day.difference == 0 && !day.isFine)
            // What does not open is sold to nobody else.
            try await vault.refund(ticket)
            let states = try await vault.store.codes(of: ticket.code).map(\.state)
            #expect(Set(states) == [.disputed, .returned])
            #expect(try await vault.free == 1)
        }
    }

    @Test("a batch whose bytes are moved to another shop does not open, D7")
    func moved() async throws {
        try await withVault { vault in
            let batch = try await vault.stock(1..<2)
            try await vault.at.execute(
                """
                insert into shops (id, code, name, address, postal_code, city, siret, opened_at)
                values (gen_random_uuid(), 'RX', 'Roubaix', '2 rue', '59100', 'Roubaix', '12345678200010', now())
                """
            )
            for table in ["recharge_codes", "code_batches", "free_codes"] {
                try await vault.at.execute("alter table \(identifier: table) disable trigger all")
                try await vault.at.execute(
                    "update \(identifier: table) set shop_id = (select id from shops where code = 'RX')"
                )
            }
            #expect(try await vault.store.codeBatch(batch).batch.shop == "Roubaix")
            let faults = try await vault.store.verify(journal: false, stock: false).faults
            #expect(faults.contains { $0.kind == "code" })
        }
    }

    @Test(
        "plain SQL of the service’s role frees, sells, shows and returns nothing that may not be, D3, D4"
    )
    func gates() async throws {
        try await withVault { vault in
            let waiting = try await vault.takeIn(1..<3)
            let free: SQL = """
                insert into free_codes (code_id, batch_id, shop_id, product_id, expires_on)
                select id, batch_id, shop_id, product_id, expires_on from recharge_codes
                """
            #expect(await vault.constraint(free) == "free_codes_are_approved")
            let approve: SQL = """
                insert into code_batch_ends (batch_id, kind, ended_at, ended_by, imported_by)
                select id, 'approved', now(), recorded_by, recorded_by from code_batches
                """
            #expect(await vault.constraint(approve) == "code_batches_take_two")
            let pretend: SQL = """
                insert into code_batch_ends (batch_id, kind, ended_at, ended_by, imported_by)
                select id, 'approved', now(), recorded_by, \(vault.second) from code_batches
                """
            #expect(await vault.constraint(pretend)?.contains("fkey") == true)
            #expect(
                await vault.constraint("delete from recharge_codes") == "codes_are_never_removed"
            )
            #expect(await vault.constraint("delete from code_files") == "codes_are_never_removed")
            _ = try await vault.store.decideCodes(
                waiting,
                rejection: nil,
                key: vault.key(),
                by: vault.approver()
            )
            let ticket = try await vault.sell()
            let sold: SQL =
                "\(free) where id in (select code_id from code_exits)"
            #expect(await vault.constraint(sold) == "free_codes_are_approved")
            let again: SQL = """
                insert into code_exits (code_id, ordinal, kind, sale_id, position, unit, left_at)
                select code_id, 1, 'sale', sale_id, position, 2, now() from code_exits
                """
            #expect(await vault.constraint(again) == "code_exits_are_of_what_is_free")
            let more: SQL = """
                insert into code_exits (code_id, ordinal, kind, sale_id, position, unit, left_at)
                select f.code_id, 1, 'sale', x.sale_id, x.position, 2, now() from free_codes f, code_exits x
                """
            #expect(await vault.constraint(more) == "code_exits_are_of_their_line")
            let secondShowing: SQL = """
                insert into code_reveals (code_id, ordinal, number, key, motive, revealed_at, revealed_by)
                select x.code_id, x.ordinal, 2, s.key, 'x', now(), s.seller_id from code_exits x join sales s on s.id = x.sale_id
                """
            #expect(await vault.constraint(secondShowing) == "code_reveals_are_counted")
            _ = try await vault.store.revealCodes(
                of: ticket.code,
                key: vault.key(),
                by: vault.at.staff()
            )
            let silent: SQL = """
                insert into code_reveals (code_id, ordinal, number, key, revealed_at, revealed_by)
                select x.code_id, x.ordinal, 2, s.key, now(), s.seller_id from code_exits x join sales s on s.id = x.sale_id
                """
            #expect(await vault.constraint(silent) == "code_reveals_say_why_again")
            for statement in [
                "update recharge_codes set tail = '0000'",
                "update recharge_codes set key_id = 'x', sealed = sealed",
                "update code_exits set unit = 2",
                "delete from code_reveals", "update code_clearances set proof = 'x'",
                "delete from code_batch_ends",
            ] as [SQL] {
                #expect(
                    await vault.constraint(statement)?.contains("denied") == true,
                    "\(statement.text)"
                )
            }
            let added: SQL = """
                insert into recharge_codes (id, batch_id, line, shop_id, product_id, operator, key_id, sealed, blind_index, tail)
                select gen_random_uuid(), batch_id, 99, shop_id, product_id, operator, key_id, sealed,
                       decode(repeat('ab', 32), 'hex'), tail from recharge_codes limit 1
                """
            #expect(await vault.constraint(added) == "recharge_codes_come_with_their_batch")
            let clear: SQL = """
                insert into code_clearances (code_id, ordinal, proof, cleared_at, cleared_by)
                select x.code_id, x.ordinal, 'x', now(), s.seller_id from code_exits x join sales s on s.id = x.sale_id
                """
            let third: SQL = """
                insert into code_reveals (code_id, ordinal, number, key, motive, revealed_at, revealed_by)
                select x.code_id, x.ordinal, 2, s.key, 'x', now(), s.seller_id from code_exits x join sales s on s.id = x.sale_id
                """
            #expect(await vault.constraint(clear, third) == "code_reveals_come_before_the_proof")
            _ = try await vault.sell()
            try await vault.refund(
                vault.at.store.sell(
                    vault.at.request(mice: 1),
                    key: vault.key(),
                    by: vault.at.staff()
                )
            )
            #expect(
                await vault.constraint(clear) == "code_clearances_are_of_what_was_seen",
                "the second was shown to nobody"
            )
            for table in ["code_returns", "code_disputes"] {
                let at = table == "code_returns" ? "returned_at" : "disputed_at"
                let back: SQL = """
                    insert into \(identifier: table) (code_id, ordinal, refund_id, \(identifier: at))
                    select x.code_id, x.ordinal, (select id from refunds limit 1), now() from code_exits x
                    where not exists (select from code_reveals r where r.code_id = x.code_id)
                    """
                #expect(
                    await vault.constraint(back) == "codes_come_back_with_their_unit",
                    "\(table)"
                )
            }
            let received: SQL = """
                insert into stock_movements (id, shop_id, product_id, units, kind, moved_at, moved_by)
                select gen_random_uuid(), shop_id, product_id, 5, 'receipt', now(), recorded_by from code_batches
                """
            #expect(await vault.constraint(received) == "stock_movements_leave_codes_alone")
        }
    }

    @Test("codes come in with their batch alone: no receipt, count or order of them")
    func notCounted() async throws {
        try await withVault { vault in
            let received = try await refusalReason {
                _ = try await vault.store.receiveStock(
                    of: ShortCode(typed: Vault.product),
                    units: 5,
                    in: vault.at.shop,
                    key: vault.key(),
                    by: vault.at.staff()
                )
            }
            #expect(received == .productNotCounted)
            let carded = try await refusalReason {
                _ = try await vault.store.importCodes(
                    vault.delivery(Vault.file(1..<2), units: 1, product: "recharge-5"),
                    into: vault.at.shop,
                    key: vault.key(),
                    by: vault.at.staff()
                )
            }
            #expect(carded == .rechargeProductNotByCode)
        }
    }

    @Test(
        "tills drain the vault side by side: each code is in one ticket, and none is left over, D4"
    )
    func drained() async throws {
        try await withVault { vault in
            try await vault.stock(1..<41)
            try await vault.at.furnishPersons(60)
            let outcomes = try await withThrowingTaskGroup(of: Reason?.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        try await refusalReason {
                            _ = try await vault.sell(
                                at: number % 2,
                                voucher: Wazemmes.voucher(of: number)
                            )
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 40)
            #expect(outcomes.count { $0 == .stockShort } == 10)
            #expect(
                try await vault.at.count("select count(distinct code_id) from code_exits") == 40
            )
            #expect(try await vault.at.count("select count(*) from free_codes") == 0)
            #expect(try await vault.store.verify().faults == [])
        }
    }

    @Test("what a dump of the database would hold says no code, in any writing, D1")
    func dump() async throws {
        try await withVault { vault in
            try await vault.stock(1..<21)
            let ticket = try await vault.sell(2)
            _ = try await vault.store.revealCodes(
                of: ticket.code,
                key: vault.key(),
                by: vault.at.staff()
            )
            let tables: [String] = try await vault.at.owner.withConnection { connection in
                try connection.query(
                    """
                    select c.relname::text as name from pg_class c
                    where c.relnamespace = 'comptoir'::regnamespace and c.relkind = 'r'
                    """
                ).map { try $0["name"] }
            }
            var whole = ""
            for table in tables {
                let rows: [String] = try await vault.at.owner.withConnection { connection in
                    try connection.query("select t::text as line from \(identifier: table) t")
                        .map { try $0["line"] }
                }
                whole += rows.joined(separator: "\n").lowercased()
            }
            #expect(whole.contains("codes.csv"), "the vault is in it")
            for number in 1..<21 {
                let code = Vault.code(number)
                let bytes = Data(code.utf8)
                let shown = CodeText(typed: code, length: 14)?.shown ?? ""
                let writings = [
                    code, shown, hexadecimal(bytes), bytes.base64EncodedString().lowercased(),
                    hexadecimal(bytes.flatMap { [$0, 0] }), hexadecimal(bytes.flatMap { [0, $0] }),
                ]
                for writing in writings {
                    #expect(!whole.contains(writing))
                }
            }
        }
    }
}
