/// Reads a FEC from its first byte to its last, and notes what is wrong.
struct FecReader {
    private let bytes: [UInt8]
    private let period: ClosedRange<Day>?
    private var lines: FecLines
    private(set) var faults = FecFaults()
    private(set) var entries = FecEntries()
    private(set) var lineCount = 0
    private(set) var debit: Int64 = 0
    private(set) var credit: Int64 = 0
    /// False when an amount is not in the totals.
    private var isWhole = true

    init(_ bytes: [UInt8], within period: ClosedRange<Day>?) {
        self.bytes = bytes
        self.period = period
        lines = FecLines(bytes)
    }

    mutating func read() {
        guard let names = lines.next(), !names.isEmpty || lines.holdSomething else {
            faults.add(.fileEmpty)
            return
        }
        guard let layout = layout(names) else {
            note(.headerWrong, at: 1, nil, names)
            return
        }
        while let line = lines.next() { read(line, layout) }
        if lineCount == 0 { faults.add(.fileEmpty) }
        checkEntries()
    }

    /// How the file's lines are made.
    private struct Layout {
        let delimiter: UInt8
        /// How many fields each line has: 18, and those that a company adds after them.
        let fieldCount: Int
    }

    /// Nil when it cannot be told which field is which: a name is missing or stands in the place of another. A name that is
    /// none of the 18 is taken for a slip where it stands. Capitals do not count, as they do not for the tester. Amounts as
    /// one field with a direction (Montant, Sens), which the article allows, are not read.
    private mutating func layout(_ line: Range<Int>) -> Layout? {
        let tab = UInt8(ascii: "\t")
        let delimiter = bytes[line].contains(tab) ? tab : UInt8(ascii: "|")
        let (fields, count) = lines.fields(of: line, between: delimiter)
        let names = fields.map { text($0).lowercased() }
        let expected = FecColumn.allCases.map { $0.name.lowercased() }
        let slips = FecColumn.allCases.filter { column in
            column.rawValue < names.count && names[column.rawValue] != expected[column.rawValue]
        }
        guard names.count == expected.count, slips.count < expected.count,
            slips.allSatisfy({ !expected.contains(names[$0.rawValue]) })
        else { return nil }
        for column in slips {
            note(.columnMisspelt, at: 1, column, fields[column.rawValue])
        }
        return Layout(delimiter: delimiter, fieldCount: count)
    }

    private mutating func read(_ line: Range<Int>, _ layout: Layout) {
        guard !line.isEmpty else {
            faults.add(.lineEmpty, line: lines.number)
            return
        }
        lineCount += 1
        let (fields, count) = lines.fields(of: line, between: layout.delimiter)
        if count == layout.fieldCount {
            let amounts = check(fields)
            gather(fields, amounts)
        } else {
            faults.add(.fieldCountWrong, line: lines.number, value: String(count))
            gather(fields, nil)
        }
    }

    /// Puts the line to its entry. What number it has is told once, at the entry's first line.
    private mutating func gather(_ fields: [Range<Int>], _ amounts: Amounts?) {
        if amounts == nil { isWhole = false }
        let (journal, number) = (FecColumn.journalCode.rawValue, FecColumn.entryNumber.rawValue)
        guard fields.count > number, !fields[number].isEmpty else { return }
        let isNumbered = entries.add(
            bytes,
            journal: fields[journal],
            number: fields[number],
            line: lines.number,
            difference: amounts.map { $0.debit - $0.credit }
        )
        if !isNumbered { fault(.numberUnreadable, .entryNumber, fields[number]) }
    }

    private struct Amounts {
        var debit: Int64 = 0
        var credit: Int64 = 0
    }

    /// The line's amounts, which are in the totals then; nil where they cannot be told.
    private mutating func check(_ fields: [Range<Int>]) -> Amounts? {
        var amounts: Amounts? = Amounts()
        var entryDay: Day?
        var validationDay: Day?
        for column in FecColumn.allCases {
            let field = fields[column.rawValue]
            guard !field.isEmpty else {
                // Of amounts the tester takes an empty one for zero; so do we, once it is told.
                if column.isMandatory { fault(.fieldEmpty, column, field) }
                continue
            }
            switch column {
            case .account:
                if !startsWithAccount(bytes[field]) { fault(.accountUnreadable, column, field) }
            case .entryDay:
                entryDay = day(column, field)
                if let entryDay, let period, !period.contains(entryDay) {
                    fault(.dateOutsidePeriod, column, field)
                }
            case .pieceDay, .letteringDay: _ = day(column, field)
            case .validationDay: validationDay = day(column, field)
            case .debit:
                if let cents = cents(column, field, addedTo: debit) {
                    debit += cents
                    amounts?.debit = cents
                } else {
                    amounts = nil
                }
            case .credit:
                if let cents = cents(column, field, addedTo: credit) {
                    credit += cents
                    amounts?.credit = cents
                } else {
                    amounts = nil
                }
            case .currencyAmount: checkCurrencyAmount(field)
            case .journalCode, .journalLabel, .entryNumber, .accountLabel, .auxiliary,
                .auxiliaryLabel, .pieceReference, .entryLabel, .lettering, .currency:
                break
            }
        }
        if let amounts { checkSides(amounts, fields) }
        if let entryDay, let validationDay, validationDay < entryDay {
            let column = FecColumn.validationDay
            fault(.validatedBeforeEntry, column, fields[column.rawValue])
        }
        return amounts
    }

    private mutating func checkSides(_ amounts: Amounts, _ fields: [Range<Int>]) {
        let debit = fields[FecColumn.debit.rawValue]
        let credit = fields[FecColumn.credit.rawValue]
        if amounts.debit != 0, amounts.credit != 0 {
            fault(.debitAndCredit, .debit, debit)
        } else if amounts.debit == 0, amounts.credit == 0, !debit.isEmpty || !credit.isEmpty {
            fault(.neitherDebitNorCredit, .debit, debit)
        }
    }

    /// Nil, with the fault, where it is no day in eight digits.
    private mutating func day(_ column: FecColumn, _ field: Range<Int>) -> Day? {
        var digits = Digits(bytes[field])
        guard let year = digits.number(4), let month = digits.number(2),
            let date = digits.number(2), digits.isEmpty
        else {
            fault(.dateUnreadable, column, field)
            return nil
        }
        guard let day = Day(year: year, month: month, day: date) else {
            fault(.dateNotInCalendar, column, field)
            return nil
        }
        return day
    }

    /// Nil, with the fault, where it is no amount or the total cannot hold it.
    private mutating func cents(
        _ column: FecColumn,
        _ field: Range<Int>,
        addedTo total: Int64
    ) -> Int64? {
        do throws(FecFault.Code) {
            let cents = try FecAmount.cents(bytes[field])
            guard !total.addingReportingOverflow(cents).overflow else { throw .amountTooLarge }
            return cents
        } catch {
            fault(error, column, field)
            return nil
        }
    }

    /// In a currency of its own: it may have a sign, more decimals, and any size.
    private mutating func checkCurrencyAmount(_ field: Range<Int>) {
        do throws(FecFault.Code) {
            _ = try FecAmount.cents(bytes[field])
        } catch .amountNegative, .amountBelowCent, .amountTooLarge {
            return
        } catch {
            fault(error, .currencyAmount, field)
        }
    }

    private mutating func checkEntries() {
        for (code, entry) in entries.sequenceFaults() {
            note(code, at: entry.line, .entryNumber, entry.number)
        }
        for entry in entries.all where entry.isWhole && entry.difference != 0 {
            note(.entryUnbalanced, at: entry.line, .entryNumber, entry.number)
        }
        if isWhole, debit != credit {
            let totals = "\(FecAmount.text(debit)) / \(FecAmount.text(credit))"
            faults.add(.totalsDiffer, value: totals)
        }
    }

    private mutating func fault(_ code: FecFault.Code, _ column: FecColumn, _ field: Range<Int>) {
        note(code, at: lines.number, column, field)
    }

    private mutating func note(
        _ code: FecFault.Code,
        at line: Int,
        _ column: FecColumn?,
        _ field: Range<Int>
    ) {
        faults.add(code, line: line, column, value: faults.isFull ? "" : text(field))
    }

    /// UTF-8 where the bytes are that, which text in ISO 8859-15 with accents hardly ever is; each field is judged apart.
    private func text(_ range: Range<Int>) -> String {
        String(validating: bytes[range], as: UTF8.self) ?? Latin9.text(bytes[range])
    }
}
