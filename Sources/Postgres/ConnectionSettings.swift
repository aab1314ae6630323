/// Where a connection goes and what holds on it. Times in milliseconds; 0 is without limit.
public struct ConnectionSettings: Sendable {
    /// A libpq connection string, `postgres://…` or `host=… dbname=…`; several hosts are allowed.
    /// Holds a password at times: never logged.
    public var url: String
    /// The schemas in which unqualified names are looked up, in order; empty leaves the role's own.
    public var searchPath: [String]
    public var applicationName: String
    public var statementTimeoutMilliseconds: Int
    public var lockTimeoutMilliseconds: Int
    /// How long a transaction may stay open with nothing running: a body that hangs frees its locks.
    public var idleInTransactionTimeoutMilliseconds: Int
    public var connectTimeoutSeconds: Int
    /// How long an answer is still waited for once the server itself should have stopped a statement: what answers
    /// nothing by then stands still. Counts where a statement has a limit, and for a trip as a whole: a server keeps
    /// small answers back until the last, so several statements that each wait nearly their limit are given up too.
    public var patienceMilliseconds: Int

    public init(
        url: String,
        searchPath: [String] = [],
        applicationName: String = "comptoir",
        statementTimeoutMilliseconds: Int = 0,
        lockTimeoutMilliseconds: Int = 0,
        idleInTransactionTimeoutMilliseconds: Int = 0,
        connectTimeoutSeconds: Int = 5,
        patienceMilliseconds: Int = 5000
    ) {
        self.url = url
        self.searchPath = searchPath
        self.applicationName = applicationName
        self.statementTimeoutMilliseconds = statementTimeoutMilliseconds
        self.lockTimeoutMilliseconds = lockTimeoutMilliseconds
        self.idleInTransactionTimeoutMilliseconds = idleInTransactionTimeoutMilliseconds
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.patienceMilliseconds = patienceMilliseconds
    }

    /// How long the server may say nothing at all while it is asked something.
    var silenceMilliseconds: Int {
        statementTimeoutMilliseconds == 0 ? 0 : statementTimeoutMilliseconds + patienceMilliseconds
    }

    /// What libpq is given. Those before `dbname` yield to the connection string, those after it do
    /// not: values are read and written as UTF-8 text whatever the string says.
    var parameters: [(name: String, value: String)] {
        [
            ("application_name", applicationName),
            ("connect_timeout", String(connectTimeoutSeconds)),
            ("keepalives_idle", "30"),
            ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "20000"),
            ("dbname", url),
            ("client_encoding", "UTF8"),
        ]
    }

    /// Said once on each new connection: the forms of text that `Readable` expects, and the limits.
    var preamble: String {
        var lines = [
            "set datestyle = 'ISO, YMD'",
            "set intervalstyle = 'iso_8601'",
            "set timezone = 'UTC'",
            "set bytea_output = 'hex'",
            "set standard_conforming_strings = on",
            "set client_min_messages = 'warning'",
            "set statement_timeout = \(statementTimeoutMilliseconds)",
            "set lock_timeout = \(lockTimeoutMilliseconds)",
            "set idle_in_transaction_session_timeout = \(idleInTransactionTimeoutMilliseconds)",
        ]
        if !searchPath.isEmpty {
            let schemas = searchPath.map { SQL.quoted(identifier: $0) }
            lines.append("set search_path = \(schemas.joined(separator: ", "))")
        }
        return lines.joined(separator: "; ")
    }
}
