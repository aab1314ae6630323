import Shop
import Testing

@Suite("An entry of the accounts")
struct AccountingEntryTests {
    @Test(
        "an account starts with three digits and goes on with digits or capitals",
        arguments: [
            ("530", "530"), ("411 000", "411000"), ("7072rech", "7072RECH"),
            ("12345678901234567890", "12345678901234567890"), ("123456789012345678901", nil),
            ("53", nil), ("A53", nil), ("53A", nil), ("", nil), ("530-1", nil), ("530É", nil),
            ("530ı", nil), ("530ß", nil),
            ("٥٣٠", nil),
        ] as [(String, String?)]
    )
    func accounts(typed: String, read: String?) {
        #expect((try? AccountCode(typed: typed))?.text == read)
        let expected: AccountingFault? = read == nil ? .accountUnreadable(typed) : nil
        #expect(fault { _ = try AccountCode(typed: typed) } == expected)
    }

    @Test(
        "a number ends with digits, which count",
        arguments: [
            ("1", 1), ("000012", 12), ("VE2026-000012", 12), ("2026/7", 7),
            ("A999999999999999999", 999_999_999_999_999_999),
            ("1234567890123456789", 234_567_890_123_456_789),
            ("", nil), ("VE", nil), ("12-", nil), ("VE 12", nil), ("VÉ12", nil), ("VE\t12", nil),
            (String(repeating: "0", count: 40), 0), (String(repeating: "0", count: 41), nil),
        ] as [(String, Int64?)]
    )
    func numbers(text: String, ordinal: Int64?) {
        #expect((try? EntryNumber(text))?.ordinal == ordinal)
    }

    @Test(
        "it has two lines at least, balances, and is validated on its day or later, in this order",
        arguments: [
            ([1250, -1250], 0, nil),
            ([1250, -1000, -250], 3, nil),
            ([1, -1, 5, -5], 0, nil),
            ([], 0, .linesTooFew(0)),
            ([1250], -1, .linesTooFew(1)),
            ([1250, -1249], 0, unbalanced(1250, 1249)),
            ([1250, 1250], 0, unbalanced(2500, 0)),
            ([1250, -1249], -1, unbalanced(1250, 1249)),
            ([1250, -1250], -1, .validatedBeforeItsDay),
        ] as [([Int64], Int, AccountingFault?)]
    )
    func balances(amounts: [Int64], validatedAfter: Int, expected: AccountingFault?) {
        let found = fault {
            _ = try AccountingEntry.sale("1", amounts, validatedAfter: validatedAfter)
        }
        #expect(found == expected)
    }

    private static func unbalanced(_ debit: Int64, _ credit: Int64) -> AccountingFault {
        .unbalanced(debit: Cents(unchecked: debit), credit: Cents(unchecked: credit))
    }

    @Test("a line has an amount, and each text comes out in a file")
    func texts() throws {
        typealias Entry = AccountingEntry
        let cash = try AccountCode(typed: "530")
        func line(_ account: String, _ label: String, _ cents: Int64) -> AccountingFault? {
            fault {
                let side = Entry.Side.debit(Cents(unchecked: cents))
                _ = try Entry.Line(cash, accountLabel: account, label: label, side)
            }
        }
        #expect(line("Caisse", "Vente", 1) == nil)
        #expect(line("Caisse", "😀", 1) == nil)
        #expect(line("Caisse", "Vente", 0) == .amountZero)
        #expect(line("", "Vente", 1) == .fieldEmpty(.accountLabel))
        #expect(line("Caisse", " \t\u{A0}\u{200B}", 1) == .fieldEmpty(.entryLabel))
        func journal(_ code: String, _ label: String) -> AccountingFault? {
            fault { _ = try Entry.Journal(code: code, label: label) }
        }
        #expect(journal("VE", "Ventes") == nil)
        #expect(journal("", "Ventes") == .fieldEmpty(.journalCode))
        #expect(journal("VE", "\n") == .fieldEmpty(.journalLabel))
        func auxiliary(_ code: String, _ label: String) -> AccountingFault? {
            fault { _ = try Entry.Auxiliary(code: code, label: label) }
        }
        #expect(auxiliary("C1", "CCAS") == nil)
        #expect(auxiliary("", "CCAS") == .fieldEmpty(.auxiliary))
        #expect(auxiliary("C1", "") == .fieldEmpty(.auxiliaryLabel))
        let piece = fault { _ = try Entry.Piece(reference: " ", day: .christmas) }
        #expect(piece == .fieldEmpty(.pieceReference))
    }

    private func fault(_ make: () throws -> Void) -> AccountingFault? {
        do {
            try make()
            return nil
        } catch { return error as? AccountingFault }
    }
}
