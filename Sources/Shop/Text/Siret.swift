/// The 14 digits that name an establishment in France, the last a check digit.
public struct Siret: KeptText {
    public let digits: String
    public var text: String { digits }

    /// Throws `siretUnreadable`. The establishments of La Poste follow a rule of their own: their digits add up to a
    /// multiple of 5 (INSEE).
    public init(typed text: String) throws(Refusal) {
        let digits = text.filter { !$0.isWhitespace }
        let numbers = digits.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
        let isPostOffice = digits.hasPrefix("356000000") && numbers.reduce(0, +) % 5 == 0
        guard digits.count == 14, numbers.count == 14, numbers.contains(where: { $0 != 0 }),
            luhnSum(numbers.reversed()) % 10 == 0 || isPostOffice
        else { throw Refusal(.siretUnreadable, ["field": .field(.siret)]) }
        self.digits = digits
    }

    /// `123 456 789 00012` with U+00A0.
    public var printed: String { Self.printed(digits) }

    /// The same of 14 digits that were read already.
    public static func printed(_ digits: String) -> String {
        let signs = Array(digits)
        guard signs.count == 14 else { return digits }
        return [signs[0..<3], signs[3..<6], signs[6..<9], signs[9..<14]]
            .map { String($0) }.joined(separator: "\u{A0}")
    }
}
