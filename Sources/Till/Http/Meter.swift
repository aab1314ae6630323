import Shop
import Synchronization

/// How often each asker asked within the minute. It is kept in memory: it bounds what this service does for one asker,
/// and is forgotten when the service stops.
final class Meter: Sendable {
    private struct Minute: Sendable {
        var start: ContinuousClock.Instant
        var counts: [String: Int] = [:]
    }

    /// How often one may ask within a minute.
    private let most: Int
    private let minute = Mutex(Minute(start: .now))

    /// Beyond so many askers the rest are counted together.
    private static let askersMost = 10_000

    init(most: Int) { self.most = most }

    /// Throws `askedTooOften`.
    func count(_ asker: String, at now: ContinuousClock.Instant = .now) throws(Refusal) {
        let count = minute.withLock { minute in
            if now - minute.start >= .seconds(60) { minute = Minute(start: now) }
            let isKnown = minute.counts[asker] != nil || minute.counts.count < Self.askersMost
            return minute.counts[isKnown ? asker : "", default: 0].incremented()
        }
        guard count <= most else {
            throw Refusal(.askedTooOften, ["most": .number(Int64(most))])
        }
    }
}

extension Int {
    fileprivate mutating func incremented() -> Int {
        self += 1
        return self
    }
}
