/// A file of processors' marks, a line each: what somebody wrote down of a test, never a list that we ship.
public struct ProcessorMarksFile: Sendable {
    /// In the file's order.
    public let rows: [Row]

    public struct Row: Hashable, Sendable {
        public let line: Int
        public let read: Result<DescribedMark, LineFault>

        /// Nil when the line is refused.
        public var described: DescribedMark? {
            if case .success(let described) = read { described } else { nil }
        }
    }

    /// A file above this is refused.
    public static let bytesMost = 4 << 20

    /// - Parameters:
    ///   - source: where the marks come from, for lines that do not say.
    ///   - today: the day of lines that name none; no line may name a later one.
    /// Throws `marksFileUnreadable` when it is no text, empty, or without the two columns.
    public init(_ bytes: [UInt8], source: ShortText, today: Day) throws(Refusal) {
        guard let text = DelimitedText(bytes), let head = text.records.first?.fields else {
            throw Refusal(.marksFileUnreadable)
        }
        let columns = TableColumns(head)
        guard columns[MarkColumn.processor.names] != nil, columns[MarkColumn.mark.names] != nil
        else { throw Refusal(.marksFileUnreadable) }
        var seen: [String: Int] = [:]
        var rows: [Row] = []
        for record in text.records.dropFirst() {
            do throws(LineFault) {
                let cells = try TableCells(record, columns)
                let mark = try DescribedMark(cells, source: source, today: today)
                let identity = "\(mark.startsOn.iso) \(mark.name.text)"
                let first = seen[identity]
                seen[identity] = first ?? record.line
                if let first {
                    throw LineFault(
                        field: columns.names[0],
                        value: mark.written,
                        refusal: Refusal(.markRepeated, ["line": .number(Int64(first))])
                    )
                }
                rows.append(Row(line: record.line, read: .success(mark)))
            } catch {
                rows.append(Row(line: record.line, read: .failure(error)))
            }
        }
        self.rows = rows
    }
}

/// A processor's mark as a line gives it.
public struct DescribedMark: Hashable, Sendable, Encodable {
    public let name: ProcessorName
    /// As the file has it.
    public let written: String
    public let mark: Int
    public let source: String
    public let startsOn: Day
    /// Whether the line says its day; else it is the day on which the file is read.
    public let isDated: Bool
}

/// The columns of a file of marks, by the names that each may have.
public enum MarkColumn: CaseIterable, Sendable {
    case processor, mark, source, startsOn

    /// French and English, as the help lists them.
    public var names: [String] {
        switch self {
        case .processor: ["processeur", "processor"]
        case .mark: ["indice", "mark"]
        case .source: ["source"]
        case .startsOn: ["date"]
        }
    }
}

/// What a mark may be, typed or read.
public let processorMarkRange = 1...1_000_000

extension DescribedMark {
    fileprivate init(_ cells: TableCells, source: ShortText, today: Day) throws(LineFault) {
        written = try cells.read(MarkColumn.processor.names) { text throws(Refusal) in
            try ShortText(typed: text, field: .processor).text
        }
        let written = written
        name = try cells.read(MarkColumn.processor.names) { _ throws(Refusal) in
            guard let name = ProcessorName(read: written) else {
                throw Refusal(.fieldMissing, ["field": .field(.processor)])
            }
            return name
        }
        mark = try cells.read(MarkColumn.mark.names) { text throws(Refusal) in
            try number(typed: text, field: .mark, in: processorMarkRange)
        }
        self.source = try cells.read(MarkColumn.source.names) { text throws(Refusal) in
            text.isEmpty ? source.text : try ShortText(typed: text, field: .source).text
        }
        isDated = try cells.read(MarkColumn.startsOn.names) { text throws(Refusal) in !text.isEmpty
        }
        startsOn = try cells.read(MarkColumn.startsOn.names) { text throws(Refusal) in
            guard !text.isEmpty else { return today }
            let day = try Day(typed: text, field: .startsOn)
            guard day <= today else {
                throw Refusal(
                    .dayInFuture,
                    ["field": .field(.startsOn), "day": .day(day), "today": .day(today)]
                )
            }
            return day
        }
    }
}
