/// The first line of a file: where each column stands.
struct TableColumns {
    /// As the file writes them.
    let names: [String]
    private let places: [String: Int]

    init(_ head: [String]) {
        names = head.map { trimmed($0) }
        places = Dictionary(
            names.enumerated().map { (columnName($1), $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    func holdsAll(_ wanted: [String]) -> Bool { wanted.allSatisfy { places[$0] != nil } }

    subscript(wanted: [String]) -> Int? { wanted.lazy.compactMap { places[$0] }.first }
}

private func columnName(_ text: String) -> String {
    String(unaccented(trimmed(text)).map { $0 == " " || $0 == "-" ? "_" : $0 })
}

/// The fields of a line by their columns.
struct TableCells {
    private let columns: TableColumns
    private let fields: [String]

    init(_ record: DelimitedText.Record, _ columns: TableColumns) throws(LineFault) {
        guard let fields = record.fields else {
            throw LineFault(
                field: columns.names[0],
                value: "",
                refusal: Refusal(.lineUnreadable)
            )
        }
        // A field more is a delimiter too many: nothing after it stands where it seems to.
        if let extra = fields.dropFirst(columns.names.count).first(where: { !$0.isEmpty }) {
            throw LineFault(
                field: columns.names[columns.names.count - 1],
                value: extra,
                refusal: Refusal(
                    .lineTooLong,
                    [
                        "found": .number(Int64(fields.count)),
                        "expected": .number(Int64(columns.names.count)),
                    ]
                )
            )
        }
        self.columns = columns
        self.fields = fields
    }

    /// Empty where the file has no such column, or the line ends before it.
    func text(_ names: [String]) -> String {
        guard let place = columns[names], place < fields.count else { return "" }
        // A break within a field is a space to us.
        return trimmed(String(fields[place].map { $0.isNewline ? " " : $0 }))
    }

    /// What the field reads as; its refusal names the column.
    func read<Value>(
        _ names: [String],
        _ parse: (String) throws(Refusal) -> Value
    ) throws(LineFault) -> Value {
        let text = text(names)
        do throws(Refusal) { return try parse(text) } catch {
            let field = columns[names].map { columns.names[$0] } ?? names[0]
            throw LineFault(field: field, value: text, refusal: error)
        }
    }
}
