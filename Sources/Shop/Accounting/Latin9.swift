private import Foundation

/// ISO 8859-15, the character set that art. A47 A-1 LPF names beside ASCII.
enum Latin9 {
    /// The text with what the set cannot hold written as closely as it can: `’` as `'`, `ő` as `o`, `½` as `1/2`, an emoji as
    /// `?`. Every kind of space, tab or line end is one space; marks and signs that cannot be seen are left out; nothing
    /// begins or ends with a space.
    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) {
            bytes = Array(text.utf8)
        } else {
            for character in text.precomposedStringWithCanonicalMapping {
                append(character, to: &bytes)
            }
        }
        guard let first = bytes.firstIndex(where: { $0 != space }),
            let last = bytes.lastIndex(where: { $0 != space })
        else { return [] }
        return Array(bytes[first...last])
    }

    /// Any bytes read as the set; 0x80 to 0x9F are control characters in it.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(replaced[byte] ?? Unicode.Scalar(byte)) }
        return String(scalars)
    }

    private static func append(_ character: Character, to bytes: inout [UInt8]) {
        guard !character.isWhitespace else {
            bytes.append(space)
            return
        }
        let before = bytes.count
        var isSeen = false
        for scalar in character.unicodeScalars where !isUnseen(scalar) {
            isSeen = true
            if append(scalar, to: &bytes) { continue }
            // What looks the same to a reader: `ﬁ` as `fi`, `½` as `1⁄2`, a letter and its marks apart.
            for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
                _ =
                    part.properties.isWhitespace
                    ? append(" ", to: &bytes) : append(part, to: &bytes)
            }
        }
        if isSeen, bytes.count == before { bytes.append(UInt8(ascii: "?")) }
    }

    /// False where neither the set nor the table of substitutes has it.
    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) -> Bool {
        if let substitute = substitutes[scalar] {
            bytes += substitute.utf8
            return true
        }
        switch scalar.value {
        case 0x20...0x7E:
            bytes.append(UInt8(scalar.value))
        case 0xA1...0xFF where replaced[UInt8(scalar.value)] == nil:
            bytes.append(UInt8(scalar.value))
        default:
            guard let byte = added[scalar] else { return false }
            bytes.append(byte)
        }
        return true
    }

    /// Controls, direction marks, joiners, soft hyphens, and the marks that a letter wears.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    private static let space = UInt8(ascii: " ")

    /// Where the set differs from Latin-1.
    private static let replaced: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]

    private static let added = Dictionary(uniqueKeysWithValues: replaced.map { ($1, $0) })

    /// What decomposing does not give.
    private static let substitutes: [Unicode.Scalar: String] = [
        "’": "'", "‘": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "´": "'", "‹": "'", "›": "'",
        "“": "\"", "”": "\"", "„": "\"", "‟": "\"", "″": "\"", "¨": "\"",
        "\u{2010}": "-", "\u{2011}": "-", "\u{2012}": "-", "\u{2013}": "-", "\u{2014}": "-",
        "\u{2015}": "-", "\u{2212}": "-", "\u{2043}": "-",
        "•": "-", "⁄": "/", "¦": "|", "¸": ",",
        "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "ẞ": "SS",
    ]
}
