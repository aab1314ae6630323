/// The shop's own number for a device, printed on its label: `LIPC26-0008` is the eighth computer that
/// Lille took in during 2026.
public struct DeviceLabel: Hashable, Sendable, CustomStringConvertible {
    /// Raw values are printed: never rename or reuse one.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case computer = "PC"
        case tablet = "TA"
        case smartphone = "SM"
        case phone = "TE"
        case screen = "EC"
    }

    /// Two capital letters.
    public let shopCode: String
    public let kind: Kind
    /// The last two digits of the year.
    public let year: Int
    /// 1 to 99999; "0" and "00000" were never given.
    public let number: Int
    /// As printed: 4 or 5 digits, so `LIPC26-00123` stays what it is on an old label.
    public let description: String

    /// Nil when a part is out of its bounds.
    public init?(shopCode: String, kind: Kind, year: Int, number: Int) {
        guard shopCode.utf8.count == 2,
            shopCode.utf8.allSatisfy({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }),
            0...99 ~= year, 1...99_999 ~= number
        else { return nil }
        let digits = String(number)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        self.shopCode = shopCode
        self.kind = kind
        self.year = year
        self.number = number
        description =
            "\(shopCode)\(kind.rawValue)\(year < 10 ? "0" : "")\(year)-\(padding)\(digits)"
    }

    /// What a scanner or a person typed: the label alone or in an address, in any case, and through a
    /// scanner set up for another keyboard. Nil when there is no label in it.
    public init?(scanned text: String) {
        let text = text.trimmed
        if let label = Self.found(in: text) ?? Self.found(in: repairingKeyboardLayout(text)) {
            self = label
        } else {
            return nil
        }
    }

    /// The label after this one; nil after 99999.
    public var next: DeviceLabel? {
        DeviceLabel(shopCode: shopCode, kind: kind, year: year, number: number + 1)
    }

    /// As it is printed, and nothing else.
    init?(printed text: String) {
        let bytes = Array(text.utf8)
        guard 11...12 ~= bytes.count, bytes[6] == UInt8(ascii: "-"),
            let kind = Kind(rawValue: String(text.dropFirst(2).prefix(2))),
            bytes[4...5].allSatisfy(Self.isDigit), bytes[7...].allSatisfy(Self.isDigit),
            let year = Int(text.dropFirst(4).prefix(2)), let number = Int(text.dropFirst(7)),
            let label = DeviceLabel(
                shopCode: String(text.prefix(2)),
                kind: kind,
                year: year,
                number: number
            )
        else { return nil }
        self.shopCode = label.shopCode
        self.kind = kind
        self.year = year
        self.number = number
        description = text
    }

    /// The last piece of an address or a query that is a label.
    private static func found(in text: String) -> DeviceLabel? {
        text.uppercased()
            .split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")) }
            .reversed()
            .lazy.compactMap { DeviceLabel(printed: String($0)) }
            .first
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}

extension DeviceLabel {
    /// A label that a form, an address or a command names. Throws `scanUnreadable`.
    public static func typed(_ text: String) throws(Refusal) -> DeviceLabel {
        guard let label = DeviceLabel(scanned: text) else {
            throw Refusal(.scanUnreadable, ["text": .text(String(text.prefix(40)))])
        }
        return label
    }
}
