import Foundation
import TestSupport
import Testing

@testable import Postgres

/// An empty database of the test's own.
func withEmptyDatabase<T: Sendable>(
    _ body: (ConnectionSettings) async throws -> T
) async throws -> T {
    try await TestCluster.shared.withClone(of: "empty", prepare: { _ in }) { url in
        try await body(ConnectionSettings(url: url))
    }
}

/// The test server's first database, for tests that leave nothing: a session's own tables at most.
func onServer(_ body: (ConnectionSettings) throws -> Void) throws {
    try body(ConnectionSettings(url: TestCluster.shared.cluster.connectionString))
}

private enum Grade: String, Bindable, Readable {
    case good, worn
}

/// Sends the value as this type and reads it back.
private func echo<Value: Bindable & Readable>(
    _ value: Value,
    as type: String,
    _ connection: Connection
) throws -> Value {
    try connection.query("select \(value)::\(raw: type) as value")[0]["value"]
}

@Suite struct ConnectionTests {
    @Test(arguments: [
        "", "l’été à Lille", "'; drop table persons; --", #"\ " $1 %s {"#, "\u{202F}€\u{A0}", "😀 👩‍👧",
        "مرحبا", "e\u{301}", "line\r\nline\ttab\u{1}", String(repeating: "é", count: 100_000),
    ])
    func `text comes back as it was sent`(text: String) throws {
        try onServer { settings in
            let connection = try Connection(settings)
            let back = try echo(text, as: "text", connection)
            #expect(Array(back.unicodeScalars) == Array(text.unicodeScalars))
            #expect(try echo([text, text], as: "text[]", connection) == [text, text])
        }
    }

    @Test func `every type comes back as it was sent`() throws {
        try onServer { settings in
            let connection = try Connection(settings)
            for number in [0, -1, .min, .max] as [Int] {
                #expect(try echo(number, as: "bigint", connection) == number)
            }
            #expect(try echo(Int16.min, as: "smallint", connection) == .min)
            #expect(try echo(Int32.max, as: "int", connection) == .max)
            #expect(try echo(0.1 + 0.2, as: "float8", connection) == 0.1 + 0.2)
            #expect(try echo(true, as: "bool", connection))
            #expect(try !echo(false, as: "bool", connection))
            let id = UUID()
            #expect(try echo(id, as: "uuid", connection) == id)
            let bytes = Data(0...255)
            #expect(try echo(bytes, as: "bytea", connection) == bytes)
            #expect(try echo(Data(), as: "bytea", connection) == Data())
            #expect(try echo([id, UUID()], as: "uuid[]", connection).first == id)
            #expect(try echo([] as [Int], as: "int[]", connection) == [])
            #expect(try echo([1, nil, 3], as: "int[]", connection) == [1, nil, 3])
            let odd = ["a,b", "{", "}", #"\"#, #"""#, "null", "NULL", " ", "'"]
            #expect(try echo(odd, as: "text[]", connection) == odd)
            #expect(try echo(nil as String?, as: "text", connection) == nil)
            #expect(try echo("x" as String?, as: "text", connection) == "x")
            #expect(try echo(Grade.worn, as: "text", connection) == .worn)
            #expect(try echo([Grade.worn, .good], as: "text[]", connection) == [.worn, .good])
            #expect(try echo(JSONB(#"{"a": 1}"#), as: "jsonb", connection).text == #"{"a": 1}"#)
        }
    }

    @Test func `dates and instants come as ISO text in UTC, whatever the server's settings`()
        throws
    {
        try onServer { settings in
            var settings = settings
            settings.url += "&options=-cdatestyle%3DSQL,DMY%20-ctimezone%3DEurope/Paris"
            let row = try Connection(settings).query(
                "select date '2022-12-05' as day, timestamptz '2022-12-05 10:00+01' as instant"
            )[0]
            let day: String = try row["day"]
            let instant: String = try row["instant"]
            #expect(day == "2022-12-05" && instant == "2022-12-05 09:00:00+00")
        }
    }

    @Test func `a NUL is refused before anything is sent`() throws {
        try onServer { settings in
            let connection = try Connection(settings)
            let trips = connection.trips
            let error = #expect(throws: PostgresError.self) {
                try connection.query("select \("a\0b")::text")
            }
            #expect(error?.kind == .misuse && connection.trips == trips)
            #expect(throws: PostgresError.self) { try connection.query(SQL(raw: "select 1\0")) }
            #expect(throws: PostgresError.self) { try connection.script("select 1\0") }
            #expect(try connection.query("select 1").count == 1)
        }
    }

    @Test func `reading the wrong thing names the column and the type, never the value`()
        throws
    {
        try onServer { settings in
            let row = try Connection(settings).query("select 'Amina' as name, null as age")[0]
            func failure<Value: Readable>(_ column: String, _: Value.Type) throws -> String {
                let error = try #require(throws: PostgresError.self) {
                    let _: Value = try row[column]
                }
                #expect(error.kind == .unreadable)
                return "\(error)"
            }
            let asNumber = try failure("name", Int.self)
            #expect(asNumber.contains("name") && asNumber.contains("Int"))
            #expect(!asNumber.contains("Amina"))
            #expect(try failure("name", UUID?.self).contains("UUID"))
            #expect(try failure("age", String.self).contains("null"))
            #expect(try failure("nom", String.self).contains("name, age"))
            let age: Int? = try row["age"]
            #expect(age == nil)
            #expect(try row["age"] ?? 7 == 7)
            #expect(throws: PostgresError.self) { let _: String = try row[2] }
            #expect(throws: PostgresError.self) { let _: String = try row[-1] }
        }
    }

    @Test func `a refusal carries its state and constraint, and logs without the values`()
        throws
    {
        try onServer { settings in
            let connection = try Connection(settings)
            try connection.script(
                "create temp table persons (name text constraint persons_named_once primary key, born_on date)"
            )
            try connection.execute("insert into persons values (\("Amina"), null)")
            let twice = try #require(throws: PostgresError.self) {
                try connection.execute("insert into persons values (\("Amina"), null)")
            }
            #expect(twice.kind == .server && twice.sqlstate == "23505")
            #expect(twice.constraint == "persons_named_once" && twice.table == "persons")
            #expect(twice.detail?.contains("Amina") == true)
            #expect(!"\(twice)".contains("Amina") && "\(twice)".contains("persons_named_once"))
            let misread = try #require(throws: PostgresError.self) {
                try connection.execute("insert into persons values ('b', \("Amina le 12"))")
            }
            #expect(misread.sqlstate == "22007" && !"\(misread)".contains("Amina"))
            #expect(!misread.isConnectionLost && connection.isUsable)
        }
    }

    @Test func `says how many rows were touched`() throws {
        try onServer { settings in
            let connection = try Connection(settings)
            try connection.script(
                "create temp table t (n int); insert into t select generate_series(1, 7)"
            )
            #expect(try connection.execute("update t set n = n where n > \(2)") == 5)
            #expect(try connection.query("select n from t").affected == 7)
            #expect(
                try connection.query("select n from t order by n").map { try $0[0] as Int }
                    == Array(1...7)
            )
            #expect(try connection.query("").isEmpty)
        }
    }

    @Test func `of several hosts the one that answers and may be written to is taken`() throws {
        try onServer { settings in
            var settings = settings
            let socket: String = try Connection(settings).query(
                "select current_setting('unix_socket_directories')"
            )[0][0]
            settings.url =
                "postgresql:///postgres?host=/nowhere,\(socket)&user=postgres&target_session_attrs=read-write"
            #expect(try Connection(settings).query("select 1").count == 1)
        }
    }

    @Test func `a server that is not there is unavailable`() {
        let error = #expect(throws: PostgresError.self) {
            try Connection(ConnectionSettings(url: "host=/nowhere user=amina password=secret"))
        }
        #expect(error?.kind == .unavailable && error?.isConnectionLost == true)
        #expect(error.map { "\($0)".contains("secret") } == false)
    }
}
