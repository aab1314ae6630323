/// How somebody was at a session. Whole minutes.
public enum Presence: Hashable, Sendable, Codable {
    /// There from beginning to end.
    case whole
    /// There for so many minutes.
    case seen(minutes: Int)
    /// Missed so many minutes at the beginning or at the end.
    case late(minutes: Int)
    case excused
    case noshow
}

/// What is written of a presence, in the words of the national tool for digital mediation. Raw values are stored.
public enum PresenceStatus: String, CaseIterable, Sendable, Codable {
    case seen, excused, noshow
}

extension Presence {
    /// Status and minutes, of a session that lasted `length`. Nobody who was there for no minute was seen.
    /// Throws `attendanceTooLong` for more minutes than the session had.
    public func written(
        of length: Int
    ) throws(Refusal) -> (status: PresenceStatus, minutes: Int) {
        switch self {
        case .whole: return (.seen, length)
        case .excused: return (.excused, 0)
        case .noshow: return (.noshow, 0)
        case .seen(let minutes):
            guard (0...length).contains(minutes) else { throw Self.tooLong(length) }
            return (minutes == 0 ? .noshow : .seen, minutes)
        case .late(let minutes):
            guard (0..<length).contains(minutes) else { throw Self.tooLong(length) }
            return (.seen, length - minutes)
        }
    }

    /// Reads `seen`, `40`, `late:15`, `excused`, `noshow`. Throws `choiceUnknown`.
    public init(typed text: String) throws(Refusal) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        switch (text, parts.count) {
        case ("seen", _): self = .whole
        case ("excused", _): self = .excused
        case ("noshow", _): self = .noshow
        case (_, 1) where Int(text) != nil: self = .seen(minutes: Int(text) ?? 0)
        case (_, 2) where parts[0] == "late" && Int(parts[1]) != nil:
            self = .late(minutes: Int(parts[1]) ?? 0)
        default:
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.presence), "text": .text(String(text.prefix(40))),
                    "choices": .text("seen, 40, late:15, excused, noshow"),
                ]
            )
        }
    }

    private static func tooLong(_ length: Int) -> Refusal {
        Refusal(.attendanceTooLong, ["most": .minutes(length)])
    }
}
