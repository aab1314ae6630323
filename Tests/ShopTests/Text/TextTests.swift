import Shop
import Testing

@Suite("What someone types")
struct TextTests {
    @Test(
        "is kept as it is written",
        arguments: [
            "Nguyễn", "D’Arc", "O'Neill", "Le Goff-Martin", "'; drop table persons; --",
            "<script>alert(1)</script>",
            "מרים", "فاطمة الزهراء", "นภาพร", "Ζωή", "山田", "می‌خواهم", "क्‍ष", "Ï", "B̈éa", "X",
        ]
    )
    func keepsNames(name: String) throws {
        #expect(try PersonName(typed: name, field: .familyName).text == name)
    }

    @Test(
        "is trimmed, composed, and single-spaced",
        arguments: [
            ("  Amina \n", "Amina"), ("Ame\u{301}lie", "Am\u{E9}lie"), ("Le   Goff", "Le Goff"),
            ("Le\u{A0}Goff", "Le Goff"), ("\tMarie\u{202F}\u{202F}Anne", "Marie Anne"),
        ]
    )
    func tidies(typed: String, kept: String) throws {
        let name = try PersonName(typed: typed, field: .givenName)
        #expect(Array(name.text.unicodeScalars) == Array(kept.unicodeScalars))
    }

    @Test(
        "is refused where it would mislead, overflow or say nothing",
        arguments: [
            ("", .fieldMissing), ("   ", .fieldMissing), ("—", .fieldMissing),
            ("\u{200D}", .fieldMissing),
            ("A\u{0}B", .textForbidden), ("A\nB", .textForbidden), ("A\u{1B}[2J", .textForbidden),
            ("ab\u{202E}cd", .textForbidden), ("\u{2066}a\u{2069}", .textForbidden),
            ("a\u{200B}b", .textForbidden), ("a\u{FEFF}b", .textForbidden),
            ("a\u{2028}b", .textForbidden),
            ("a\u{E000}b", .textForbidden),
            (String(repeating: "a", count: 201), .fieldTooLong),
            (String(repeating: "é", count: 10_000), .fieldTooLong),
            ("a" + String(repeating: "\u{301}", count: 5_000), .fieldTooLong),
            ("Amina 1 85 05 78 006 084 91", .nirForbidden),
        ] as [(String, Reason)]
    )
    func refuses(typed: String, reason: Reason) {
        #expect(refusal { _ = try PersonName(typed: typed, field: .familyName) }?.reason == reason)
    }

    @Test("of two hundred characters is the longest, and a field is named in both languages")
    func limit() throws {
        let longest = String(repeating: "é", count: 200)
        #expect(try PersonName(typed: longest, field: .familyName).text == longest)
        let told = refusal { _ = try ShortText(typed: longest + "x", field: .motive) }
        #expect(told?.told(in: .french).what == "«\u{A0}Motif\u{A0}» est trop long.")
        #expect(told?.told(in: .english).what == "“Motive” is too long.")
    }

    @Test(
        "holds no social-security number, however it is spaced (B8)",
        arguments: [
            ("185057800608491", true), ("1 85 05 78 006 084 91", true),
            ("2-55-08-14-168-025-38", true),
            ("n° 2.54.05.2A.004.123.70, merci", true), ("1 54 12 2b 033 007 87", true),
            ("7850578006084 82", true), ("١85057800608491", true),
            ("1850578006084 92", false),  // a wrong key
            ("1850578006084", false),  // no key
            ("9185057800608491", false), ("1850578006084910", false),  // part of a longer number
            ("185137800608457", false),  // no month 13
            ("06 39 98 12 34", false), ("4556 7375 8689 9855", false), ("", false),
        ]
    )
    func findsNIR(text: String, held: Bool) {
        let reason = refusal { _ = try ShortText.optional(typed: text, field: .motive) }?.reason
        #expect(reason == (held ? .nirForbidden : nil))
    }
}

@Suite("Numbers and addresses that people copy")
struct NumberTests {
    // Compared with libphonenumber, region by region.
    @Test(
        "a telephone number is kept in its international form",
        arguments: [
            ("06 12 34 56 78", "+33612345678"), ("0612345678", "+33612345678"),
            ("06.12.34.56.78", "+33612345678"), ("+33 6 12 34 56 78", "+33612345678"),
            ("+33 (0)6 12 34 56 78", "+33612345678"), ("0033612345678", "+33612345678"),
            ("\u{202A}+33\u{A0}6 12 34 56 78\u{202C}", "+33612345678"),
            ("٠٦١٢٣٤٥٦٧٨", "+33612345678"),
            ("0692 12 34 56", "+262692123456"), ("+262 692 12 34 56", "+262692123456"),
            ("0262 90 12 34", "+262262901234"), ("0639 01 23 45", "+262639012345"),
            ("06 39 98 12 34", "+33639981234"), ("0690 00 12 34", "+590690001234"),
            ("0694 20 12 34", "+594694201234"), ("0696 20 12 34", "+596696201234"),
            ("+32 470 12 34 56", "+32470123456"), ("00 213 551 23 45 67", "+213551234567"),
        ]
    )
    func phones(typed: String, e164: String) throws {
        #expect(try Phone(typed: typed).e164 == e164)
    }

    @Test(
        "what is no telephone number is refused",
        arguments: [
            "06 12 34 56", "612345678", "06 12 34 56 78 9", "+33 6 12 34 56", "+33 06 12", "+",
            "1234567890",
            "06 12 34 56 7a", "+1234567890123456", "06+12345678",
            String(repeating: "0", count: 10_000),
        ]
    )
    func noPhones(typed: String) {
        #expect(refusal { _ = try Phone(typed: typed) }?.reason == .phoneUnreadable)
    }

    @Test("a telephone number is read aloud in pairs, and elsewhere in its international form")
    func printedPhones() throws {
        #expect(
            try Phone(typed: "0612345678").printed == "06\u{A0}12\u{A0}34\u{A0}56\u{A0}78"
        )
        #expect(try Phone(typed: "+32 470 12 34 56").printed == "+32470123456")
        #expect(try Phone.optional(typed: " ") == nil)
    }

    @Test(
        "a SIRET ends in its check digit, save at La Poste",
        arguments: [
            ("732 829 320 00074", true), ("73282932000074", true), ("356 000 000 49837", true),
            ("35600000000048", true), ("73282932000075", false), ("35600000000049", false),
            ("00000000000000", false), ("7328293200007", false), ("732829320000744", false),
            ("7328293200007a", false),
        ]
    )
    func sirets(typed: String, valid: Bool) {
        #expect((refusal { _ = try Siret(typed: typed) } == nil) == valid)
    }

    @Test(
        "a postal code has five digits",
        arguments: [
            ("59000", true), ("59 000", true), ("20000", true), ("97400", true), ("98000", true),
            ("5900", false), ("590000", false), ("5900A", false), ("00000", false),
            ("99000", false),
        ]
    )
    func postalCodes(typed: String, valid: Bool) {
        #expect((refusal { _ = try PostalCode(typed: typed) } == nil) == valid)
    }

    @Test(
        "an email address has one @ and a domain",
        arguments: [
            ("contact@itineraires.example", true), ("  a.b+c@d.example ", true),
            ("été@café.example", true),
            ("a@b", false), ("a b@c.example", false), ("a@b@c.example", false),
            ("@c.example", false),
            ("a@c..example", false), ("a@c.example\u{0}", false),
            (String(repeating: "a", count: 260) + "@c.example", false),
        ]
    )
    func emails(typed: String, valid: Bool) {
        #expect((refusal { _ = try EmailAddress(typed: typed) } == nil) == valid)
    }

    @Test(
        "a year of birth lies between 1900 and this year",
        arguments: [
            ("1900", true), ("2026", true), ("1985", true), ("1899", false), ("2027", false),
            ("85", false),
            ("19850", false), ("abcd", false), ("-200", false),
        ]
    )
    func birthYears(typed: String, valid: Bool) throws {
        let today = try Day(typed: "2026-11-22")
        #expect((refusal { _ = try BirthYear(typed: typed, today: today) } == nil) == valid)
    }
}

/// What `body` was refused for; nil when it was not.
func refusal(_ body: () throws -> Void) -> Refusal? {
    do {
        try body()
        return nil
    } catch {
        return error as? Refusal
    }
}
