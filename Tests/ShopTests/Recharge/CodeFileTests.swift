import Shop
import Testing

@Suite("An operator’s file of codes")
struct CodeFileTests {
    private func format(
        heading: Int = 1,
        length: Int = 14,
        code: String = "PIN",
        serial: String = "Serial",
        value: String = "Value",
        expiry: String = "Expiry",
        units: String = "",
        total: String = ""
    ) throws -> CodeFormat {
        try CodeFormat(
            code: ShortCode(typed: "sfr"),
            name: ShortText(typed: "SFR", field: .name),
            headingLines: heading,
            codeLength: length,
            codeColumn: code,
            serialColumn: serial,
            valueColumn: value,
            expiryColumn: expiry,
            checkUnitsColumn: units,
            checkValueColumn: total
        )
    }

    private func file(_ text: String, _ format: CodeFormat) throws -> CodeFile {
        let read = try #require(DelimitedText(Array(text.utf8), between: format.delimiter))
        return try CodeFile(read.records, format)
    }

    private func refusal(_ text: String, _ format: CodeFormat) throws -> Refusal? {
        do {
            _ = try file(text, format)
            return nil
        } catch let refusal as Refusal { return refusal }
    }

    @Test("a file is read by the names of its columns, wherever they stand")
    func named() throws {
        let read = try file(
            "Serial;Expiry;PIN;Value\nS001;31/12/2027;0123 4567-8901 23;5,00\nS002;2027-11-30;98765432109876;5\n",
            format()
        )
        #expect(read.lines.map(\.line) == [2, 3])
        #expect(read.lines.map(\.code.shown) == ["0123 4567 8901 23", "9876 5432 1098 76"])
        #expect(read.lines.map(\.serial) == ["S001", "S002"])
        #expect(read.lines.map(\.value) == [try Cents(500), try Cents(500)])
        #expect(read.lines.map { $0.expiresOn?.iso } == ["2027-12-31", "2027-11-30"])
    }

    @Test("or by their numbers, where no line names them")
    func numbered() throws {
        let read = try file(
            "AB12CD34EF56GH;x\nAB12CD34EF56GJ;y\n",
            format(heading: 0, code: "1", serial: "", value: "", expiry: "")
        )
        #expect(read.lines.map(\.code.tail) == ["56GH", "56GJ"])
    }

    @Test("the check line holds no code, and must hold what the file holds")
    func checkLine() throws {
        let checked = try format(units: "Serial", total: "Value")
        let body = "Serial;Expiry;PIN;Value\nS001;31/12/2027;01234567890123;5,00\n"
        #expect(try file(body + "1;;TOTAL;5,00\n", checked).lines.count == 1)
        for line in [
            "2;;TOTAL;5,00", "1;;TOTAL;5,01", "1;;TOTAL;", ";;TOTAL;5,00",
            "S002;31/12/2027;01234567890124;5,00",
        ] {
            #expect(
                try refusal(body + line + "\n", checked)?.reason == .rechargeCheckLine,
                "\(line)"
            )
        }
        #expect(
            try refusal("Serial;Expiry;PIN;Value\n1;;TOTAL;5,00\n", checked)?.reason
                == .rechargeFileEmpty
        )
    }

    @Test(
        "one line that is not as declared, and nothing of the file is read; each is named",
        arguments: [
            "S002;31/12/2027;1234567890123;5,00",  // a leading zero was dropped
            "S002;31/12/2027;012345678901é3;5,00",
            "S002;31/02/2027;01234567890124;5,00",
            "S002;31/12/2027;01234567890124;cinq",
            "S002;31/12/2027;01234567890124",
            "S002;;01234567890124;5,00",
            ";31/12/2027;01234567890124;5,00",
            "S 2;31/12/2027;01234567890124;5,00",
            "S01234567890124;31/12/2027;01234567890124;5,00",  // the serial tells the code
            "567890124;31/12/2027;01234567890124;5,00",
            "S002;31/12/2027;1234567890.1234;5,00",
            "S002;31/12/2027;-01234567890124;5,00",
            "\"S002;31/12/2027;01234567890124;5,00",
        ]
    )
    func unreadable(line: String) throws {
        let refused = try #require(
            try refusal(
                "Serial;Expiry;PIN;Value\nS001;31/12/2027;01234567890123;5,00\n\(line)\n",
                format()
            )
        )
        #expect(refused.reason == .rechargeLinesUnreadable)
        #expect(refused.told(in: .french).why.contains("Lignes\u{A0}: 3."))
    }

    @Test(
        "the same code or serial twice is refused with the lines, and a column that is not there by its name"
    )
    func repeated() throws {
        let head = "Serial;Expiry;PIN;Value\nS001;31/12/2027;01234567890123;5,00\n"
        for line in ["S002;31/12/2027;01234567890123;5,00", "S001;31/12/2027;01234567890124;5,00"] {
            let refused = try refusal(head + line + "\n", format())
            #expect(refused?.reason == .rechargeLinesTwice)
            #expect(refused?.told(in: .english).why == "Lines: 3.")
        }
        let twice = try refusal(head, format(serial: "3"))
        #expect(
            twice?.reason == .rechargeColumnUnknown,
            "what stands beside a code is kept in clear"
        )
        let named = try refusal(head, format(serial: "ICCID"))
        #expect(named?.reason == .rechargeColumnUnknown)
        #expect(named?.told(in: .french).what.contains("ICCID") == true)
    }

    @Test("the slip says how many, what they are worth, and which file")
    func slip() throws {
        let read = try file(
            "Serial;Expiry;PIN;Value\nS001;31/12/2027;01234567890123;5,00\nS002;31/12/2027;01234567890124;5,00\n",
            format()
        )
        func check(_ units: Int, _ cents: Int64, _ fingerprint: String = "") -> Reason? {
            do {
                let slip = try DeliverySlip(
                    number: ShortText(typed: "BL-1", field: .deliverySlip),
                    units: units,
                    value: Cents(cents),
                    fingerprint: fingerprint
                )
                try slip.check(read, hash: "abcdef0123456789")
                return nil
            } catch { return error.reason }
        }
        #expect(check(2, 1_000) == nil)
        #expect(check(2, 1_000, "ABCD EF01") == nil)
        // Where no line says what it is worth, the check line's total is the slip's.
        let totalled = try file(
            "PIN;Total\n01234567890123;\n01234567890124;\nTOTAL;10,00\n",
            format(serial: "", value: "", expiry: "", total: "Total")
        )
        for (cents, refusal) in [(1_000, nil), (2_000, Reason.rechargeSlipDiffers)] {
            let slip = try DeliverySlip(
                number: ShortText(typed: "BL-1", field: .deliverySlip),
                units: 2,
                value: Cents(Int64(cents))
            )
            var told: Reason?
            do throws(Refusal) { try slip.check(totalled, hash: "") } catch { told = error.reason }
            #expect(told == refusal)
        }
        #expect(check(3, 1_500) == .rechargeSlipDiffers)
        #expect(check(2, 2_000) == .rechargeSlipDiffers)
        #expect(check(2, 1_000, "abcdef02") == .rechargeSlipDiffers)
        #expect(check(2, 1_000, "abcdef0") == .rechargeFingerprint)
        #expect(check(2, 1_000, "ghijklmn") == .rechargeFingerprint)
        #expect(check(3, 1_000) == .rechargeSlipUneven)
        #expect(check(0, 1_000) == .quantityOutOfRange)
        #expect(check(2, 0) == .rechargeSlipUneven)
    }

    @Test("a code tells itself to nobody who describes, dumps or interpolates it")
    func secret() throws {
        let code = try #require(CodeText(typed: "0123 4567 8901 23", length: 14))
        var dumped = ""
        dump(code, to: &dumped)
        for text in [
            "\(code)", String(reflecting: code), String(describing: Optional(code)), dumped,
            "\([code])",
        ] {
            #expect(!text.contains("01234567890123") && !text.contains("0123 4567"))
        }
        #expect("\(code)" == "…0123")
    }

    @Test(
        "shown once, where it was sold; again or elsewhere by who answers for the shop and says why"
    )
    func showing() throws {
        let (here, there): (ID<Till>, ID<Till>) = (
            try #require(ID("01900000-0000-7000-8000-000000000001")),
            try #require(ID("01900000-0000-7000-8000-000000000002"))
        )
        let before = CodeShowing.Last(at: Instant(microseconds: 0), operatorCode: "AM")
        func ask(_ at: ID<Till>?, _ last: CodeShowing.Last?, warden: Bool, motived: Bool) -> Reason?
        {
            do {
                try CodeShowing(soldAt: here, soldAtCode: "LI1", here: at, last: last)
                    .check(isWarden: warden, isMotived: motived)
                return nil
            } catch { return error.reason }
        }
        #expect(ask(here, nil, warden: false, motived: false) == nil)
        #expect(ask(there, nil, warden: false, motived: true) == .rechargeShownElsewhere)
        #expect(ask(nil, nil, warden: false, motived: false) == .rechargeShownElsewhere)
        #expect(ask(here, before, warden: false, motived: true) == .rechargeShownBefore)
        #expect(ask(here, before, warden: true, motived: false) == .rechargeShownBefore)
        #expect(ask(there, before, warden: true, motived: true) == nil)
        #expect(ask(nil, nil, warden: true, motived: true) == nil)
    }
}
