/// The longest pause between two characters of one scan, in milliseconds: what comes slower is a person typing.
public struct ScanGap: Hashable, Codable, Sendable {
    /// A scanner on a cable takes 8. With more than 250 someone who types fast would be taken for a scanner.
    public static let possible = 20...250
    /// Where nobody has set another.
    public static let usual = ScanGap(unchecked: 60)

    public let milliseconds: Int

    /// Throws `scanGapOutOfRange`.
    public init(milliseconds: Int) throws(Refusal) {
        guard ScanGap.possible.contains(milliseconds) else {
            throw Refusal(
                .scanGapOutOfRange,
                [
                    "least": .number(Int64(ScanGap.possible.lowerBound)),
                    "most": .number(Int64(ScanGap.possible.upperBound)),
                ]
            )
        }
        self.milliseconds = milliseconds
    }

    /// Reads what someone typed in a form. What is no number is out of range.
    public init(typed: String) throws(Refusal) {
        try self.init(milliseconds: Int(trimmed(typed)) ?? -1)
    }

    private init(unchecked milliseconds: Int) {
        self.milliseconds = milliseconds
    }
}
