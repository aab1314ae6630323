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
    let chart: String
    let tables: [Table]
    let figuresCSV: String
    let rowsCSV: String

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
        let hours: String?
        let cells: [Cell]
    }

    struct Cell: Sendable {
        /// The rows behind the figure; nil where there is none.
        let path: String?
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

    func rows(_ figure: Figure, _ axis: Axis? = nil, _ key: String = "") -> String {
        "\(Self.path)/rows?\(asked)\(part(figure, axis, key))"
    }

    func rowsCSV(_ figure: Figure, _ axis: Axis? = nil, _ key: String = "") -> String {
        "\(Self.path)/rows.csv?\(asked)\(part(figure, axis, key))"
    }

    private var asked: String { "programme=\(programme)&as-of=\(asOf.iso)" }

    private func part(_ figure: Figure, _ axis: Axis?, _ key: String) -> String {
        let cut = axis.map { "&by=\($0.rawValue)&key=\(encoded(key))" } ?? ""
        return "&figure=\(figure.rawValue)\(cut)"
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

extension ReportPage {
    init(_ words: Words, _ report: EquipmentOfFinishers) {
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
        figures = Figure.allCases.map { figure in
            let name = figure.name(in: language)
            let target = report.programme.parentsTarget
            return Shown(
                path: links.rows(figure),
                value: words.number(all.count(figure)),
                words: figure == .enrolled && target > 0
                    ? words("report_target", ["words": name, "target": words.number(target)])
                    : name,
                definition: figure.definition(in: language)
            )
        }
        money = Self.sums(words, report)
        chart = Self.chart(report, language)
        tables =
            Axis.allCases.map { Table(words, report, $0, links) }
            + [Table(words, report.deviceFigures)]
        figuresCSV = links.figuresCSV
        rowsCSV = links.rowsCSV(.enrolled)
    }

    private static func sums(_ words: Words, _ report: EquipmentOfFinishers) -> [Shown] {
        let all = report.all
        func shown(_ value: String, _ key: String) -> Shown {
            Shown(path: "", value: value, words: words(key), definition: "")
        }
        return [
            shown(words.number(report.runs.count), "report_runs_started"),
            shown(words.number(all.devices), "report_devices"),
            shown(Written.cents(all.paidByPersons, in: words.language), "report_paid_persons"),
            shown(
                Written.cents(all.paidByProgrammes, in: words.language),
                "report_paid_programmes"
            ),
        ]
    }

    private struct Chart: Encodable {
        let labels: [String]
        let series: [Series]

        struct Series: Encodable {
            let name: String
            let values: [Int]
        }
    }

    private static func chart(_ report: EquipmentOfFinishers, _ language: Language) -> String {
        let groups = report.figures(by: .run)
        let chart = Chart(
            labels: groups.map(\.key),
            series: [Figure.enrolled, .finished, .equipped].map { figure in
                Chart.Series(
                    name: figure.name(in: language),
                    values: groups.map { $0.count(figure) }
                )
            }
        )
        guard let data = try? JSONEncoder().encode(chart) else {
            preconditionFailure("texts and whole numbers are always JSON")
        }
        return String(decoding: data, as: UTF8.self)
    }
}

extension ReportPage.Table {
    private static let shown: [Figure] = [
        .enrolled, .started, .finished, .equipped, .byPurchase, .byGift, .notYet,
    ]

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
        columns =
            Self.shown.map { words("report_short_\($0.rawValue)") } + [words("report_short_paid")]
        rows = report.figures(by: axis).map { group in
            let figures = Self.shown.map { figure in
                let count = group.count(figure)
                return ReportPage.Cell(
                    path: count == 0 ? nil : links.rows(figure, axis, group.key),
                    value: words.number(count)
                )
            }
            let paid = ReportPage.Cell(
                path: nil,
                value: Written.cents(group.paidByPersons, in: language)
            )
            let run = runs[group.key]
            let name = group.key.isEmpty ? words("report_unknown") : group.key
            return ReportPage.Line(
                name: run.map { "\(name) · \($0.structure)" } ?? name,
                hours: axis == .run
                    ? run.map {
                        "\(Written.minutes($0.deliveredMinutes)) / \(Written.minutes($0.plannedMinutes))"
                    } ?? "–" : nil,
                cells: figures + [paid]
            )
        }
    }

    /// By type of device, counted in devices.
    fileprivate init(_ words: Words, _ devices: [DeviceFigures]) {
        let language = words.language
        heading = words("report_by_device")
        axis = words("report_device")
        hasHours = false
        columns = [
            "report_devices", "report_by_purchase", "report_by_gift", "report_during",
            "report_after", "report_paid_persons", "report_paid_programmes",
        ].map { words($0) }
        rows = devices.map { group in
            let values = [
                words.number(group.kept.count), words.number(group.count(by: .sale)),
                words.number(group.count(by: .gift)), words.number(group.during),
                words.number(group.after), Written.cents(group.paidByPersons, in: language),
                Written.cents(group.paidByProgrammes, in: language),
            ]
            return ReportPage.Line(
                name: DeviceKind(rawValue: group.kind)?.name(in: language) ?? group.kind,
                hours: nil,
                cells: values.map { ReportPage.Cell(path: nil, value: $0) }
            )
        }
    }
}
