import CXlsxWriter
import Foundation
import NIOPosix
public import Shop

/// Tables as a workbook, a sheet each: of a report, a sheet of figures an axis and one of rows. Amounts are numbers and days are
/// dates, so that a spreadsheet sums and sorts them.
public enum Workbook {
    /// The file's bytes. The library writes files alone, so one is made in the temporary folder and removed again, on a
    /// thread that may block.
    public static func bytes(
        of report: EquipmentOfFinishers,
        in language: Language
    ) async throws -> [UInt8] {
        try await bytes(
            of: [report.figuresTable(in: language)]
                + Axis.allCases.map { report.figuresTable(by: $0, in: language) }
                + [report.rowsTable(report.parents, in: language)]
        )
    }

    /// The bytes of a workbook with a sheet a table.
    public static func bytes(of tables: [Table]) async throws -> [UInt8] {
        try await NIOThreadPool.singleton.runIfActive { try written(tables) }
    }

    /// As it is sent.
    static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    private static func written(_ tables: [Table]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).xlsx")
        // Not there when nothing was written.
        defer { try? FileManager.default.removeItem(at: file) }
        guard let book = workbook_new(file.path) else { throw WorkbookFault.notMade }
        let formats = Formats(book)
        for table in tables { add(table, to: book, formats) }
        let code = workbook_close(book)
        guard code == LXW_NO_ERROR else { throw WorkbookFault.notWritten(code: code.rawValue) }
        return Array(try Data(contentsOf: file))
    }

    private struct Formats {
        let header: UnsafeMutablePointer<lxw_format>?
        let day: UnsafeMutablePointer<lxw_format>?
        let amount: UnsafeMutablePointer<lxw_format>?

        init(_ book: UnsafeMutablePointer<lxw_workbook>) {
            header = workbook_add_format(book)
            format_set_bold(header)
            day = workbook_add_format(book)
            format_set_num_format(day, "dd/mm/yyyy")
            amount = workbook_add_format(book)
            format_set_num_format(amount, "#,##0.00\u{A0}€")
        }
    }

    private static func add(
        _ table: Table,
        to book: UnsafeMutablePointer<lxw_workbook>,
        _ formats: Formats
    ) {
        let sheet = workbook_add_worksheet(book, table.name)
        for (column, name) in table.header.enumerated() {
            worksheet_write_string(sheet, 0, lxw_col_t(column), name, formats.header)
        }
        for (row, line) in table.lines.enumerated() {
            for (column, cell) in line.enumerated() {
                let (row, column) = (lxw_row_t(row + 1), lxw_col_t(column))
                switch cell {
                case .text(let text): worksheet_write_string(sheet, row, column, text, nil)
                case .number(let number):
                    worksheet_write_number(sheet, row, column, Double(number), nil)
                case .cents(let cents):
                    write(cents, sheet, row, column, formats.amount)
                case .day(let day):
                    let parts = day.parts
                    var date = lxw_datetime()
                    (date.year, date.month, date.day) = (
                        Int32(parts.year), Int32(parts.month), Int32(parts.day)
                    )
                    worksheet_write_datetime(sheet, row, column, &date, formats.day)
                case .nothing: continue
                }
            }
        }
        worksheet_freeze_panes(sheet, 1, 0)
        worksheet_set_column(sheet, 0, lxw_col_t(max(table.header.count, 1) - 1), 18, nil)
    }

    /// The one place where an amount becomes a binary fraction: a workbook knows no other number. Nothing is reckoned
    /// with it here, and up to 10^13 cents a double names each cent apart, so that the two decimals shown are exact.
    private static func write(
        _ cents: Cents,
        _ sheet: UnsafeMutablePointer<lxw_worksheet>?,
        _ row: lxw_row_t,
        _ column: lxw_col_t,
        _ format: UnsafeMutablePointer<lxw_format>?
    ) {
        worksheet_write_number(sheet, row, column, Double(cents.count) / 100, format)
    }
}

enum WorkbookFault: Error {
    case notMade
    case notWritten(code: UInt32)
}
