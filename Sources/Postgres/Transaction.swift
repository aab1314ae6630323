/// What a transaction's body works with. `begin` travels with the first statements and, where the
/// body calls `finish`, commit with the last: two trips for a sale.
public final class Transaction {
    private enum State {
        case fresh, open, finished
    }
    private let connection: Connection
    private let opening: [SQL]
    private var state = State.fresh
    /// Whether the server has accepted `begin`: before that the body has done nothing anywhere.
    private(set) var hasBegun = false

    init(_ connection: Connection, opening: [SQL]) {
        self.connection = connection
        self.opening = opening
    }

    /// How many trips this transaction's connection has made so far.
    public var trips: Int { connection.trips }

    public func query(_ sql: SQL) throws -> Rows { try pipeline([sql])[0] }

    @discardableResult
    public func execute(_ sql: SQL) throws -> Int { try query(sql).affected }

    /// All statements in one trip, in order, each seeing what those before it did. The first one
    /// that fails is thrown, with its `index`.
    @discardableResult
    public func pipeline(_ statements: [SQL]) throws -> [Rows] {
        try run(statements, closing: [])
    }

    /// The last statements and the commit, in one trip. Nothing may follow.
    @discardableResult
    public func finish(_ statements: [SQL] = []) throws -> [Rows] {
        try run(statements, closing: ["commit"])
    }

    /// The last reads and the end of the transaction, in one trip. Nothing was written, so that a connection that is lost
    /// meanwhile leaves nothing unknown.
    public func finish(reading statements: [SQL]) throws -> [Rows] {
        try run(statements, closing: ["commit"], isWriting: false)
    }

    /// Commits unless the body did, or there was nothing to commit.
    func finishIfOpen() throws {
        if state == .open { try finish() }
    }

    private func run(
        _ statements: [SQL],
        closing: [SQL],
        isWriting: Bool = true
    ) throws -> [Rows] {
        guard state != .finished else {
            throw PostgresError(.misuse, "the transaction is finished")
        }
        let before = state == .fresh ? opening : []
        let commits = !closing.isEmpty
        if commits { state = .finished } else { state = .open }
        do {
            var rows = try connection.run(
                before + statements + closing,
                commits: commits && isWriting
            )
            hasBegun = true
            if commits, let answer = rows.popLast(), answer.tag != "COMMIT" {
                throw PostgresError(
                    .server,
                    "rolled back: a statement had failed before the commit"
                )
            }
            return Array(rows.dropFirst(before.count))
        } catch var error as PostgresError {
            hasBegun = hasBegun || connection.isInTransaction || (error.index ?? 0) > 0
            error.index = error.index.map { $0 - before.count }.flatMap {
                statements.indices.contains($0) ? $0 : nil
            }
            throw error
        }
    }
}

/// How a transaction sees what others do meanwhile.
public enum Isolation: String, Sendable {
    /// Each statement sees what is committed when it starts: for verbs, which lock first.
    case readCommitted = "begin"
    /// All statements see one moment and write nothing: for reports.
    case snapshot = "begin isolation level repeatable read, read only"
    /// As if one after the other; may have to run again.
    case serializable = "begin isolation level serializable"
}
