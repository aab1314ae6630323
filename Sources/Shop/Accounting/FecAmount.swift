/// An amount as a FEC writes it: `1234,50`.
enum FecAmount {
    static func text(_ cents: Int64) -> String {
        "\(cents / 100)," + (cents % 100 < 10 ? "0" : "") + "\(cents % 100)"
    }

    /// In cents. Throws, in this order, what tells how it is written wrong (`amountWithThousands`, `amountWithPoint`,
    /// `amountNotNumeric`), then `amountTooLarge`, `amountBelowCent`, `amountNegative`. Zeros beyond cents are taken, a sign
    /// may stand at either end as the tester has it, and `-0,00` is nothing.
    static func cents(_ field: ArraySlice<UInt8>) throws(FecFault.Code) -> Int64 {
        let (isNegative, digits) = unsigned(field)
        let parts = digits.split(
            separator: comma,
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) else {
            throw miswritten(digits)
        }
        var decimals = parts.count == 2 ? parts[1] : []
        let beyond = decimals.dropFirst(2)
        decimals = decimals.prefix(2)
        var cents: Int64 = 0
        for digit in parts[0] + decimals + [zero, zero].prefix(2 - decimals.count) {
            let (tens, overflows) = cents.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = tens.addingReportingOverflow(Int64(digit - zero))
            guard !overflows, !overflowsToo else { throw .amountTooLarge }
            cents = sum
        }
        guard beyond.allSatisfy({ $0 == zero }) else { throw .amountBelowCent }
        guard !isNegative || cents == 0 else { throw .amountNegative }
        return cents
    }

    private static func unsigned(_ field: ArraySlice<UInt8>) -> (Bool, ArraySlice<UInt8>) {
        var digits = field
        var sign: UInt8?
        if let first = digits.first, first == plus || first == minus {
            sign = first
            digits = digits.dropFirst().drop { $0 == UInt8(ascii: " ") }
        } else if let last = digits.last, last == plus || last == minus {
            sign = last
            digits = digits.dropLast()
            while digits.last == UInt8(ascii: " ") { digits.removeLast() }
        }
        return (sign == minus, digits)
    }

    /// `1 234,50`, `1.234,50`, `1,234.50` and `1'234` have thousands apart, whatever kind of space it is; `1234.50` has the
    /// point of other countries.
    private static func miswritten(_ digits: ArraySlice<UInt8>) -> FecFault.Code {
        var rest = digits
        var isGrouped = false
        var marks: [UInt8] = []
        var holdsDigit = false
        while let byte = rest.first {
            if let length = groupings.first(where: { rest.starts(with: $0) })?.count {
                rest = rest.dropFirst(length)
                isGrouped = true
                continue
            }
            switch byte {
            case point, comma:
                if marks.count < 2 { marks.append(byte) }
            default:
                guard byte.isDigit else { return .amountNotNumeric }
                holdsDigit = true
            }
            rest = rest.dropFirst()
        }
        guard holdsDigit else { return .amountNotNumeric }
        if isGrouped || marks.count == 2 { return .amountWithThousands }
        return marks == [point] ? .amountWithPoint : .amountNotNumeric
    }

    private static let plus = UInt8(ascii: "+")
    private static let minus = UInt8(ascii: "-")
    private static let comma = UInt8(ascii: ",")
    private static let point = UInt8(ascii: ".")
    private static let zero = UInt8(ascii: "0")

    /// Spaces and apostrophes in UTF-8, and the space of ISO 8859-15 that does not break.
    private static let groupings: [[UInt8]] =
        [" ", "\u{A0}", "\u{202F}", "\u{2009}", "'", "’"].map { Array($0.utf8) } + [[0xA0]]
}
