import Foundation
public import Postgres

/// Makes a database ready: roles, extensions, schema, tables, views, privileges. Safe to repeat, and
/// services that start together take turns.
public struct Preparation: Sendable {
    let schema: String
    let sql: String

    public init(schema: String, sql: String) {
        self.schema = schema
        self.sql = sql
    }

    /// The migrations that this program was made with.
    public func migrator() throws -> Migrator {
        try Migrator(
            folder: URL(fileURLWithPath: sql + "/migrations"),
            variables: variables,
            searchPath: [Self.extensions]
        )
    }

    /// Returns the names of the migrations that ran. `connection` may make roles and schemas; it is
    /// left under the role that it came with.
    @discardableResult
    public func run(on connection: Connection) throws -> [String] {
        let turn = "comptoir preparation of \(schema)"
        try connection.execute("select pg_advisory_lock(hashtextextended(\(turn), 0))")
        let result = Result { try prepare(connection) }
        if connection.isUsable {
            try connection.execute("select pg_advisory_unlock(hashtextextended(\(turn), 0))")
        }
        return try result.get()
    }

    private func prepare(_ connection: Connection) throws -> [String] {
        let roles = DatabaseRoles(schema: schema)
        try makeRoles(roles, on: connection)
        try connection.script(
            """
            create schema if not exists extensions;
            create extension if not exists unaccent schema extensions;
            create extension if not exists pg_trgm schema extensions;
            """
        )
        let owner = SQL.quoted(identifier: roles.owner)
        let name = SQL.quoted(identifier: schema)
        try connection.script(
            """
            grant usage on schema extensions to \(owner);
            create schema if not exists \(name) authorization \(owner);
            set role \(owner);
            """
        )
        let migrator = try migrator()
        let ran = try migrator.migrate(on: connection, schema: schema)
        try migrator.reapply("views", files(in: "views"), on: connection, schema: schema)
        try connection.script("reset role")
        let text = try String(contentsOfFile: sql + "/roles.sql", encoding: .utf8)
        try migrator.reapply(
            "roles",
            [MigrationFile(name: "roles.sql", text: text)],
            on: connection,
            schema: schema
        )
        return ran
    }

    /// Only what is missing is made: a server's administrator may have made the roles beforehand.
    private func makeRoles(_ roles: DatabaseRoles, on connection: Connection) throws {
        let there: [String] = try connection.query(
            "select rolname from pg_roles where rolname = any(\(roles.all))"
        ).map { try $0["rolname"] }
        for role in roles.all where !there.contains(role) {
            let may = role == roles.app ? "login noinherit" : "nologin"
            try connection.script("create role \(SQL.quoted(identifier: role)) \(may)")
        }
        let names = roles.all.map { SQL.quoted(identifier: $0) }
        try connection.script(
            "grant \(names[2]), \(names[3]) to \(names[1]); grant \(names[0]) to current_user"
        )
    }

    private func files(in folder: String) throws -> [MigrationFile] {
        let folder = URL(fileURLWithPath: sql + "/" + folder)
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try MigrationFile.folder(folder)
    }

    private var variables: [String: String] {
        let roles = DatabaseRoles(schema: schema)
        return [
            "owner": roles.owner, "app": roles.app, "prescriber": roles.prescriber,
            "report": roles.report,
        ]
    }

    static let extensions = "extensions"
}
