import ArgumentParser
import Foundation
import Shop
import Store
import Till

/// What funders and the association ask.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Reports: each figure can be traced to its rows.",
        subcommands: [List.self, Equipment.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Names the reports.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var printing: Printing

        func run() async throws {
            try await printing.answer { _ in
                PagedAnswer(whole: Report.allCases.map(ReportAnswer.init))
            }
        }
    }

    struct Equipment: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: Report.equipmentOfFinishers.rawValue,
            abstract: "Who finished the course, and with what equipment they left."
        )
        @OptionGroup var shared: Shared
        @Option(help: "The programme's short name: lille.") var programme: String
        @Option(help: "As it stood at the end of a day. By default today.") var asOf: String?
        @Flag(help: "Print a table for a spreadsheet: semicolons, decimal commas.") var csv = false
        @Flag(help: "With --csv: the rows instead of the figures.") var rows = false
        @Flag(help: "Write a workbook: a sheet an axis, and one of rows.") var xlsx = false
        @Argument(help: "With --xlsx: the file to write; standard output by default.")
        var file: String?

        func run() async throws {
            try await shared.run { store, _ in
                let report = try await store.equipmentOfFinishers(
                    of: programme,
                    asOf: asOf.map { try Day(typed: $0) }
                )
                if xlsx {
                    let bytes = Data(try await Workbook.bytes(of: report, in: .french))
                    return EquipmentAnswer(report: report, form: .workbook(try keep(bytes)))
                }
                return EquipmentAnswer(report: report, form: csv ? .csv(rows: rows) : .words)
            }
        }

        /// Writes the workbook; returns where, nil for standard output.
        private func keep(_ workbook: Data) throws -> String? {
            guard let file, file != "-" else {
                FileHandle.standardOutput.write(workbook)
                return nil
            }
            try workbook.write(to: URL(filePath: file))
            return file
        }

        func validate() throws {
            if [csv, xlsx, shared.json].count(where: { $0 }) > 1 {
                throw ValidationError("--json, --csv or --xlsx, one of them")
            }
            if file != nil && !xlsx { throw ValidationError("a file goes with --xlsx") }
            if rows && !csv { throw ValidationError("--rows goes with --csv") }
        }
    }
}

private struct ReportAnswer: Output {
    let name: String
    let title: Title

    struct Title: Encodable {
        let fr: String
        let en: String
    }

    init(_ report: Report) {
        name = report.rawValue
        title = Title(fr: report.name(in: .french), en: report.name(in: .english))
    }

    func words(in language: Language) -> String {
        "\(name)  \(language.choose(title.fr, title.en))"
    }
}

private struct EquipmentAnswer: Output {
    let report: EquipmentOfFinishers
    let form: Form

    enum Form {
        case words
        case csv(rows: Bool)
        /// Written already; where, nil for standard output.
        case workbook(String?)
    }

    func encode(to encoder: any Encoder) throws {
        try EquipmentDocument(report).encode(to: encoder)
    }

    func words(in language: Language) -> String {
        switch form {
        case .csv(let rows):
            let table =
                rows
                ? report.rowsTable(report.parents, in: language)
                : report.figuresTable(in: language)
            return String(CSV(table).text.dropLast())
        case .workbook(let file): return file ?? ""
        case .words: return summary(in: language)
        }
    }

    private func summary(in language: Language) -> String {
        let all = report.all
        let head =
            "\(report.programme.name), "
            + language.choose("au \(report.asOf.printed)", "as of \(report.asOf.printed)")
        let figures = Figure.allCases.map { "  \($0.name(in: language))\u{A0}: \(all.count($0))" }
        let money = [
            "  " + language.choose("Payé par les personnes", "Paid by the persons") + "\u{A0}: "
                + Written.cents(all.paidByPersons, in: language),
            "  " + language.choose("Payé par les programmes", "Paid by programmes") + "\u{A0}: "
                + Written.cents(all.paidByProgrammes, in: language),
        ]
        let revoked =
            report.revoked.isEmpty
            ? []
            : ["  \(Counted.revoked.name(in: language))\u{A0}: \(report.revoked.count)"]
        let runs = report.runs.map { run in
            let figures = report.figures(by: .run).first { $0.key == run.code }
            return "  \(run.code)  \(run.structure), "
                + "\(Written.minutes(run.deliveredMinutes)), \(figures?.count(.enrolled) ?? 0) / "
                + "\(figures?.count(.finished) ?? 0) / \(figures?.count(.equipped) ?? 0)"
        }
        return ([head] + figures + revoked + money + runs).joined(separator: "\n")
    }
}
