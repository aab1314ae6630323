import Shop

/// Lets a few in at a time, in the order in which they came.
actor Turns {
    private var free: Int
    private let waitingMost: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ free: Int, waiting: Int) {
        self.free = free
        waitingMost = waiting
    }

    /// Throws `busy` when too many wait.
    func take<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        if free > 0 {
            free -= 1
        } else {
            guard waiting.count < waitingMost else { throw Refusal(.busy) }
            await withCheckedContinuation { waiting.append($0) }
        }
        defer {
            if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
        }
        return try await work()
    }
}

/// A program that hangs is ended, or it would keep its turn for good. Throws a refusal of `reason`.
func inTime<Value: Sendable>(
    seconds: Int,
    else reason: Reason,
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            throw Refusal(reason)
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw Refusal(reason) }
        return first
    }
}
