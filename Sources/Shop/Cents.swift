/// Euros in whole cents: `Cents(1250)` is 12,50 €. Never negative: giving back is a reversal.
public struct Cents: Hashable, Comparable, Sendable, Codable {
    public let count: Int64

    /// The most that one amount may be: 1 000 000 €. What is above it is a slip of the finger.
    public static let most = Cents(unchecked: 100_000_000)
    public static let zero = Cents(unchecked: 0)

    /// Throws `amountOutOfRange` below zero and above `most`.
    public init(_ count: Int64) throws(Refusal) {
        guard count >= 0, count <= Cents.most.count else {
            throw Refusal(.amountOutOfRange, ["most": .cents(.most)])
        }
        self.count = count
    }

    /// For sums of amounts that were each in range, and for what the database's own checks hold.
    public init(unchecked count: Int64) {
        precondition(count >= 0, "an amount is never negative")
        self.count = count
    }

    /// Reads `1234,5`, `1 234,50`, `1234.50`, `49€90`, with any kind of space. `1.234,50` and `1,234.50` are two
    /// readings apart, so they are refused with the question; so is anything with more than two decimals.
    public init(typed text: String) throws(Refusal) {
        let spaces: Set<Character> = [" ", "\u{A0}", "\u{202F}", "\u{2009}"]
        var typed = text.filter { !spaces.contains($0) }
        if typed.hasSuffix("€") { typed.removeLast() }
        let parts = typed.split(
            separator: /[,.€]/,
            maxSplits: 3,
            omittingEmptySubsequences: false
        )
        guard parts.count <= 2, let euros = parts.first, !euros.isEmpty,
            parts.allSatisfy({ $0.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }
            ),
            euros.count <= 9, parts.count == 1 || (1...2).contains(parts[1].count),
            let whole = Int64(euros),
            let hundredths = Int64(parts.count == 1 ? "00" : (parts[1] + "0").prefix(2))
        else {
            throw Refusal(.amountUnreadable, ["text": .text(String(text.prefix(40)))])
        }
        try self.init(whole * 100 + hundredths)
    }

    public static func < (left: Cents, right: Cents) -> Bool { left.count < right.count }
    public static func + (left: Cents, right: Cents) -> Cents {
        Cents(unchecked: left.count + right.count)
    }
    /// What is left of `left` once `right` is taken; nil when more is taken than there is.
    public static func - (left: Cents, right: Cents) -> Cents? {
        left.count >= right.count ? Cents(unchecked: left.count - right.count) : nil
    }
    public static func * (left: Cents, times: Int) -> Cents {
        Cents(unchecked: left.count * Int64(times))
    }

    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }
}

extension Sequence<Cents> {
    public func sum() -> Cents { reduce(.zero, +) }
}
