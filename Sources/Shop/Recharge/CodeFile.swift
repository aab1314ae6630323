/// An operator's file of codes, read as its format declares. It is taken whole or not at all: one line that cannot be read, and
/// nothing of it is.
public struct CodeFile: Sendable {
    /// In the file's order, at least one.
    public let lines: [Line]
    /// What the check line says that all are worth; nil where it says none.
    let checkedValue: Cents?

    public struct Line: Hashable, Sendable {
        /// On which it stands, counted from 1.
        public let line: Int
        public let code: CodeText
        /// Empty where the file has none.
        public let serial: String
        /// Nil where the file says none.
        public let value: Cents?
        /// The last day on which it can be entered; nil where the file says none.
        public let expiresOn: Day?
    }

    public static let bytesMost = 5_000_000
    /// How many lines a refusal names.
    static let linesNamed = 20

    /// Throws `rechargeFileEmpty`, `rechargeColumnUnknown`, `rechargeLinesUnreadable` with the lines, `rechargeLinesTwice` with the lines,
    /// `rechargeCheckLine`.
    public init(_ records: [DelimitedText.Record], _ format: CodeFormat) throws(Refusal) {
        guard records.count > format.headingLines + (format.hasCheckLine ? 1 : 0) else {
            throw Refusal(.rechargeFileEmpty, ["field": .field(.codeFile)])
        }
        let heading = format.headingLines > 0 ? records[format.headingLines - 1].fields ?? [] : []
        let columns = try Columns(format, heading: heading)
        var body = records.dropFirst(format.headingLines)
        let check = format.hasCheckLine ? body.popLast() : nil
        guard body.count <= DeliverySlip.unitsMost else {
            throw Refusal(
                .quantityOutOfRange,
                [
                    "field": .field(.codeUnits), "least": .number(1),
                    "most": .number(Int64(DeliverySlip.unitsMost)),
                ]
            )
        }
        var lines: [Line] = []
        var faults: [Int] = []
        for record in body {
            if let line = columns.line(record, format) {
                lines.append(line)
            } else {
                faults.append(record.line)
            }
        }
        guard faults.isEmpty else {
            throw Refusal(.rechargeLinesUnreadable, Self.naming(faults, format))
        }
        let twice = Self.repeated(lines)
        guard twice.isEmpty else { throw Refusal(.rechargeLinesTwice, Self.naming(twice, format)) }
        checkedValue = try check.flatMap { record throws(Refusal) in
            try columns.check(record, lines)
        }
        self.lines = lines
    }

    /// Lines whose code or serial a line above holds already.
    private static func repeated(_ lines: [Line]) -> [Int] {
        var codes: Set<CodeText> = []
        var serials: Set<String> = []
        return lines.filter { line in
            let isNew = codes.insert(line.code).inserted
            return !isNew || (!line.serial.isEmpty && !serials.insert(line.serial).inserted)
        }.map(\.line)
    }

    private static func naming(_ lines: [Int], _ format: CodeFormat) -> [String: Refusal.Fact] {
        [
            "field": .field(.codeFile), "lines": .text(named(lines)),
            "length": .number(Int64(format.codeLength)),
        ]
    }

    /// The first lines, and how many more there are.
    public static func named(_ lines: [Int]) -> String {
        let more = lines.count > linesNamed ? " … (\(lines.count))" : ""
        return lines.prefix(linesNamed).map(String.init).joined(separator: ", ") + more
    }
}

/// Where each of a format's columns stands in a file.
private struct Columns {
    let code: Int
    let serial: Int?
    let value: Int?
    let expiry: Int?
    let checkUnits: Int?
    let checkValue: Int?

    /// Throws `rechargeColumnUnknown` for a name that the heading does not hold.
    init(_ format: CodeFormat, heading: [String]) throws(Refusal) {
        let names = heading.map { trimmed($0) }
        func place(_ column: String) throws(Refusal) -> Int? {
            guard !column.isEmpty else { return nil }
            if let number = Int(column), 1...1_000 ~= number { return number - 1 }
            guard let place = names.firstIndex(of: column) else {
                throw Refusal(
                    .rechargeColumnUnknown,
                    ["field": .field(.codeFile), "text": .text(column)]
                )
            }
            return place
        }
        code = try place(format.codeColumn) ?? 0
        serial = try place(format.serialColumn)
        value = try place(format.valueColumn)
        expiry = try place(format.expiryColumn)
        checkUnits = try place(format.checkUnitsColumn)
        checkValue = try place(format.checkValueColumn)
        // What stands beside a code is kept in clear.
        if [serial, value, expiry].contains(code) {
            throw Refusal(
                .rechargeColumnUnknown,
                ["field": .field(.codeFile), "text": .text(format.codeColumn)]
            )
        }
    }

    /// Nil where the line is not as declared.
    func line(_ record: DelimitedText.Record, _ format: CodeFormat) -> CodeFile.Line? {
        guard let fields = record.fields else { return nil }
        func text(_ place: Int?) -> String? {
            guard let place else { return "" }
            return place < fields.count ? trimmed(fields[place]) : nil
        }
        guard let typed = text(code), let serial = text(serial), let value = text(value),
            let expiry = text(expiry),
            let code = CodeText(typed: typed, length: format.codeLength),
            serial.utf8.count <= 40, serial.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
            value.isEmpty == (self.value == nil), expiry.isEmpty == (self.expiry == nil),
            serial.isEmpty == (self.serial == nil), !code.isTold(by: serial)
        else { return nil }
        var cents: Cents?
        if !value.isEmpty {
            guard let read = try? Cents(typed: value) else { return nil }
            cents = read
        }
        var day: Day?
        if !expiry.isEmpty {
            guard let read = try? Day(typed: expiry) else { return nil }
            day = read
        }
        return CodeFile.Line(
            line: record.line,
            code: code,
            serial: serial,
            value: cents,
            expiresOn: day
        )
    }

    /// What the line says that all are worth; nil where it says none. Throws `rechargeCheckLine`.
    func check(
        _ record: DelimitedText.Record,
        _ lines: [CodeFile.Line]
    ) throws(Refusal) -> Cents? {
        let fields = record.fields ?? []
        func text(_ place: Int) -> String { place < fields.count ? trimmed(fields[place]) : "" }
        // What stands there is not repeated: where the file was cut, it is a code.
        func differs(_ found: Refusal.Fact) -> Refusal {
            Refusal(
                .rechargeCheckLine,
                [
                    "field": .field(.codeFile), "line": .number(Int64(record.line)),
                    "found": found,
                ]
            )
        }
        if let checkUnits, Int(text(checkUnits)) != lines.count {
            throw differs(.number(Int64(lines.count)))
        }
        guard let checkValue else { return nil }
        let total = lines.compactMap(\.value).sum()
        guard let said = try? Cents(typed: text(checkValue)), value == nil || said == total else {
            throw differs(.cents(total))
        }
        return said
    }
}
