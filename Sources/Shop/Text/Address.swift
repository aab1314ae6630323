/// Five digits, as France writes them.
public struct PostalCode: KeptText {
    public let digits: String
    public var text: String { digits }

    /// Throws `postalCodeUnreadable`.
    public init(typed text: String) throws(Refusal) {
        let digits = text.filter { !$0.isWhitespace }
        guard digits.wholeMatch(of: /[0-9]{5}/) != nil, !digits.hasPrefix("000"),
            !digits.hasPrefix("99")
        else {
            throw Refusal(
                .postalCodeUnreadable,
                ["field": .field(.postalCode), "text": .text(String(text.prefix(20)))]
            )
        }
        self.digits = digits
    }
}

/// An address for letters by wire. Whether it exists is known only once it was written to.
public struct EmailAddress: KeptText {
    public let text: String

    /// Throws `emailUnreadable`.
    public init(typed: String) throws(Refusal) {
        let text = trimmed(typed)
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, !parts[0].isEmpty,
            parts[1].wholeMatch(of: /[^.\s]+(\.[^.\s]+)+/) != nil,
            text.unicodeScalars.allSatisfy({ !$0.properties.isWhitespace && !isHidden($0) }),
            // They would end the address where a letter by wire states it.
            !text.contains(where: { "<>()[],;:\"\\".contains($0) })
        else { throw Refusal(.emailUnreadable, ["field": .field(.email)]) }
        self.text = text
    }

    /// Nil when nothing was typed.
    public static func optional(typed: String?) throws(Refusal) -> EmailAddress? {
        guard let typed, typed.contains(where: { !$0.isWhitespace }) else { return nil }
        return try EmailAddress(typed: typed)
    }
}

private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: true
    default: false
    }
}
