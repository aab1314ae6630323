/// An account of the chart: `530`, `7072RECH`. It starts with three digits, as art. A47 A-1 LPF asks of a general account,
/// and goes on with digits or capitals without accent: 20 signs at the very most.
public struct AccountCode: KeptText {
    public let text: String

    public static let lengthMost = 20

    /// Throws `accountUnreadable`. Spaces are left out and small letters become capitals.
    public init(typed: String) throws(AccountingFault) {
        let text = typed.filter { !$0.isWhitespace }
        // In this order: capitals of some letters with accents have none.
        guard text.utf8.count <= Self.lengthMost, startsWithAccount(text.utf8),
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { throw .accountUnreadable(String(typed.prefix(40))) }
        self.text = text.uppercased()
    }
}

/// Whether the first three are digits, as those of every account of the French plan.
func startsWithAccount(_ bytes: some Collection<UInt8>) -> Bool {
    let start = bytes.prefix(3)
    return start.count == 3 && start.allSatisfy(\.isDigit)
}

extension UInt8 {
    /// Of ASCII.
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
}
