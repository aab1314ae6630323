/// A telephone number in its international form (E.164): `+33612345678`.
public struct Phone: KeptText {
    public let e164: String
    public var text: String { e164 }

    /// Reads `06 12 34 56 78`, `+33 (0)6 12…`, `0033…`, the overseas departments by their own prefixes
    /// (`0692…` is Réunion, `+262`), and any country's number that begins with `+`. Throws `phoneUnreadable`.
    public init(typed text: String, field: FieldName = .phone) throws(Refusal) {
        guard let e164 = Phone.international(text) else {
            throw Refusal(.phoneUnreadable, ["field": .field(field)])
        }
        self.e164 = e164
    }

    /// Nil when nothing was typed.
    public static func optional(typed: String?, field: FieldName = .phone) throws(Refusal) -> Phone?
    {
        guard let typed, typed.contains(where: { !$0.isWhitespace }) else { return nil }
        return try Phone(typed: typed, field: field)
    }

    /// `06 12 34 56 78` with U+00A0; overseas and abroad the international form.
    public var printed: String { Phone.printed(e164) }

    /// The same for a number that was kept as text; nothing for nothing.
    public static func printed(_ e164: String) -> String {
        guard e164.hasPrefix("+33"), e164.count == 12 else { return e164 }
        let national = Array("0" + e164.dropFirst(3))
        return stride(from: 0, to: 10, by: 2)
            .map { String(national[$0...$0 + 1]) }.joined(separator: "\u{A0}")
    }

    private static func international(_ text: String) -> String? {
        guard text.count <= 40 else { return nil }
        var digits = ""
        var isInternational = false
        for character in text.replacing("(0)", with: "") {
            if let digit = character.wholeNumberValue, (0...9).contains(digit) {
                digits += String(digit)
            } else if character == "+", digits.isEmpty, !isInternational {
                isInternational = true
            } else if !isSeparator(character) {
                return nil
            }
        }
        if !isInternational, digits.hasPrefix("00") {
            digits.removeFirst(2)
            isInternational = true
        }
        if isInternational { return abroad(digits) }
        guard digits.count == 10, digits.hasPrefix("0"), !digits.hasPrefix("00") else { return nil }
        let subscriber = digits.dropFirst()
        return "+\(countryCode(of: subscriber))\(subscriber)"
    }

    /// Nine digits after each of the French codes, none of them a leading 0; seven to fifteen digits elsewhere.
    private static func abroad(_ digits: String) -> String? {
        let french = ["33", "262", "590", "594", "596"]
        if let code = french.first(where: { digits.hasPrefix($0) }) {
            var subscriber = digits.dropFirst(code.count)
            if subscriber.count == 10, subscriber.hasPrefix("0") { subscriber.removeFirst() }
            guard subscriber.count == 9, !subscriber.hasPrefix("0") else { return nil }
            return "+\(code)\(subscriber)"
        }
        guard (7...15).contains(digits.count), !digits.hasPrefix("0") else { return nil }
        return "+" + digits
    }

    /// The overseas numbers share the national plan of ten digits, under country codes of their own (ARCEP's plan).
    /// 06 39 98 is not Mayotte's: it is kept for fiction, like the numbers of a demonstration.
    private static func countryCode(of subscriber: Substring) -> String {
        if subscriber.hasPrefix("63998") { return "33" }
        return switch subscriber.prefix(3) {
        case "262", "263", "269", "639", "692", "693": "262"
        case "590", "690", "691": "590"
        case "594", "694": "594"
        case "596", "696", "697": "596"
        default: "33"
        }
    }

    /// A contact copied from a telephone comes with invisible direction marks.
    private static func isSeparator(_ character: Character) -> Bool {
        character.isWhitespace || ".-/()".contains(character)
            || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .format }
    }
}
