/// A table to keep, whichever program opens it: a title, the columns' names, and lines of cells.
public struct Table: Sendable {
    public let name: String
    public let header: [String]
    public private(set) var lines: [[Cell]] = []

    public init(_ name: String, header: [String]) {
        self.name = name
        self.header = header
    }

    public enum Cell: Hashable, Sendable {
        case text(String)
        case number(Int)
        case cents(Cents)
        case day(Day)
        case nothing
    }

    public mutating func add(_ cells: [Cell]) {
        precondition(cells.count == header.count, "a line has a cell a column")
        lines.append(cells)
    }
}

extension Table.Cell {
    init(_ day: Day?) {
        self = day.map(Table.Cell.day) ?? .nothing
    }

    init(_ value: FigureValue) {
        switch value {
        case .count(let count): self = .number(count)
        case .cents(let cents): self = .cents(cents)
        }
    }
}
