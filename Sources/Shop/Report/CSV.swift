/// A table for a spreadsheet as French ones open it: semicolons, decimal commas, UTF-8 with its mark.
public struct CSV: Sendable {
    public private(set) var text = "\u{FEFF}"

    public init(_ table: Table) {
        add(table.header.map(Table.Cell.text))
        for line in table.lines { add(line) }
    }

    private mutating func add(_ cells: [Table.Cell]) {
        text += cells.map(written).joined(separator: ";") + "\r\n"
    }

    private func written(_ cell: Table.Cell) -> String {
        switch cell {
        case .text(let text): quoted(harmless(text))
        case .number(let number): String(number)
        case .cents(let cents):
            "\(cents.count / 100)," + (cents.count % 100 < 10 ? "0" : "") + "\(cents.count % 100)"
        case .day(let day): day.iso
        case .nothing: ""
        }
    }

    /// A spreadsheet runs what begins like a formula: an apostrophe before it makes it text again.
    private func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first)
        else { return text }
        return "'" + text
    }

    private func quoted(_ text: String) -> String {
        guard text.contains(where: { $0 == ";" || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
