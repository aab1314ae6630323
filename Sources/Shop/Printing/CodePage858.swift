private import Foundation

/// Text as a receipt printer takes it: a byte a character, from code page 858, which holds French and the euro.
///
/// Whatever was typed comes out as bytes that print, and no control character does: a product whose name holds ESC bytes
/// must not drive the printer.
enum CodePage858 {
    /// Its number for ESC t. Source: Epson, ESC/POS Command Reference, ESC t.
    static let number: UInt8 = 19

    /// Every kind of space and break is a space here. A letter that is not in the page loses its accents (`ő` is `o`),
    /// signs are spelt by those there are (`œ` is `oe`, `…` three points), what cannot be seen leaves nothing, and the rest,
    /// a control character too, is one `?` for each sign.
    static func bytes(_ text: some StringProtocol) -> [UInt8] {
        var bytes: [UInt8] = []
        for character in text.precomposedStringWithCanonicalMapping {
            bytes += spelled(character) ?? [UInt8(ascii: "?")]
        }
        return bytes
    }

    /// Nil when the page has nothing for one of its scalars.
    private static func spelled(_ character: Character) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in character.unicodeScalars {
            if let found = direct(scalar) {
                bytes += found
                continue
            }
            let parts = String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars
            for part in parts {
                guard let found = direct(part) else { return nil }
                bytes += found
            }
        }
        return bytes
    }

    private static func direct(_ scalar: Unicode.Scalar) -> [UInt8]? {
        if " "..."~" ~= scalar { return [UInt8(scalar.value)] }
        if let byte = upper[scalar] { return [byte] }
        if let text = spellings[scalar] { return Array(text.utf8) }
        if scalar.properties.isWhitespace { return [UInt8(ascii: " ")] }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return []
        default: return nil
        }
    }

    /// The upper half, from 0x80 on. Its soft hyphen (0xF0) and its no-break space (0xFF) are never sent. Source: IBM code
    /// page 858, that is 850 with the euro at 0xD5.
    private static let upper: [Unicode.Scalar: UInt8] = {
        let page =
            "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
            + "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}"
        var bytes: [Unicode.Scalar: UInt8] = [:]
        for (place, scalar) in page.unicodeScalars.enumerated()
        where scalar != "\u{AD}" && scalar != "\u{A0}" {
            bytes[scalar] = 0x80 + UInt8(place)
        }
        return bytes
    }()

    /// In ASCII, for what Unicode does not take apart itself.
    private static let spellings: [Unicode.Scalar: String] = [
        "œ": "oe", "Œ": "OE", "ẞ": "SS", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H",
        "ı": "i", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T",
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'",
        "“": "\"", "”": "\"", "„": "\"", "″": "\"", "‹": "<", "›": ">",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "…": "...", "•": "-", "⁄": "/", "→": "->", "←": "<-", "≤": "<=", "≥": ">=",
    ]
}
