import ArgumentParser
import Foundation
import Shop
import Till

/// Where a ticket is printed: a receipt printer on the network, or a file of its bytes.
struct ReceiptPrinterOption: ParsableArguments {
    @Option(help: "The printer that takes ESC/POS on the network: HOST or HOST:PORT (9100).")
    var printer: String?
    @Option(name: .customLong("escpos"), help: "A file to write the printer's bytes to.")
    var file: String?
    @Option(help: "Characters on a line: 48, 42 or 32.") var columns = 48
    @Flag(help: "The printer tears by itself: do not cut.") var noCut = false
    @Flag(help: "Open the drawer as well.") var openDrawer = false

    var isAsked: Bool { printer != nil || file != nil }

    func paper() throws(Refusal) -> ThermalPaper {
        guard let columns = ThermalPaper.Columns(rawValue: columns) else {
            throw Refusal(
                .choiceUnknown,
                [
                    "text": .text("\(columns)"), "field": .text("columns"),
                    "choices": .text(
                        ThermalPaper.Columns.allCases.map { "\($0.rawValue)" }.joined(
                            separator: ", "
                        )
                    ),
                ]
            )
        }
        return ThermalPaper(columns: columns, isCut: !noCut)
    }

    /// Throws `printerUnreachable`: the ticket stands, and the print waits for another try.
    func send(_ bytes: [UInt8]) async throws {
        if let file { try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic) }
        if let printer { try await ReceiptPrinter(typed: printer).send(bytes) }
    }
}
