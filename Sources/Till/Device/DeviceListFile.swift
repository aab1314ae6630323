import Shop
import Store

/// The stock's list as a file to keep. Raw values are in addresses.
enum DeviceListFile: String, CaseIterable {
    case csv = "list.csv"
    case xlsx = "list.xlsx"
}

/// The list as its page filters it, all its parts at once.
func deviceListFile(
    _ file: DeviceListFile,
    _ store: Store,
    _ call: Call,
    _ context: Context
) async throws -> Answer {
    let table = try await store.devicesTable(
        matching: call.query["q"] ?? "",
        at: try call.query["stage"].flatMap { text throws(Refusal) in
            text.isEmpty ? nil : try DeviceFilter(typed: text)
        },
        olderThan: try call.olderThan(),
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

extension Call {
    /// For more than how many days what a list shows has waited; nil where it is not asked. Throws `quantityOutOfRange`.
    func olderThan() throws(Refusal) -> Int? {
        guard let text = query["older_than"], !text.isEmpty else { return nil }
        return try number(typed: text, field: .olderThan, in: 0...36_500)
    }
}
