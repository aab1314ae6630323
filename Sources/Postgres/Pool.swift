public import Logging
import NIOPosix
import Synchronization

/// A fixed number of connections, each used by one thread at a time.
///
/// Who finds none free waits in a bounded queue for a bounded time, then is refused with
/// `poolExhausted`: a queue that nobody bounds turns an overload into an outage.
public final class Pool: Sendable {
    let settings: ConnectionSettings
    private let revive: (@Sendable () throws -> Void)?
    private let queue: LeaseQueue
    private let threads: NIOThreadPool
    /// Requests to call off block while they connect, so they have a thread of their own.
    private let cancels: NIOThreadPool
    private let logger: Logger

    /// Connections are opened when they are first needed.
    /// - Parameter revive: called when no server answers, before trying once more: where the server
    ///   is our own, it starts it again (`Cluster.revive`).
    public init(
        _ settings: ConnectionSettings,
        size: Int = 8,
        waiters: Int = 256,
        waitSeconds: Double = 5,
        revive: (@Sendable () throws -> Void)? = nil,
        logger: Logger
    ) {
        precondition(size > 0 && waiters >= 0)
        self.settings = settings
        self.revive = revive
        self.logger = logger
        queue = LeaseQueue(slots: size, waitersMax: waiters, waitSeconds: waitSeconds)
        threads = NIOThreadPool(numberOfThreads: size)
        cancels = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        cancels.start()
    }

    /// Runs the body on a thread that may block, with a connection of its own. Statements commit
    /// one by one, or as the body's own `begin` and `commit` say; what it leaves open is rolled back.
    @discardableResult
    public func withConnection<T: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        try await lease { lease in try body(lease.connection()) }
    }

    /// Runs the body in a transaction, which commits when the body returns and rolls back when it
    /// throws; what it throws passes through untouched.
    ///
    /// The body runs again, at most `retries` times, when the server undid it for a deadlock or a
    /// serialization failure, and once more when the connection turns out to be dead before the
    /// server had accepted `begin`. So it does nothing but talk to the database.
    /// - Parameters:
    ///   - role: taken for this transaction alone.
    ///   - settings: set for this transaction alone, such as `("comptoir.structure", id)`.
    @discardableResult
    public func transaction<T: Sendable>(
        role: String? = nil,
        local settings: [(name: String, value: String)] = [],
        isolation: Isolation = .readCommitted,
        retries: Int = 3,
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        var opening = [SQL(raw: isolation.rawValue)]
        if let role { opening.append("set local role \(identifier: role)") }
        for setting in settings {
            opening.append("select set_config(\(setting.name), \(setting.value), true)")
        }
        return try await lease { [opening, logger] lease in
            var retriesLeft = retries
            var mayReopen = true
            while true {
                let connection = try lease.connection()
                let transaction = Transaction(connection, opening: opening)
                do {
                    let value = try body(transaction)
                    try transaction.finishIfOpen()
                    return value
                } catch let error as PostgresError {
                    lease.undo()
                    if error.isTransient, retriesLeft > 0 {
                        retriesLeft -= 1
                        logger.debug("running a transaction again: \(error)")
                    } else if mayReopen,
                        error.wantsFreshConnection(isolation)
                            || (error.kind == .connectionLost && !transaction.hasBegun)
                    {
                        mayReopen = false
                        lease.drop()
                        logger.info("reopening a connection: \(error)")
                    } else {
                        if connection.isSilent { logger.warning("given up: \(error)") }
                        throw error
                    }
                } catch {
                    lease.undo()
                    throw error
                }
            }
        }
    }

    /// Refuses newcomers, waits for those at work, closes the connections.
    public func shutdown() async {
        await queue.close()
        // The pools refuse only to be shut down twice; there is nothing to do about it then.
        try? await threads.shutdownGracefully()
        try? await cancels.shutdownGracefully()
    }

    private func lease<T: Sendable>(
        _ body: @escaping @Sendable (Lease) throws -> T
    ) async throws -> T {
        let slot = try await queue.take()
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                threads.submit { [self] state in
                    let result = Result { () throws -> T in
                        guard case .active = state else { throw LeaseQueue.closed }
                        let lease = Lease(slot, open: open, cancellation: cancellation)
                        defer { lease.end() }
                        return try body(lease)
                    }
                    queue.give(back: slot)
                    continuation.resume(with: result)
                }
            }
        } onCancel: {
            cancellation.request()
            cancels.submit { state in
                if case .active = state { cancellation.send() }
            }
        }
    }
}

extension Pool {
    private func open() throws -> Connection {
        do {
            return try Connection(settings)
        } catch let error as PostgresError where error.kind == .unavailable {
            guard let revive else { throw error }
            logger.warning("no server answers: \(error)")
            try revive()
            return try Connection(settings)
        }
    }
}

/// One thread's hold on a slot of the pool, from the moment that it starts until its result is known.
final class Lease {
    private let slot: Slot
    private let open: () throws -> Connection
    private let cancellation: Cancellation

    init(_ slot: Slot, open: @escaping () throws -> Connection, cancellation: Cancellation) {
        self.slot = slot
        self.open = open
        self.cancellation = cancellation
    }

    /// The slot's connection; opened anew when the server has hung up since it was last used.
    func connection() throws -> Connection {
        if let connection = slot.connection, connection.isStillOpen {
            if connection.cancellation !== cancellation { cancellation.attach(connection) }
            return connection
        }
        drop()
        let connection = try open()
        slot.connection = connection
        cancellation.attach(connection)
        return connection
    }

    /// Rolls back what is open. A connection on which that fails is of no more use.
    func undo() {
        guard let connection = slot.connection else { return }
        // A transaction that is called off must still be rolled back.
        cancellation.detach(connection)
        if !connection.isUsable {
            drop()
        } else if connection.isInTransaction {
            do {
                try connection.execute("rollback")
                cancellation.attach(connection)
            } catch {
                drop()
            }
        }
    }

    func drop() {
        if let connection = slot.connection { cancellation.detach(connection) }
        slot.connection = nil
    }

    /// Leaves the slot as the next one expects it: no transaction open, nobody able to call it off.
    func end() {
        guard let connection = slot.connection else { return }
        cancellation.detach(connection)
        if connection.isStale {
            drop()
        } else if !connection.isUsable || connection.isInTransaction {
            undo()
        }
    }
}
