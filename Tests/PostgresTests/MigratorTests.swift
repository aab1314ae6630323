import Foundation
import Testing
import TestSupport

@testable import Postgres

private let shops = MigrationFile(
    name: "0001_shops.sql",
    text: "create table shops (id int primary key);\nselect ':schema'::text;\n"
)
private let tills = MigrationFile(
    name: "0002_tills.sql",
    text: "create table tills (id int references shops (id));\n"
)

@Suite struct MigratorTests {
    @Test func `each file runs once, in order`() async throws {
        try await withEmptyDatabase { settings in
            let connection = try Connection(settings)
            let first = try Migrator(files: [shops])
            #expect(try first.migrate(on: connection, schema: "lille") == ["0001_shops.sql"])
            let both = try Migrator(files: [tills, shops])
            #expect(try both.migrate(on: connection, schema: "lille") == ["0002_tills.sql"])
            #expect(try both.migrate(on: connection, schema: "lille") == [])
        }
    }
}
