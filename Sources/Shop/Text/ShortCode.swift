/// The short name by which commands and addresses call a thing: `lille`, `parents`. 2 to 40 lowercase letters without
/// accent, digits and hyphens; capitals are lowered.
public struct ShortCode: KeptText {
    public let text: String

    /// Throws `codeUnreadable`.
    public init(typed: String, field: FieldName = .code) throws(Refusal) {
        let text = trimmed(typed).lowercased()
        guard text.wholeMatch(of: /[a-z0-9-]{2,40}/) != nil else {
            throw unreadable(typed, field)
        }
        self.text = text
    }
}

/// What a run is called on paper: `LI-2022-06`. 3 to 30 capitals without accent, digits and hyphens.
public struct RunCode: Hashable, Sendable {
    public let text: String

    /// Throws `codeUnreadable`.
    public init(typed: String, field: FieldName = .code) throws(Refusal) {
        let text = trimmed(typed).uppercased()
        guard text.wholeMatch(of: /[A-Z0-9-]{3,30}/) != nil else {
            throw unreadable(typed, field)
        }
        self.text = text
    }
}

private func unreadable(_ typed: String, _ field: FieldName) -> Refusal {
    Refusal(.codeUnreadable, ["field": .field(field), "text": .text(String(typed.prefix(40)))])
}
