import Foundation
import TestSupport
import Testing

@testable import Postgres

private let shops = MigrationFile(
    name: "0001_shops.sql",
    text: "create table shops (id int primary key);\n"
)
private let tills = MigrationFile(
    name: "0002_tills.sql",
    text: "create table tills (id int references shops (id));\n"
)

/// Migrates and gives what stopped it, by case.
private func stop(_ files: [MigrationFile], _ connection: Connection) throws -> String {
    let error = try #require(throws: MigrationError.self) {
        try Migrator(files: files).migrate(on: connection, schema: "lille")
    }
    return "\(error)"
}

@Suite struct MigratorTests {
    @Test func `each file runs once, in the order of its number`() async throws {
        try await withEmptyDatabase { settings in
            let connection = try Connection(settings)
            let first = try Migrator(files: [shops])
            #expect(try first.migrate(on: connection, schema: "lille") == ["0001_shops.sql"])
            let both = try Migrator(files: [tills, shops])
            #expect(try both.migrate(on: connection, schema: "lille") == ["0002_tills.sql"])
            #expect(try both.migrate(on: connection, schema: "lille") == [])
            #expect(
                try both.migrate(on: connection, schema: "l'île") == [shops.name, tills.name]
            )
        }
    }

    @Test func `a file that changed, is gone or comes late stops everything`() async throws {
        try await withEmptyDatabase { settings in
            let connection = try Connection(settings)
            let late = MigrationFile(name: "0003_late.sql", text: "create table late ();\n")
            try Migrator(files: [shops, late]).migrate(on: connection, schema: "lille")
            let changed = MigrationFile(name: shops.name, text: shops.text + "-- why not\n")
            #expect(try stop([changed, late], connection).hasPrefix("0001_shops.sql has changed"))
            #expect(try stop([late], connection).hasPrefix("0001_shops.sql was run and is gone"))
            #expect(
                try stop([shops, tills, late], connection).hasPrefix("0002_tills.sql sorts before")
            )
            let next = MigrationFile(name: "0004_next.sql", text: "create table next ();\n")
            #expect(try stop([changed, late, next], connection).contains("has changed"))
            #expect(try connection.query("select to_regclass('lille.next') is null")[0][0] == true)
        }
    }

    @Test func `a file that fails keeps nothing, and says where`() async throws {
        try await withEmptyDatabase { settings in
            let connection = try Connection(settings)
            let broken = MigrationFile(
                name: "0002_broken.sql",
                text: "create table half ();\n\ncreate table other (id nonsense);\n"
            )
            #expect(
                try stop([shops, broken], connection).hasPrefix(
                    "0002_broken.sql, line 3: server, 42704"
                )
            )
            #expect(try connection.query("select to_regclass('lille.half') is null")[0][0] == true)
            #expect(
                try Migrator(files: [shops, tills]).migrate(on: connection, schema: "lille") == [
                    tills.name
                ]
            )
            let committing = MigrationFile(name: "0003_c.sql", text: "create table c (); commit;")
            #expect(
                try stop([shops, tills, committing], connection).hasPrefix(
                    "0003_c.sql ends the transaction"
                )
            )
        }
    }

    @Test(arguments: ["1_a.sql", "0001-a.sql", "0001_A.sql", "0001_a.txt", "0001_.sql.sql"])
    func `a file that is not named like one is refused`(name: String) {
        #expect(throws: MigrationError.self) {
            try Migrator(files: [MigrationFile(name: name, text: "")])
        }
    }

    @Test func `two files of one number are refused`() {
        let twin = MigrationFile(name: "0001_twin.sql", text: "")
        #expect(throws: MigrationError.self) { try Migrator(files: [shops, twin]) }
    }

    @Test func `services that start together migrate once`() async throws {
        try await withPool(size: 6) { pool in
            let files = (1...5).map {
                MigrationFile(
                    name: "000\($0)_t.sql",
                    text: "create table t\($0) (); select pg_sleep(0.01);"
                )
            }
            let ran = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await pool.withConnection {
                            try Migrator(files: files).migrate(on: $0, schema: "lille")
                        }
                    }
                }
                return try await group.reduce([], +)
            }
            #expect(ran.sorted() == files.map(\.name))
        }
    }

    @Test func `views run again when one has changed or a migration was added`() async throws {
        try await withEmptyDatabase { settings in
            let connection = try Connection(settings)
            func reapply(_ views: [MigrationFile], after files: [MigrationFile]) throws -> Bool {
                let migrator = try Migrator(files: files, variables: ["reader": "pg_read_all_data"])
                try migrator.migrate(on: connection, schema: "lille")
                return try migrator.reapply("views", views, on: connection, schema: "lille")
            }
            func view(_ columns: String) -> MigrationFile {
                MigrationFile(
                    name: "report_shops.sql",
                    text: """
                        drop view if exists report_shops;
                        create view report_shops as select \(columns) from shops;
                        grant select on :schema.report_shops to :reader;
                        """
                )
            }
            #expect(try reapply([view("id")], after: [shops]))
            #expect(try !reapply([view("id")], after: [shops]))
            #expect(try reapply([view("id, 1 as n")], after: [shops]))
            #expect(try reapply([view("id, 1 as n")], after: [shops, tills]))
            #expect(throws: MigrationError.self) {
                try reapply([view("nothing")], after: [shops, tills])
            }
            #expect(
                try connection.query("select id, n from lille.report_shops").columns == ["id", "n"]
            )
        }
    }

    @Test func `a folder's files are read by name, and only those that are SQL`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in [tills, shops, MigrationFile(name: "notes.md", text: "")] {
            try file.text.write(
                to: folder.appending(path: file.name),
                atomically: true,
                encoding: .utf8
            )
        }
        #expect(try Migrator(folder: folder).files == [shops, tills])
    }
}
