import Postgres
import Shop
import Store
import Synchronization
import TestSupport
import Testing

/// Whether a session waits now for what this one holds. One that was let go and has not woken yet waits for nothing.
private func isAwaited(_ connection: Connection) throws -> Bool {
    try !connection.query(
        "select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))"
    ).isEmpty
}

/// Asks until the answer is yes, and gives up where it never is: a test that hangs tells nothing.
private func poll(_ isDone: () throws -> Bool) throws {
    for _ in 0..<50_000 where try isDone() { return }
}

private final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}

@Suite("Two files of one person")
struct MergeTests {
    @Test("count as one from then on, and no ticket changes (P12, P15)")
    func countsAsOne() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.sell(Wazemmes.brunoVoucher, device: 1)
            let sealed = try await at.ticketBytes()

            try await at.merge(at.bruno, into: at.amina)

            let refusal = try await refused { try await at.sell(Wazemmes.aminaVoucher, device: 2) }
            #expect(refusal?.reason == .quotaReached)
            let standing = try await at.store.standing(
                of: .voucher(Wazemmes.brunoVoucher, nil),
                in: at.shop
            )
            #expect(standing.buyer?.person == at.amina)
            let card = try await at.store.person(at.amina)
            #expect(card.vouchers.count == 2 && card.tickets.count == 1)
            #expect(card.mergedCodes == ["P-333333"])
            #expect(try await at.store.person(typed: "P-333333") == at.amina)
            #expect(try await at.ticketBytes() == sealed)
            #expect(try await at.store.verify().faults == [])
        }
    }

    @Test("are found under the one that goes on: by code, phone, voucher and name")
    func areFound() async throws {
        try await withCounter { counter in
            let store = counter.store
            let kept = try await counter.person("Amina", "Benali")
            let twice = try await counter.person("Amina", "Benalli", phone: "06 39 98 00 09")
            #expect(try await store.likelyFiles(of: kept).map(\.id) == [twice])
            let code = try await store.person(twice).person.code

            _ = try await store.mergePersons(
                twice,
                into: kept,
                key: counter.key(),
                by: counter.manager
            )

            for typed in ["Benali", "Amina", "0639980009", code] {
                #expect(try await store.searchPersons(typed).items.map(\.id) == [kept], "\(typed)")
            }
            #expect(try await store.likelyFiles(of: kept).isEmpty)
        }
    }

    @Test("follow one another: a file merged twice over leads to the last one")
    func followOneAnother() async throws {
        try await withCounter { counter in
            var files: [ID<Person>] = []
            for name in ["Un", "Deux", "Trois"] { files.append(try await counter.person("", name)) }
            let codes = try await codes(of: files, counter.store)
            for (ends, goesOn) in [(0, 1), (1, 2)] {
                _ = try await counter.store.mergePersons(
                    files[ends],
                    into: files[goesOn],
                    key: counter.key(),
                    by: counter.manager
                )
            }
            for code in codes {
                #expect(try await counter.store.person(typed: code) == files[2])
            }
            let merged = try await counter.store.person(files[2]).mergedCodes
            #expect(Set(merged) == Set(codes.prefix(2)))
        }
    }

    @Test("are told why they cannot become one, and nothing changes")
    func refuses() async throws {
        try await withCounter { counter in
            let store = counter.store
            let amina = try await counter.person("Amina", "Benali")
            let lina = try await counter.person("Lina", "Benali", livesWith: amina)
            let other = try await counter.person("Aminah", "Benali")
            let karim = try await counter.person("Karim", "Haddad", livesWith: other)
            let stranger: ID<Person> = store.newID()
            func merge(_ ends: ID<Person>, _ goesOn: ID<Person>, by staff: Staff? = nil)
                async throws
                -> Reason?
            {
                try await refused {
                    _ = try await store.mergePersons(
                        ends,
                        into: goesOn,
                        key: counter.key(),
                        by: staff ?? counter.manager
                    )
                }?.reason
            }
            #expect(try await merge(amina, amina) == .mergeWithSelf)
            #expect(try await merge(amina, stranger) == .personUnknown)
            #expect(try await merge(amina, other) == .mergeTwoHouseholds)
            #expect(try await merge(amina, other, by: counter.seller) == .roleMissing)
            #expect(try await counter.count("select count(*) from person_merges") == 0)

            _ = try await store.leaveHousehold(karim, key: counter.key(), by: counter.seller)
            #expect(try await merge(amina, other) == nil)
            #expect(try await store.person(other).livesWith.map(\.id) == [lina])
            #expect(try await merge(amina, karim) == .mergedAlready)
            #expect(try await merge(karim, amina) == .mergedAlready)
        }
    }

    @Test("keep a refusal of the privacy notice, under whichever file it was said (B3)")
    func keepsARefusal() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            for refusedFirst in [true, false] {
                let files = [
                    try await counter.person("Amina", "Benali"),
                    try await counter.person("Aminah", "Benali"),
                ]
                _ = try await store.answerNotice(
                    files[refusedFirst ? 0 : 1],
                    accepted: false,
                    told: .spoken,
                    key: counter.key(),
                    by: counter.seller
                )
                _ = try await store.mergePersons(
                    files[0],
                    into: files[1],
                    key: counter.key(),
                    by: counter.manager
                )
                let card = try await store.person(files[1])
                #expect(card.notice?.accepted == false && card.person.familyName.isEmpty)
                #expect(
                    try await counter.count(
                        "select count(*) from identities where person_id = any(\(files))"
                    ) == 0
                )
            }
        }
    }

    /// Stepped: the merge holds the row of the file that ends, another session that of the one that goes on; the sale waits
    /// at the first, and the merge commits. Expected: the sale runs again and waits for the row of the one person that there
    /// is then, until the other session lets it go, and is that person's.
    /// The sessions step one another on threads of their own, so that nothing waits for a busy machine's turn.
    @Test("a sale that waited for the merge is the merged person's, under that person's lock (E10)")
    func saleAfterMerge() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.sell(Wazemmes.aminaVoucher, device: 1)
            let (holding, holds) = AsyncStream.makeStream(of: Void.self)
            let isSold = Flag()
            async let merge: Void = at.owner.withConnection { connection in
                try connection.execute("begin")
                try connection.execute(
                    "select from persons where id = \(at.bruno) for no key update"
                )
                try connection.execute(
                    """
                    insert into person_merges (person_id, into_id, merged_at, merged_by)
                    values (\(at.bruno), \(at.amina), now(), \(at.seller))
                    """
                )
                try connection.execute(
                    "update household_members set left_on = '2026-06-01' where person_id = \(at.bruno)"
                )
                holds.yield()
                try poll { try isSold.isSet || isAwaited(connection) }
                try connection.execute("commit")
            }
            async let saleWaited: Bool = at.owner.withConnection { connection in
                try connection.execute("begin")
                try connection.execute(
                    "select from persons where id = \(at.amina) for no key update"
                )
                holds.yield()
                var waits = false
                try poll {
                    waits = try isAwaited(connection)
                    return waits || isSold.isSet
                }
                try connection.execute("commit")
                return waits
            }
            var steps = holding.makeAsyncIterator()
            for _ in 0..<2 { _ = await steps.next() }
            // Whatever comes of it, the two others are let go.
            defer { isSold.set() }
            let computer = try await refused { try await at.sell(Wazemmes.brunoVoucher, device: 2) }
            isSold.set()
            try await merge
            #expect(try await saleWaited)
            #expect(computer?.reason == .quotaReached)
            try await at.sell(Wazemmes.brunoVoucher, recharges: 1)
            let buyers = try await at.count("select count(distinct person_id) from sales")
            #expect(buyers == 1)
        }
    }

    @Test("merges and sales at once: never above one person's limit (P12, E10)")
    func races() async throws {
        try await withWazemmes { at async throws -> Void in
            try await at.furnishPersons(20)
            for pair in 0..<10 {
                let vouchers = [Wazemmes.voucher(of: 2 * pair), Wazemmes.voucher(of: 2 * pair + 1)]
                let people = try await at.people(of: vouchers)
                let refusals = try await race(3) { number in
                    if number == 2 {
                        try await at.merge(people[0], into: people[1])
                    } else {
                        try await at.sell(vouchers[number], recharges: 6, till: number)
                    }
                }.compactMap(\.self)
                let sold = try await at.count(
                    "select count(*) from uses where person_id in (\(people[0]), \(people[1]))"
                )
                // Both sold before the merge, or the second was refused after it.
                #expect(sold + refusals.count == 2, "\(refusals)")
                #expect(refusals.allSatisfy { $0.reason == .quotaReached })
                let again = try await refused { try await at.sell(vouchers[0], recharges: 1) }
                #expect(again?.reason == .quotaReached)
            }
            #expect(try await at.store.verify().faults == [])
        }
    }

    private func codes(of files: [ID<Person>], _ store: Store) async throws -> [String] {
        var codes: [String] = []
        for file in files { codes.append(try await store.person(file).person.code) }
        return codes
    }
}

extension Wazemmes {
    fileprivate func sell(
        _ voucher: String,
        device: Int? = nil,
        recharges: Int = 0,
        till: Int = 0
    ) async throws {
        _ = try await store.sell(
            request(voucher, device: device, recharges: recharges),
            key: key(),
            by: staff(till)
        )
    }

    fileprivate func merge(_ ends: ID<Person>, into goesOn: ID<Person>) async throws {
        _ = try await store.mergePersons(ends, into: goesOn, key: key(), by: staff())
    }

    fileprivate func people(of vouchers: [String]) async throws -> [ID<Person>] {
        try await owner.withConnection { connection in
            try vouchers.map { code in
                try connection.query(
                    """
                    select person_id from voucher_persons n join vouchers v on v.id = n.voucher_id
                    where v.code = \(code)
                    """
                )[0][0]
            }
        }
    }

    /// What the journal and the tickets hold, as one text.
    fileprivate func ticketBytes() async throws -> String {
        try await owner.withConnection {
            try $0.query(
                """
                select (select string_agg(encode(payload || hash, 'hex'), '' order by position) from journal_entries)
                    || (select string_agg(s::text, '' order by s.id) from sales s)
                    || (select string_agg(u::text, '' order by u.sale_id, u.position) from uses u)
                """
            )[0][0]
        }
    }
}
