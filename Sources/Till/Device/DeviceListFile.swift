import HTTPTypes
import Shop
import Store

/// The stock's list as a file to keep. Raw values are in addresses.
enum DeviceListFile: String, CaseIterable {
    case csv = "list.csv"
    case xlsx = "list.xlsx"
}

/// The list as its page filters it, all its parts at once.
func deviceListFile(_ store: Store, _ file: DeviceListFile, _ summary: String) -> Route {
    Route(
        .get,
        "/devices/\(file.rawValue)",
        for: .everyRole,
        summary,
        query: deviceListQuery
    ) { call, context in
        let table = try await store.devicesTable(
            matching: call.query["q"] ?? "",
            at: try call.query["stage"].flatMap { text throws(Refusal) in
                text.isEmpty ? nil : try DeviceFilter(typed: text)
            },
            olderThan: call.query["older_than"].flatMap { Int($0) },
            in: context.reach(.everyone),
            language: context.language
        )
        return switch file {
        case .csv:
            .file(
                "devices-\(store.today.iso).csv",
                type: "text/csv; charset=utf-8",
                Array(CSV(table).text.utf8)
            )
        case .xlsx:
            .file(
                "devices-\(store.today.iso).xlsx",
                type: Workbook.type,
                try await Workbook.bytes(of: [table])
            )
        }
    }
}
