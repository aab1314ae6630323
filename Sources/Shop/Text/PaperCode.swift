/// What a shop numbers by the year and prints: lots, transfer slips, counts.
public protocol NumberedPaper {
    /// Two capitals between the shop's code and the year. Never rename or reuse one.
    static var mark: String { get }
    /// What is thrown for a text that is the number of none.
    static func unknown(_ text: String) -> Refusal
}

/// The number of such a paper: `LITR26-0001` is the first slip that Lille made in 2026.
public struct PaperCode<Paper: NumberedPaper>: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// In any case, with spaces around it, or through a scanner set up for another keyboard. Throws `Paper.unknown`.
    public static func typed(_ text: String) throws(Refusal) -> PaperCode {
        guard let code = PaperCode(scanned: text) else { throw Paper.unknown(text) }
        return code
    }

    /// Nil for what is no such number.
    public init?(scanned text: String) {
        let found = [trimmed(text), repairingKeyboardLayout(trimmed(text))]
            .map { $0.uppercased() }
            .first { code in
                code.wholeMatch(of: /[A-Z]{2}[A-Z]{2}[0-9]{2}-[0-9]{4,5}/) != nil
                    && code.dropFirst(2).hasPrefix(Paper.mark)
            }
        guard let found else { return nil }
        description = found
    }
}
