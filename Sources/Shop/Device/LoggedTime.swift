/// A moment as a tool wrote it down, by the clock of the machine that it ran on.
public struct LoggedTime: Hashable, Sendable {
    /// Seconds since 1 January 1970 by that clock.
    public let seconds: Int
    /// Whether the tool said how far its clock stood from UTC, so that the moment is sure.
    public let isUTC: Bool

    /// Reads `2023/03/11 20:40:30`, `2018-07-13T11:54:55.100581+00:00` and what lies between; nil for anything else.
    init?(read text: String) {
        guard text.utf8.count <= 40 else { return nil }
        var rest = Digits(text.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "-") : $0 })
        guard let day = Day(iso: rest.prefix(10)), rest.take("T") || rest.take(" "),
            let hour = rest.number(2), hour < 24, rest.take(":"),
            let minute = rest.number(2), minute < 60, rest.take(":"),
            let second = rest.number(2), second < 61
        else { return nil }
        if rest.take("."), rest.fraction(9) == nil { return nil }
        let local = day.number * 86_400 + hour * 3600 + minute * 60 + second
        if rest.isEmpty {
            (seconds, isUTC) = (local, false)
            return
        }
        var offset = 0
        if !rest.take("Z") {
            let isEast = rest.take("+")
            guard isEast || rest.take("-"), let hours = rest.number(2), hours < 24 else {
                return nil
            }
            _ = rest.take(":")
            let minutes = rest.isEmpty ? 0 : rest.number(2)
            guard let minutes, minutes < 60 else { return nil }
            offset = (hours * 3600 + minutes * 60) * (isEast ? 1 : -1)
        }
        guard rest.isEmpty else { return nil }
        (seconds, isUTC) = (local - offset, true)
    }

    /// `2023-03-11T20:40:30`, with a Z where it is UTC.
    public var iso: String {
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let ofDay = seconds - day * 86_400
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let clock = "\(two(ofDay / 3600)):\(two(ofDay / 60 % 60)):\(two(ofDay % 60))"
        return "\(Day(day).iso)T\(clock)\(isUTC ? "Z" : "")"
    }
}
