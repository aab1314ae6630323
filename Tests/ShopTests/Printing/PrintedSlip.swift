import Shop

/// What comes out of a receipt printer: the bytes of a slip, read as the printer reads them. It knows the commands that we
/// send and no other: the first byte that is neither one of them nor text is thrown.
struct PrintedSlip {
    /// From top to bottom.
    private(set) var parts: [Part] = []

    enum Part: Equatable {
        case line(Line)
        case qr(String, dots: Int)
        case barcode(String, dots: Int)
        case cut
        case fed(lines: Int)
        case drawer
    }

    struct Line: Equatable {
        var text: String
        var look: ThermalSlip.Look = []
        var alignment = ThermalSlip.Alignment.left
    }

    enum Fault: Error, Equatable {
        case unknown(at: Int)
        case endsInside
        /// The printer would break it, wherever it stands.
        case lineTooLong(String)
        /// A command that counts at the beginning of a line only stands inside one.
        case insideLine(at: Int)
        case notPrepared
        case symbolTooWide
    }

    private let bytes: [UInt8]
    private let columns: Int
    private var place = 0
    private var line: [UInt8] = []
    private var look: ThermalSlip.Look = []
    private var alignment = ThermalSlip.Alignment.left
    /// What it was told of its characters: page, country, bytes a character.
    private var prepared: Set<String> = []
    private var qrDots = 0
    private var stored: [UInt8] = []
    private var barDots = 0

    init(_ slip: ThermalSlip) throws {
        try self.init(slip.bytes, columns: slip.paper.columns.rawValue)
    }

    init(_ bytes: [UInt8], columns: Int) throws {
        self.bytes = bytes
        self.columns = columns
        while place < bytes.count { try readNext() }
        guard line.isEmpty else { throw Fault.endsInside }
    }

    var lines: [Line] {
        parts.compactMap { if case .line(let line) = $0 { line } else { nil } }
    }

    /// The texts of its lines.
    var texts: [String] { lines.map(\.text) }

    /// As it lies on the counter: lines where they stand, symbols in brackets.
    var paper: String {
        parts.map { part in
            switch part {
            case .line(let line):
                if line.text.isEmpty { return "" }
                let width = line.text.count * (line.look.contains(.wide) ? 2 : 1)
                return switch line.alignment {
                case .left: line.text
                case .centred: spaces((columns - width) / 2) + line.text
                case .right: spaces(columns - width) + line.text
                }
            case .qr(let text, _): return "[QR \(text)]"
            case .barcode(let text, _): return "[|| \(text)]"
            case .cut: return "[cut]"
            case .fed(let lines): return "[\(lines) lines]"
            case .drawer: return "[drawer]"
            }
        }.joined(separator: "\n")
    }

    private mutating func readNext() throws {
        let start = place
        let byte = try next()
        switch byte {
        case 0x20...0x7E, 0x80...0xFF: line.append(byte)
        case 0x0A: try endLine()
        case 0x1B: try readEsc(from: start)
        case 0x1C:
            guard try next() == 0x2E else { throw Fault.unknown(at: start) }
            prepared.insert("bytes")
        case 0x1D: try readGs(from: start)
        default: throw Fault.unknown(at: start)
        }
    }

    private mutating func readEsc(from start: Int) throws {
        switch UnicodeScalar(try next()) {
        case "@":
            look = []
            alignment = .left
            prepared = []
        case "t" where try next() == 19: prepared.insert("page")
        case "R" where try next() == 0: prepared.insert("country")
        case "E":
            let isOn = try next()
            guard isOn < 2 else { throw Fault.unknown(at: start) }
            if isOn == 1 { look.insert(.bold) } else { look.remove(.bold) }
        case "a":
            guard line.isEmpty else { throw Fault.insideLine(at: start) }
            guard let read = ThermalSlip.Alignment(rawValue: try next()) else {
                throw Fault.unknown(at: start)
            }
            alignment = read
        case "d": parts.append(.fed(lines: Int(try next())))
        case "p":
            guard try next(3) == [0, 25, 250] else { throw Fault.unknown(at: start) }
            parts.append(.drawer)
        default: throw Fault.unknown(at: start)
        }
    }

    private mutating func readGs(from start: Int) throws {
        let name = UnicodeScalar(try next())
        if name != "!", !line.isEmpty { throw Fault.insideLine(at: start) }
        switch name {
        case "!":
            let size = try next()
            guard size & 0xEE == 0 else { throw Fault.unknown(at: start) }
            look.subtract([.tall, .wide])
            if size & 0x01 != 0 { look.insert(.tall) }
            if size & 0x10 != 0 { look.insert(.wide) }
        case "V" where try next(2) == [66, 0]: parts.append(.cut)
        case "h" where try next() > 0: break
        case "f" where try next() == 0: break
        case "H" where try next() == 2: break
        case "w": barDots = Int(try next())
        case "k" where try next() == 73: try readBarcode(from: start)
        case "(" where try next() == UInt8(ascii: "k"): try readQR(from: start)
        default: throw Fault.unknown(at: start)
        }
    }

    private mutating func readBarcode(from start: Int) throws {
        let data = try next(Int(try next()))
        guard data.starts(with: "{B".utf8) else { throw Fault.unknown(at: start) }
        let text = String(decoding: data.dropFirst(2), as: UTF8.self)
            .replacing("{{", with: "{")
        guard (11 * (text.count + 2) + 13) * barDots <= columns * 12 else {
            throw Fault.symbolTooWide
        }
        parts.append(.barcode(text, dots: barDots))
    }

    private mutating func readQR(from start: Int) throws {
        let count = Int(try next()) + 256 * Int(try next())
        guard try next() == 49 else { throw Fault.unknown(at: start) }
        let function = try next()
        let parameters = try next(count - 2)
        switch function {
        case 65 where parameters == [50, 0]: break
        case 67 where parameters.count == 1: qrDots = Int(parameters[0])
        case 69 where parameters == [49]: break
        case 80 where parameters.first == 48: stored = Array(parameters.dropFirst())
        case 81 where parameters == [48]:
            parts.append(.qr(String(decoding: stored, as: UTF8.self), dots: qrDots))
        default: throw Fault.unknown(at: start)
        }
    }

    private mutating func endLine() throws {
        let text = String(line.map(Page858.character))
        guard prepared.count == 3 || text.isEmpty else { throw Fault.notPrepared }
        guard line.count * (look.contains(.wide) ? 2 : 1) <= columns else {
            throw Fault.lineTooLong(text)
        }
        parts.append(.line(Line(text: text, look: look, alignment: alignment)))
        line = []
    }

    private mutating func next() throws -> UInt8 { try next(1)[0] }

    private mutating func next(_ count: Int) throws -> [UInt8] {
        guard count >= 0, place + count <= bytes.count else { throw Fault.endsInside }
        defer { place += count }
        return Array(bytes[place..<place + count])
    }
}

/// The page as Python 3.11's codec `cp858` has it: `bytes(range(128, 256)).decode("cp858")`.
enum Page858 {
    static let upper: [Character] = Array(
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
            + "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}"
    )

    static func character(_ byte: UInt8) -> Character {
        byte < 0x80 ? Character(UnicodeScalar(byte)) : upper[Int(byte) - 0x80]
    }
}

func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
