private import Foundation

/// A moment, in microseconds since 1 January 1970 UTC: as fine as PostgreSQL keeps it.
public struct Instant: Hashable, Comparable, Sendable {
    public let microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Reads what `iso` writes, and `2026-11-22T10:11:12Z`; nil otherwise.
    public init?(iso text: String) {
        self.init(text, between: "T", end: "Z")
    }

    /// Reads what a PostgreSQL session in UTC writes: `2026-11-22 10:11:12.123456+00`; nil otherwise.
    public init?(utc text: String) {
        self.init(text, between: " ", end: "+00")
    }

    private init?(_ text: String, between: StaticString, end: StaticString) {
        var rest = Digits(text.utf8)
        guard let day = Day(iso: rest.prefix(10)), rest.take(between),
            let hour = rest.number(2), hour < 24, rest.take(":"),
            let minute = rest.number(2), minute < 60, rest.take(":"),
            let second = rest.number(2), second < 60
        else { return nil }
        var micro = 0
        if rest.take(".") {
            guard let fraction = rest.fraction(6) else { return nil }
            micro = fraction
        }
        guard rest.take(end), rest.isEmpty else { return nil }
        let seconds = day.number * 86_400 + hour * 3600 + minute * 60 + second
        self.microseconds = Int64(seconds) * 1_000_000 + Int64(micro)
    }

    /// The moment at which the shop's clock showed so many seconds since it showed 1 January 1970; of an hour that it shows twice,
    /// the later.
    public init(shopClock seconds: Int) {
        func offset(at moment: Int) -> Int {
            paris.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment)))
        }
        let about = seconds - offset(at: seconds)
        self.microseconds = Int64(seconds - offset(at: about)) * 1_000_000
    }

    /// The shop's day: a sale at half past midnight in Paris is of the new day.
    public var day: Day {
        let seconds = microseconds.quotientFloor(1_000_000)
        let offset = paris.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        return Day(Int((seconds + Int64(offset)).quotientFloor(86_400)))
    }

    /// `15:05`, the shop's clock.
    public var clock: String {
        let seconds = microseconds.quotientFloor(1_000_000)
        let offset = Int64(
            paris.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        )
        let minutes = (seconds + offset).quotientFloor(60)
        let (hour, minute) = (minutes.remainderFloor(1440) / 60, minutes.remainderFloor(60))
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }

    /// `2026-11-22T10:11:12.123456Z`: always six decimals, so that equal instants are equal bytes.
    public var iso: String {
        let seconds = microseconds.quotientFloor(1_000_000)
        let ofDay = seconds.remainderFloor(86_400)
        func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
        let micro = String(microseconds.remainderFloor(1_000_000))
        return Day(Int(seconds.quotientFloor(86_400))).iso + "T" + two(ofDay / 3600) + ":"
            + two(ofDay / 60 % 60) + ":" + two(ofDay % 60) + "."
            + String(repeating: "0", count: 6 - micro.count) + micro + "Z"
    }

    public func adding(seconds: Int) -> Instant {
        Instant(microseconds: microseconds + Int64(seconds) * 1_000_000)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let instant = Instant(iso: text) else {
            throw Refusal(.dayUnreadable, ["text": .text(String(text.prefix(40)))])
        }
        self = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso)
    }
}

private let paris: TimeZone = {
    guard let zone = TimeZone(identifier: "Europe/Paris") else {
        preconditionFailure("the time zones are not installed (Debian: tzdata)")
    }
    return zone
}()

extension Int64 {
    fileprivate func quotientFloor(_ by: Int64) -> Int64 {
        self / by - (self % by < 0 ? 1 : 0)
    }
    fileprivate func remainderFloor(_ by: Int64) -> Int64 {
        self - quotientFloor(by) * by
    }
}
