import Foundation

/// The folder of a private server: `data`, `server.log`, two lock files, and the socket's directory.
/// As root all of it belongs to the user `postgres`, since the server refuses to run as root.
struct ClusterFolder: Sendable {
    let path: String
    /// Whom the files belong to and the server runs as; `nil` when that is who we are.
    private let serverUser: (id: uid_t, group: gid_t)?

    var data: String { path + "/data" }
    var log: String { path + "/server.log" }
    var usersLock: String { path + "/users.lock" }
    private var gateLock: String { path + "/gate.lock" }
    var identityMap: String { data + "/pg_ident.conf" }

    /// Makes the folder when it is absent.
    init(_ path: String) throws {
        let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
        self.path = absolute
        serverUser = try Self.serverUser(of: absolute)
        if access(absolute, F_OK) != 0 {
            // Those above stay open to the server's user.
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: absolute).deletingLastPathComponent().path,
                withIntermediateDirectories: true
            )
            guard mkdir(absolute, 0o700) == 0 || errno == EEXIST else { throw Self.error(absolute) }
            try own(absolute)
        }
        for file in [log, usersLock, gateLock] {
            // The folder is the server's user's, who must not lead us to a file of somebody else's.
            let descriptor = Foundation.open(
                file,
                O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                0o600
            )
            guard descriptor >= 0 else { throw Self.error(file) }
            defer { Foundation.close(descriptor) }
            try own(descriptor, file)
        }
        if try spawn(command(["test", "-w", absolute]), in: "/", log: log) != 0 {
            throw ClusterError.folder(
                absolute,
                "the server's user cannot enter it; a folder above it is private"
            )
        }
    }

    /// As root: whoever owns the cluster that is there, or `postgres`.
    private static func serverUser(of path: String) throws -> (id: uid_t, group: gid_t)? {
        if geteuid() != 0 { return nil }
        var status = stat()
        if stat(path + "/data", &status) == 0, status.st_uid != 0 {
            return (status.st_uid, status.st_gid)
        }
        guard let user = getpwnam("postgres") else { throw ClusterError.noServerUser }
        return (user.pointee.pw_uid, user.pointee.pw_gid)
    }

    /// The name under which the kernel tells the server who we are.
    static func ownName() throws -> String {
        guard let user = getpwuid(geteuid()) else { throw ClusterError.nameless(geteuid()) }
        return String(cString: user.pointee.pw_name)
    }

    /// The major version of the cluster that is there.
    func version() -> Int? {
        guard let text = try? String(contentsOfFile: data + "/PG_VERSION", encoding: .utf8) else {
            return nil
        }
        return Int(text.prefix { $0.isNumber })
    }

    /// One at a time starts, stops or changes the server.
    func gate<T>(_ body: () throws -> T) throws -> T {
        let gate = try FileLock(gateLock, .exclusive)
        defer { withExtendedLifetime(gate) {} }
        return try body()
    }

    /// Where the socket lies: in the folder, or in a directory named after it under `/run` or `/tmp`
    /// when its path is too long (a socket's has at most 107 bytes) or not plain enough for a list of
    /// directories.
    func socketFolder() throws -> String {
        var directory = path + "/socket"
        if directory.utf8.count > 80 || directory.wholeMatch(of: /[A-Za-z0-9\/._-]+/) == nil {
            let base = geteuid() == 0 && access("/run", W_OK) == 0 ? "/run" : "/tmp"
            directory = "\(base)/comptoir-\(geteuid())-\(sha256(path).prefix(16))"
        }
        if mkdir(directory, 0o700) == 0 {
            try own(directory)
        } else if errno != EEXIST {
            throw Self.error(directory)
        }
        // Under /tmp anybody may have made it first.
        var status = stat()
        guard lstat(directory, &status) == 0 else { throw Self.error(directory) }
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_mode & 0o777 == 0o700,
            status.st_uid == serverUser?.id ?? geteuid()
        else {
            throw ClusterError.folder(directory, "it is not a private directory of the server's")
        }
        return directory
    }

    /// Replaces a file in one step.
    func write(_ text: String, to file: String) throws {
        let draft = file + ".draft"
        _ = unlink(draft)
        let descriptor = Foundation.open(
            draft,
            O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
            0o600
        )
        guard descriptor >= 0 else { throw Self.error(draft) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
        try own(descriptor, draft)
        guard rename(draft, file) == 0 else { throw Self.error(file) }
    }

    /// The command as the server's user runs it.
    func command(_ command: [String]) -> [String] {
        guard let serverUser else { return command }
        return [
            "setpriv", "--reuid=\(serverUser.id)", "--regid=\(serverUser.group)", "--clear-groups",
        ] + command
    }

    func failure(of program: String) -> ClusterError {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        let end = text.split(separator: "\n").suffix(8).joined(separator: "\n")
        return .failed(program, log: log, end: end)
    }

    /// Of a directory that we have just made: a link that was put in its place is not followed.
    private func own(_ directory: String) throws {
        guard let serverUser else { return }
        if lchown(directory, serverUser.id, serverUser.group) != 0 { throw Self.error(directory) }
    }

    private func own(_ descriptor: Int32, _ file: String) throws {
        guard let serverUser else { return }
        if fchown(descriptor, serverUser.id, serverUser.group) != 0 { throw Self.error(file) }
    }

    private static func error(_ path: String) -> ClusterError {
        .folder(path, String(cString: strerror(errno)))
    }
}

/// A lock on a file, held until the last reference goes; the kernel frees it when the process dies.
/// Children do not inherit it.
final class FileLock: Sendable {
    enum Kind {
        case shared, exclusive
    }
    private let descriptor: Int32

    init(_ path: String, _ kind: Kind) throws {
        descriptor = Foundation.open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            throw ClusterError.folder(path, String(cString: strerror(errno)))
        }
        while flock(descriptor, kind == .shared ? LOCK_SH : LOCK_EX) != 0 {
            if errno != EINTR { throw ClusterError.folder(path, String(cString: strerror(errno))) }
        }
    }

    private init(held descriptor: Int32) { self.descriptor = descriptor }

    /// The lock alone, if nobody else holds it.
    static func ifFree(_ path: String) throws -> FileLock? {
        let descriptor = Foundation.open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            throw ClusterError.folder(path, String(cString: strerror(errno)))
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FileLock(held: descriptor) }
        Foundation.close(descriptor)
        return nil
    }

    deinit { Foundation.close(descriptor) }
}
