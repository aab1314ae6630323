/// What a scanner or a hand gave: the code's own form says what it is.
public enum Scan: Hashable, Sendable {
    case voucher(VoucherCode)
    /// What the QR of a voucher carries that its structure signed.
    case signedVoucher(SignedVoucher)
    case completion(CompletionCode)
    case person(PersonCode)
    /// `LIPC26-0008`, uppercase.
    case device(String)
    /// `LI1-V-000042`: till, kind, number.
    case receipt(ReceiptCode)

    /// Tells the code's kind, out of a URL if it is in one, with a US scanner on a French keyboard repaired.
    /// Throws `scanUnreadable`, or `voucherUnreadable` for twelve digits whose last does not fit.
    public init(scanned text: String) throws(Refusal) {
        let code = Scan.hyphenated(Scan.cleaned(text))
        let digits = code.filter { $0 != "-" }
        if digits.count == 12, digits.allSatisfy({ ("0"..."9").contains($0) }) {
            self = .voucher(try VoucherCode(scanned: digits))
        } else if let signed = SignedVoucher(digits: digits) {
            self = .signedVoucher(signed)
        } else if let completion = CompletionCode(code) {
            self = .completion(completion)
        } else if let person = PersonCode(code) {
            self = .person(person)
        } else if let receipt = ReceiptCode(code) {
            self = .receipt(receipt)
        } else if let label = DeviceLabel(printed: code) {
            self = .device(label.description)
        } else {
            throw Refusal(.scanUnreadable, ["text": .text(String(text.prefix(40)))])
        }
    }

    /// Uppercase, without spaces; the last part of a URL; keyboard layout repaired.
    static func cleaned(_ text: String) -> String {
        var code = repairingKeyboardLayout(text.filter { !$0.isWhitespace })
        if code.contains("://"), let last = code.split(separator: "/").last {
            code = String(last.prefix { $0 != "?" && $0 != "#" })
        }
        return code.uppercased()
    }

    /// Our paper is read in groups, and a hand types a space, or nothing, where it prints a hyphen: `LIPC26 0004`,
    /// `LI1 V 42`, `P 72D3BX`. No code has two readings without its hyphens.
    static func hyphenated(_ code: String) -> String {
        let bare = code.filter { $0 != "-" }
        if let label = DeviceLabel(printed: "\(bare.prefix(6))-\(bare.dropFirst(6))") {
            return label.description
        }
        // Till, kind and number: two letters and one to three digits come before the kind.
        for letters in 3...5 {
            let rest = bare.dropFirst(letters)
            let receipt = "\(bare.prefix(letters))-\(rest.prefix(1))-\(rest.dropFirst())"
            if ReceiptCode(receipt) != nil { return receipt }
        }
        let person = "P-\(bare.dropFirst())"
        return bare.first == "P" && PersonCode(person) != nil ? person : code
    }
}

/// A scanner set to a US keyboard types `LIPC26-00123` as `LIPCé-)àà&é"` on a French one. The marks give it away: no
/// code of ours holds one. Letters that trade places (A and Q, W and Z, M) are put back too.
public func repairingKeyboardLayout(_ text: String) -> String {
    let marks = Set("&é\"'(è_çà")
    guard text.contains(where: { marks.contains($0) }), !text.contains("://") else { return text }
    let code = String(text.map { usKeyOfFrench[$0] ?? $0 })
    // An address: “://” came as “M!!”, and each stroke as “!”.
    let isAddress = ["httpm!!", "httpsm!!"].contains { code.lowercased().hasPrefix($0) }
    return isAddress ? code.replacing("M!!", with: "://").replacing("!", with: "/") : code
}

private let usKeyOfFrench: [Character: Character] = [
    "&": "1", "é": "2", "\"": "3", "'": "4", "(": "5", "-": "6", "è": "7", "_": "8", "ç": "9",
    "à": "0", ")": "-",
    "a": "q", "q": "a", "z": "w", "w": "z", "A": "Q", "Q": "A", "Z": "W", "W": "Z", ",": "m",
    "?": "M",
]

/// What is printed on a voucher: 12 digits, the last a Luhn check digit.
/// Whoever holds one knows that the scan was well formed; nothing checks it again.
public struct VoucherCode: Hashable, Sendable {
    public let digits: String

    public init(scanned text: String) throws(Refusal) {
        let digits = Scan.cleaned(text).filter { $0 != "-" }
        guard digits.count == 12, hasLuhnDigit(digits) else {
            throw Refusal(.voucherUnreadable)
        }
        self.digits = digits
    }

    /// A new code from 11 random digits.
    public init(random digits: [UInt8]) {
        self.digits = withLuhnDigit(digits.prefix(11).map { $0 % 10 })
    }

    /// `1234 5678 9012`, as it is printed and read aloud.
    public var printed: String { grouped(digits, by: 4) }
}

/// What is printed on an attestation: 13 digits, the last a Luhn check digit, so that it is never taken for a voucher.
public struct CompletionCode: Hashable, Sendable {
    public let digits: String

    public init?(_ text: String) {
        let digits = text.filter { $0 != "-" && !$0.isWhitespace }
        guard digits.count == 13, hasLuhnDigit(digits) else { return nil }
        self.digits = digits
    }

    /// A new code from 12 random digits.
    public init(random digits: [UInt8]) {
        self.digits = withLuhnDigit(digits.prefix(12).map { $0 % 10 })
    }

    public var printed: String { grouped(digits, by: 4) }
}

/// The reference of a person that may be read aloud and printed: `P-72D3BX`. It says nothing of who it is.
public struct PersonCode: Hashable, Sendable {
    public let text: String

    /// No letter that a keyboard or an eye confuses: neither A, Q, W, Z, M, nor vowels, nor 0 and 1.
    public static let alphabet = Array("23456789BCDFGHJKLNPRSTVX")

    public init?(_ typed: String) {
        let text = typed.uppercased()
        guard text.hasPrefix("P-"), text.count == 8,
            text.dropFirst(2).allSatisfy({ PersonCode.alphabet.contains($0) })
        else { return nil }
        self.text = text
    }

    /// Throws `personUnknown`: nobody has such a code.
    public init(typed text: String) throws(Refusal) {
        guard let code = PersonCode(text) else { throw Refusal(.personUnknown) }
        self = code
    }

    /// A new code from 6 random bytes.
    public init(random bytes: [UInt8]) {
        let letters = bytes.prefix(6).map {
            PersonCode.alphabet[Int($0) % PersonCode.alphabet.count]
        }
        self.text = "P-" + String(letters)
    }
}

/// What is printed on a receipt: till, kind (`V` sale, `G` gift, `R` refund) and number.
public struct ReceiptCode: Hashable, Sendable {
    public let till: String
    public let kind: Kind
    public let number: Int64

    public enum Kind: String, Sendable {
        case sale = "V"
        case gift = "G"
        case refund = "R"
    }

    public init(till: String, kind: Kind, number: Int64) {
        self.till = till
        self.kind = kind
        self.number = number
    }

    public init?(_ typed: String) {
        let parts = typed.uppercased().split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, (3...5).contains(parts[0].utf8.count),
            parts[0].utf8.prefix(2).allSatisfy({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }),
            parts[0].utf8.dropFirst(2).allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let kind = Kind(rawValue: String(parts[1])), (1...12).contains(parts[2].count),
            parts[2].allSatisfy({ ("0"..."9").contains($0) }), let number = Int64(parts[2]),
            number > 0
        else { return nil }
        self.init(till: String(parts[0]), kind: kind, number: number)
    }

    public var text: String {
        let digits = String(number)
        return "\(till)-\(kind.rawValue)-"
            + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}

private func hasLuhnDigit(_ text: String) -> Bool {
    let digits = text.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
    return digits.count == text.count && luhnSum(digits.reversed()) % 10 == 0
}

private func withLuhnDigit(_ digits: [UInt8]) -> String {
    let numbers = digits.map(Int.init)
    let check = (10 - luhnSum([0] + numbers.reversed()) % 10) % 10
    return (numbers + [check]).map(String.init).joined()
}

/// The Luhn sum, from the last digit backwards.
func luhnSum(_ reversed: some Sequence<Int>) -> Int {
    reversed.enumerated().reduce(0) { sum, digit in
        let doubled = digit.offset % 2 == 1 ? digit.element * 2 : digit.element
        return sum + (doubled > 9 ? doubled - 9 : doubled)
    }
}

private func grouped(_ digits: String, by size: Int) -> String {
    stride(from: 0, to: digits.count, by: size).map { start in
        let from = digits.index(digits.startIndex, offsetBy: start)
        let to = digits.index(from, offsetBy: size, limitedBy: digits.endIndex) ?? digits.endIndex
        return String(digits[from..<to])
    }.joined(separator: " ")
}
