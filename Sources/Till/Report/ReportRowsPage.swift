import Shop
import Store

/// The rows behind a figure: runs, persons by their codes, or machines; never a name.
struct ReportRowsPage: Page {
    static let template = "report-rows"

    let title: String
    let definition: String
    let back: String
    let csv: String
    let counted: String
    let hasRows: Bool
    let columns: [String]
    let rows: [Line]

    struct Line: Sendable {
        let name: String
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let label: String
        /// Nil where it opens nothing, or nothing that the reader may open.
        let path: String?
        let value: String
        let more: [String]
        let isNumber: Bool
    }

    init(
        _ words: Words,
        _ report: EquipmentOfFinishers,
        _ cut: ReportCut,
        mayOpenRuns: Bool
    ) {
        let language = words.language
        let links = ReportLinks(programme: report.programme.code, asOf: report.asOf)
        let found = cut.rows(of: report)
        let part = cut.axis.map { axis in
            " · \(axis.name(in: language))\u{A0}: "
                + (cut.key.isEmpty
                    ? words("report_unknown")
                    : axis == .device ? shownKind(cut.key, language) : cut.key)
        }
        title = cut.counted.name(in: language) + (part ?? "")
        definition = cut.counted.definition(in: language)
        back = links.report
        csv = links.rowsCSV(cut)
        let told = ToldRows(words, mayOpenRuns: mayOpenRuns)
        let lines: [(name: String, cells: [ToldRows.Column])]
        switch found {
        case .runs(let runs): lines = runs.map { ($0.code, told.cells($0)) }
        case .parents(let parents): lines = parents.map { ($0.person, told.cells($0)) }
        case .machines(let machines, let figure):
            lines = machines.map { ($0.equipment.label, told.cells($0, figure)) }
        }
        let total = if case .cents = found.value { " · " + words.told(found.value) } else { "" }
        counted = words.counted("report_rows", lines.count) + total
        hasRows = !lines.isEmpty
        let first: [String]
        switch found {
        case .runs: first = [words("report_run")]
        case .parents: first = [words("report_person")]
        case .machines: first = [words("report_device")]
        }
        columns = first + (lines.first?.cells.map(\.label) ?? [])
        rows = lines.map { line in
            Line(
                name: line.name,
                cells: line.cells.map {
                    Cell(
                        label: $0.label,
                        path: $0.path,
                        value: $0.values.first ?? "",
                        more: Array($0.values.dropFirst()),
                        isNumber: $0.isNumber
                    )
                }
            )
        }
    }
}

/// Rows in words, a cell a column.
private struct ToldRows {
    struct Column {
        let label: String
        var path: String?
        let values: [String]
        var isNumber = false
    }

    let words: Words
    let mayOpenRuns: Bool

    init(_ words: Words, mayOpenRuns: Bool) {
        self.words = words
        self.mayOpenRuns = mayOpenRuns
    }

    func cells(_ run: EquipmentOfFinishers.RunFacts) -> [Column] {
        [
            column("run_structure", run.structure),
            column("report_started_on", run.startsOn.printed),
            Column(
                label: words("run_hours"),
                path: path(run.code),
                values: [
                    "\(Written.minutes(run.deliveredMinutes)) / \(Written.minutes(run.plannedMinutes))"
                ]
            ),
        ]
    }

    func cells(_ parent: EquipmentOfFinishers.Parent) -> [Column] {
        [
            run(parent), column("run_structure", parent.structure),
            column(
                "report_quarter",
                parent.quarter.isEmpty ? words("report_unknown") : parent.quarter
            ),
            column("report_enrolled_on", parent.enrolledOn.printed),
            column("report_started_on", parent.startedOn?.printed ?? "–"),
            column(
                "report_completed_on",
                parent.completedOn?.printed
                    ?? parent.revokedOn.map { words("report_revoked_on", ["day": $0.printed]) }
                    ?? "–"
            ),
            column("report_household", words.number(parent.householdMembers)),
            Column(
                label: words("report_equipment"),
                values: parent.equipment.map { equipment in told(equipment) }
            ),
        ]
    }

    func cells(_ machine: Acquired, _ figure: MachineFigure) -> [Column] {
        let paid = figure.cents(of: machine).map {
            Column(
                label: figure.name(in: words.language),
                values: [Written.cents($0, in: words.language)],
                isNumber: true
            )
        }
        return [
            column("report_person", machine.parent.person), run(machine.parent),
            column("run_structure", machine.parent.structure),
            column("report_completed_on", machine.parent.completedOn?.printed ?? "–"),
            column("report_equipment", told(machine.equipment)),
        ] + [paid].compactMap { $0 }
    }

    private func run(_ parent: EquipmentOfFinishers.Parent) -> Column {
        Column(label: words("report_run"), path: path(parent.run), values: [parent.run])
    }

    private func path(_ run: String) -> String? { mayOpenRuns ? "/runs/\(run)" : nil }

    private func column(_ key: String, _ value: String) -> Column {
        Column(label: words(key), values: [value])
    }

    private func told(_ equipment: EquipmentOfFinishers.Equipment) -> String {
        let language = words.language
        let paid = equipment.by == .sale ? equipment.paidByPerson : equipment.paidByProgramme
        let line = words(
            equipment.by == .sale ? "report_bought" : "report_given",
            [
                "device": equipment.label, "kind": shownKind(equipment.kind, language),
                "price": Written.cents(paid, in: language), "day": equipment.acquiredOn.printed,
                "receipt": equipment.receipt,
            ]
        )
        let signed = equipment.handedOverOn.map {
            words("report_handed_over", ["words": line, "day": $0.printed])
        }
        guard let day = equipment.returnedOn else { return signed ?? line }
        return words("report_returned", ["words": signed ?? line, "day": day.printed])
    }
}

extension ReportCut {
    /// Reads `figure`, `by` and `key`. Throws `choiceUnknown`.
    init(_ query: Form) throws(Refusal) {
        let code = query["figure"] ?? Figure.enrolled.rawValue
        guard let counted = Counted(code: code) else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.figure), "text": .text(String(code.prefix(40))),
                    "choices": .text(Counted.all.map(\.code).joined(separator: ", ")),
                ]
            )
        }
        self.init(
            counted,
            by: try query["by"].map { by throws(Refusal) in try Axis(typed: by, field: .axis) },
            key: query["key"] ?? ""
        )
    }
}
