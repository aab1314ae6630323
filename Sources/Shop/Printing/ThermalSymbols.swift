/// Why a symbol is not drawn. The order is precedence: where several apply, the first listed is thrown.
public enum SymbolFault: Error, Hashable, Sendable {
    case empty
    /// It holds something else than the printable characters of ASCII: scanners do not agree on the rest, and no byte of it
    /// may drive the printer. An address is percent-encoded before.
    case unprintable
    /// It holds more characters than a symbol of its kind, or than the paper.
    case tooLong(most: Int)
}

/// The printer draws the symbols itself: a picture would be a hundred times the bytes. Where one throws, nothing is written.
extension ThermalSlip {
    /// A QR code, model 2 with error correction M, centred, as large as the paper lets it be up to 6 dots a module. A blank
    /// line above and below keeps its quiet zone; at its sides the unprinted edges of the paper do.
    ///
    /// Source: Epson, ESC/POS Command Reference, GS ( k, functions 165, 167, 169, 180 and 181.
    public mutating func drawQR(_ text: String) throws(SymbolFault) {
        let data = try symbolData(text)
        guard let place = qrBytesMost.firstIndex(where: { data.count <= $0 }) else {
            throw .tooLong(most: qrBytesMost[qrBytesMost.count - 1])
        }
        // Of version 1 there are 21 on a side, and four more of each next: at 2 dots the largest fits on 58 mm.
        let modules = 21 + 4 * place
        let dots = max(2, min(6, paper.dots / modules))
        skip()
        set(.centred)
        sendQR(65, [50, 0])
        sendQR(67, [UInt8(dots)])
        sendQR(69, [49])
        sendQR(80, [48] + data)
        sendQR(81, [48])
        skip()
    }

    /// A Code 128 some 10 mm high, centred, its text in letters below it. Its bars are 2 dots a module where 3 are too many
    /// for the paper, and its quiet zones the unprinted edges.
    ///
    /// All of it is in code set B. In set C each pair of digits is sent as one byte of any value, and a printer obeys DLE DC4
    /// even inside data: the number `1620010001` would open the drawer. Nor do all printers read set C alike. Source: Epson,
    /// ESC/POS Command Reference, GS k (function B, 73) and DLE DC4.
    public mutating func drawBarcode(_ text: String) throws(SymbolFault) {
        let data = try symbolData(text)
        // Start, check and each character are 11 modules, the stop is 13.
        let most = (paper.dots / 2 - 13) / 11 - 2
        guard data.count <= most else { throw .tooLong(most: most) }
        let modules = 11 * (data.count + 2) + 13
        let dots = max(2, min(3, paper.dots / modules))
        // A brace begins the choice of a code set; two are one brace.
        let brace = UInt8(ascii: "{")
        let coded = [brace, UInt8(ascii: "B")] + data.flatMap { $0 == brace ? [$0, $0] : [$0] }
        set(.centred)
        send(.gs, "h", 80)
        send(.gs, "w", UInt8(dots))
        send(.gs, "f", 0)
        send(.gs, "H", 2)
        send(.gs, "k", 73, UInt8(coded.count), data: coded)
    }

    /// One function of GS ( k for QR codes (49). The count of what follows goes in two bytes, the lower first.
    private mutating func sendQR(_ function: UInt8, _ parameters: [UInt8]) {
        let data = [49, function] + parameters
        let (high, low) = data.count.quotientAndRemainder(dividingBy: 256)
        send(.gs, "(", UInt8(ascii: "k"), UInt8(low), UInt8(high), data: data)
    }
}

/// How many bytes each version from 1 to 40 holds with error correction M. A printer that packs digits or capitals tighter
/// draws a smaller one. Source: ISO/IEC 18004, table 7.
private let qrBytesMost = [
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
    711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989,
    2099, 2213, 2331,
]

private func symbolData(_ text: String) throws(SymbolFault) -> [UInt8] {
    let data = Array(text.utf8)
    if data.isEmpty { throw .empty }
    guard data.allSatisfy({ UInt8(ascii: " ")...UInt8(ascii: "~") ~= $0 }) else {
        throw .unprintable
    }
    return data
}
