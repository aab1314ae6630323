import Foundation
import Logging
import TestSupport
import Testing

@testable import Postgres

/// A pool whose line to the server is cut where the proxy says, and one whose line is not.
private func withCutLine<T: Sendable>(
    at word: String,
    _ cut: CuttingProxy.Cut,
    times: Int = 1,
    _ body: (_ cut: Pool, _ whole: Pool) async throws -> T
) async throws -> T {
    try await withPool { whole in
        let socket: String = try await whole.withConnection {
            try $0.query("select current_setting('unix_socket_directories')")[0][0]
        }
        let proxy = try CuttingProxy(to: socket + "/.s.PGSQL.5432", at: word, cut, times: times)
        var settings = whole.settings
        settings.url += "&host=\(proxy.folder)"
        let pool = Pool(settings, size: 1, logger: Logger(label: "tests"))
        let result: Result<T, any Error>
        do { result = .success(try await body(pool, whole)) } catch { result = .failure(error) }
        await pool.shutdown()
        try proxy.close()
        return try result.get()
    }
}

@Suite struct OutageTests {
    @Test func `a line cut after commit leaves the outcome unknown, though it is recorded`()
        async throws
    {
        try await withCutLine(at: "commit", .after(answer: "COMMIT")) { pool, whole in
            try await whole.script("create table t (n int)")
            let runs = Count()
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in
                    runs.add()
                    try tx.pipeline(["select 1"])
                    try tx.finish(["insert into t values (1)"])
                }
            }
            #expect(error?.kind == .outcomeUnknown && runs.value == 1)
            #expect(try await whole.count("t") == 1)
            #expect(try await pool.count("t") == 1)
        }
    }

    @Test func `a line cut while commit is sent leaves the outcome unknown too`() async throws {
        try await withCutLine(at: "commit", .before) { pool, whole in
            try await whole.script("create table t (n int)")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in try tx.execute("insert into t values (1)") }
            }
            #expect(error?.kind == .outcomeUnknown)
            #expect(try await whole.count("t") == 0)
        }
    }

    @Test func `a line cut before commit is sent records nothing and says so`() async throws {
        try await withCutLine(at: "insert into t", .after(answer: "INSERT")) { pool, whole in
            try await whole.script("create table t (n int)")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in
                    try tx.execute("select 1")
                    try tx.execute("insert into t values (1)")
                }
            }
            #expect(error?.kind == .connectionLost && error?.isConnectionLost == true)
            #expect(try await whole.count("t") == 0)
            #expect(try await pool.count("t") == 0)
        }
    }

    @Test func `a line found dead at begin is opened anew and the body runs once more`()
        async throws
    {
        try await withCutLine(at: "begin", .before) { pool, whole in
            try await whole.script("create table t (n int)")
            let runs = Count()
            try await pool.transaction { tx in
                runs.add()
                try tx.execute("insert into t values (1)")
            }
            #expect(runs.value == 2)
            #expect(try await whole.count("t") == 1)
        }
        try await withCutLine(at: "begin", .before, times: 2) { pool, _ in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in try tx.execute("select 1") }
            }
            #expect(error?.kind == .connectionLost)
        }
    }

    @Test func `a session that is ended while it commits leaves the outcome unknown`() async throws
    {
        try await withPool { pool in
            try await pool.script(
                """
                create table t (n int);
                create function hang_up() returns trigger language plpgsql as
                $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
                create constraint trigger t_hangs_up after insert on t
                deferrable initially deferred for each row execute function hang_up()
                """
            )
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in try tx.finish(["insert into t values (1)"]) }
            }
            #expect(error?.kind == .outcomeUnknown && error?.sqlstate == "57P01")
            #expect(try await pool.count("t") == 0)
        }
    }

    @Test func `a session that is ended before it commits has recorded nothing and says so`()
        async throws
    {
        try await withPool { pool in
            try await pool.script("create table t (n int)")
            // While a statement that travels with the commit runs.
            let during = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in
                    try tx.finish([
                        "insert into t values (1)", "select pg_terminate_backend(pg_backend_pid())",
                    ])
                }
            }
            #expect(during?.kind == .connectionLost && during?.index == 1)
            // Between the trips.
            let between = await #expect(throws: PostgresError.self) {
                try await pool.transaction { tx in
                    let session: Int = try tx.query("select pg_backend_pid()")[0][0]
                    try Connection(pool.settings).execute(
                        "select pg_terminate_backend(\(session), 5000)"
                    )
                    try tx.finish(["insert into t values (1)"])
                }
            }
            #expect(between?.kind == .connectionLost)
            #expect(try await pool.count("t") == 0)
        }
    }

    @Test func `idle connections that the server has closed are replaced unseen`() async throws {
        try await withPool(size: 2) { pool in
            for _ in 0..<3 {
                try await pool.withConnection { mine in
                    let others: SQL = """
                        select pg_terminate_backend(pid, 5000) from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid()
                        """
                    try Connection(pool.settings).execute(others)
                }
                #expect(try await pool.answers())
            }
        }
    }
}
