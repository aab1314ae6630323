import ArgumentParser
import Shop
import Store
import Till

struct DeviceExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a list of devices, whole, to a CSV file or a workbook.",
        discussion:
            "A file holds 10,000 devices at most: a step, a shop or words make the list shorter."
    )

    @OptionGroup var shared: Shared
    @OptionGroup var paper: PaperFile

    @OptionGroup var list: DeviceListOptions

    @Flag(help: "A workbook instead of a CSV file.")
    var xlsx = false

    func run() async throws {
        try await shared.runOpen { store in
            let table = try await store.devicesTable(
                matching: list.matching,
                at: list.stage,
                olderThan: list.olderThan,
                in: list.reach(store),
                language: .french
            )
            return try paper.write(
                xlsx ? try await Workbook.bytes(of: [table]) : Array(CSV(table).text.utf8)
            )
        }
    }
}
