/// When a session begins, by the shop's clock: minutes since midnight in Paris, on the day that stands beside.
public struct TimeOfDay: Hashable, Comparable, Sendable {
    /// 0 to 1439.
    public let minutes: Int

    /// Nil outside a day.
    public init?(minutes: Int) {
        guard (0..<1440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    /// Reads `14:05` as browsers send it, and `14h05`, `14 h 05`, `14h` as people write it. Throws `timeUnreadable`.
    public init(typed text: String, field: FieldName = .startsAt) throws(Refusal) {
        let halves = text.lowercased().filter { !$0.isWhitespace }
            .split(separator: ":", omittingEmptySubsequences: false)
            .flatMap { $0.split(separator: "h", omittingEmptySubsequences: false) }
        let hasShape =
            halves.count == 2 && (1...2).contains(halves[0].count)
            && [0, 2].contains(halves[1].count)
            && halves.allSatisfy { $0.allSatisfy { "0"..."9" ~= $0 } }
        guard hasShape, let hour = Int(halves[0]), hour < 24,
            let minute = halves[1].isEmpty ? 0 : Int(halves[1]), minute < 60
        else {
            throw Refusal(
                .timeUnreadable,
                ["field": .field(field), "text": .text(String(text.prefix(20)))]
            )
        }
        self.minutes = hour * 60 + minute
    }

    /// `14:05`.
    public var clock: String { "\(two(minutes / 60)):\(two(minutes % 60))" }

    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.minutes < right.minutes
    }
}

extension TimeOfDay: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(typed: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(clock)
    }
}

func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
