/// What a user types to say who they are: `amina.b`. 2 to 40 lowercase letters without accent, digits,
/// dots, hyphens and underscores; capitals are lowered.
public struct Login: Hashable, Sendable {
    public let text: String

    /// Throws `codeUnreadable`.
    public init(typed: String) throws(Refusal) {
        let text = trimmed(typed).lowercased()
        guard text.wholeMatch(of: /[a-z0-9][a-z0-9._-]{1,39}/) != nil else {
            throw unreadable(typed, .login)
        }
        self.text = text
    }
}

/// What receipts and the journal say instead of a name: `AB1`. 2 to 8 capitals and digits.
public struct OperatorCode: Hashable, Sendable {
    public let text: String

    /// Throws `codeUnreadable`.
    public init(typed: String) throws(Refusal) {
        let text = trimmed(typed).uppercased()
        guard text.wholeMatch(of: /[A-Z0-9]{2,8}/) != nil else {
            throw unreadable(typed, .operatorCode)
        }
        self.text = text
    }
}

/// The two capitals that begin the labels of a shop's machines: `LI`.
public struct ShopCode: Hashable, Sendable {
    public let text: String

    /// Throws `codeUnreadable`.
    public init(typed: String) throws(Refusal) {
        let text = trimmed(typed).uppercased()
        guard text.wholeMatch(of: /[A-Z]{2}/) != nil else { throw unreadable(typed, .shop) }
        self.text = text
    }
}

/// What receipts call a till: its shop's code and a number, `LI1`.
public struct TillCode: Hashable, Sendable {
    public let text: String

    /// Throws `codeUnreadable`.
    public init(typed: String) throws(Refusal) {
        let text = trimmed(typed).uppercased()
        guard text.wholeMatch(of: /[A-Z]{2}[1-9][0-9]{0,2}/) != nil else {
            throw unreadable(typed, .till)
        }
        self.text = text
    }

    public var shop: String { String(text.prefix(2)) }
}

private func unreadable(_ typed: String, _ field: FieldName) -> Refusal {
    Refusal(.codeUnreadable, ["field": .field(field), "text": .text(String(typed.prefix(40)))])
}
