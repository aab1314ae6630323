private import Foundation

/// A moment, in microseconds since 1 January 1970 UTC: as fine as PostgreSQL keeps it.
public struct Instant: Hashable, Comparable, Sendable {
    public let microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Reads what `iso` writes, and `2026-11-22T10:11:12Z`; nil otherwise.
    public init?(iso text: String) {
        guard text.hasSuffix("Z"), text.count >= 20 else { return nil }
        let body = text.dropLast()
        let halves = body.split(separator: "T")
        guard halves.count == 2, let day = Day(iso: String(halves[0])) else { return nil }
        let clock = halves[1].split(separator: ".", omittingEmptySubsequences: false)
        let parts = clock[0].split(separator: ":", omittingEmptySubsequences: false)
        let digits = parts + clock.dropFirst()
        guard parts.count == 3, parts.allSatisfy({ $0.count == 2 }), clock.count <= 2,
            digits.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } })
        else { return nil }
        let fields = parts.compactMap { Int64($0) }
        let fraction = clock.count == 2 ? (clock[1] + "000000").prefix(6) : "000000"
        guard fields.count == 3, fields[0] < 24, fields[1] < 60, fields[2] < 60,
            let micro = Int64(fraction)
        else { return nil }
        let seconds = Int64(day.number) * 86_400 + fields[0] * 3600 + fields[1] * 60 + fields[2]
        self.microseconds = seconds * 1_000_000 + micro
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
        self >= 0 ? self / by : (self - by + 1) / by
    }
    fileprivate func remainderFloor(_ by: Int64) -> Int64 {
        self - quotientFloor(by) * by
    }
}
