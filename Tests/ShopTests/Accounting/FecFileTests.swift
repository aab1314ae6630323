import Testing

@testable import Shop

@Suite("The file of entries that is written")
struct FecFileTests {
    @Test("it is named by the SIREN and the closing day")
    func name() throws {
        let siret = try Siret(typed: "732 829 320 00074")
        let name = FecFile.name(siret, closesOn: .yearsEnd)
        #expect(name == "732829320FEC20261231.txt")
        #expect(FecCheck.fault(ofName: name, closesOn: .yearsEnd) == nil)
    }

    @Test("its first line names the 18 fields")
    func header() {
        let names = """
            JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib \
            PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise \
            Idevise
            """
        let line = names.replacing(" ", with: "\t") + "\r\n"
        #expect(FecFile.header == Array(line.utf8))
    }

    @Test("an entry is a line for each of its lines, amounts with a comma and two decimals")
    func lines() throws {
        let entry = try AccountingEntry.sale(
            "VE2026-000001",
            [100_000_005, -100_000_000, -5],
            label: "Reçu\tn° 1",
            auxiliary: .init(code: "C1", label: "CCAS d’Hellemmes"),
            validatedAfter: 7
        )
        let start =
            "VE\tVentes\tVE2026-000001\t20261225\t530\tCaisse\tC1\tCCAS d'Hellemmes\tLI1-V-000001\t20261225\tReçu n° 1\t"
        let end = "\t\t\t20270101\t\t\r\n"
        let text = [
            "1000000,05\t0,00", "0,00\t1000000,00", "0,00\t0,05",
        ].map { start + $0 + end }.joined()
        #expect(FecFile.bytes(of: entry) == Latin1.bytes(text))
    }

    @Test(
        "what ISO 8859-15 cannot hold is written as closely as it can be",
        arguments: [
            ("", ""), ("Vente", "Vente"), ("  Vente  ", "Vente"),
            ("«\u{A0}L’œuvre\u{A0}»\u{202F}: 5\u{202F}€", "« L'\u{BD}uvre » : 5 \u{A4}"),
            ("Œ Ÿ Š š Ž ž", "\u{BC} \u{BE} \u{A6} \u{A8} \u{B4} \u{B8}"),
            ("É è ç ß ø ÿ ² µ", "É è ç ß ø ÿ ² µ"), ("e\u{301}te\u{301}", "été"),
            ("a\tb\r\nc\rd\ne\u{2028}f\u{85}g", "a b c d e f g"), ("a\t\tb", "a  b"),
            ("1–2—3‑4−5", "1-2-3-4-5"), ("“a” „b‟ ‘c’ ‹d›", "\"a\" \"b\" 'c' 'd'"),
            ("Paweł Dvořák Şükrü Ő ı", "Pawel Dvorák Sükrü O i"), ("Straẞe", "StraSSe"),
            ("½ ¼ ¤ ¦ ´ ¨ ¸", "1/2 1/4 ? | ' \" ,"), ("ﬁn… ™ № ① Ⅳ", "fin... TM No 1 IV"),
            ("Ａ４｜", "A4|"), ("😀 👩‍👧 🇫🇷", "? ? ?"), ("1️⃣ q\u{303}", "1 q"),
            ("Ольга مريم 王", "????? ???? ?"), ("a\u{200B}b\u{202E}c\u{AD}d\u{0}e\u{7F}f", "abcdef"),
            ("\u{200B}\u{301}", ""), ("\u{301}a", "a"), ("=1+1|2;3\"", "=1+1|2;3\""),
        ]
    )
    func transliterates(text: String, written: String) {
        #expect(Latin9.bytes(text) == Latin1.bytes(written), "\(Latin9.text(Latin9.bytes(text)))")
    }

    @Test("each byte of ISO 8859-15 that shows reads and writes back as itself")
    func everyByte() {
        for byte in Array(UInt8(0x21)...0x7E) + Array(UInt8(0xA1)...0xFF) where byte != 0xAD {
            let text = Latin9.text([byte])
            #expect(Latin9.bytes(text) == [byte], "\(text)")
        }
    }

    /// An expectation in bytes, spelled as a string of the characters that have these numbers.
    private enum Latin1 {
        static func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }
    }
}
