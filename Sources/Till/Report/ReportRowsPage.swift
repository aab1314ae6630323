import Shop
import Store

/// The rows behind a figure: persons by their codes, never a name.
struct ReportRowsPage: Page {
    static let template = "report-rows"

    let title: String
    let definition: String
    let back: String
    let csv: String
    let counted: String
    let hasRows: Bool
    let rows: [Line]

    struct Line: Sendable {
        let person: String
        let run: String
        /// Nil for whoever may not open runs.
        let runPath: String?
        let structure: String
        let quarter: String
        let enrolledOn: String
        let startedOn: String
        let completedOn: String
        let household: String
        let equipment: [String]
    }

    init(
        _ words: Words,
        _ report: EquipmentOfFinishers,
        _ cut: ReportCut,
        mayOpenRuns: Bool
    ) {
        let language = words.language
        let links = ReportLinks(programme: report.programme.code, asOf: report.asOf)
        let parents = cut.rows(of: report)
        let part = cut.axis.map { axis in
            " · \(axis.name(in: language))\u{A0}: "
                + (cut.key.isEmpty ? words("report_unknown") : cut.key)
        }
        title = cut.figure.name(in: language) + (part ?? "")
        definition = cut.figure.definition(in: language)
        back = links.report
        csv = links.rowsCSV(cut.figure, cut.axis, cut.key)
        counted = words.counted("report_rows", parents.count)
        hasRows = !parents.isEmpty
        rows = parents.map { parent in
            Line(
                person: parent.person,
                run: parent.run,
                runPath: mayOpenRuns ? "/runs/\(parent.run)" : nil,
                structure: parent.structure,
                quarter: parent.quarter.isEmpty ? words("report_unknown") : parent.quarter,
                enrolledOn: parent.enrolledOn.printed,
                startedOn: parent.startedOn?.printed ?? "–",
                completedOn: parent.completedOn?.printed ?? "–",
                household: words.number(parent.householdMembers),
                equipment: parent.equipment.map { told($0, words) }
            )
        }
    }
}

private func told(_ equipment: EquipmentOfFinishers.Equipment, _ words: Words) -> String {
    let language = words.language
    let paid = equipment.by == .sale ? equipment.paidByPerson : equipment.paidByProgramme
    let line = words(
        equipment.by == .sale ? "report_bought" : "report_given",
        [
            "device": equipment.label,
            "kind": DeviceKind(rawValue: equipment.kind)?.name(in: language) ?? equipment.kind,
            "price": Written.cents(paid, in: language), "day": equipment.acquiredOn.printed,
            "receipt": equipment.receipt,
        ]
    )
    guard let day = equipment.returnedOn else { return line }
    return words("report_returned", ["words": line, "day": day.printed])
}

/// A figure, of the whole or of one part.
struct ReportCut: Sendable {
    let figure: Figure
    let axis: Axis?
    let key: String

    /// Reads `figure`, `by` and `key`. Throws `choiceUnknown`.
    init(_ query: Form) throws(Refusal) {
        figure = try Self.choice(query["figure"] ?? Figure.enrolled.rawValue, "figure")
        axis = try query["by"].map { by throws(Refusal) in try Self.choice(by, "by") }
        key = query["key"] ?? ""
    }

    func rows(of report: EquipmentOfFinishers) -> [EquipmentOfFinishers.Parent] {
        report.all.rows(figure).filter { parent in axis.map { $0.key(of: parent) == key } ?? true }
    }

    private static func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ text: String,
        _ field: String
    ) throws(Refusal) -> Value {
        guard let value = Value(rawValue: text) else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .text(field), "text": .text(String(text.prefix(40))),
                    "choices": .text(Value.allCases.map(\.rawValue).joined(separator: ", ")),
                ]
            )
        }
        return value
    }
}
