/// Why the private server does not run: what, why, what now.
public enum ClusterError: Error, Sendable {
    case noBinaries(wanted: String)
    case noServerUser
    case nameless(UInt32)
    /// The folder cannot be made, or is not ours.
    case folder(String, String)
    case cannotRun(String, String)
    /// A program of PostgreSQL failed; the end of the log says why.
    case failed(String, log: String, end: String)
}

extension ClusterError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noBinaries(let wanted):
            """
            PostgreSQL \(wanted) is not installed: neither on PATH nor under /usr/lib/postgresql. \
            Install it (Debian: apt-get install postgresql), or name a server in COMPTOIR_DATABASE_URL.
            """
        case .noServerUser:
            """
            PostgreSQL refuses to run as root, and there is no user “postgres” to run it as. \
            Make one (Debian's package postgresql does), or start Comptoir as another user.
            """
        case .nameless(let id):
            """
            The user \(id) has no name on this machine, so the server cannot recognise it. \
            Add it to /etc/passwd, or name a server in COMPTOIR_DATABASE_URL.
            """
        case .folder(let folder, let why):
            "The private server cannot use \(folder): \(why). Choose another data folder, or mend this one."
        case .cannotRun(let program, let why):
            "\(program) does not start: \(why)."
        case .failed(let program, let log, let end):
            "\(program) failed. \(log) ends with:\n\(end)"
        }
    }
}
