private import Foundation

/// A password that was chosen: long enough, and not the account's own name.
public struct NewPassword: Sendable {
    public let text: String

    /// Ten characters leave a slow hash enough to protect; length is worth more than signs (ANSSI, NIST 800-63B).
    public static let least = 10

    /// Throws `passwordTooWeak`, `fieldTooLong`.
    public init(typed text: String, of login: Login) throws(Refusal) {
        guard text.count <= 200 else {
            throw Refusal(.fieldTooLong, ["field": .field(.password), "most": .number(200)])
        }
        let folded = text.lowercased()
        guard text.count >= Self.least, Set(text).count >= 4, !folded.contains(login.text) else {
            throw Refusal(.passwordTooWeak, ["least": .number(Int64(Self.least))])
        }
        self.text = composed(text)
    }
}

/// Four to eight digits, good at an enrolled till alone.
public struct PIN: Sendable {
    public let digits: String

    /// Throws `pinUnreadable`.
    public init(typed text: String) throws(Refusal) {
        guard text.wholeMatch(of: /[0-9]{4,8}/) != nil else { throw Refusal(.pinUnreadable) }
        digits = text
    }

    /// Refuses those that anyone tries first: one digit throughout, or digits in a row. Throws `pinTooWeak`.
    public func checkNotObvious() throws(Refusal) {
        let numbers = digits.compactMap(\.wholeNumberValue)
        let steps = Set(zip(numbers, numbers.dropFirst()).map { $1 - $0 })
        if steps == [0] || steps == [1] || steps == [-1] {
            throw Refusal(.pinTooWeak)
        }
    }
}

/// What a badge says when it is scanned: `BG` and 16 random digits. No letter that trades places between
/// French and US keyboards.
public struct BadgeCode: Hashable, Sendable {
    public let text: String

    /// Throws `badgeUnreadable`.
    public init(scanned: String) throws(Refusal) {
        let text = Scan.cleaned(scanned)
        guard text.wholeMatch(of: /BG[0-9]{16}/) != nil else {
            throw Refusal(.badgeUnreadable)
        }
        self.text = text
    }

    public init(random bytes: [UInt8]) {
        precondition(bytes.count >= 16, "16 digits need 16 bytes")
        text = "BG" + bytes.prefix(16).map { String($0 % 10) }.joined()
    }
}

/// The same letters typed on two keyboards are the same bytes (NFC).
public func composed(_ text: String) -> String { text.precomposedStringWithCanonicalMapping }
