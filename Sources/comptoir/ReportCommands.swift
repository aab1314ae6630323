import ArgumentParser
import Shop
import Store

/// What funders and the association ask.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Reports: each figure can be traced to its rows.",
        subcommands: [List.self, Equipment.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Names the reports.")
        @OptionGroup var shared: Shared

        func run() async throws {
            try await shared.answer { _ in Report.allCases.map(ReportAnswer.init) }
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

        func run() async throws {
            try await shared.run { store, _ in
                let report = try await store.equipmentOfFinishers(
                    of: programme,
                    asOf: asOf.map { try Day(typed: $0) }
                )
                return EquipmentAnswer(report: report, csv: csv, rows: rows)
            }
        }

        func validate() throws {
            if csv && shared.json { throw ValidationError("--csv or --json, not both") }
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
    let csv: Bool
    let rows: Bool

    func encode(to encoder: any Encoder) throws {
        try EquipmentDocument(report).encode(to: encoder)
    }

    func words(in language: Language) -> String {
        if csv {
            let table =
                rows
                ? report.rowsCSV(report.parents, in: language) : report.figuresCSV(in: language)
            return String(table.text.dropLast())
        }
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
        let runs = report.runs.map { run in
            let figures = report.figures(by: .run).first { $0.key == run.code }
            return "  \(run.code)  \(run.structure), "
                + "\(Written.minutes(run.deliveredMinutes)), \(figures?.count(.enrolled) ?? 0) / "
                + "\(figures?.count(.finished) ?? 0) / \(figures?.count(.equipped) ?? 0)"
        }
        return ([head] + figures + money + runs).joined(separator: "\n")
    }
}
