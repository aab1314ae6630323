/// A day of the shop's calendar (Europe/Paris), without an hour: `Day(0)` is 1 January 1970.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1 January 1970.
    public let number: Int

    public init(_ number: Int) {
        self.number = number
    }

    /// Nil when there is no such day: 30 February, month 13, years outside 1…9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Day.length(ofMonth: month, year: year)
        else { return nil }
        // Days from civil, by eras of 400 years that begin in March, so that the leap day is a year's last.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.number = era * 146_097 + dayOfEra - 719_468
    }

    /// Reads `2026-11-22`; nil otherwise.
    public init?(iso text: String) {
        self.init(iso: text.utf8)
    }

    init?(iso text: some Collection<UInt8>) {
        var rest = Digits(text)
        guard let year = rest.number(4), rest.take("-"), let month = rest.number(2), rest.take("-"),
            let day = rest.number(2), rest.isEmpty
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads a day from a form or a command: ISO, or `22/11/2026` as it is written in France.
    public init(typed text: String) throws(Refusal) {
        let trimmed = text.filter { !$0.isWhitespace }
        let french = trimmed.split(separator: "/", omittingEmptySubsequences: false)
        if let day = Day(iso: trimmed) {
            self = day
        } else if french.count == 3, let date = Int(french[0]), let month = Int(french[1]),
            french[2].count == 4, let year = Int(french[2]),
            let day = Day(year: year, month: month, day: date)
        {
            self = day
        } else {
            throw Refusal(.dayUnreadable, ["text": .text(String(text.prefix(40)))])
        }
    }

    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    /// The same day of the month, `count` months later or earlier; the month's last day where there is none:
    /// 31 January and one month is 28 or 29 February.
    public func adding(months count: Int) -> Day {
        let (year, month, day) = parts
        let months = year * 12 + month - 1 + count
        let (newYear, newMonth) = (months / 12, months % 12 + 1)
        let last = Day.length(ofMonth: newMonth, year: newYear)
        guard let moved = Day(year: newYear, month: newMonth, day: min(day, last)) else {
            preconditionFailure("a month added leads outside the calendar")
        }
        return moved
    }

    public func adding(days count: Int) -> Day { Day(number + count) }

    public var firstOfMonth: Day {
        Day(number - parts.day + 1)
    }

    /// `2026-11-22`.
    public var iso: String {
        let (year, month, day) = parts
        return Day.padded(year, 4) + "-" + Day.padded(month, 2) + "-" + Day.padded(day, 2)
    }

    /// `22/11/2026`, as receipts and refusals print it in both languages.
    public var printed: String {
        let (year, month, day) = parts
        return Day.padded(day, 2) + "/" + Day.padded(month, 2) + "/" + Day.padded(year, 4)
    }

    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Day: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(typed: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso)
    }
}

/// Dated rows of one thing: what is in force is the last whose day has come.
public protocol Dated: Sendable {
    var startsOn: Day { get }
}

extension Sequence where Element: Dated {
    /// The row in force on `day`; nil before the first.
    public func inForce(on day: Day) -> Element? {
        filter { $0.startsOn <= day }.max { $0.startsOn < $1.startsOn }
    }
}
