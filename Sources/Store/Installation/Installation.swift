import Foundation
public import Logging
import NIOPosix
public import Postgres
import Shop

/// An installation that is open: the store, and the private server under it when there is one.
public final class Installation: Sendable {
    public let store: Store
    private let cluster: Cluster?

    private init(store: Store, cluster: Cluster?) {
        self.store = store
        self.cluster = cluster
    }

    /// Opens it. The private server is started, made and migrated as needed; a server of the user's
    /// is left as it is, and `migrationsPending` is thrown when `migrate` is due there.
    public static func open(_ place: Place, logger: Logger) async throws -> Installation {
        let blocking = NIOThreadPool(numberOfThreads: 2)
        blocking.start()
        do {
            let (cluster, url) = try await blocking.runIfActive {
                try makeFolder(place.data)
                let server = try openServer(place, logger: logger)
                if let owner = server.owner {
                    try Preparation(schema: place.schema, sql: place.sql)
                        .run(on: Connection(ConnectionSettings(url: owner)))
                }
                return (server.cluster, server.url)
            }
            let keys = try Keys(folder: place.keys)
            let store = Store(
                pool: pool(url, place, size: 8, statementSeconds: 5, cluster, logger),
                reports: pool(url, place, size: 2, statementSeconds: 30, cluster, logger),
                roles: DatabaseRoles(schema: place.schema),
                keys: keys,
                heads: HeadsFile(path: place.heads),
                hashing: blocking,
                logger: logger
            )
            let installation = Installation(store: store, cluster: cluster)
            if cluster == nil { try await store.checkMigrations(place) }
            return installation
        } catch {
            try await blocking.shutdownGracefully()
            throw error
        }
    }

    /// Brings the database to where this program's files say; returns the migrations that ran.
    /// Blocks, for as long as they take.
    public static func migrate(_ place: Place, logger: Logger) throws -> [String] {
        try makeFolder(place.data)
        guard let url = place.databaseURL else {
            let cluster = try Cluster.open(at: place.cluster)
            defer { close(cluster, logger: logger) }
            let owner = try ownDatabase(of: cluster, place)
            return try Preparation(schema: place.schema, sql: place.sql)
                .run(on: Connection(ConnectionSettings(url: owner)))
        }
        return try Preparation(schema: place.schema, sql: place.sql)
            .run(on: Connection(ConnectionSettings(url: place.ownerURL ?? url)))
    }

    /// Closes every connection, and stops the private server when nobody else uses it.
    public func close() async throws {
        await store.pool.shutdown()
        await store.reports.shutdown()
        if let cluster { try await store.hashing.runIfActive { try cluster.close() } }
        try await store.hashing.shutdownGracefully()
    }

    /// One pool of connections as the service signs in.
    public static func pool(
        _ url: String,
        _ place: Place,
        size: Int,
        statementSeconds: Int,
        _ cluster: Cluster?,
        _ logger: Logger
    ) -> Pool {
        var revive: (@Sendable () throws -> Void)?
        if let cluster { revive = { try cluster.revive() } }
        return Pool(
            ConnectionSettings(
                url: url,
                searchPath: [place.schema, Preparation.extensions],
                statementTimeoutMilliseconds: statementSeconds * 1000,
                lockTimeoutMilliseconds: statementSeconds * 1000,
                idleInTransactionTimeoutMilliseconds: 30_000
            ),
            size: size,
            revive: revive,
            logger: logger
        )
    }

    /// The user's server, or the private one with its owner's way in.
    private static func openServer(
        _ place: Place,
        logger: Logger
    ) throws -> (cluster: Cluster?, url: String, owner: String?) {
        if let url = place.databaseURL { return (nil, url, nil) }
        let cluster = try Cluster.open(at: place.cluster)
        do {
            let owner = try ownDatabase(of: cluster, place)
            let app = DatabaseRoles(schema: place.schema).app
            return (cluster, cluster.url(user: app, database: database), owner)
        } catch {
            close(cluster, logger: logger)
            throw error
        }
    }

    /// The database of the private server, made when it is absent; returns the owner's way in.
    private static func ownDatabase(of cluster: Cluster, _ place: Place) throws -> String {
        let connection = try Connection(ConnectionSettings(url: cluster.connectionString))
        if try connection.query("select from pg_database where datname = \(database)").isEmpty {
            // Another process that makes it in the same moment is as good.
            do { try connection.execute("create database \(identifier: database)") } catch let error
                as PostgresError where error.sqlstate == "42P04" || error.sqlstate == "23505"
            {}
        }
        try cluster.admit([DatabaseRoles(schema: place.schema).app])
        return cluster.url(user: "postgres", database: database)
    }

    private static func close(_ cluster: Cluster, logger: Logger) {
        do { try cluster.close() } catch {
            logger.error("the private server did not stop: \(error)")
        }
    }

    /// Open to be entered, since the private server's folder belongs to another user when we are root.
    private static func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
    }

    private static let database = "comptoir"
}

extension Store {
    /// Throws `migrationsPending` when the database is behind this program's files.
    func checkMigrations(_ place: Place) async throws {
        let files = try Preparation(schema: place.schema, sql: place.sql).migrator().files
        let ran: [String]
        do {
            ran = try await transaction { tx in
                try tx.query("select name, sha256 from migrations order by name")
                    .map { try "\($0["name"] as String) \($0["sha256"] as String)" }
            }
        } catch let error as PostgresError where error.sqlstate == "42P01" {
            throw Refusal(.migrationsPending)
        }
        guard ran == files.map({ "\($0.name) \($0.digest)" }) else {
            throw Refusal(.migrationsPending)
        }
    }
}
