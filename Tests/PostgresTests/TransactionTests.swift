import Foundation
import Logging
import Testing
import TestSupport

@testable import Postgres

/// A pool on an empty database of the test's own, shut down before the database goes.
func withPool<T: Sendable>(
    size: Int = 4,
    waiters: Int = 256,
    waitSeconds: Double = 5,
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

@Suite struct TransactionTests {
    @Test func `twelve statements and the commit take two trips`() async throws {
        try await withPool { pool in
            try await pool.withConnection {
                try $0.script("create table sales (id uuid primary key, cents int)")
            }
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
            let count: Int = try await pool.withConnection {
                try $0.query("select count(*) as n from sales")[0]["n"]
            }
            #expect(count == 6)
        }
    }

    @Test func `what the body throws rolls back and passes through`() async throws {
        struct Refused: Error, Equatable {}
        try await withPool { pool in
            try await pool.withConnection { try $0.script("create table t (n int)") }
            await #expect(throws: Refused()) {
                try await pool.transaction { tx in
                    try tx.execute("insert into t values (1)")
                    throw Refused()
                }
            }
            let isEmpty = try await pool.withConnection { try $0.query("select n from t").isEmpty }
            #expect(isEmpty)
        }
    }
}
