public import Foundation

/// Brings a schema to where the files say: forward only, each file once, in a transaction of its
/// own, recorded by name and digest. Services that start together take turns, so each file runs once.
public struct Migrator: Sendable {
    public let files: [MigrationFile]
    /// What `:name` in a file stands for, beside `:schema`.
    public let variables: [String: String]
    /// Where unqualified names are looked up after the schema itself.
    public let searchPath: [String]

    /// Refuses names other than `NNNN_noun.sql`, and two files of one number.
    public init(
        files: [MigrationFile],
        variables: [String: String] = [:],
        searchPath: [String] = []
    ) throws {
        self.files = files.sorted { $0.name < $1.name }
        self.variables = variables
        self.searchPath = searchPath
        for file in files where file.name.wholeMatch(of: /\d{4}_[a-z0-9_]+\.sql/) == nil {
            throw MigrationError.misnamed(file.name)
        }
        for (one, next) in zip(self.files, self.files.dropFirst())
        where one.name.prefix(4) == next.name.prefix(4) {
            throw MigrationError.sameNumber(one.name, next.name)
        }
    }

    public init(
        folder: URL,
        variables: [String: String] = [:],
        searchPath: [String] = []
    ) throws {
        try self.init(
            files: MigrationFile.folder(folder),
            variables: variables,
            searchPath: searchPath
        )
    }

    /// Runs the files that the schema has not seen; returns their names, in order. The schema is
    /// made when it is absent.
    @discardableResult
    public func migrate(on connection: Connection, schema: String) throws -> [String] {
        try inTurn(on: connection, schema: schema) {
            let seen = try recorded(on: connection)
            try compare(seen)
            return try files.dropFirst(seen.count).map { file in
                try apply([file], on: connection, schema: schema) {
                    try connection.execute(
                        """
                        insert into migrations (name, sha256) values (\(file.name), \(file.digest))
                        """
                    )
                }
                return file.name
            }
        }
    }

    /// Runs a whole set of files (views, grants) again, in one transaction, when one of them or the
    /// list of migrations has changed since; says whether it did. Each file begins by dropping what
    /// it makes, or replaces it.
    @discardableResult
    public func reapply(
        _ set: String,
        _ files: [MigrationFile],
        on connection: Connection,
        schema: String
    ) throws -> Bool {
        let files = files.sorted { $0.name < $1.name }
        return try inTurn(on: connection, schema: schema) {
            let seen = try recorded(on: connection)
            let digest = sha256(
                (files.map { "\($0.name) \($0.digest)" } + seen.map { "\($0.name) \($0.digest)" })
                    .joined(separator: "\n")
            )
            let last: String? = try connection.query(
                "select sha256 from reapplied where name = \(set)"
            ).first?["sha256"]
            if last == digest { return false }
            try apply(files, on: connection, schema: schema) {
                try connection.execute(
                    """
                    insert into reapplied (name, sha256) values (\(set), \(digest))
                    on conflict (name) do update
                    set sha256 = excluded.sha256, applied_at = excluded.applied_at
                    """
                )
            }
            return true
        }
    }

    /// What is recorded must be the beginning of what lies in the folder, byte for byte.
    private func compare(_ seen: [(name: String, digest: String)]) throws(MigrationError) {
        for (index, entry) in seen.enumerated() {
            guard let file = files.first(where: { $0.name == entry.name }) else {
                throw .missing(entry.name)
            }
            if file.digest != entry.digest { throw .changed(entry.name) }
            if files[index].name != entry.name { throw .outOfOrder(files[index].name) }
        }
    }

    private func recorded(on connection: Connection) throws -> [(name: String, digest: String)] {
        try connection.query("select name, sha256 from migrations order by name")
            .map { (try $0["name"], try $0["sha256"]) }
    }

    private func inTurn<T>(on connection: Connection, schema: String, _ body: () throws -> T) throws
        -> T
    {
        let turn = "comptoir migrations of \(schema)"
        try connection.execute("select pg_advisory_lock(hashtextextended(\(turn), 0))")
        let result = Result { () throws -> T in
            let isThere = try !connection.query(
                "select from pg_namespace where nspname = \(schema)"
            ).isEmpty
            if !isThere { try connection.execute("create schema \(identifier: schema)") }
            let path = ([schema] + searchPath).map { SQL.quoted(identifier: $0) }
                .joined(separator: ", ")
            try connection.execute("select set_config('search_path', \(path), false)")
            try connection.script(
                """
                create table if not exists migrations (
                    name        text primary key,
                    sha256      text not null,
                    applied_at  timestamptz not null default clock_timestamp()
                );
                create table if not exists reapplied (
                    name        text primary key,
                    sha256      text not null,
                    applied_at  timestamptz not null default clock_timestamp()
                );
                """
            )
            return try body()
        }
        if connection.isUsable {
            try connection.execute("select pg_advisory_unlock(hashtextextended(\(turn), 0))")
        }
        return try result.get()
    }

    private func apply(
        _ files: [MigrationFile],
        on connection: Connection,
        schema: String,
        record: () throws -> Void
    ) throws {
        let variables = variables.merging(["schema": schema]) { $1 }
        try connection.script("begin")
        do {
            for file in files {
                let text = file.text(with: variables)
                do { try connection.script(text) } catch let error as PostgresError {
                    throw MigrationError.failed(file.name, line: line(of: error, in: text), error)
                }
                guard connection.isInTransaction else {
                    throw MigrationError.endsTransaction(file.name)
                }
            }
            try record()
            try connection.script("commit")
        } catch {
            if connection.isUsable, connection.isInTransaction { try connection.script("rollback") }
            throw error
        }
    }

    private func line(of error: PostgresError, in text: String) -> Int? {
        error.position.map { text.unicodeScalars.prefix($0 - 1).count { $0 == "\n" } + 1 }
    }
}

/// Why the migrator stopped. Nothing of the file that is named was kept.
public enum MigrationError: Error, Sendable {
    case misnamed(String)
    case sameNumber(String, String)
    /// The file differs from what was run.
    case changed(String)
    /// The file was run, and is no longer there.
    case missing(String)
    /// The file sorts before one that was already run.
    case outOfOrder(String)
    /// The file commits or rolls back by itself.
    case endsTransaction(String)
    case failed(String, line: Int?, PostgresError)
}

extension MigrationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .misnamed(let name):
            "\(name): a migration is named like 0003_vouchers.sql. Rename it."
        case .sameNumber(let one, let other):
            "\(one) and \(other) have one number. Renumber the newer."
        case .changed(let name):
            "\(name) has changed since it was run. Put it back as it was, and write a new file."
        case .missing(let name):
            "\(name) was run and is gone. This program may be older than its database: run the newer one."
        case .outOfOrder(let name):
            "\(name) sorts before a file that was already run. Give it the next number."
        case .endsTransaction(let name):
            "\(name) ends the transaction that it runs in. Take commit and rollback out."
        case .failed(let name, let line, let error):
            "\(name)\(line.map { ", line \($0)" } ?? ""): \(error)"
        }
    }
}
