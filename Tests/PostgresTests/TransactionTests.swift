import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// A pool on an empty database of the test's own, shut down before the database goes.
func withPool<T: Sendable>(
    size: Int = 4,
    waiters: Int = 256,
    waitSeconds: Double = 300,
    _ change: (inout ConnectionSettings) -> Void = { _ in },
    _ body: (Pool) async throws -> T
) async throws -> T {
    try await withEmptyDatabase { settings in
        var settings = settings
        change(&settings)
        let pool = Pool(
            settings,
            size: size,
            waiters: waiters,
            waitSeconds: waitSeconds,
            logger: Logger(label: "tests")
        )
        let result: Result<T, any Error>
        do { result = .success(try await body(pool)) } catch { result = .failure(error) }
        await pool.shutdown()
        return try result.get()
    }
}

extension Pool {
    func count(_ table: String) async throws -> Int {
        try await withConnection { try $0.query("select count(*) from \(identifier: table)")[0][0] }
    }

    func answers() async throws -> Bool {
        try await withConnection { try $0.query("select 1").count == 1 }
    }

    func script(_ text: String) async throws {
        try await withConnection { try $0.script(text) }
    }
}

@Suite struct TransactionTests {
    @Test func `twelve statements and the commit take two trips`() async throws {
        try await withPool { pool in
            try await pool.script("create table sales (id uuid primary key, cents int)")
            let trips = try await pool.transaction { tx in
                let before = tx.trips
                let read = try tx.pipeline(
                    (0..<6).map { "select count(*) as n from sales where cents > \($0)" }
                )
                let count: Int = try read[5][0]["n"]
                try tx.finish((0..<6).map { "insert into sales values (\(UUID()), \($0 + count))" })
                return tx.trips - before
            }
            #expect(trips == 2)
            #expect(try await pool.count("sales") == 6)
        }
    }

    @Test func `a body that finishes at once takes one trip, and one that does nothing none`()
        async throws
    {
        try await withPool { pool in
            try await pool.script("create table t (n int)")
            let one = try await pool.transaction { tx in
                let before = tx.trips
                try tx.finish(["insert into t values (1)", "insert into t values (2)"])
                return tx.trips - before
            }
            #expect(one == 1)
            #expect(try await pool.count("t") == 2)
            #expect(try await pool.transaction { tx in tx.trips - tx.trips } == 0)
        }
    }

    @Test func `what the body throws rolls back and passes through`() async throws {
        struct Refused: Error, Equatable {}
        try await withPool { pool in
            try await pool.script("create table t (n int)")
            await #expect(throws: Refused()) {
                try await pool.transaction { tx in
                    try tx.execute("insert into t values (1)")
                    throw Refused()
                }
            }
            #expect(try await pool.count("t") == 0)
        }
    }

    @Test func `an error has the place that the caller gave the statement`() async throws {
        try await withPool { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction(local: [("comptoir.structure", "7")]) { tx in
                    try tx.finish(["select 1", "select 1 / 0"])
                }
            }
            #expect(error?.index == 1 && error?.sqlstate == "22012")
            let atCommit = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in
                    try tx.pipeline([
                        "create table d (n int constraint d_once unique deferrable initially deferred)"
                    ])
                    try tx.finish(["insert into d values (1), (1)"])
                }
            }
            #expect(atCommit?.index == nil && atCommit?.constraint == "d_once")
            #expect(atCommit?.kind == .server)
        }
    }

    @Test func `an error that the body hides does not commit`() async throws {
        try await withPool { pool in
            try await pool.script("create table t (n int)")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in
                    try tx.execute("insert into t values (1)")
                    #expect(throws: PostgresError.self) { try tx.execute("select 1 / 0") }
                }
            }
            #expect(error?.kind == .server)
            #expect(try await pool.count("t") == 0)
        }
    }

    @Test func `nothing follows finish`() async throws {
        try await withPool { pool in
            try await pool.transaction { tx in
                try tx.finish(["select 1"])
                let error = #expect(throws: PostgresError.self) { try tx.query("select 2") }
                #expect(error?.kind == .misuse)
            }
        }
    }

    @Test func `a role and settings hold for one transaction`() async throws {
        try await withPool(size: 1) { pool in
            let who: SQL = "select current_user, current_setting('comptoir.structure', true) as at"
            let within = try await pool.transaction(
                role: "pg_read_all_data",
                local: [("comptoir.structure", "l'île")]
            ) { tx in
                let row = try tx.query(who)[0]
                return [try row[0], try row["at"]] as [String]
            }
            #expect(within == ["pg_read_all_data", "l'île"])
            let after: [String?] = try await pool.withConnection {
                let row = try $0.query(who)[0]
                return [try row[0], try row["at"]]
            }
            #expect(after[0] == "postgres" && after[1] ?? "" == "")
        }
    }

    @Test func `a snapshot sees one moment and writes nothing`() async throws {
        try await withPool { pool in
            try await pool.script("create table t (n int)")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction(isolation: .snapshot) { tx in
                    try tx.execute("insert into t values (1)")
                }
            }
            #expect(error?.sqlstate == "25006")
        }
    }

    @Test func `two who deadlock both succeed, the loser on its second run`() async throws {
        try await withPool { pool in
            try await pool.script(
                "create table t (n int primary key); insert into t values (1), (2)"
            )
            let runs = Count()
            let bothHoldOne = Barrier(2)
            @Sendable func lock(_ first: Int, _ second: Int) async throws {
                let runsHere = Count()
                try await pool.transaction(local: [("deadlock_timeout", "20ms")]) { tx in
                    runs.add()
                    let isFirst = runsHere.add() == 1
                    // The second run asks first for what the winner holds, and so holds nothing it wants.
                    let order = isFirst ? [first, second] : [second, first]
                    try tx.execute("select from t where n = \(order[0]) for no key update")
                    if isFirst { bothHoldOne.wait() }
                    try tx.execute("select from t where n = \(order[1]) for no key update")
                }
            }
            async let one: Void = lock(1, 2)
            async let other: Void = lock(2, 1)
            _ = try await (one, other)
            #expect(runs.value == 3)
        }
    }

    @Test func `a transaction that never gets through is run a bounded number of times`()
        async throws
    {
        try await withPool { pool in
            let runs = Count()
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction(retries: 2) { tx in
                    runs.add()
                    try tx.execute(
                        "do $$ begin raise exception 'again' using errcode = '40001'; end $$"
                    )
                }
            }
            #expect(error?.isTransient == true && runs.value == 3)
        }
    }

    @Test func `a table that changed shape does not fail the next transaction`() async throws {
        try await withPool(size: 2) { pool in
            try await pool.script("create table t (n int); insert into t values (1)")
            @Sendable func columns(_ tx: Transaction) throws -> Int {
                try tx.query("select * from t").columns.count
            }
            #expect(try await pool.transaction(columns) == 1)
            try await pool.script("alter table t add m int")
            #expect(try await pool.transaction(columns) == 2)
            try await pool.script("deallocate all")
            #expect(try await pool.transaction(columns) == 2)
        }
    }
}

/// Lets nobody through before all have arrived. Blocks: for threads that may.
final class Barrier: Sendable {
    private let missing: Mutex<Int>
    private let gate = DispatchSemaphore(value: 0)

    init(_ count: Int) { missing = Mutex(count) }

    func wait() {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if !isLast { gate.wait() }
        gate.signal()
    }
}

/// Counts from any thread.
final class Count: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .relaxed) }

    @discardableResult
    func add() -> Int { count.add(1, ordering: .relaxed).newValue }
}
