import CXlsxWriter
import Foundation
import Testing

@testable import Spreadsheet

@Suite("Workbooks as others write them")
struct WorkbookTests {
    /// A workbook that libxlsxwriter wrote to a file, by what `fill` puts on its first sheet.
    static func written(
        _ fill: (UnsafeMutablePointer<lxw_workbook>, UnsafeMutablePointer<lxw_worksheet>) -> Void
    )
        throws -> [UInt8]
    {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        let book = try #require(workbook_new(file.path))
        fill(book, try #require(workbook_add_worksheet(book, "Modèle")))
        #expect(workbook_close(book) == LXW_NO_ERROR)
        return Array(try Data(contentsOf: file))
    }

    @Test("texts, numbers, days and rows come out as the spreadsheet shows them")
    func reads() throws {
        let bytes = try Self.written { book, sheet in
            worksheet_write_string(sheet, 0, 0, "Modèle BOLC v2", nil)
            worksheet_write_string(sheet, 3, 1, "N° Série <b>&", nil)
            worksheet_write_number(sheet, 3, 2, 8, nil)
            worksheet_write_number(sheet, 3, 3, 15.6, nil)
            worksheet_write_number(sheet, 4, 0, 356_938_035_643_809, nil)
            worksheet_write_boolean(sheet, 4, 1, 1, nil)
            let day = workbook_add_format(book)
            format_set_num_format(day, "dd/mm/yyyy")
            worksheet_write_number(sheet, 4, 2, 46_027, day)
            let moment = workbook_add_format(book)
            format_set_num_format(moment, "[$-40C]yyyy\\-mm hh:mm;@")
            worksheet_write_number(sheet, 4, 3, 46_027.4375, moment)
            let euros = workbook_add_format(book)
            format_set_num_format(euros, "#,##0.00 \"euros d'hier\"")
            worksheet_write_number(sheet, 4, 4, 46_027, euros)
            worksheet_write_formula_str(sheet, 4, 6, "=\"a\"&\"b\"", nil, "ab")
        }
        let sheet = try #require(try Workbook(bytes).sheets.first)
        #expect(sheet.name == "Modèle")
        #expect(
            sheet.rows == [
                Workbook.Row(number: 1, cells: ["Modèle BOLC v2"]),
                Workbook.Row(
                    number: 4,
                    cells: ["", "N° Série <b>&", "8", "15.6"],
                    numbers: [2, 3]
                ),
                Workbook.Row(
                    number: 5,
                    cells: [
                        "356938035643809", "true", "2026-01-05", "2026-01-05T10:30:00", "46027", "",
                        "ab",
                    ],
                    numbers: [0, 2, 3, 4]
                ),
            ]
        )
    }

    @Test("sheets come in order; a hidden one is left out")
    func sheets() throws {
        let bytes = try Self.written { book, sheet in
            worksheet_write_string(sheet, 0, 0, "a", nil)
            let hidden = workbook_add_worksheet(book, "Listes")
            worksheet_write_string(hidden, 0, 0, "b", nil)
            worksheet_hide(hidden)
            worksheet_write_string(workbook_add_worksheet(book, "Autre"), 0, 0, "c", nil)
        }
        #expect(try Workbook(bytes).sheets.map(\.name) == ["Modèle", "Autre"])
    }

    @Test(
        "a day is counted as spreadsheets count it",
        arguments: [
            (1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (25_569, "1970-01-01"),
            (46_081, "2026-02-28"), (46_082, "2026-03-01"), (2_958_465, "9999-12-31"),
            (0.5, "12:00:00"), (46_027.999999, "2026-01-06"), (-1, nil), (2_958_466, nil),
        ] as [(Double, String?)]
    )
    func days(number: Double, expected: String?) {
        #expect(SpreadsheetDay.text(number, startsIn1904: false) == expected)
    }

    @Test("a Mac's old workbook begins in 1904")
    func mac() {
        #expect(SpreadsheetDay.text(44_565, startsIn1904: true) == "2026-01-05")
    }

    @Test(
        "a format shows a day when a letter of it says so",
        arguments: [
            ("dd/mm/yyyy", true), ("[h]:mm", true), ("0.00", false), ("General", false),
            ("\"jour\" 0", false), ("[Red]0", false), ("0\\d", false), ("0_d", false), ("@", false),
        ]
    )
    func formats(code: String, expected: Bool) {
        #expect(DayStyles.showsDay(code) == expected)
    }
}

@Suite("Workbooks that harm")
struct BadWorkbookTests {
    static let links = """
        <Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>
        """
    static let book = """
        <workbook xmlns:r="x"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>
        """

    /// A workbook of one sheet, as an archive.
    static func workbook(_ sheet: String, texts: String? = nil, book: String = book) throws
        -> [UInt8]
    {
        var entries: [(String, [UInt8])] = [
            ("xl/workbook.xml", Array(book.utf8)),
            ("xl/_rels/workbook.xml.rels", Array(links.utf8)),
            ("xl/worksheets/sheet1.xml", Array(sheet.utf8)),
        ]
        if let texts { entries.append(("xl/sharedStrings.xml", Array(texts.utf8))) }
        return try TestArchive.of(entries)
    }

    static func rows(_ cells: String) -> String {
        "<worksheet><sheetData><row r=\"1\">\(cells)</row></sheetData></worksheet>"
    }

    static func fault(_ bytes: [UInt8]) -> WorkbookFault? {
        do throws(WorkbookFault) {
            _ = try Workbook(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test("cells that say no place follow one another; texts in parts are put together")
    func places() throws {
        let cells =
            "<c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>x</t></rPh></is></c>"
            + "<c><v>2</v></c><c r=\"D1\" t=\"s\"><v>0</v></c><c r=\"E1\" t=\"s\"><v>9</v></c>"
            + "<c r=\"F1\" t=\"e\"><v>#REF!</v></c><c r=\"G1\"><v>1E3</v></c>"
        let texts = "<sst><si><r><t>c</t></r><r><t xml:space=\"preserve\"> d</t></r></si></sst>"
        let read = try Workbook(try Self.workbook(Self.rows(cells), texts: texts)).sheets[0].rows
        #expect(read.map(\.cells) == [["ab", "2", "", "c d", "", "#REF!", "1000"]])
    }

    @Test("a sheet that packs to a thousandth is refused before it is unpacked")
    func bomb() throws {
        let bomb = Self.rows(String(repeating: " ", count: 20 << 20))
        let bytes = try Self.workbook(bomb)
        #expect(bytes.count < 100_000)
        #expect(Self.fault(bytes) == .tooLarge)
    }

    @Test("more entries than any workbook has are refused")
    func entries() throws {
        let many = (0...ZipArchive.entriesMax).map { ("x\($0)", [UInt8]()) }
        #expect(Self.fault(try TestArchive.of(many)) == .tooLarge)
    }

    @Test(
        "each bad sheet is refused by its own fault",
        arguments: [
            (rows("<c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c>"), WorkbookFault.damaged),
            (rows("<c r=\"XFD1\"><v>1</v></c>"), .tooLarge),
            ("<!DOCTYPE x [<!ENTITY a \"b\">]>" + rows(""), .damaged),
            ("<worksheet><sheetData><row>", .damaged), ("", .damaged), ("PK", .damaged),
            (String(repeating: "<a>", count: 1_000), .tooLarge),
        ]
    )
    func badSheets(sheet: String, fault: WorkbookFault) throws {
        #expect(Self.fault(try Self.workbook(sheet)) == fault)
    }

    @Test("an empty cell far to the right is nothing; a number of no number is its text")
    func sparse() throws {
        let cells = "<c r=\"A1\"><v>x</v></c><c r=\"XFD1\" s=\"3\"/>"
        #expect(
            try Workbook(try Self.workbook(Self.rows(cells))).sheets[0].rows.map(\.cells) == [["x"]]
        )
    }

    @Test("what is no workbook is refused as that")
    func noWorkbook() throws {
        #expect(Self.fault([]) == .notAWorkbook)
        #expect(Self.fault(Array("PK\u{3}\u{4}".utf8)) == .notAWorkbook)
        #expect(Self.fault(try TestArchive.of([("a.txt", [1, 2])])) == .notAWorkbook)
        #expect(Self.fault([UInt8](repeating: 0x50, count: Workbook.bytesMax + 1)) == .tooLarge)
        let missing = Self.book.replacing("r1", with: "r2")
        #expect(try Workbook(try Self.workbook(Self.rows(""), book: missing)).sheets.isEmpty)
    }

    @Test("cut or changed anywhere, a workbook is read or refused")
    func damaged() throws {
        let bytes = try WorkbookTests.written { _, sheet in
            for row in 0..<50 {
                worksheet_write_string(sheet, lxw_row_t(row), 0, "Dell \(row)", nil)
            }
        }
        var state: UInt64 = 26
        func random(_ below: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(below))
        }
        var refused = 0
        for _ in 0..<500 {
            var changed = bytes
            for _ in 0...random(3) { changed[random(changed.count)] = UInt8(random(256)) }
            if random(4) == 0 { changed.removeLast(random(changed.count)) }
            if Self.fault(changed) != nil { refused += 1 }
        }
        #expect(refused > 50)
    }
}
