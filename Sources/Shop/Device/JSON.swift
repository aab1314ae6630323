/// A JSON document as others wrote it. Numbers keep their digits: `lshw` prints sizes of 2^64 bytes,
/// which no `Int` holds and which a `Double` would round.
enum JSON: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    subscript(_ field: String) -> JSON? {
        if case .object(let fields) = self { fields[field] } else { nil }
    }

    var isObject: Bool {
        if case .object = self { true } else { false }
    }

    var isTrue: Bool {
        switch self {
        case .bool(let value): value
        case .number(let digits): digits == "1"
        case .text(let text): text == "true" || text == "1"
        case .null, .list, .object: false
        }
    }

    /// Nil for what is neither true nor false.
    var truth: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The words of a string, or the digits of a number; nil for anything else.
    var string: String? {
        switch self {
        case .text(let text): text
        case .number(let digits): digits
        case .null, .bool, .list, .object: nil
        }
    }

    /// The elements of a list; a value that stands alone where a list is usual is its only element.
    var elements: [JSON] {
        switch self {
        case .list(let elements): elements
        case .null: []
        case .bool, .number, .text, .object: [self]
        }
    }

    /// A number of zero or more, its fraction dropped; nil for what no `Int` holds, and for text that is
    /// more than digits: a unit that we do not know is not a number.
    var whole: Int? {
        guard let string else { return nil }
        let parts = string.trimmed.split(
            separator: ".",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard let digits = parts.first, !digits.isEmpty,
            parts.allSatisfy({ $0.allSatisfy(\.isDigit) })
        else { return nil }
        return Int(digits)
    }

    /// A number of zero or more in tenths, further digits dropped: 15.6 is 156. Nil as `whole` is, and above a billion.
    var tenths: Int? {
        guard let whole, whole < 1_000_000_000, let string else { return nil }
        let fraction = string.trimmed.drop { $0 != "." }.dropFirst().first
        return whole * 10 + (fraction?.wholeNumberValue ?? 0)
    }
}

extension Character {
    var isDigit: Bool { "0"..."9" ~= self }
}

extension StringProtocol {
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
