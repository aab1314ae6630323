import Foundation
import Logging
public import Postgres
import Synchronization

/// The private server of this test process: quick rather than durable, gone when the process ends.
///
/// A test works in its own copy of a template database, so it commits for real and disturbs nobody.
public final class TestCluster: Sendable {
    public static let shared = TestCluster()

    /// The server, started when the first test needs it.
    public let cluster: Cluster
    /// For `create database` and `drop database`: these block, so they have threads of their own.
    private let owner: Pool
    private let templates = Mutex<[String: Task<Void, any Error>]>([:])
    private let clones = Atomic<Int>(0)

    private init() {
        sweep()
        let folder = Self.folder(of: getpid())
        do {
            cluster = try Cluster.open(at: folder, durable: false)
        } catch {
            preconditionFailure("no server for the tests: \(error)")
        }
        owner = Pool(
            ConnectionSettings(url: cluster.connectionString),
            size: 4,
            waiters: 10_000,
            waitSeconds: 600,
            logger: Logger(label: "tests")
        )
        atexit {
            // The process ends here, and its pools with it: the server hangs up on them.
            let shared = TestCluster.shared
            do {
                try shared.cluster.close()
                try FileManager.default.removeItem(atPath: TestCluster.folder(of: getpid()))
            } catch {
                print("the tests' server is left behind: \(error)")
            }
        }
    }

    /// Runs the body with a database of its own, copied from the template, and drops it.
    /// - Parameters:
    ///   - template: its name; `prepare` fills it, once a process.
    public func withClone<T: Sendable>(
        of template: String,
        prepare: @escaping @Sendable (Connection) throws -> Void,
        _ body: (_ url: String) async throws -> T
    ) async throws -> T {
        try await made(template, prepare).value
        let number = clones.add(1, ordering: .relaxed).newValue
        let name = "\(template)_\(number)"
        _ = try await owner.withConnection {
            try $0.execute("create database \(identifier: name) template \(identifier: template)")
        }
        let result: Result<T, any Error>
        do {
            result = .success(try await body(cluster.url(user: "postgres", database: name)))
        } catch {
            result = .failure(error)
        }
        _ = try await owner.withConnection {
            try $0.execute("drop database \(identifier: name) with (force)")
        }
        return try result.get()
    }

    private func made(
        _ template: String,
        _ prepare: @escaping @Sendable (Connection) throws -> Void
    ) -> Task<Void, any Error> {
        templates.withLock { templates in
            if let task = templates[template] { return task }
            let task = Task { [owner, cluster] in
                try await owner.withConnection { connection in
                    try connection.execute("create database \(identifier: template)")
                    let url = cluster.url(user: "postgres", database: template)
                    try prepare(Connection(ConnectionSettings(url: url)))
                }
            }
            templates[template] = task
            return task
        }
    }

    private static let prefix = "comptoir-test."

    private static func folder(of process: pid_t) -> String { "/tmp/\(prefix)\(process)" }
}

/// Stops and removes what test processes that were killed have left.
private func sweep() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
    for name in names where name.hasPrefix("comptoir-test.") {
        guard let process = pid_t(name.dropFirst("comptoir-test.".count)),
            kill(process, 0) != 0, errno == ESRCH
        else { continue }
        let folder = "/tmp/\(name)"
        do {
            try Cluster.open(at: folder, durable: false).close()
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            print("cannot sweep \(folder): \(error)")
        }
    }
}
