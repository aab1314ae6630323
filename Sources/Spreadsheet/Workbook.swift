/// Why a workbook is not read.
public enum WorkbookFault: Error, Hashable, Sendable {
    /// No archive, or none that holds a workbook: XLSX alone is read, not XLS and not ODS.
    case notAWorkbook
    case encrypted
    case damaged
    /// More entries, bytes, elements or cells than any honest sheet, or packed as nothing honest packs.
    case tooLarge
}

/// What an XLSX workbook shows, as text. Source: ECMA-376, part 1, sections 18.2 to 18.8.
public struct Workbook: Hashable, Sendable {
    /// In the workbook's order, hidden ones left out.
    public let sheets: [Sheet]

    public struct Sheet: Hashable, Sendable {
        public let name: String
        /// Those that hold something, in order.
        public let rows: [Row]
    }

    public struct Row: Hashable, Sendable {
        /// As the spreadsheet numbers it, from 1.
        public let number: Int
        /// From column A on; empty where nothing stands. Numbers are plain digits with a point, days are ISO.
        public let cells: [String]
        /// Places of the cells that hold a number, from 0: a spreadsheet keeps no more than fifteen digits of one.
        public let numbers: Set<Int>

        init(number: Int, cells: [String], numbers: Set<Int> = []) {
            self.number = number
            self.cells = cells
            self.numbers = numbers
        }
    }

    public static let bytesMax = 10_000_000
    static let sheetsMax = 50
    /// In all sheets together, those between two that hold something included.
    static let cellsMax = 1_000_000
    static let columnsMax = 1_000
    static let textMax = 32_767

    /// Whether the bytes begin as an archive does; no more is looked at.
    public static func mayBe(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 3, 4])
    }

    public init(_ bytes: [UInt8]) throws(WorkbookFault) {
        if bytes.count > Self.bytesMax { throw .tooLarge }
        guard Self.mayBe(bytes) else { throw .notAWorkbook }
        let archive = try ZipArchive(bytes)
        guard let book = try archive.entry("xl/workbook.xml"),
            let links = try archive.entry("xl/_rels/workbook.xml.rels")
        else { throw .notAWorkbook }
        let contents = try WorkbookContents(book, links: links)
        if contents.sheets.count > Self.sheetsMax { throw .tooLarge }
        let texts = try archive.entry("xl/sharedStrings.xml").map(SharedTexts.read) ?? []
        let days = try archive.entry("xl/styles.xml").map(DayStyles.read) ?? []

        var sheets: [Sheet] = []
        var cells = 0
        for listed in contents.sheets {
            guard let entry = try archive.entry(listed.path) else { throw .damaged }
            let reader = SheetReader(
                texts: texts,
                dayStyles: days,
                startsIn1904: contents.startsIn1904,
                cellsLeft: Self.cellsMax - cells
            )
            let rows = try reader.read(entry)
            cells += rows.reduce(0) { $0 + $1.cells.count }
            sheets.append(Sheet(name: listed.name, rows: rows))
        }
        self.sheets = sheets
    }
}
