/// All that the shop asks of a birth date: the brackets of a report need the year alone.
public struct BirthYear: Hashable, Comparable, Sendable, Encodable {
    public let year: Int

    /// Throws `birthYearImpossible` before 1900 and after `today`.
    public init(_ year: Int, today: Day) throws(Refusal) {
        guard year >= 1900, year <= today.parts.year else {
            throw Refusal(
                .birthYearImpossible,
                [
                    "field": .field(.birthYear), "least": .number(1900),
                    "most": .number(Int64(today.parts.year)),
                ]
            )
        }
        self.year = year
    }

    public init(typed text: String, today: Day) throws(Refusal) {
        let digits = text.filter { !$0.isWhitespace }
        try self.init(digits.count == 4 ? Int(digits) ?? 0 : 0, today: today)
    }

    /// Nil when nothing was typed: not asked, or not said.
    public static func optional(typed: String?, today: Day) throws(Refusal) -> BirthYear? {
        guard let typed, typed.contains(where: { !$0.isWhitespace }) else { return nil }
        return try BirthYear(typed: typed, today: today)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(year)
    }

    public static func < (left: BirthYear, right: BirthYear) -> Bool { left.year < right.year }
}
