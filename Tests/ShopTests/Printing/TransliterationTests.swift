import Foundation
import Shop
import Testing

@Suite("Text on thermal paper")
struct TransliterationTests {
    @Test(
        "is French as it is written, and the euro",
        arguments: [
            ("éèàçêîôûùëïüâÿ", "828a8587888c93969789" + "8b818398"),
            ("ÉÈÀÇÊÎÔÛÙËÏÜÂ", "90d4b780d2d7e2eaebd3d89ab6"),
            ("12,50\u{A0}€", "31322c353020d5"),
            ("«\u{A0}été\u{A0}»", "ae208274 8220af"),
            ("n°\u{A0}3 à 2×5 µ²", "6ef82033 2085 20 329e35 20 e6fd"),
        ]
    )
    func french(text: String, hex: String) throws {
        #expect(bytes(of: text) == hex.filter { $0 != " " })
        // The same from letters and accents apart.
        #expect(bytes(of: text.decomposedStringWithCanonicalMapping) == hex.filter { $0 != " " })
    }

    @Test(
        "is spelt by what the page has",
        arguments: [
            ("cœur Œuvre", "coeur OEuvre"), ("l’été ‘là’ ʼ ′", "l'été 'là' ' '"),
            ("“a” „b” ‹c›", "\"a\" \"b\" <c>"), ("a–b—c‑d‐e", "a-b-c-d-e"), ("−5,00 €", "-5,00 €"),
            ("suite…", "suite..."), ("1\u{202F}234,50\u{A0}€", "1 234,50 €"),
            ("\u{FB01}che ™ № ⅓", "fiche TM No 1/3"), ("ＡＢＣ", "ABC"), ("→ ≤ ≥ •", "-> <= >= -"),
            // Letters whose accents the page lacks, and letters that no accent makes.
            ("Nguyễn Đức", "Nguyen Duc"), ("Škoda Černý", "Skoda Cerný"),
            ("Łódź Kościuszko", "Lódz Kosciuszko"),
            ("Őrség", "Orség"), ("İstanbul ılık", "Istanbul ilik"), ("Ÿ ẞ", "Y SS"), ("Ǖ", "U"),
            // The page has these.
            ("Åsa Øst Æ ß ñ Þ ð", "Åsa Øst Æ ß ñ Þ ð"), ("½ ¼ ¾ ¹ ² ³", "½ ¼ ¾ ¹ ² ³"),
            // Nothing of these can be seen.
            ("a\u{AD}b\u{200B}c\u{FEFF}d\u{202E}e\u{2066}f", "abcdef"), ("e\u{300}\u{323}", "e"),
            ("a" + String(repeating: "\u{301}", count: 500), "á"), ("\u{301}x", "x"),
            // One sign for each that is read as one.
            ("سلام", "????"), ("山田", "??"), ("한국", "??"), ("👩🏽‍💻", "?"), ("🇫🇷 ☎\u{FE0F}", "? ?"),
            ("Σ", "?"), ("Привет", "??????"), ("\u{FDFA}", "?"), ("\u{E000}", "?"),
            ("1\u{FE0F}\u{20E3}", "1"),
        ]
    )
    func spelt(text: String, printed: String) throws {
        var slip = ThermalSlip(on: .roll)
        slip.write(text)
        #expect(try PrintedSlip(slip).texts == [printed])
    }

    @Test("has each character of its page under the page's own byte")
    func wholePage() {
        for (place, character) in Page858.upper.enumerated()
        where character != "\u{AD}" && character != "\u{A0}" {
            #expect(bytes(of: String(character)) == hex([0x80 + UInt8(place)]), "\(character)")
        }
        for byte: UInt8 in 0x21...0x7E {
            #expect(bytes(of: String(UnicodeScalar(byte))) == hex([byte]))
        }
    }

    @Test("drives no printer, whatever stands in it")
    func everyScalar() throws {
        var slip = ThermalSlip(on: .roll)
        let scalars =
            Array(0...0x2FFF as ClosedRange<UInt32>)
            + stride(from: 0x3000, through: 0x10FFFF, by: 37)
        for value in scalars {
            guard let scalar = UnicodeScalar(value) else { continue }
            slip.write("a\(Character(scalar))b")
            slip.writeRow("a\(Character(scalar))", "\(Character(scalar))1")
        }
        let printed = try PrintedSlip(slip)
        #expect(printed.parts.count == printed.lines.count)
        #expect(printed.lines.allSatisfy { $0.look.isEmpty && $0.alignment == .left })
    }

    @Test(
        "is text where it looks like a command",
        arguments: [
            ("Souris\u{1B}p\u{0}\u{19}\u{FA}", "Souris?p??ú"), ("\u{1D}V\u{42}\u{0}", "?VB?"),
            ("\u{1B}@", "?@"), ("\u{10}\u{14}\u{1}\u{0}\u{1}", "?????"),
            ("a\nb\r\nc\td", "a b c d"),
            ("a\u{B}b\u{C}c\u{85}d\u{2028}e", "a b c d e"), ("\u{7F}\u{9B}", "??"),
            ("a\u{0}", "a?"),
        ]
    )
    func injection(text: String, printed: String) throws {
        var slip = ThermalSlip(on: .roll)
        slip.write(text, .bold, .centred)
        slip.writeRow(text, "1")
        slip.writeRow("x", text)
        let read = try PrintedSlip(slip)
        #expect(
            read.parts == [
                .line(.init(text: printed, look: .bold, alignment: .centred)),
                .line(.init(text: printed + spaces(47 - printed.count) + "1")),
                .line(.init(text: "x" + spaces(47 - printed.count) + printed)),
            ]
        )
    }

    /// What is sent for the text, in hexadecimal.
    private func bytes(of text: String) -> String {
        var slip = ThermalSlip(on: .roll)
        let opening = slip.bytes.count
        slip.write(text)
        return hex(slip.bytes.dropFirst(opening).dropLast())
    }
}
