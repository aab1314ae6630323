import Shop
import Testing

@Suite("A line of a file of entries that is checked")
struct FecLineTests {
    /// The faults of a file whose first line, a debit of 12,50, has this in this field.
    private func faults(_ column: FecColumn, _ text: String) -> [FecFault] {
        var sample = FecSample()
        sample.lines[0][column] = text
        return sample.check.faults
    }

    @Test("what is mandatory is filled", arguments: FecColumn.allCases)
    func mandatory(column: FecColumn) {
        let optional: [FecColumn] = [
            .auxiliary, .auxiliaryLabel, .lettering, .letteringDay, .currencyAmount, .currency,
        ]
        for text in ["", "  "] {
            let found = faults(column, text).filter { $0.code == .fieldEmpty }
            #expect(found.map(\.column) == (optional.contains(column) ? [] : [column]))
            #expect(found.allSatisfy { $0.line == 2 && $0.value.isEmpty })
        }
    }

    @Test(
        "an account begins with three digits",
        arguments: [
            ("530", true), ("53000000", true), ("411CCAS", true), (" 530 ", true), ("53", false),
            ("5A0", false), ("C530", false), ("５３０", false),
        ]
    )
    func accounts(text: String, isRight: Bool) {
        #expect(faults(.account, text).map(\.code) == (isRight ? [] : [.accountUnreadable]))
    }

    @Test(
        "an amount has a comma, at most two decimals that count, and nothing between thousands",
        arguments: [
            ("12,50", nil), ("12,5", nil), ("0012,50", nil), ("12,5000", nil), ("+12,50", nil),
            ("12,50+", nil), (" 12,50 ", nil),
            ("12.50", .amountWithPoint), ("12.", .amountWithPoint), ("-12.50", .amountWithPoint),
            ("1 012,50", .amountWithThousands), ("1\u{A0}012,50", .amountWithThousands),
            ("1\u{202F}012,50", .amountWithThousands), ("1\u{2009}012", .amountWithThousands),
            ("1'012,50", .amountWithThousands), ("1’012", .amountWithThousands),
            ("1.012,50", .amountWithThousands), ("1,012.50", .amountWithThousands),
            ("1.012.000", .amountWithThousands), ("1,012,000", .amountWithThousands),
            ("1 012.50", .amountWithThousands),
            ("douze", .amountNotNumeric), ("12,50 €", .amountNotNumeric),
            ("12,", .amountNotNumeric), (",50", .amountNotNumeric), (",", .amountNotNumeric),
            (".", .amountNotNumeric), ("-", .amountNotNumeric), ("--12", .amountNotNumeric),
            ("1E3", .amountNotNumeric), ("0x10", .amountNotNumeric), ("١٢", .amountNotNumeric),
            ("12,505", .amountBelowCent), ("-12,505", .amountBelowCent),
            ("-12,50", .amountNegative), ("12,50-", .amountNegative), ("- 12", .amountNegative),
            ("92233720368547758,08", .amountTooLarge),
            ("99999999999999999999999,00", .amountTooLarge),
        ] as [(String, FecFault.Code?)]
    )
    func amounts(text: String, expected: FecFault.Code?) {
        let found = faults(.debit, text)
        #expect(found.map(\.code) == (expected.map { [$0] } ?? []))
        #expect(found.allSatisfy { $0.line == 2 && $0.column == .debit })
    }

    @Test("a space of ISO 8859-15 stands between thousands too")
    func latinSpace() {
        var sample = FecSample()
        sample.lines[0][.debit] = "1@012,50"
        let bytes = sample.text.utf8.map { $0 == UInt8(ascii: "@") ? 0xA0 : $0 }
        let fault = FecCheck(bytes).faults.first
        #expect(fault?.code == .amountWithThousands && fault?.value == "1\u{A0}012,50")
    }

    @Test("the greatest amounts are counted, and a total that they overflow is refused")
    func overflow() {
        let greatest = "92233720368547758,07"
        var sample = FecSample()
        sample.lines[0][.debit] = greatest
        sample.lines[1][.credit] = greatest
        #expect(sample.check.faults == [])
        #expect(sample.check.debitCents == Int64.max)
        sample.lines += FecSample.numbered([("VE", "2")]).lines
        let check = sample.check
        #expect(check.faults.map(\.code) == [.amountTooLarge, .amountTooLarge])
        #expect(check.faults.map(\.line) == [4, 5])
        #expect(check.debitCents == Int64.max && check.creditCents == Int64.max)
    }

    @Test(
        "an amount in another currency may have a sign and more decimals",
        arguments: [
            ("12,50", nil), ("-12,505", nil), ("99999999999999999999", nil), ("0,00", nil),
            ("12.50", .amountWithPoint), ("1 000", .amountWithThousands),
            ("USD", .amountNotNumeric),
        ] as [(String, FecFault.Code?)]
    )
    func currency(text: String, expected: FecFault.Code?) {
        #expect(faults(.currencyAmount, text).map(\.code) == (expected.map { [$0] } ?? []))
    }

    @Test(
        "a date is a day of the calendar in eight digits",
        arguments: [FecColumn.entryDay, .pieceDay, .letteringDay, .validationDay]
    )
    func dates(column: FecColumn) {
        for text in ["25/12/2026", "2026-12-25", "2026122", "202612250", "2026122A", "demain"] {
            #expect(faults(column, text).map(\.code) == [.dateUnreadable], "\(text)")
        }
        for text in ["20260229", "20261301", "20260001", "20260431", "00000000", "00000101"] {
            #expect(faults(column, text).map(\.code) == [.dateNotInCalendar], "\(text)")
        }
        #expect(faults(column, "20261226") == [])
    }

    @Test("a leap day is a day")
    func leapDay() {
        #expect(faults(.pieceDay, "20240229") == [])
        #expect(faults(.pieceDay, "21000229").map(\.code) == [.dateNotInCalendar])
    }

    @Test(
        "entries are of days in the period, papers and validations need not be",
        arguments: [
            (.entryDay, "20251231", [.dateOutsidePeriod]), (.entryDay, "20260101", []),
            (.entryDay, "20261226", []),
            (.entryDay, "20270101", [.dateOutsidePeriod, .validatedBeforeEntry]),
            (.pieceDay, "20251231", []), (.pieceDay, "20270101", []),
            (.validationDay, "20270101", []), (.letteringDay, "20270101", []),
        ] as [(FecColumn, String, [FecFault.Code])]
    )
    func periods(column: FecColumn, text: String, expected: [FecFault.Code]) {
        #expect(faults(column, text).map(\.code) == expected)
    }

    @Test("the last day is in the period, and without a period every day is")
    func noPeriod() {
        var sample = FecSample()
        sample.lines[0][.entryDay] = "20261231"
        sample.lines[0][.validationDay] = "20261231"
        #expect(sample.check.faults == [])
        sample.lines[0][.entryDay] = "19990101"
        #expect(sample.check.faults.map(\.code) == [.dateOutsidePeriod])
        #expect(FecCheck(Array(sample.text.utf8)).faults == [])
    }

    @Test(
        "a line has a debit or a credit",
        arguments: [
            ("12,50", "0,00", []), ("12,50", "0", []), ("12,50", "-0,00", []),
            ("12,50", "12,50", [.debitAndCredit]), ("0,01", "0,01", [.debitAndCredit]),
            ("0,00", "0,00", [.neitherDebitNorCredit]), ("0", "0", [.neitherDebitNorCredit]),
            ("12,50", "", [.fieldEmpty]), ("0,00", "", [.fieldEmpty, .neitherDebitNorCredit]),
            ("", "", [.fieldEmpty, .fieldEmpty]), ("12,50", "x", [.amountNotNumeric]),
        ] as [(String, String, [FecFault.Code])]
    )
    func sides(debit: String, credit: String, expected: [FecFault.Code]) {
        var sample = FecSample()
        sample.lines[0][.debit] = debit
        sample.lines[0][.credit] = credit
        let entries: Set<FecFault.Code> = [.entryUnbalanced, .totalsDiffer]
        #expect(sample.check.faults.map(\.code).filter { !entries.contains($0) } == expected)
    }

    @Test(
        "an entry is validated on its day or later",
        arguments: [
            ("20261224", [.validatedBeforeEntry]), ("20261225", []), ("20270630", []),
            ("20261232", [.dateNotInCalendar]),
        ] as [(String, [FecFault.Code])]
    )
    func validation(text: String, expected: [FecFault.Code]) {
        #expect(faults(.validationDay, text).map(\.code) == expected)
    }
}
