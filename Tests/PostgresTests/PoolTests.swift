import Foundation
import Logging
import TestSupport
import Testing

@testable import Postgres

/// Opens for all at once. Waiting blocks: for threads that may.
private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func open() { semaphore.signal() }
    func wait() {
        semaphore.wait()
        semaphore.signal()
    }
}

/// Runs the body while all connections but none of the queue's places are taken.
private func whileAllAreTaken<T>(_ pool: Pool, size: Int, _ body: () async throws -> T) async throws
    -> T
{
    let gate = Gate()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        let (held, isHeld) = AsyncStream.makeStream(of: Void.self)
        for _ in 0..<size {
            group.addTask {
                try await pool.withConnection { _ in
                    isHeld.yield()
                    gate.wait()
                }
            }
        }
        var taken = held.makeAsyncIterator()
        for _ in 0..<size { await taken.next() }
        let result: Result<T, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        gate.open()
        try await group.waitForAll()
        return try result.get()
    }
}

/// Returns once a session of this database does what the condition says. Lets others run meanwhile:
/// what is waited for may need this very thread.
private func untilSomeSession(_ condition: SQL, _ settings: ConnectionSettings) async throws {
    let observer = try Connection(settings)
    let sessions: SQL = """
        select from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and \(condition)
        """
    while try observer.query(sessions).isEmpty { await Task.yield() }
}

@Suite struct PoolTests {
    @Test func `everybody is served, though the connections are few`() async throws {
        try await withPool(size: 3) { pool in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...200 {
                    group.addTask {
                        try await pool.withConnection {
                            try $0.query("select \(number)::int")[0][0]
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 20_100)
            let sessions: Int = try await pool.withConnection {
                try $0.query(
                    "select count(*) from pg_stat_activity where datname = current_database()"
                )[0][0]
            }
            #expect(sessions <= 3)
        }
    }

    @Test func `who finds the queue full is refused at once`() async throws {
        try await withPool(size: 2, waiters: 0) { pool in
            try await whileAllAreTaken(pool, size: 2) {
                let error = await #expect(throws: PostgresError.self) {
                    try await pool.withConnection { _ in }
                }
                #expect(error?.kind == .poolExhausted)
            }
            #expect(try await pool.answers())
        }
    }

    @Test func `who waits too long is refused, and the pool goes on`() async throws {
        try await withPool(size: 1, waitSeconds: 0.05) { pool in
            try await whileAllAreTaken(pool, size: 1) {
                let start = ContinuousClock.now
                let errors = await withTaskGroup(of: PostgresError?.self) { group in
                    for _ in 0..<10 {
                        group.addTask {
                            do { try await pool.withConnection { _ in } } catch {
                                return error as? PostgresError
                            }
                            return nil
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1?.kind) }
                }
                #expect(errors.allSatisfy { $0 == .poolExhausted } && errors.count == 10)
                #expect(ContinuousClock.now - start >= .milliseconds(50))
            }
            #expect(try await pool.answers())
        }
    }

    @Test func `who leaves the queue frees the place`() async throws {
        try await withPool(size: 1, waiters: 1) { pool in
            try await whileAllAreTaken(pool, size: 1) {
                for _ in 0..<5 {
                    let waiting = Task { try await pool.withConnection { _ in } }
                    waiting.cancel()
                    let error = await #expect(throws: PostgresError.self) {
                        try await waiting.value
                    }
                    #expect(error?.kind == .cancelled)
                }
            }
        }
    }

    @Test func `a statement whose task is cancelled stops, and the connection serves the next`()
        async throws
    {
        try await withEmptyDatabase { settings in
            let pool = Pool(settings, size: 1, logger: .init(label: "tests"))
            try await pool.script("create table t (n int)")
            let task = Task {
                try await pool.transaction { tx in
                    try tx.execute("insert into t values (1)")
                    try tx.execute("select pg_sleep(600)")
                }
            }
            try await untilSomeSession("wait_event = 'PgSleep'", settings)
            task.cancel()
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
            #expect(try await pool.count("t") == 0)
            await pool.shutdown()
        }
    }

    @Test func `a statement takes no longer than it may`() async throws {
        try await withPool({ $0.statementTimeoutMilliseconds = 30 }) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in try tx.execute("select pg_sleep(600)") }
            }
            #expect(error?.kind == .timeout && error?.sqlstate == "57014")
            let answers = try await pool.answers()
            #expect(answers)
        }
    }

    @Test func `a lock is waited for no longer than it may`() async throws {
        try await withPool({ $0.lockTimeoutMilliseconds = 30 }) { pool in
            try await pool.script("create table t (n int)")
            try await pool.withConnection { holder in
                try holder.script("begin; lock table t")
                let other = try Connection(pool.settings)
                let error = #expect(throws: PostgresError.self) {
                    try other.execute("select from t")
                }
                #expect(error?.kind == .timeout && error?.sqlstate == "55P03")
            }
            #expect(try await pool.count("t") == 0)
        }
    }

    @Test func `what a body leaves open is rolled back`() async throws {
        try await withPool(size: 1) { pool in
            try await pool.script("create table t (n int)")
            try await pool.withConnection { try $0.script("begin; insert into t values (1)") }
            let isOpen = try await pool.withConnection { $0.isInTransaction }
            #expect(!isOpen)
            #expect(try await pool.count("t") == 0)
        }
    }

    @Test func `a pool that shuts down finishes the work at hand and refuses more`() async throws {
        try await withEmptyDatabase { settings in
            let pool = Pool(settings, size: 1, logger: .init(label: "tests"))
            let waiting = try await whileAllAreTaken(pool, size: 1) {
                Task { await pool.shutdown() }
            }
            await waiting.value
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { _ in }
            }
            #expect(error?.kind == .unavailable)
            let left: Int = try Connection(settings).query(
                "select count(*) from pg_stat_activity where datname = current_database()"
            )[0][0]
            #expect(left == 1)
        }
    }
}
