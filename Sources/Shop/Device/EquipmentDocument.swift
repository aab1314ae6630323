/// The bytes of a file as what they spell: which family of document, and which format of it.
enum EquipmentDocument {
    case json(JSON)
    case xml(XML)
    case wipeLog(String)
    case dump(String)
    case sheet(BOLCSheet)

    /// Throws when the bytes are empty, too many, no text, or damaged.
    init(_ bytes: [UInt8]) throws(HardwareRefusal.Cause) {
        if bytes.isEmpty { throw .empty }
        if bytes.count > HardwareFile.bytesMax { throw .tooLarge(bytes: bytes.count) }
        guard let text = FileText.utf8(of: bytes) else {
            throw Self.isSpreadsheet(bytes) ? .spreadsheet : .notText
        }
        guard let first = text.first(where: { !" \t\r\n".utf8.contains($0) }) else { throw .empty }
        switch first {
        case UInt8(ascii: "[") where Self.isLog(text): self = try Self.plain(text, bytes)
        case UInt8(ascii: "{"), UInt8(ascii: "["): self = .json(try Self.json(text))
        case UInt8(ascii: "<"): self = try Self.markup(text)
        default: self = try Self.plain(text, bytes)
        }
    }

    private static func json(_ text: [UInt8]) throws(HardwareRefusal.Cause) -> JSON {
        do throws(JSONReader.Fault) {
            return try JSONReader.read(text)
        } catch {
            switch error {
            case .truncated(let line): throw .truncated(line: line)
            case .malformed(let line, let column): throw .malformed(line: line, column: column)
            case .tooDeep: throw .tooDeep
            case .tooManyValues: throw .tooManyValues(most: JSONReader.valuesMax)
            }
        }
    }

    /// A log begins with a moment in brackets: "[2026/01/05 10:00:00]".
    private static func isLog(_ text: [UInt8]) -> Bool {
        let start = text.drop { $0 != UInt8(ascii: "[") }.dropFirst()
        return start.prefix(4).allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            && start.dropFirst(4).first == UInt8(ascii: "/")
    }

    private static func markup(_ text: [UInt8]) throws(HardwareRefusal.Cause) -> EquipmentDocument {
        let start = String(decoding: text.prefix(2_000), as: UTF8.self)
        let lower = start.lowercased()
        if lower.contains("<!doctype html") || lower.contains("<html") {
            throw .otherFormat(lower.contains("lshw") ? .lshwText : .webPage)
        }
        if start.contains("<!DOCTYPE plist") { throw .otherFormat(.systemProfiler) }
        return .xml(try XMLReader.read(text))
    }

    /// A log before a dump: nwipe's names `dmidecode` in its own lines.
    private static func plain(
        _ text: [UInt8],
        _ bytes: [UInt8]
    ) throws(HardwareRefusal.Cause) -> EquipmentDocument {
        let start = String(decoding: text.prefix(4_000), as: UTF8.self)
        if Nwipe.recognises(text) { return .wipeLog(String(decoding: text, as: UTF8.self)) }
        if Dmidecode.recognises(start) { return .dump(String(decoding: text, as: UTF8.self)) }
        if isSnapshot(text) {
            return .json(try YAMLReader.read(String(decoding: text, as: UTF8.self)))
        }
        // The bytes as they came: a sheet tells Windows-1252 from Latin-1.
        if start.lowercased().contains("identifiant"),
            let sheet = BOLCSheet(delimited: bytes.contains(0) ? text : bytes)
        {
            return .sheet(sheet)
        }
        if let other = HardwareRefusal.OtherFormat(start: start) { throw .otherFormat(other) }
        throw .unknownFormat
    }

    /// Whether a line at the margin says that a YAML document is a snapshot.
    private static func isSnapshot(_ text: [UInt8]) -> Bool {
        guard text.holds("type:"), text.holds("Snapshot") else { return false }
        return String(decoding: text, as: UTF8.self).fileLines.contains { line in
            line.hasPrefix("type:") && line.dropFirst(5).filter { $0.isLetter } == "Snapshot"
        }
    }

    /// An archive whose names are those of a workbook.
    private static func isSpreadsheet(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 3, 4]) && bytes.holds("xl/")
    }

    /// Nil when it is none of those that are read.
    var format: HardwareFormat? {
        switch self {
        case .json(let json):
            let first = json.elements.first
            if first?["class"]?.string != nil, first?["id"]?.string != nil { return .lshw }
            if first.map(Smartctl.recognises) ?? false { return .smartctl }
            if Workbench.recognises(json) { return .workbench }
            return json["content"]?.isObject ?? false ? .glpi : nil
        case .xml(let root):
            if LshwXML.recognises(root) { return .lshwXML }
            return FusionInventory.recognises(root) ? .fusionInventory : nil
        case .wipeLog: return .nwipe
        case .dump: return .dmidecode
        case .sheet(let sheet): return sheet.format
        }
    }
}
