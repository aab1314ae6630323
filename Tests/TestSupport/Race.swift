public import Shop

/// Runs `act` so many times at once. Gives what each was refused, nil where it went through; anything else that is
/// thrown is thrown.
public func race(
    _ count: Int,
    _ act: @escaping @Sendable (Int) async throws -> Void
) async throws -> [Refusal?] {
    try await withThrowingTaskGroup(of: Refusal?.self) { group in
        for number in 0..<count {
            group.addTask {
                do {
                    try await act(number)
                    return nil
                } catch let refusal as Refusal {
                    return refusal
                }
            }
        }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
