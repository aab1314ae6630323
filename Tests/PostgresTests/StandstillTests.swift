import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// A pool of one whose server process is stopped where the body says, and goes on at the end, come what may.
private func withStoppable<T: Sendable>(
    statementMilliseconds: Int = 1000,
    _ body: (_ pool: Pool, _ whole: Pool, _ stopped: Stopped) async throws -> T
) async throws -> T {
    try await withPool { whole in
        var settings = whole.settings
        settings.statementTimeoutMilliseconds = statementMilliseconds
        settings.patienceMilliseconds = 500
        let pool = Pool(settings, size: 1, logger: Logger(label: "tests"))
        let stopped = Stopped()
        let result: Result<T, any Error>
        do { result = .success(try await body(pool, whole, stopped)) } catch {
            result = .failure(error)
        }
        stopped.goOn()
        await pool.shutdown()
        return try result.get()
    }
}

/// Server processes of sessions, still as if their machine had been paused.
private final class Stopped: Sendable {
    private let processes = Mutex<[pid_t]>([])

    func stop(_ number: Int) throws {
        let process = pid_t(number)
        guard kill(process, SIGSTOP) == 0 else { throw POSIXError(.ESRCH) }
        processes.withLock { $0.append(process) }
    }

    func goOn() {
        processes.withLock { processes in
            for process in processes { kill(process, SIGCONT) }
            processes = []
        }
    }
}

extension Transaction {
    fileprivate func process() throws -> Int { try query("select pg_backend_pid()")[0][0] }
}

extension Connection {
    fileprivate func process() throws -> Int { try query("select pg_backend_pid()")[0][0] }
}

@Suite struct StandstillTests {
    @Test func `a server that stands still before commit is told as such, and nothing is recorded`()
        async throws
    {
        try await withStoppable { pool, whole, stopped in
            try await whole.script("create table t (n int)")
            let start = ContinuousClock.now
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in
                    try stopped.stop(tx.process())
                    try tx.execute("insert into t values (1)")
                }
            }
            let took = ContinuousClock.now - start
            #expect(error?.kind == .standstill && error?.isConnectionLost == true)
            #expect(took > .milliseconds(1450) && took < .seconds(30), "\(took)")
            // The slot serves again at once, through another session.
            #expect(try await pool.answers())
            stopped.goOn()
            #expect(try await whole.settled("t") == 0)
        }
    }

    @Test func `a server that stands still after commit was sent leaves the outcome unknown`()
        async throws
    {
        try await withStoppable { pool, whole, stopped in
            try await whole.script("create table t (n int)")
            let start = ContinuousClock.now
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in
                    try stopped.stop(tx.process())
                    try tx.finish(["insert into t values (1)"])
                }
            }
            #expect(error?.kind == .outcomeUnknown)
            #expect(ContinuousClock.now - start < .seconds(30))
            stopped.goOn()
            // It was sent in whole: the server commits it when it moves again.
            #expect(try await whole.settled("t") == 1)
        }
    }

    @Test func `what a server that stands still does not even read holds nobody either`()
        async throws
    {
        try await withStoppable { pool, whole, stopped in
            try await whole.script("create table t (text text)")
            let long = String(repeating: "l", count: 8 << 20)
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { connection in
                    try stopped.stop(connection.process())
                    try connection.execute("insert into t values (\(long))")
                }
            }
            #expect(error?.kind == .standstill)
            stopped.goOn()
            #expect(try await whole.settled("t") == 0)
        }
    }

    @Test func `a script is not held by it either`() async throws {
        try await withStoppable { pool, _, stopped in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { connection in
                    try stopped.stop(connection.process())
                    try connection.script("select 1")
                }
            }
            #expect(error?.kind == .standstill)
            stopped.goOn()
        }
    }

    @Test func `a statement that the server stops by itself is told by the server`() async throws {
        try await withStoppable { pool, _, _ in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { try $0.execute("select pg_sleep(60)") }
            }
            #expect(error?.kind == .timeout && error?.sqlstate == "57014")
        }
    }

    @Test func `many answers that come for longer than the limit are no standstill`() async throws {
        try await withStoppable { pool, _, _ in
            // Each within its own limit, and more than the server keeps back before it sends.
            let wide = String(repeating: "w", count: 9000)
            let statements = Array<SQL>(
                repeating: "select \(wide)::text, pg_sleep(0.15)",
                count: 20
            )
            let rows = try await pool.withConnection { try $0.pipeline(statements).count }
            #expect(rows == 20)
        }
    }

    @Test func `long statements and long answers arrive whole`() async throws {
        try await withStoppable(statementMilliseconds: 60_000) { pool, _, _ in
            let long = String(repeating: "é", count: 2 << 20)
            try await pool.withConnection { connection in
                let statements = Array<SQL>(repeating: "select \(long)::text as text", count: 3)
                for rows in try connection.pipeline(statements) {
                    let text: String = try rows[0]["text"]
                    #expect(text == long)
                }
            }
        }
    }
}

extension Pool {
    /// How many rows a table has once every other session of the database has ended or waits for its next question.
    fileprivate func settled(_ table: String) async throws -> Int {
        let busy: SQL = """
            select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
              and state is distinct from 'idle' and backend_type = 'client backend'
            """
        let end = ContinuousClock.now + .seconds(60)
        while try await withConnection({ try !$0.query(busy).isEmpty }) {
            guard ContinuousClock.now < end else { throw POSIXError(.ETIMEDOUT) }
            await Task.yield()
        }
        return try await count(table)
    }
}
