import CLibPQ
import Glibc

/// One session with the server, used by one thread at a time. Every call blocks until the server
/// has answered, so it belongs on a thread of a `Pool` or in a command, never in an `async` function.
public final class Connection {
    let handle: OpaquePointer
    var statements = StatementCache(capacity: 256)
    /// Set while a lease lasts, so that the one who waits can call it off.
    var cancellation: Cancellation?
    /// Whether the session can be used again. False for good once the server has gone.
    public internal(set) var isUsable = true
    /// Whether it is better replaced than used again: see `PostgresError.wantsFreshConnection`.
    private(set) var isStale = false
    private static let staleStates: Set = ["26000", "0A000", "25006"]
    /// How many times this connection waited for the server's answer.
    public internal(set) var trips = 0
    /// How long the server may say nothing before the connection is given up, in milliseconds; 0 is without limit.
    private(set) var silenceMilliseconds: Int
    /// Whether the server said nothing for that long. The connection is unusable then.
    var isSilent = false
    /// What a TLS library has read ahead shows on no socket.
    let isEncrypted: Bool

    public init(_ settings: ConnectionSettings) throws {
        let parameters = settings.parameters
        let opened = withCStrings(parameters.map(\.name)) { names in
            withCStrings(parameters.map(\.value)) { values in
                PQconnectdbParams(names, values, 1)
            }
        }
        guard let opened else { throw PostgresError(.unavailable, "out of memory") }
        handle = opened
        isEncrypted = PQsslInUse(opened) == 1
        silenceMilliseconds = settings.connectTimeoutSeconds * 1000
        guard PQstatus(handle) == CONNECTION_OK else {
            isUsable = false
            throw PostgresError(.unavailable, lastMessage)
        }
        // Otherwise libpq prints notices on standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        // What is sent waits in memory rather than for a server that reads nothing: `nextAnswer` sends it, in time.
        guard PQsetnonblocking(handle, 1) == 0 else { throw lost() }
        do { try script(settings.preamble) } catch let error as PostgresError where isSilent {
            // It lets us in and then says nothing: as good as no server.
            throw PostgresError(.unavailable, error.message)
        }
        silenceMilliseconds = settings.silenceMilliseconds
    }

    deinit { PQfinish(handle) }

    /// The rows of one statement, which is prepared the first time and kept.
    public func query(_ sql: SQL) throws -> Rows {
        do {
            return try pipeline([sql])[0]
        } catch var error as PostgresError {
            error.index = nil
            throw error
        }
    }

    /// Runs one statement for its effect; says how many rows it touched.
    @discardableResult
    public func execute(_ sql: SQL) throws -> Int { try query(sql).affected }

    /// All statements in one trip: they are sent together, then their answers are read. The first
    /// one that fails is thrown, with its `index`; the server skips those after it. Outside a
    /// transaction they succeed or fail together.
    @discardableResult
    public func pipeline(_ statements: [SQL]) throws -> [Rows] {
        try run(statements, commits: false)
    }

    /// Any number of statements as plain text, as a file holds them; without `begin` they succeed
    /// or fail together. Takes no values.
    public func script(_ text: String) throws {
        try refuseUnlessReady()
        guard !text.utf8.contains(0) else { throw PostgresError(.misuse, "the script holds a NUL") }
        trips += 1
        guard PQsendQuery(handle, text) == 1 else { throw lost() }
        var failure: PostgresError?
        while let result = nextAnswer() {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_FATAL_ERROR:
                failure = failure ?? error(result, statement: nil, mayHaveCommitted: false)
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                isUsable = false
                throw PostgresError(.misuse, "copy is not spoken here")
            default: break
            }
        }
        if isSilent { throw lost() }
        if PQstatus(handle) == CONNECTION_BAD { isUsable = false }
        if let failure { throw failure }
    }

    /// Whether a transaction is open, failed or not.
    public var isInTransaction: Bool {
        let status = PQtransactionStatus(handle)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    /// Looks, without a trip, whether the server has hung up since the last answer.
    var isStillOpen: Bool {
        guard isUsable else { return false }
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        if poll(&descriptor, 1, 0) == 0 { return true }
        // Something came unasked: a notice, a changed setting, or the end.
        guard PQconsumeInput(handle) == 1, PQisBusy(handle) == 0 else { return hangUp() }
        descriptor.revents = 0
        if poll(&descriptor, 1, 0) == 0 { return PQstatus(handle) == CONNECTION_OK || hangUp() }
        return hangUp()
    }

    private func hangUp() -> Bool {
        isUsable = false
        return false
    }

    func refuseUnlessReady() throws {
        if !isUsable { throw PostgresError(.connectionLost, "the connection is closed") }
        if cancellation?.isRequested == true {
            throw PostgresError(.cancelled, "called off before the statement was sent")
        }
    }

    var lastMessage: String { oneLine(String(cString: PQerrorMessage(handle))) }

    /// The connection broke with nothing more to read, or the server stands still.
    func lost(statement: String? = nil, mayHaveCommitted: Bool = false) -> PostgresError {
        isUsable = false
        return PostgresError(
            mayHaveCommitted ? .outcomeUnknown : isSilent ? .standstill : .connectionLost,
            isSilent
                ? "the server stands still: no answer in \(silenceMilliseconds) ms" : lastMessage,
            statement: statement
        )
    }

    /// Reads a refusal, and whether the session ended with it.
    func error(_ result: OpaquePointer, statement: String?, mayHaveCommitted: Bool) -> PostgresError
    {
        let sqlstate = PQresultErrorField(result, Int32(Field.sqlstate)).map { String(cString: $0) }
        if let sqlstate, Self.staleStates.contains(sqlstate) { isStale = true }
        let severity = PQresultErrorField(result, Int32(Field.severity)).map { String(cString: $0) }
        let kind: PostgresError.Kind
        switch (severity, sqlstate) {
        case ("ERROR", "57014"): kind = cancellation?.isRequested == true ? .cancelled : .timeout
        case ("ERROR", "55P03"): kind = .timeout
        case ("ERROR", _): kind = .server
        default:
            // Fatal, or no answer at all.
            isUsable = false
            kind = mayHaveCommitted ? .outcomeUnknown : .connectionLost
        }
        return PostgresError(result, kind: kind, statement: statement)
    }
}
