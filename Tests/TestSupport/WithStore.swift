import Crypto
import Foundation
import Logging
import NIOPosix
public import Postgres
import Shop
public import Store

/// A store over a database of its own: migrated, empty, signed in as the service is. What a test
/// commits is really committed; the database goes when the body ends.
/// - Parameters:
///   - clock: the system's, unless the test chooses its day.
///   - randomness: the system's, unless the test chooses its chance.
public func withStore<T: Sendable>(
    clock: Clock = .system,
    randomness: Randomness = .system,
    _ body: (Store) async throws -> T
) async throws -> T {
    try await withStoreAndOwner(clock: clock, randomness: randomness) { store, _ in
        try await body(store)
    }
}

/// The same, with a way in for the tables' owner beside the service's: to look behind the verbs, and
/// to do what the service may not.
public func withStoreAndOwner<T: Sendable>(
    clock: Clock = .system,
    randomness: Randomness = .system,
    slowHash: SlowHash = .light,
    _ body: (Store, Pool) async throws -> T
) async throws -> T {
    let preparation = Preparation(schema: schema, sql: try sqlFolder())
    let server = TestCluster.shared
    try server.cluster.admit([DatabaseRoles(schema: schema).app])
    return try await server.withClone(of: "comptoir", prepare: { try preparation.run(on: $0) }) {
        url in
        let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        func pool(_ url: String, size: Int) -> Pool {
            Pool(
                ConnectionSettings(
                    url: url,
                    searchPath: [schema, "extensions"],
                    statementTimeoutMilliseconds: 30_000,
                    lockTimeoutMilliseconds: 30_000
                ),
                size: size,
                waitSeconds: 60,
                logger: logger
            )
        }
        let app = url.replacing("user=postgres", with: "user=\(DatabaseRoles(schema: schema).app)")
        let folder = FileManager.default.temporaryDirectory.appending(path: "heads-\(UUID())").path
        let hashing = NIOThreadPool(numberOfThreads: 1)
        hashing.start()
        let (counter, reports, owner) = (pool(app, size: 8), pool(app, size: 2), pool(url, size: 2))
        let store = Store(
            pool: counter,
            reports: reports,
            roles: DatabaseRoles(schema: schema),
            keys: Keys(
                journal: P256.Signing.PrivateKey(),
                blind: SymmetricKey(size: .bits256),
                wrapping: SymmetricKey(size: .bits256),
                codes: ["0001": SymmetricKey(size: .bits256)]
            ),
            heads: HeadsFile(path: folder),
            hashing: hashing,
            slowHash: slowHash,
            clock: clock,
            randomness: randomness,
            logger: logger
        )
        let result: Result<T, any Error>
        do { result = .success(try await body(store, owner)) } catch { result = .failure(error) }
        for pool in [counter, reports, owner] { await pool.shutdown() }
        try await hashing.shutdownGracefully()
        if FileManager.default.fileExists(atPath: folder) {
            try FileManager.default.removeItem(atPath: folder)
        }
        return try result.get()
    }
}

private let schema = "comptoir"

/// `sql/` of the sources that the tests were built from.
private func sqlFolder(_ file: String = #filePath) throws -> String {
    URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "sql").path
}
