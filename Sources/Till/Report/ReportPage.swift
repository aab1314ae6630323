import Foundation
import Shop
import Store

/// The reports of each programme.
struct ReportsPage: Page {
    static let template = "reports"

    let isEmpty: Bool
    let tiles: [Tile]

    struct Tile: Sendable {
        let path: String
        let report: String
        let programme: String
        let days: String
    }

    init(_ words: Words, _ programmes: [Programme]) {
        isEmpty = programmes.isEmpty
        tiles = programmes.flatMap { programme in
            Report.allCases.map { report in
                Tile(
                    path: "/reports/\(report.rawValue)?programme=\(programme.code)",
                    report: report.name(in: words.language),
                    programme: programme.name,
                    days: words(
                        "report_days",
                        ["from": programme.startsOn.printed, "to": programme.endsOn.printed]
                    )
                )
            }
        }
    }
}

/// Who finished, and with what equipment: figures that open their rows, a chart, its tables.
struct ReportPage: Page {
    static let template = "report"

    let title: String
    let programme: String
    let code: String
    let asOf: Field
    let whole: String
    let figures: [Shown]
    let money: [Shown]
    /// Attestations that were taken back; nil where none was.
    let revoked: Shown?
    /// What the chart and the first table are cut by.
    let axes: [Tab]
    let by: String
    let chart: String
    let chartWords: String
    let tables: [Table]
    let figuresCSV: String
    let rowsCSV: String
    let workbook: String

    struct Tab: Sendable {
        let path: String
        let words: String
        let isCurrent: Bool
    }

    struct Shown: Sendable {
        let path: String
        let value: String
        let words: String
        let definition: String
    }

    struct Table: Sendable {
        let heading: String
        let axis: String
        let hasHours: Bool
        let columns: [String]
        let rows: [Line]
    }

    struct Line: Sendable {
        let name: String
        let hours: Cell?
        let cells: [Cell]
    }

    struct Cell: Sendable {
        /// Its column, for where a row stands as a card.
        let label: String
        /// The rows behind the figure.
        let path: String
        let value: String
    }
}

/// Where the rows behind a figure lie, and the report itself.
struct ReportLinks: Sendable {
    let programme: String
    let asOf: Day

    static let path = "/reports/\(Report.equipmentOfFinishers.rawValue)"

    var report: String { "\(Self.path)?\(asked)" }
    var figuresCSV: String { "\(Self.path)/figures.csv?\(asked)" }
    var workbook: String { "\(Self.path)/report.xlsx?\(asked)" }

    func report(by axis: Axis) -> String { "\(report)&by=\(axis.rawValue)" }
    func rows(_ cut: ReportCut) -> String { "\(Self.path)/rows?\(asked)\(part(cut))" }
    func rowsCSV(_ cut: ReportCut) -> String { "\(Self.path)/rows.csv?\(asked)\(part(cut))" }

    private var asked: String { "programme=\(programme)&as-of=\(asOf.iso)" }

    private func part(_ cut: ReportCut) -> String {
        let axis = cut.axis.map { "&by=\($0.rawValue)&key=\(percentEncoded(cut.key))" } ?? ""
        return "&figure=\(cut.counted.code)\(axis)"
    }
}

extension ReportPage {
    init(_ words: Words, _ report: EquipmentOfFinishers, by axis: Axis = .run) {
        let language = words.language
        let links = ReportLinks(programme: report.programme.code, asOf: report.asOf)
        let all = report.all
        title = Report.equipmentOfFinishers.name(in: language)
        programme = report.programme.name
        code = report.programme.code
        asOf = Field(
            "as-of",
            label: words("report_as_of"),
            value: report.asOf.iso,
            type: "date"
        )
        whole = words("report_whole", ["day": report.asOf.spelled(in: language)])
        revoked =
            report.revoked.isEmpty
            ? nil
            : Shown(
                path: links.rows(ReportCut(.revoked)),
                value: words.number(report.revoked.count),
                words: words.counted("report_revoked", report.revoked.count),
                definition: Counted.revoked.definition(in: language)
            )
        figures = Figure.allCases.map { figure in
            let name = figure.name(in: language)
            let target = report.programme.parentsTarget
            return Shown(
                path: links.rows(ReportCut(.parents(figure))),
                value: words.number(all.count(figure)),
                words: figure == .enrolled && target > 0
                    ? words("report_target", ["words": name, "target": words.number(target)])
                    : name,
                definition: figure.definition(in: language)
            )
        }
        let sums: [(Counted, FigureValue)] = [
            (.runs, .count(report.runs.count)),
            (.machines(.kept), .count(all.devices)),
            (.machines(.paidByPersons), .cents(all.paidByPersons)),
            (.machines(.paidByProgrammes), .cents(all.paidByProgrammes)),
        ]
        money = sums.map { counted, value in
            Shown(
                path: links.rows(ReportCut(counted)),
                value: words.told(value),
                words: counted.name(in: language),
                definition: counted.definition(in: language)
            )
        }
        axes = Axis.allCases.map { other in
            Tab(
                path: links.report(by: other),
                words: words("report_by_\(other.rawValue)"),
                isCurrent: other == axis
            )
        }
        by = axis.rawValue
        chart = Self.chart(report, axis, language)
        chartWords = words(
            axis == .device ? "report_chart_devices" : "report_chart",
            ["axis": words("report_by_\(axis.rawValue)").lowercasedFirst]
        )
        tables = ([axis] + Axis.allCases.filter { $0 != axis }).map { axis in
            axis == .device
                ? Table(words, report.deviceFigures, links) : Table(words, report, axis, links)
        }
        figuresCSV = links.figuresCSV
        rowsCSV = links.rowsCSV(ReportCut(.parents(.enrolled)))
        workbook = links.workbook
    }

    private struct Chart: Encodable {
        let labels: [String]
        let series: [Series]

        struct Series: Encodable {
            let name: String
            let values: [Int]
        }
    }

    private static func chart(
        _ report: EquipmentOfFinishers,
        _ axis: Axis,
        _ language: Language
    ) -> String {
        let chart: Chart
        if axis == .device {
            let groups = report.deviceFigures
            chart = Chart(
                labels: groups.map { shownKind($0.kind, language) },
                series: [(MachineFigure.bought, TicketKind.sale), (.given, .gift)].map {
                    figure,
                    by in
                    Chart.Series(
                        name: figure.name(in: language),
                        values: groups.map { $0.count(by: by) }
                    )
                }
            )
        } else {
            let groups = report.figures(by: axis)
            chart = Chart(
                labels: groups.map(\.key),
                series: [Figure.enrolled, .finished, .equipped].map { figure in
                    Chart.Series(
                        name: figure.name(in: language),
                        values: groups.map { $0.count(figure) }
                    )
                }
            )
        }
        guard let data = try? JSONEncoder().encode(chart) else {
            preconditionFailure("texts and whole numbers are always JSON")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

/// A kind of machine in words; one that this program does not know is told as it was stored.
func shownKind(_ kind: String, _ language: Language) -> String {
    DeviceKind(rawValue: kind)?.name(in: language) ?? kind
}

extension Words {
    /// A figure as it stands on a page.
    func told(_ value: FigureValue) -> String {
        switch value {
        case .count(let count): number(count)
        case .cents(let cents): Written.cents(cents, in: language)
        }
    }
}

extension String {
    /// "Par parcours" in the middle of a sentence.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

extension ReportPage.Table {
    fileprivate init(
        _ words: Words,
        _ report: EquipmentOfFinishers,
        _ axis: Axis,
        _ links: ReportLinks
    ) {
        let language = words.language
        let runs = Dictionary(uniqueKeysWithValues: report.runs.map { ($0.code, $0) })
        heading = words("report_by_\(axis.rawValue)")
        self.axis = axis.name(in: language)
        hasHours = axis == .run
        let columns =
            Figure.allCases.map { words("report_short_\($0.rawValue)") }
            + [
                words("report_short_devices"), words("report_short_paid"),
                words("report_paid_programmes"),
            ]
        self.columns = columns
        rows = report.figures(by: axis).map { group in
            let counted: [(Counted, FigureValue)] =
                Figure.allCases.map { (.parents($0), .count(group.count($0))) } + [
                    (.machines(.kept), .count(group.devices)),
                    (.machines(.paidByPersons), .cents(group.paidByPersons)),
                    (.machines(.paidByProgrammes), .cents(group.paidByProgrammes)),
                ]
            let cells = zip(columns, counted).map { label, figure in
                ReportPage.Cell(
                    label: label,
                    path: links.rows(ReportCut(figure.0, by: axis, key: group.key)),
                    value: words.told(figure.1)
                )
            }
            let run = runs[group.key]
            let name = group.key.isEmpty ? words("report_unknown") : group.key
            let hours = run.map {
                "\(Written.minutes($0.deliveredMinutes)) / \(Written.minutes($0.plannedMinutes))"
            }
            return ReportPage.Line(
                name: run.map { "\(name) · \($0.structure)" } ?? name,
                hours: axis == .run
                    ? ReportPage.Cell(
                        label: words("run_hours"),
                        path: links.rows(ReportCut(.runs, by: axis, key: group.key)),
                        value: hours ?? "–"
                    ) : nil,
                cells: cells
            )
        }
    }

    /// By type of device, counted in devices.
    fileprivate init(_ words: Words, _ devices: [DeviceFigures], _ links: ReportLinks) {
        let language = words.language
        heading = words("report_by_device_type")
        axis = Axis.device.name(in: language)
        hasHours = false
        columns = MachineFigure.allCases.map { $0.name(in: language) }
        rows = devices.map { group in
            ReportPage.Line(
                name: shownKind(group.kind, language),
                hours: nil,
                cells: MachineFigure.allCases.map { figure in
                    ReportPage.Cell(
                        label: figure.name(in: language),
                        path: links.rows(
                            ReportCut(.machines(figure), by: .device, key: group.kind)
                        ),
                        value: words.told(group.value(figure))
                    )
                }
            )
        }
    }
}
