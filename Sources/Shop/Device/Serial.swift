/// A number that a maker gave to one machine or one disk. What firmware holds when nobody filled it in is
/// not one: half of what comes in says "To be filled by O.E.M.", "0" or "System Serial Number".
public struct Serial: Hashable, Sendable {
    /// As printed on the machine.
    public let text: String

    /// Nil when the text tells nothing: empty, shorter than 4 characters, masked, one character repeated,
    /// a phrase that factories leave, or the model's or the maker's own name.
    public init?(read text: String, beside names: [String?] = []) {
        let text = text.trimmed
        let core = Self.normalised(text)
        guard core.count >= 4, core.contains(where: \.isNumber) || core.count >= 7 else {
            return nil
        }
        guard Set(core).count > 1, !Self.isMasked(text), !Self.isLeftByFactory(core) else {
            return nil
        }
        guard !names.contains(where: { $0.map(Self.normalised) == core }) else { return nil }
        self.text = text
    }

    /// Letters in capitals and digits only, so that "ab-12 3" and "AB123" are one serial.
    public var normalised: String { Self.normalised(text) }

    static func normalised(_ text: String) -> String {
        text.uppercased().filter { $0.isLetter || $0.isNumber }
    }

    /// "5CG****12", "XXXXXXXX", "????": someone hid it.
    private static func isMasked(_ text: String) -> Bool {
        text.contains { $0 == "*" || $0 == "?" } || text.uppercased().contains("XXXX")
    }

    private static func isLeftByFactory(_ core: String) -> Bool {
        phrases.contains(core)
            || countings.contains(core)
            || fragments.contains(where: core.contains)
    }

    /// Whole values, normalised.
    private static let phrases: Set<String> = [
        "NONE", "UNKNOWN", "INVALID", "EMPTY", "DEFAULT", "STANDARD", "OEM", "NOTAVAILABLE",
        "NOTAPPLICABLE",
        "NOTSPECIFIED", "NOTSET", "UNSPECIFIED", "UNDEFINED", "SERIAL", "SERIALNUMBER", "SERNUM",
        "SERNUM0",
        "SERNUM1", "TEST", "SAMPLE", "ENGINEERINGSAMPLE", "BSSSERIAL", "EVAL", "DUMMY", "NOSERIAL",
    ]

    /// Digits in order, with or without what a vendor puts before them.
    private static let countings: Set<String> = {
        let bare = [
            "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890",
            "0123456789",
            "123456789ABC", "0123456789ABC", "123456789ABCDEF", "0123456789ABCDEF", "987654321",
            "9876543210", "1234567890ABCDEF", "ABCDEFGH", "01234567890123456789",
        ]
        return Set(bare + bare.map { "SN" + $0 } + bare.map { "EEEPC" + $0 })
    }()

    /// Any value that holds one of these, normalised.
    private static let fragments = [
        "TOBEFILLED", "FILLEDBYOEM", "SYSTEMSERIAL", "BASEBOARDSERIAL", "CHASSISSERIAL",
        "BOARDSERIAL",
        "DEFAULTSTRING", "SERIALNUMBER", "SYSTEMPRODUCT", "SYSTEMMANUFACTURER", "NOTAPPLICABLE",
        "NOTSPECIFIED", "MODELNUMBER", "PARTNUM",
    ]
}

extension Serial: Codable {
    /// What `encode` wrote: it was a true serial once.
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
