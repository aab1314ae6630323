import NIOCore
import NIOPosix
public import Shop
public import Store

extension Papers {
    /// A ticket for a receipt printer, as ESC/POS bytes: what the page says, in the same words. A duplicate bears its mark, and a paper
    /// that is handed over for money opens the drawer where that is asked.
    ///
    /// Throws `SymbolFault` for a number that no barcode of the paper holds.
    public func thermal(
        _ receipt: ReceiptDocument,
        _ printed: PrintedCopy,
        on paper: ThermalPaper,
        opensDrawer: Bool
    ) throws(SymbolFault) -> [UInt8] {
        let words = self.words
        let page = ReceiptPage(receipt, words, printed: printed)
        var slip = ThermalSlip(on: paper)
        if opensDrawer { slip.openDrawer() }
        if page.isDemonstration { slip.write(words("receipt_demonstration"), .bold, .centred) }
        if let mark = page.mark { slip.write(mark, .bold, .centred) }
        slip.writeHead(page, words)
        slip.writeLines(page)
        slip.writeSums(page, words)
        slip.write(page.lineCount)
        if page.hasDevice { slip.write(words("receipt_legal")) }
        slip.skip()
        try slip.drawBarcode(page.number)
        slip.skip()
        slip.write("\(words("receipt_signature")) \(page.signature)")
        slip.write(page.software)
        if page.isDemonstration { slip.write(words("receipt_demonstration"), .bold, .centred) }
        slip.cut()
        return slip.bytes
    }
}

extension ThermalSlip {
    fileprivate mutating func writeHead(_ page: ReceiptPage, _ words: Words) {
        write(page.shop, [.bold, .tall], .centred)
        write(page.association, [], .centred)
        write(page.address, [], .centred)
        write("\(words("receipt_siret")) \(page.siret)", [], .centred)
        if let number = page.vatNumber {
            write("\(words("receipt_vat_number")) \(number)", [], .centred)
        }
        skip()
        write(page.kind, .bold, .centred)
        rule()
        writeRow(words("receipt_number"), page.number)
        writeRow(words("receipt_date"), "\(page.soldOn) \(page.soldAt)")
        writeRow(words("receipt_till"), page.till)
        writeRow(page.sellerWords, page.sellerCode)
        if let original = page.original {
            writeRow(words("receipt_original"), original.number)
            writeRow(words("receipt_original_on"), original.soldOn)
            writeRow(words("receipt_reason"), original.reason)
        }
        if let person = page.personCode { writeRow(words("receipt_person"), person) }
        if let programme = page.programme { writeRow(words("receipt_programme"), programme) }
        rule()
    }

    fileprivate mutating func writeLines(_ page: ReceiptPage) {
        for line in page.lines {
            writeRow(line.description, line.value, .bold)
            let details = [
                line.quantity, line.grade, line.contents, line.guarantee, line.presumption,
            ]
            for detail in details { if let detail { write(detail) } }
        }
        rule()
    }

    fileprivate mutating func writeSums(_ page: ReceiptPage, _ words: Words) {
        if let value = page.value { writeRow(words("receipt_value"), value) }
        writeRow(page.totalWords, page.total, [.bold, .tall])
        for payment in page.payments { writeRow(payment.means, payment.amount) }
        if let change = page.change { writeRow(words("receipt_change"), change) }
        for tax in page.taxes { writeRow(tax.words, tax.amount ?? "") }
    }
}

/// A receipt printer on the network that takes ESC/POS.
public struct ReceiptPrinter: Sendable {
    private let host: String
    private let port: Int

    /// `HOST` or `HOST:PORT`; printers listen at 9100. Throws `printerUnreachable` for anything else.
    public init(typed address: String) throws(Refusal) {
        let halves = address.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = halves.first, !host.isEmpty,
            let port = halves.count == 2 ? Int(halves[1]) : 9100, (1...65_535).contains(port)
        else { throw ReceiptPrinter.unreachable(address) }
        self.host = String(host)
        self.port = port
    }

    /// Throws `printerUnreachable` where it is off, or takes nothing more within ten seconds: it may have no paper. The ticket stands, and
    /// the same bytes may be sent again.
    public func send(_ bytes: [UInt8]) async throws {
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(5)).connect(host: host, port: port).get()
            let patience = channel.eventLoop.scheduleTask(in: .seconds(10)) {
                channel.close(promise: nil)
            }
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
            patience.cancel()
            try await channel.close().get()
        } catch let error as ChannelError where error == .alreadyClosed {
            // It took all of it, and closed first.
        } catch {
            throw ReceiptPrinter.unreachable("\(host):\(port)")
        }
    }

    private static func unreachable(_ address: String) -> Refusal {
        Refusal(.printerUnreachable, ["text": .text(String(address.prefix(80)))])
    }
}
