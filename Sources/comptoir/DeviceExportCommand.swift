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

    @Argument(help: "Words that are in the label, maker, model or serial.")
    var words: [String] = []

    @Option(help: "One of: \(DeviceFilter.names.joined(separator: ", ")).")
    var stage: DeviceFilter?

    @Option(help: "Only those that have waited for more days than this.")
    var olderThan: Int?

    @Option(help: "A shop's code; every shop by default.")
    var shop: String?

    @Flag(help: "A workbook instead of a CSV file.")
    var xlsx = false

    func run() async throws {
        try await shared.runOpen { store in
            let reach: Reach =
                if let shop { .shops([try await store.shop(coded: shop)]) } else { .everyShop }
            let table = try await store.devicesTable(
                matching: words.joined(separator: " "),
                at: stage,
                olderThan: olderThan,
                in: reach,
                language: .french
            )
            return try paper.write(
                xlsx ? try await Workbook.bytes(of: [table]) : Array(CSV(table).text.utf8)
            )
        }
    }
}
