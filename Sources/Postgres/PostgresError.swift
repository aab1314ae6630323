import CLibPQ

/// What went wrong between the service and PostgreSQL. Its description names the state, the
/// constraint and the statement's text, and never a value.
public struct PostgresError: Error, Sendable {
    /// What the caller can do about it depends on this alone.
    public enum Kind: String, Sendable {
        /// The server refused the statement: see `sqlstate` and `constraint`.
        case server
        /// No server answers, or it lets nobody in.
        case unavailable
        /// The connection was lost before commit was sent: nothing was recorded.
        case connectionLost
        /// The connection was lost after commit was sent: it may or may not be recorded.
        case outcomeUnknown
        /// The server stands still: it answered nothing for longer than a statement may take, before commit was sent, and
        /// the connection was given up.
        case standstill
        /// All connections are taken and the queue is full or too slow.
        case poolExhausted
        /// The statement or the wait for a lock took longer than it may.
        case timeout
        /// Whoever asked has gone.
        case cancelled
        /// A column is absent, null, or holds no value of the type that was wanted.
        case unreadable
        /// A value that PostgreSQL cannot hold, or a call in the wrong order.
        case misuse
    }

    public let kind: Kind
    /// Five characters, such as `23505`; absent when the server said nothing.
    public let sqlstate: String?
    /// The constraint that spoke, by name.
    public let constraint: String?
    public let table: String?
    public let column: String?
    /// The server's first line. May quote what was sent: not for a log (see `description`).
    public let message: String
    /// The server's second line. Quotes values: never for a log.
    public let detail: String?
    /// Where in the statement, in characters from 1.
    public let position: Int?
    /// The statement's text, without its values.
    public let statement: String?
    /// Which statement of the pipeline, from 0.
    public internal(set) var index: Int?

    init(_ kind: Kind, _ message: String, statement: String? = nil) {
        self.kind = kind
        self.message = message
        self.statement = statement
        sqlstate = nil
        constraint = nil
        table = nil
        column = nil
        detail = nil
        position = nil
    }

    /// Reads what the server said about a statement that it refused.
    init(_ result: OpaquePointer, kind: Kind, statement: String?) {
        func field(_ code: Int) -> String? {
            PQresultErrorField(result, Int32(code)).map { String(cString: $0) }
        }
        self.kind = kind
        self.statement = statement
        sqlstate = field(Field.sqlstate)
        constraint = field(Field.constraint)
        table = field(Field.table)
        column = field(Field.column)
        message = field(Field.message) ?? oneLine(String(cString: PQresultErrorMessage(result)))
        detail = field(Field.detail)
        position = field(Field.position).flatMap { Int($0) }
    }

    /// Whether the connection went with the error.
    public var isConnectionLost: Bool {
        switch kind {
        case .connectionLost, .outcomeUnknown, .unavailable, .standstill: true
        case .server, .poolExhausted, .timeout, .cancelled, .unreadable, .misuse: false
        }
    }

    /// Whether the same transaction may succeed when it runs again: a deadlock or a
    /// serialization failure, both undone by the server.
    public var isTransient: Bool { sqlstate == "40001" || sqlstate == "40P01" }

    /// Whether a fresh connection may do what this one could not: a prepared statement that is
    /// gone or whose tables changed shape, or a server that was demoted to a standby.
    func wantsFreshConnection(_ isolation: Isolation) -> Bool {
        switch sqlstate {
        case "26000", "0A000": true
        case "25006": isolation != .snapshot
        default: false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    /// For a log: data exceptions (class 22) quote the value after a colon, so only what stands
    /// before it is said.
    public var description: String {
        var parts = [kind.rawValue]
        if let sqlstate { parts.append(sqlstate) }
        if let constraint { parts.append("constraint \(constraint)") }
        if sqlstate?.hasPrefix("22") == true, let colon = message.firstIndex(of: ":") {
            parts.append(String(message[..<colon]))
        } else {
            parts.append(message)
        }
        if let statement { parts.append("in: \(oneLine(statement))") }
        return parts.joined(separator: ", ")
    }
}

/// The codes of libpq's error fields (`PG_DIAG_…`, character constants that do not import).
enum Field {
    static let severity = Int(UInt8(ascii: "V"))
    static let sqlstate = Int(UInt8(ascii: "C"))
    static let message = Int(UInt8(ascii: "M"))
    static let detail = Int(UInt8(ascii: "D"))
    static let position = Int(UInt8(ascii: "P"))
    static let table = Int(UInt8(ascii: "t"))
    static let column = Int(UInt8(ascii: "c"))
    static let constraint = Int(UInt8(ascii: "n"))
}

/// Runs of blanks and line ends as one blank.
func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
