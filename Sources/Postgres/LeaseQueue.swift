import NIOCore
import NIOPosix
import Synchronization

/// A place for one connection, open or not.
// Sound: the queue hands a slot to one lease at a time, under its mutex, and takes it back under the
// same mutex before it hands it on; nobody else holds a reference that it uses.
final class Slot: @unchecked Sendable {
    var connection: Connection?
}

/// Who may use which slot next: first come, first served.
final class LeaseQueue: Sendable {
    private struct Waiter {
        let ticket: UInt64
        let deadline: NIODeadline
        let continuation: CheckedContinuation<Slot, any Error>
    }
    private struct State {
        var free: [Slot]
        var waiting: [Waiter] = []
        var ticketsGiven: UInt64 = 0
        var isTimerSet = false
        var isClosed = false
        var closing: CheckedContinuation<Void, Never>?
    }
    private let slots: Int
    private let waitersMax: Int
    private let patience: TimeAmount
    private let state: Mutex<State>

    init(slots: Int, waitersMax: Int, waitSeconds: Double) {
        self.slots = slots
        self.waitersMax = waitersMax
        patience = .nanoseconds(Int64(waitSeconds * 1e9))
        state = Mutex(State(free: (0..<slots).map { _ in Slot() }))
    }

    static let closed = PostgresError(.unavailable, "the pool is closed")
    private static let full = PostgresError(.poolExhausted, "too many wait for a connection")
    private static let late = PostgresError(.poolExhausted, "waited too long for a connection")
    private static let left = PostgresError(.cancelled, "called off while waiting for a connection")

    func take() async throws -> Slot {
        // Nearly always there is one, and nothing need be suspended.
        let slot = state.withLock { state in
            state.isClosed || !state.waiting.isEmpty ? nil : state.free.popLast()
        }
        if let slot { return slot }
        return try await wait()
    }

    private func wait() async throws -> Slot {
        let ticket = state.withLock { state in
            state.ticketsGiven += 1
            return state.ticketsGiven
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<Slot, any Error>? in
                    // Read under the lock: whoever cancels later finds the waiter in the queue.
                    if Task.isCancelled { return .failure(Self.left) }
                    if state.isClosed { return .failure(Self.closed) }
                    if state.waiting.isEmpty, let slot = state.free.popLast() {
                        return .success(slot)
                    }
                    if state.waiting.count >= waitersMax { return .failure(Self.full) }
                    state.waiting.append(
                        Waiter(
                            ticket: ticket,
                            deadline: .now() + patience,
                            continuation: continuation
                        )
                    )
                    return nil
                }
                if let answer { continuation.resume(with: answer) } else { setTimer() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.ticket == ticket }.map {
                    state.waiting.remove(at: $0)
                }
            }
            waiter?.continuation.resume(throwing: Self.left)
        }
    }

    func give(back slot: Slot) {
        let (next, closing) = state.withLock { state in
            if !state.waiting.isEmpty {
                return (
                    state.waiting.removeFirst() as Waiter?, nil as CheckedContinuation<Void, Never>?
                )
            }
            state.free.append(slot)
            guard state.isClosed, state.free.count == slots else { return (nil, nil) }
            defer { state.closing = nil }
            return (nil, state.closing)
        }
        next?.continuation.resume(returning: slot)
        closing?.resume()
    }

    /// Turns the waiters away, and returns when every slot is back, its connection closed.
    func close() async {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.continuation.resume(throwing: Self.closed) }
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.free.count == slots { return true }
                state.closing = continuation
                return false
            }
            if isDone { continuation.resume() }
        }
        for slot in state.withLock({ $0.free }) { slot.connection = nil }
    }

    /// One timer for all: they wait equally long, so the first in the queue is the first to go.
    private func setTimer() {
        let deadline = state.withLock { state -> NIODeadline? in
            guard !state.isTimerSet, let first = state.waiting.first else { return nil }
            state.isTimerSet = true
            return first.deadline
        }
        guard let deadline else { return }
        MultiThreadedEventLoopGroup.singleton.any().scheduleTask(deadline: deadline) {
            [weak self] in
            self?.turnAwayTheLate()
        }
    }

    private func turnAwayTheLate() {
        let late = state.withLock { state in
            state.isTimerSet = false
            let now = NIODeadline.now()
            let late = state.waiting.prefix { $0.deadline <= now }
            state.waiting.removeFirst(late.count)
            return late
        }
        for waiter in late { waiter.continuation.resume(throwing: Self.late) }
        setTimer()
    }
}
