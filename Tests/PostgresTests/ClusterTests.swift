import Foundation
import Logging
import Testing

@testable import Postgres

/// A data folder of the test's own, whose server is stopped and which is removed afterwards.
private func withFolder<T>(_ name: String = "", _ body: (String) async throws -> T) async throws
    -> T
{
    let root = "/tmp/c.\(UInt32.random(in: 0...UInt32.max))"
    let path = root + name
    let result: Result<T, any Error>
    do { result = .success(try await body(path)) } catch { result = .failure(error) }
    try Cluster.open(at: path, durable: false).close()
    try FileManager.default.removeItem(atPath: root)
    return try result.get()
}

/// The server's process, if one runs.
private func server(of path: String) -> pid_t? {
    guard let text = try? String(contentsOfFile: path + "/data/postmaster.pid", encoding: .utf8),
        let process = text.split(separator: "\n").first.flatMap({ pid_t($0) }),
        kill(process, 0) == 0
    else { return nil }
    return process
}

private func ask(_ question: SQL, _ cluster: Cluster) throws -> String {
    try Connection(ConnectionSettings(url: cluster.connectionString)).query(question)[0][0]
}

@Suite(.serialized) struct ClusterTests {
    @Test func `the first in starts the server and the last out stops it`() async throws {
        try await withFolder { path in
            let first = try Cluster.open(at: path, durable: false)
            let process = try #require(server(of: path))
            let second = try Cluster.open(at: path, durable: false)
            #expect(server(of: path) == process)
            try first.close()
            #expect(try ask("select 'here'", second) == "here")
            try first.close()
            try second.close()
            #expect(server(of: path) == nil)
            let again = try Cluster.open(at: path, durable: false)
            #expect(server(of: path) != nil)
            try again.close()
            try again.revive()
            #expect(server(of: path) == nil)
        }
    }

    @Test(arguments: ["users.lock", "gate.lock", "server.log"])
    func `a link laid in the server's folder leads nobody elsewhere`(name: String) async throws {
        try await withFolder { path in
            try Cluster.open(at: path, durable: false).close()
            let (file, victim) = (path + "/" + name, path + "-victim")
            try "mine".write(toFile: victim, atomically: false, encoding: .utf8)
            defer { unlink(victim) }
            unlink(file)
            #expect(symlink(victim, file) == 0)
            #expect(throws: ClusterError.self) { try Cluster.open(at: path, durable: false) }
            unlink(file)
            var status = stat()
            #expect(lstat(victim, &status) == 0 && status.st_uid == geteuid())
            #expect(try String(contentsOfFile: victim, encoding: .utf8) == "mine")
        }
    }

    @Test func `the server is durable, local and private`() async throws {
        try await withFolder { path in
            let cluster = try Cluster.open(at: path, durable: true)
            for (setting, expected) in [
                "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
                "data_checksums": "on", "listen_addresses": "", "server_encoding": "UTF8",
                "jit": "off", "random_page_cost": "1.1", "max_wal_size": "4GB",
                "log_error_verbosity": "terse",
            ] {
                #expect(
                    try ask("select current_setting(\(setting))", cluster) == expected,
                    "\(setting)"
                )
            }
            #expect(
                try ask("select string_agg(auth_method, ',') from pg_hba_file_rules", cluster)
                    == "peer"
            )
            for folder in [path, path + "/data", path + "/socket"] {
                var status = stat()
                #expect(stat(folder, &status) == 0 && status.st_mode & 0o077 == 0)
            }
            try cluster.close()
        }
    }

    @Test func `a server whose owner was killed is adopted`() async throws {
        try await withFolder { path in
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let cluster = try Cluster.open(at: path, durable: false)
                kill(getpid(), SIGKILL)
                try cluster.close()
            }
            let orphan = try #require(server(of: path))
            let cluster = try Cluster.open(at: path, durable: false)
            #expect(server(of: path) == orphan)
            try cluster.close()
            #expect(server(of: path) == nil)
        }
    }

    @Test func `a process that leaves does not stop the server that another uses`() async throws {
        try await withFolder { path in
            let cluster = try Cluster.open(at: path, durable: false)
            let process = server(of: path)
            await #expect(processExitsWith: .success) { [path = path as String] in
                try Cluster.open(at: path, durable: false).close()
            }
            #expect(server(of: path) == process)
            try cluster.close()
            #expect(server(of: path) == nil)
        }
    }

    @Test func `processes that start at once make one cluster`() async throws {
        try await withFolder { path in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let cluster = try Cluster.open(at: path, durable: false)
                        let system: String = try ask(
                            "select system_identifier::text from pg_control_system()",
                            cluster
                        )
                        try cluster.close()
                        return system
                    }
                }
                let systems = try await group.reduce(into: Set()) { $0.insert($1) }
                #expect(systems.count == 1)
            }
        }
    }

    @Test func `a server that is killed comes back for the next transaction`() async throws {
        try await withFolder { path in
            let cluster = try Cluster.open(at: path, durable: true)
            let pool = Pool(
                ConnectionSettings(url: cluster.connectionString),
                size: 2,
                revive: { try cluster.revive() },
                logger: Logger(label: "tests")
            )
            try await pool.script("create table t (n int)")
            for killed in 1...3 {
                try await pool.transaction { tx in try tx.finish(["insert into t values (1)"]) }
                kill(try #require(server(of: path)), SIGKILL)
                while server(of: path) != nil { await Task.yield() }
                #expect(try await pool.count("t") == killed)
            }
            await pool.shutdown()
            try cluster.close()
        }
    }

    @Test func `a server that restarts is found again without restarting the pool`() async throws {
        try await withFolder { path in
            let cluster = try Cluster.open(at: path, durable: false)
            let pool = Pool(
                ConnectionSettings(url: cluster.connectionString),
                size: 2,
                logger: Logger(label: "tests")
            )
            try await pool.script("create table t (n int); insert into t values (1)")
            #expect(try await pool.count("t") == 1)
            kill(try #require(server(of: path)), SIGINT)
            while server(of: path) != nil { await Task.yield() }
            let error = await #expect(throws: PostgresError.self) { try await pool.count("t") }
            #expect(error?.kind == .unavailable)
            try cluster.revive()
            #expect(try await pool.count("t") == 1)
            await pool.shutdown()
            try cluster.close()
        }
    }

    @Test func `a role gets in once it is admitted, and stays admitted`() async throws {
        try await withFolder { path in
            let cluster = try Cluster.open(at: path, durable: false)
            try Connection(ConnectionSettings(url: cluster.connectionString))
                .script(#"create role "lille app" login"#)
            let settings = ConnectionSettings(
                url: cluster.url(user: "lille app", database: "postgres")
            )
            let error = #expect(throws: PostgresError.self) { try Connection(settings) }
            #expect(error?.kind == .unavailable)
            try cluster.admit(["lille app", "lille_report"])
            try cluster.admit(["lille app"])
            #expect(try Connection(settings).query("select current_user")[0][0] == "lille app")
            try cluster.close()
            let again = try Cluster.open(at: path, durable: false)
            #expect(try Connection(settings).query("select current_user")[0][0] == "lille app")
            try again.close()
        }
    }

    @Test func `a folder whose path is long or odd gets a short socket`() async throws {
        for name in ["/" + String(repeating: "long/", count: 30), "/l'été à, Lille; $(x)"] {
            try await withFolder(name) { path in
                let cluster = try Cluster.open(at: path, durable: false)
                #expect(try ask("select 'here'", cluster) == "here")
                try cluster.close()
            }
        }
    }

    @Test func `a folder that is no place for a server is refused with a reason`() async throws {
        let file = "/tmp/c.\(UInt32.random(in: 0...UInt32.max))"
        try "".write(toFile: file, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let error = #expect(throws: (any Error).self) { try Cluster.open(at: file + "/data") }
        #expect(error.map { "\($0)" }?.contains(file) == true)
    }

    @Test(.enabled(if: geteuid() == 0)) func `as root, a folder in a private one is refused`()
        async throws
    {
        let home = "/tmp/c.\(UInt32.random(in: 0...UInt32.max))"
        mkdir(home, 0o700)
        defer { try? FileManager.default.removeItem(atPath: home) }
        let error = #expect(throws: ClusterError.self) { try Cluster.open(at: home + "/data") }
        #expect(error.map { "\($0)" }?.contains("private") == true)
    }

    @Test func `a version that is not installed is refused with what to install`() {
        let error = #expect(throws: ClusterError.self) { try ClusterPrograms.find(version: 12) }
        #expect(error.map { "\($0)" }?.contains("PostgreSQL 12 is not installed") == true)
    }
}
