import Foundation

/// PostgreSQL's own programs, of one installed version.
struct ClusterPrograms: Sendable {
    static let oldest = 15
    let folder: String

    var initdb: String { folder + "/initdb" }
    var pgCtl: String { folder + "/pg_ctl" }
    var postgres: String { folder + "/postgres" }

    /// The newest installed, from version 15 on; a cluster that exists wants its own version.
    static func find(version wanted: Int?) throws -> ClusterPrograms {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let installed = path.split(separator: ":").map(String.init) + packaged()
        let found = installed.compactMap { folder in
            version(in: folder).map { (version: $0, folder: folder) }
        }
        let fitting = found.filter { wanted == nil ? $0.version >= oldest : $0.version == wanted }
        guard let best = fitting.max(by: { $0.version < $1.version }) else {
            throw ClusterError.noBinaries(wanted: wanted.map(String.init) ?? "\(oldest) or later")
        }
        return ClusterPrograms(folder: best.folder)
    }

    /// Where Debian and Fedora put what is not on PATH.
    private static func packaged() -> [String] {
        let debian = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        return versions.map { "\(debian)/\($0)/bin" } + (oldest...30).map { "/usr/pgsql-\($0)/bin" }
    }

    /// The version of a folder that holds all three programs: `postgres --version` ends in `15.20`
    /// or `15.20 (Debian …)`.
    private static func version(in folder: String) -> Int? {
        let programs = ClusterPrograms(folder: folder)
        for program in [programs.initdb, programs.pgCtl, programs.postgres]
        where access(program, X_OK) != 0 { return nil }
        if let match = folder.firstMatch(of: /(?:postgresql\/|pgsql-)(\d+)\/bin$/) {
            return Int(match.1)
        }
        guard let pipe = popen("'\(folder.replacing("'", with: "'\\''"))/postgres' --version", "r")
        else { return nil }
        defer { pclose(pipe) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 255, pipe) != nil else { return nil }
        let text = String(
            decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        return text.firstMatch(of: /\) (\d+)/).flatMap { Int($0.1) }
    }
}
