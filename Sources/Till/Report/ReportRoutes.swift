import HTTPTypes
import Foundation
import Shop
import Store

private let readers = Access.roles(.courseReaders)

private let asked: [Route.Parameter] = [
    .init("programme", .text(most: 40), isRequired: true, "The programme's short name."),
    .init("as-of", .text(format: "date"), "As it stood at the end of a day; today by default."),
]
private let cut: [Route.Parameter] = [
    .init("figure", .choice(Counted.all.map(\.code)), "The figure."),
    .init("by", .choice(Axis.allCases.map(\.rawValue)), "How the report is cut."),
    .init("key", .text(most: 200), "Which part."),
]

/// Reports: figures, the rows behind them, tables to keep.
func reportRoutes(_ store: Store) -> [Route] {
    [
        Route(.get, "/reports", for: readers, "The reports of each programme.") { _, context in
            context.page(ReportsPage(context.words, try await store.programmes().items))
        },
        Route(
            .get,
            ReportLinks.path,
            for: readers,
            "Who finished the course, and with what equipment they left.",
            query: asked + [
                .init("by", .choice(Axis.allCases.map(\.rawValue)), "What the chart is cut by.")
            ]
        ) { call, context in
            let axis = try call.query["by"].map { try Axis(typed: $0, field: .axis) }
            return context.page(
                ReportPage(context.words, try await report(store, call), by: axis ?? .run)
            )
        },
        Route(
            .get,
            "\(ReportLinks.path)/rows",
            for: readers,
            "The rows behind a figure.",
            query: asked + cut
        ) { call, context in
            try context.page(
                ReportRowsPage(
                    context.words,
                    await report(store, call),
                    ReportCut(call.query),
                    mayOpenRuns: context.mayOpen("/runs/X")
                )
            )
        },
        Route(
            .get,
            "\(ReportLinks.path)/figures.csv",
            for: readers,
            "The figures as a table for a spreadsheet.",
            query: asked
        ) { call, context in
            let report = try await report(store, call)
            return csv(report.figuresTable(in: context.language), "figures", report)
        },
        Route(
            .get,
            "\(ReportLinks.path)/rows.csv",
            for: readers,
            "The rows behind a figure as a table for a spreadsheet.",
            query: asked + cut
        ) { call, context in
            let report = try await report(store, call)
            let rows = try ReportCut(call.query).rows(of: report)
            return csv(report.rowsTable(rows, in: context.language), "rows", report)
        },
        Route(
            .get,
            "\(ReportLinks.path)/report.xlsx",
            for: readers,
            "Every figure and every row as a workbook: a sheet an axis, and one of rows.",
            query: asked
        ) { call, context in
            let report = try await report(store, call)
            return .file(
                "\(Report.equipmentOfFinishers.rawValue)-\(report.programme.code)-\(report.asOf.iso).xlsx",
                type: Workbook.type,
                try await Workbook.bytes(of: report, in: context.language)
            )
        },
        Route(
            .get,
            "/api/v1\(ReportLinks.path)",
            for: readers,
            "The report with all its rows.",
            query: asked,
            gives: EquipmentDocument.self
        ) { call, _ in
            try .json(EquipmentDocument(try await report(store, call)))
        },
    ]
}

private func report(_ store: Store, _ call: Call) async throws -> EquipmentOfFinishers {
    try await store.equipmentOfFinishers(
        of: call.query.required("programme"),
        asOf: call.query["as-of"].flatMap { $0.isEmpty ? nil : $0 }.map { try Day(typed: $0) }
    )
}

private func csv(_ table: Table, _ part: String, _ report: EquipmentOfFinishers) -> Answer {
    .file(
        "\(Report.equipmentOfFinishers.rawValue)-\(part)-\(report.programme.code)-\(report.asOf.iso).csv",
        type: "text/csv; charset=utf-8",
        Array(CSV(table).text.utf8)
    )
}
