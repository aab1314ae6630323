import CLibPQ
import Synchronization

/// Calls off what a leased connection is doing, from another thread.
///
/// The lock is held while the request travels, and the lease ends under the same lock: a request
/// can therefore never reach a connection that works for somebody else.
final class Cancellation: Sendable {
    private struct State {
        var isRequested = false
        var handle: CancelHandle?
    }
    private let state = Mutex(State())

    var isRequested: Bool { state.withLock { $0.isRequested } }

    /// From now on a request reaches this connection.
    func attach(_ connection: Connection) {
        let handle = CancelHandle(connection)
        state.withLock { $0.handle = handle }
        connection.cancellation = self
    }

    /// From now on a request reaches nothing. Waits for one that is on its way.
    func detach(_ connection: Connection) {
        state.withLock { $0.handle = nil }
        connection.cancellation = nil
    }

    /// Remembers that nobody waits any more; the next statement refuses to start.
    func request() { state.withLock { $0.isRequested = true } }

    /// Asks the server to stop the statement at hand. Blocks while it connects, which libpq bounds by nothing where the
    /// postmaster itself stands still: the lease then ends no sooner.
    func send() { state.withLock { $0.handle?.send() } }
}

/// How to reach the server about one session.
// Sound: libpq fills it when it is made, only reads it afterwards, and says that any thread may.
private final class CancelHandle: @unchecked Sendable {
    private let handle: OpaquePointer?

    init(_ connection: Connection) { handle = PQgetCancel(connection.handle) }

    deinit { PQfreeCancel(handle) }

    func send() {
        guard let handle else { return }
        var reason = [CChar](repeating: 0, count: 256)
        PQcancel(handle, &reason, Int32(reason.count))
    }
}
