import Foundation
import TestSupport
import Testing

@testable import Postgres

@Suite struct PipelineTests {
    @Test
    func
        `an error midway is thrown with its place, undoes the trip and leaves the connection usable`()
        throws
    {
        try onServer { settings in
            let connection = try Connection(settings)
            try connection.script("create temp table t (n int constraint t_once primary key)")
            let trips = connection.trips
            let error = try #require(throws: PostgresError.self) {
                _ = try connection.pipeline([
                    "insert into t values (\(1))", "insert into t values (\(1))",
                    "select 'never seen before'", "insert into t values (\(2))",
                ])
            }
            #expect(error.index == 1 && error.constraint == "t_once")
            #expect(connection.trips == trips + 1)
            // The third was skipped before it was parsed: it must not pass for prepared.
            #expect(try connection.query("select 'never seen before'").count == 1)
            #expect(try connection.query("select n from t").isEmpty)
        }
    }

    @Test(arguments: ["selec", "select 1; select 2", "select nothing", "copy (select 1) to stdout"])
    func `what cannot be run is refused, and the next statement runs`(text: String) async throws {
        try await withPool { pool in
            await #expect(throws: PostgresError.self) {
                try await pool.withConnection {
                    _ = try $0.pipeline(["select 1", SQL(raw: text), "select 3"])
                }
            }
            let count = try await pool.withConnection { try $0.query("select 1").count }
            #expect(count == 1)
        }
    }

    @Test func `a trip may be large both ways at once`() throws {
        try onServer { settings in
            let connection = try Connection(settings)
            let text = String(repeating: "x", count: 4_000_000)
            let rows = try connection.pipeline(
                (0..<12).map { "select \(text)::text, \($0)::int as n" }
            )
            for (index, row) in rows.enumerated() {
                let back: String = try row[0][0]
                let number: Int = try row[0]["n"]
                #expect(back.utf8.count == text.utf8.count && number == index)
            }
        }
    }

    @Test func `a session keeps a bounded number of statements, those used last`() throws {
        try onServer { settings in
            let connection = try Connection(settings)
            for number in 0..<600 {
                let rows = try connection.query(
                    "select \(raw: "\(number)") as n, \(1)::int as kept"
                )
                let back: Int = try rows[0]["n"]
                #expect(back == number)
                try connection.execute("select 'always in use'")
            }
            let names = try connection.query("select statement from pg_prepared_statements")
            #expect(names.count <= 258)
            #expect(try names.contains { try $0[0] == "select 'always in use'" })
        }
    }

    @Test func `a trip of more statements than a session keeps still runs`() throws {
        try onServer { settings in
            let connection = try Connection(settings)
            for _ in 0..<2 {
                let rows = try connection.pipeline((0..<400).map { SQL(raw: "select \($0)") })
                let last: Int = try rows[399][0][0]
                #expect(last == 399)
            }
        }
    }

    @Test func `too many values are refused before anything is sent`() throws {
        try onServer { settings in
            let connection = try Connection(settings)
            var many: SQL = ", \(1)::int"
            while many.binds.count <= 65_535 { many = many + many }
            let error = try #require(throws: PostgresError.self) {
                try connection.query("select 1\(many)")
            }
            #expect(error.kind == .misuse)
            #expect(try connection.query("select 1").count == 1)
        }
    }

    @Test func `a script stops at its first error and names its place`() throws {
        try onServer { settings in
            let connection = try Connection(settings)
            let error = try #require(throws: PostgresError.self) {
                try connection.script(
                    "create temp table t (n int);\ninsert into nowhere values (1)"
                )
            }
            #expect(error.sqlstate == "42P01" && error.position == 42)
            #expect(try connection.query("select to_regclass('t') is null")[0][0] == true)
        }
    }

    @Test
    func `after more statements than a session keeps, what cannot run beside others still runs`()
        throws
    {
        try onServer { settings in
            let connection = try Connection(settings)
            for number in 0..<600 { _ = try connection.query(SQL(raw: "select \(number)")) }
            try connection.execute("create database beside_nothing")
            try connection.execute("drop database beside_nothing")
            let kept: Int = try connection.query("select count(*) from pg_prepared_statements")[0][
                0
            ]
            #expect(kept <= 257)
        }
    }
}
