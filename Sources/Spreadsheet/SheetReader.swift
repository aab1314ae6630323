/// Reads the rows of one sheet.
struct SheetReader {
    let texts: [String]
    let dayStyles: [Bool]
    let startsIn1904: Bool
    let cellsLeft: Int

    /// One cell while it is walked.
    private struct Cell {
        var column = 0
        var type = ""
        var style = 0
        var value = ""
        var inline = ""
    }

    func read(_ part: [UInt8]) throws(WorkbookFault) -> [Workbook.Row] {
        var rows: [Workbook.Row] = []
        var number = 0
        var cells: [String] = []
        var numbers: Set<Int> = []
        var nextColumn = 0
        var cell = Cell()
        var place = ""
        var isReading = false
        var taken = 0

        let walk = MarkupWalk()
        walk.starts = { name, attributes in
            switch name {
            case "row":
                let told = attributes["r"].flatMap { Int($0) } ?? number + 1
                number = 1...10_000_000 ~= told ? told : number + 1
                cells = []
                numbers = []
                nextColumn = 0
            case "c":
                cell = Cell()
                cell.column = attributes["r"].flatMap(Self.column) ?? nextColumn
                cell.type = attributes["t"] ?? "n"
                cell.style = attributes["s"].flatMap { Int($0) } ?? 0
                nextColumn = cell.column + 1
                place = ""
            case "v", "t": place = name
            case "rPh": isReading = true  // how a Japanese reader pronounces it
            default: break
            }
        }
        walk.text = { text in
            let length = cell.value.utf8.count + cell.inline.utf8.count
            guard !isReading, length < 4 * Workbook.textMax else { return }
            if place == "v" { cell.value += text }
            if place == "t" { cell.inline += text }
        }
        walk.ends = { name throws(WorkbookFault) in
            switch name {
            case "v", "t": place = ""
            case "rPh": isReading = false
            case "c":
                let text = shown(cell)
                guard !text.isEmpty else { return }
                if cell.column >= Workbook.columnsMax { throw .tooLarge }
                // Cells of one row come in order; one that comes late would overwrite what stands there.
                guard cell.column >= cells.count else { throw .damaged }
                taken += cell.column + 1 - cells.count
                if taken > cellsLeft { throw .tooLarge }
                while cells.count < cell.column { cells.append("") }
                if cell.type == "n" { numbers.insert(cell.column) }
                cells.append(text)
            case "row":
                if !cells.isEmpty {
                    rows.append(Workbook.Row(number: number, cells: cells, numbers: numbers))
                }
            default: break
            }
        }
        try walk.walk(part)
        return rows
    }

    /// "AB12" is 27; nil for what names no column.
    private static func column(_ reference: String) -> Int? {
        var column = 0
        for letter in reference.utf8.prefix(while: { 65...90 ~= $0 }) {
            column = column * 26 + Int(letter) - 64
            if column > 16_384 { return nil }
        }
        return column > 0 ? column - 1 : nil
    }

    private func shown(_ cell: Cell) -> String {
        switch cell.type {
        case "s":
            guard let index = Int(cell.value), texts.indices.contains(index) else { return "" }
            return texts[index]
        case "inlineStr": return cell.inline
        case "b": return cell.value == "1" ? "true" : "false"
        case "n": return number(cell)
        // "str", "e", "d": a formula's text, an error's name, an ISO day.
        default: return cell.value
        }
    }

    private func number(_ cell: Cell) -> String {
        guard let value = Double(cell.value), value.isFinite else { return cell.value }
        let isDay = dayStyles.indices.contains(cell.style) && dayStyles[cell.style]
        if isDay, let day = SpreadsheetDay.text(value, startsIn1904: startsIn1904) { return day }
        // Whole numbers up to 2^53 are told to the digit: a phone's IMEI has 15.
        if value == value.rounded(), abs(value) <= 9_007_199_254_740_992 {
            return String(Int64(value))
        }
        let text = String(value)
        return text.contains("e") ? cell.value : text
    }
}

/// Days as spreadsheets count them: from 1 January 1900, with a 29 February 1900 that never was, or from 1904.
enum SpreadsheetDay {
    /// `2026-01-05`, `2026-01-05T10:30:00` when there is an hour, `10:30:00` for an hour alone; nil outside 1900…9999.
    static func text(_ value: Double, startsIn1904: Bool) -> String? {
        guard 0..<2_958_466 ~= value else { return nil }
        var whole = Int(value)
        var seconds = Int(((value - Double(whole)) * 86_400).rounded())
        if seconds == 86_400 {
            whole += 1
            seconds = 0
        }
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        if whole == 0, !startsIn1904 { return clock }
        // Days since 1 January 1970; before March 1900 the count is one too high.
        let number = startsIn1904 ? whole - 24_107 : whole - (whole < 60 ? 25_568 : 25_569)
        let day = iso(number)
        return seconds == 0 ? day : "\(day)T\(clock)"
    }

    /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
    private static func iso(_ number: Int) -> String {
        let shifted = number + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return
            "\(padded(year, 4))-\(padded(month < 10 ? month + 3 : month - 9, 2))-\(padded(day, 2))"
    }
}
