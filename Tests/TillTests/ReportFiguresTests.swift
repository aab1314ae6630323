import Shop
import Testing

@testable import Till

@Suite("Each figure opens the rows behind it")
struct ReportFiguresTests {
    @Test("every figure of the page, in the head and in the tables, is what its rows come to (X8)")
    func everyFigure() async throws {
        let words = try await Pages().words(.french)
        let report = try Samples.report()
        for axis in Axis.allCases {
            let page = ReportPage(words, report, by: axis)
            let cells = page.tables.flatMap(\.rows).flatMap(\.cells)
            let shown =
                (page.figures + page.money).map { ($0.path, $0.value) }
                + cells.map { ($0.path, $0.value) }
            #expect(shown.count > 60)
            for (path, value) in shown {
                let query = try #require(path.split(separator: "?").last)
                let cut = try ReportCut(Form(encoded: String(query)))
                #expect(words.told(cut.rows(of: report).value) == value, "\(path)")
                let rows = ReportRowsPage(words, report, cut, mayOpenRuns: true)
                let money = rows.rows.flatMap(\.cells).filter(\.isNumber)
                #expect(money.isEmpty || rows.counted.hasSuffix(value))
            }
            #expect(
                page.axes.filter(\.isCurrent).map(\.path) == [
                    "\(ReportLinks.path)?programme=lille&as-of=2022-12-05&by=\(axis.rawValue)"
                ]
            )
            #expect(page.tables.first?.axis == axis.name(in: .french))
            #expect(page.tables.count == 4)
        }
    }

    @Test("what came back counts in no figure and in no sum, and what was paid before is deducted")
    func returned() throws {
        let report = try Samples.report()
        #expect(ReportCut(.machines(.kept)).rows(of: report).value == .count(3))
        #expect(report.deviceFigures.map { $0.value(.kept) } == [.count(3)])
    }
}
