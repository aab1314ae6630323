private import Foundation

/// What someone typed on one line, fit to keep and to show: trimmed, in Unicode's composed form (NFC), without a
/// character that hides or turns the text, without a social-security number (B8). Everything else is just text:
/// quotes, `<script>`, right-to-left letters and combining marks stay as written.
public struct ShortText: KeptText {
    public let text: String

    /// Throws `fieldMissing`, `fieldTooLong`, `textForbidden` or `nirForbidden`, in this order.
    public init(typed: String, field: FieldName, most: Int = 200) throws(Refusal) {
        let text = try cleaned(typed, field: field, most: most)
        guard !text.isEmpty else { throw Refusal(.fieldMissing, ["field": .field(field)]) }
        self.text = text
    }

    /// The same where nothing may be typed: an empty string then.
    public static func optional(
        typed: String?,
        field: FieldName,
        most: Int = 200
    ) throws(Refusal) -> String {
        try cleaned(typed ?? "", field: field, most: most)
    }
}

/// A given or family name as its bearer writes it: any script, never capitalised for them. It holds a letter.
public struct PersonName: KeptText {
    public let text: String

    /// The most that a name may have: as many Unicode characters as its column takes.
    public static let most = 200

    /// Throws as `ShortText` does, and `fieldMissing` when there is no letter in it.
    public init(typed: String, field: FieldName) throws(Refusal) {
        let text = try cleaned(typed, field: field, most: PersonName.most)
        guard text.unicodeScalars.contains(where: { $0.properties.isAlphabetic }) else {
            throw Refusal(.fieldMissing, ["field": .field(field)])
        }
        // A search finds “Le Goff” whatever space was typed in it.
        self.text = String(text.map { $0.isWhitespace ? " " : $0 })
    }

    /// Nil when nothing was typed: some people have one name only, and it is their family name here.
    public static func optional(typed: String?, field: FieldName) throws(Refusal) -> PersonName? {
        guard let typed, typed.contains(where: { !$0.isWhitespace }) else { return nil }
        return try PersonName(typed: typed, field: field)
    }
}

private func cleaned(_ typed: String, field: FieldName, most: Int) throws(Refusal) -> String {
    let tooLong = Refusal(.fieldTooLong, ["field": .field(field), "most": .number(Int64(most))])
    // Composing shortens a text to a third at the very most: what is longer is not worth composing.
    guard typed.unicodeScalars.count <= 4 * most + 40 else { throw tooLong }
    let text = trimmed(typed).precomposedStringWithCanonicalMapping
    guard !text.unicodeScalars.contains(where: misleads) else {
        throw Refusal(.textForbidden, ["field": .field(field)])
    }
    let single = singleSpaced(text)
    guard single.unicodeScalars.count <= most else { throw tooLong }
    guard !holdsNIR(single) else { throw Refusal(.nirForbidden, ["field": .field(field)]) }
    return single
}

/// Control characters, line breaks, and format characters: the bidirectional overrides and isolates that make a name
/// read backwards, and all that cannot be seen. The two joiners stay: Persian and Indian names are spelt with them.
private func misleads(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
    case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
    case .unassigned: scalar.properties.isNoncharacterCodePoint
    default: false
    }
}

func trimmed(_ text: String) -> String {
    var part = text[...]
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
}

/// Several spaces in a row become one; a single one stays what it is, so that French typography does.
private func singleSpaced(_ text: String) -> String {
    var single = ""
    var spaces = 0
    for character in text {
        spaces = character.isWhitespace ? spaces + 1 : 0
        switch spaces {
        case 0, 1: single.append(character)
        case 2:
            single.removeLast()
            single.append(" ")
        default: continue
        }
    }
    return single
}
