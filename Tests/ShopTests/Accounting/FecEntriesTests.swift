import Shop
import Testing

@Suite("The entries of a file that is checked")
struct FecEntriesTests {
    @Test("each entry balances within its journal, though the totals do")
    func balance() {
        typealias Line = [FecColumn: String]
        func line(_ journal: String, _ number: String, _ debit: String, _ credit: String) -> Line {
            FecSample.line(number, journal: journal, debit: debit, credit: credit)
        }
        func faults(_ lines: [Line]) -> [String] {
            FecSample(lines: lines).check.faults.map { "\($0.code) \($0.line ?? 0) \($0.value)" }
        }
        let first = line("VE", "1", "5,00", "0,00")
        #expect(faults([first, line("VE", "1", "0,00", "5,00")]) == [])
        #expect(
            faults([first, line("VE", "1", "0,00", "4,99"), line("VE", "1", "0,00", "0,01")]) == []
        )
        #expect(
            faults([first, line("VE", "1", "0,00", "4,99")])
                == ["entryUnbalanced 2 1", "totalsDiffer 0 5,00 / 4,99"]
        )
        #expect(
            faults([first, line("BQ", "1", "0,00", "5,00")])
                == ["entryUnbalanced 2 1", "entryUnbalanced 3 1"]
        )
        #expect(
            faults([first, line("VE", "2", "0,00", "5,00")])
                == ["entryUnbalanced 2 1", "entryUnbalanced 3 2"]
        )
        // The lines of an entry need not follow each other.
        let other = [line("VE", "2", "1,00", "0,00"), line("VE", "2", "0,00", "1,00")]
        #expect(faults([first] + other + [line("VE", "1", "0,00", "5,00")]) == [])
    }

    @Test("an amount that cannot be read is one fault: what hangs on it is not told")
    func unread() {
        var sample = FecSample.numbered([("VE", "1"), ("VE", "2")])
        sample.lines[0][.debit] = "1.00"
        #expect(sample.check.faults.map(\.code) == [.amountWithPoint])
        sample.lines[3][.credit] = "2,00"
        #expect(sample.check.faults.map(\.code) == [.amountWithPoint, .entryUnbalanced])
        #expect(sample.check.debitCents == 100 && sample.check.creditCents == 300)
    }

    @Test(
        "numbers rise without a hole in each journal, or over all journals together",
        arguments: [
            (["VE 1", "VE 2", "VE 3"], []),
            (["VE 7", "VE 8"], []),
            (["VE 9", "VE 10"], []),
            (["VE 009", "VE 010"], []),
            (["VE VE2026-9", "VE VE2026-10", "VE VE2027-1"], []),
            (["VE 1", "BQ 1", "VE 2", "BQ 2"], []),
            (["VE 1", "BQ 2", "VE 3", "BQ 4"], []),
            (["VE 1", "VE 3", "BQ 2", "BQ 4"], []),
            (["VE 1", "VE 3"], ["numbersMissing 3"]),
            (["VE 1", "VE 5", "VE 6", "VE 9"], ["numbersMissing 5", "numbersMissing 9"]),
            (["VE A-1", "VE A-3"], ["numbersMissing A-3"]),
            (["VE 1", "VE 3", "BQ 1", "BQ 2"], ["numbersMissing 3"]),
            (["VE 1", "VE 4", "BQ 2"], ["numbersMissing 4"]),
            (["VE 2", "VE 1"], ["numberOutOfOrder 1"]),
            (["VE 1", "VE 3", "VE 2", "VE 4"], ["numberOutOfOrder 2"]),
            (["VE 1", "VE 01", "VE 2"], ["numberOutOfOrder 01"]),
            (["VE 1", "BQ 3", "BQ 2"], ["numberOutOfOrder 2"]),
            (["VE 3", "VE 1"], ["numbersMissing 3", "numberOutOfOrder 1"]),
            (["VE A"], ["numberUnreadable A"]),
            (["VE 1", "VE 2x", "VE 2"], ["numberUnreadable 2x"]),
            (["VE 99999999999999999998", "VE 99999999999999999999"], []),
        ] as [([String], [String])]
    )
    func sequences(entries: [String], expected: [String]) {
        let sample = FecSample.numbered(
            entries.map { entry in
                let parts = entry.split(separator: " ")
                return (String(parts[0]), String(parts[1]))
            }
        )
        #expect(sample.check.faults.map { "\($0.code) \($0.value)" } == expected)
        #expect(sample.check.faults.allSatisfy { $0.column == .entryNumber })
        #expect(sample.check.entries == entries.count)
    }

    @Test("a fault of an entry stands on its first line")
    func lines() {
        let sample = FecSample.numbered([("VE", "1"), ("VE", "x"), ("VE", "3")])
        #expect(sample.check.faults.map(\.line) == [4, 6])
    }
}
