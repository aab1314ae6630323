import CLibPQ
import Foundation
import Synchronization

/// The private PostgreSQL server of one data folder.
///
/// Every process that uses the folder holds a shared lock on it: the first in starts the server, the
/// last out stops it, and one whose owner was killed is adopted by the next. The server listens on a
/// unix socket alone, in a directory that only its owner may enter, and lets in only the user who
/// runs Comptoir, under the roles that `admit` has named.
public final class Cluster: Sendable {
    private let folder: ClusterFolder
    private let programs: ClusterPrograms
    private let socketFolder: String
    private let durable: Bool
    /// Held from `open` to `close`; `nil` afterwards.
    private let users: Mutex<FileLock?>

    /// Makes the cluster when there is none, starts its server when none runs. Blocks: 0.1 s, or 1 s
    /// the first time.
    /// - Parameter durable: `false` only for tests: a power cut may lose everything.
    public static func open(at path: String, durable: Bool = true) throws -> Cluster {
        let folder = try ClusterFolder(path)
        return try folder.gate {
            let users = try FileLock(folder.usersLock, .shared)
            let programs = try ClusterPrograms.find(version: folder.version())
            let cluster = Cluster(
                folder: folder,
                programs: programs,
                socketFolder: try folder.socketFolder(),
                durable: durable,
                users: users
            )
            try cluster.initialize()
            try cluster.map([])
            try cluster.start()
            return cluster
        }
    }

    private init(
        folder: ClusterFolder,
        programs: ClusterPrograms,
        socketFolder: String,
        durable: Bool,
        users: FileLock
    ) {
        self.folder = folder
        self.programs = programs
        self.socketFolder = socketFolder
        self.durable = durable
        self.users = Mutex(users)
    }

    /// The superuser's way in, for owner work.
    public var connectionString: String { url(user: "postgres", database: "postgres") }

    /// A way in for one role, which `admit` must have named.
    public func url(user: String, database: String) -> String {
        func encoded(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
        }
        return
            "postgresql:///\(encoded(database))?host=\(encoded(socketFolder))&user=\(encoded(user))"
    }

    /// Lets the user who runs Comptoir sign in as these roles too, from now on. Safe to repeat.
    public func admit(_ roles: [String]) throws {
        try folder.gate { try map(roles) }
    }

    /// Starts the server again if it has died; safe to call at any time by several. Does nothing
    /// after `close`.
    public func revive() throws {
        try folder.gate {
            if users.withLock({ $0 != nil }) { try start() }
        }
    }

    /// Leaves the server; stops it when nobody else uses it. Connections must be closed before.
    public func close() throws {
        try folder.gate {
            let wasOpen = users.withLock { users in
                defer { users = nil }
                return users != nil
            }
            guard wasOpen, let alone = try FileLock.ifFree(folder.usersLock) else { return }
            defer { withExtendedLifetime(alone) {} }
            if isAnswering() == PQPING_NO_RESPONSE { return }
            try run([
                programs.pgCtl, "stop", "-D", "data", "-m", "fast", "-w", "-t", "60", "-s",
            ])
            // Its folder too, where it lies apart; within ours it may stay.
            if !socketFolder.hasPrefix(folder.path) { rmdir(socketFolder) }
        }
    }

    /// Into a folder beside, then renamed: a cluster is there whole or not at all.
    private func initialize() throws {
        if folder.version() != nil { return }
        let draft = folder.data + ".\(getpid())"
        try? FileManager.default.removeItem(atPath: draft)
        let made = [
            programs.initdb, "--pgdata", draft, "--username", "postgres", "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--data-checksums", "--auth", "peer", "--no-instructions",
        ]
        try run(made + (durable ? [] : ["--no-sync"]))
        try folder.write("local all all peer map=comptoir\n", to: draft + "/pg_hba.conf")
        let user = try SQL.quoted(identifier: ClusterFolder.ownName())
        try folder.write("comptoir \(user) \"postgres\"\n", to: draft + "/pg_ident.conf")
        let lines = try String(contentsOfFile: draft + "/postgresql.conf", encoding: .utf8)
        try folder.write(lines + settings(of: draft), to: draft + "/postgresql.conf")
        guard rename(draft, folder.data) == 0 else {
            throw ClusterError.folder(folder.data, String(cString: strerror(errno)))
        }
    }

    /// What trials taught, and nothing about persons in the server's log: errors are logged without
    /// the detail lines that quote keys. After a crash the whole file system is synced in one call,
    /// where opening file by file kept a busy shop waiting for seconds.
    private func settings(of draft: String) throws -> String {
        let hasLZ4 =
            try spawn(
                folder.command([
                    programs.postgres, "-D", draft, "-C", "wal_compression", "-c",
                    "wal_compression=lz4",
                ]),
                in: folder.path,
                log: folder.log
            ) == 0
        return """

            # Comptoir's private server. Later lines win: add yours below.
            listen_addresses = ''
            unix_socket_permissions = 0700
            max_connections = \(durable ? 100 : 500)
            shared_buffers = 128MB
            max_wal_size = 4GB
            recovery_init_sync_method = syncfs
            wal_compression = \(hasLZ4 ? "lz4" : "on")
            jit = off
            random_page_cost = 1.1
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_line_prefix = '%m [%p] '
            log_checkpoints = off
            log_error_verbosity = terse
            \(durable ? "synchronous_commit = on" : "fsync = off\nsynchronous_commit = off\nfull_page_writes = off")

            """
    }

    /// A server that is on its way up or down is waited for; one that is gone is started. `pg_ctl`
    /// pastes its arguments into a shell, so it gets no path that a person chose.
    private func start() throws {
        var startsLeft = 20
        for _ in 0..<600 {
            switch isAnswering() {
            case PQPING_OK: return
            case PQPING_NO_RESPONSE:
                let status = try spawn(
                    folder.command([
                        programs.pgCtl, "start", "-D", "data", "-w", "-t", "60", "-s",
                        "-l", "server.log", "-o", "-k \(socketFolder)",
                    ]),
                    in: folder.path,
                    log: folder.log
                )
                if status == 0 { return }
                // The memory of a server that was killed is freed when its last process ends.
                startsLeft -= 1
                if startsLeft == 0 { throw folder.failure(of: programs.pgCtl) }
            default: break
            }
            poll(nil, 0, 100)
        }
        throw folder.failure(of: programs.postgres)
    }

    private func isAnswering() -> PGPing {
        PQping("host=\(socketFolder) dbname=postgres user=postgres connect_timeout=5")
    }

    private func run(_ command: [String]) throws {
        if try spawn(folder.command(command), in: folder.path, log: folder.log) != 0 {
            throw folder.failure(of: command[0])
        }
    }

    /// Which user of the machine may be which role: ourselves, every role that was ever admitted.
    private func map(_ roles: [String]) throws {
        let user = try SQL.quoted(identifier: ClusterFolder.ownName())
        let map = try String(contentsOfFile: folder.identityMap, encoding: .utf8)
        let lines = map.split(separator: "\n").map(String.init)
        let known = lines.compactMap { $0.wholeMatch(of: /comptoir ".*" (".*")/)?.1 }.map(
            String.init
        )
        let missing = (known + roles.map { SQL.quoted(identifier: $0) })
            .map { "comptoir \(user) \($0)" }
            .filter { !lines.contains($0) }
        if missing.isEmpty { return }
        let whole = lines + Set(missing).sorted()
        try folder.write(whole.joined(separator: "\n") + "\n", to: folder.identityMap)
        if isAnswering() == PQPING_NO_RESPONSE { return }
        try run([programs.pgCtl, "reload", "-D", "data", "-s"])
    }
}
