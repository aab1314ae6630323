/// Raw values are stored and sent: never rename or reuse one.
public enum HardwareFormat: String, Hashable, Sendable, CaseIterable, Codable {
    /// `lshw -json`.
    case lshw
    /// The inventory of GLPI Agent and of FusionInventory before it, in JSON.
    /// Source: the schema of glpi-project/inventory_format.
    case glpi
}

/// A file that a tool wrote on one computer, read. Whoever holds one knows that it was recognised by its
/// content, whatever its name, and that it describes a whole computer.
public struct HardwareFile: Hashable, Sendable {
    public let format: HardwareFormat
    public let hardware: Hardware

    /// Five times the largest honest inventory that we have seen.
    public static let bytesMax = 5_000_000
    /// Fifty times the parts of the largest honest inventory that we have seen.
    public static let partsMax = 5_000

    /// Reads a file; `name` is only told back. Refused, in this order: empty, too large, no text, no JSON,
    /// another format, not a whole computer, a name out of bounds.
    public static func read(_ bytes: [UInt8], named name: String) throws(HardwareRefusal)
        -> HardwareFile
    {
        func refused(_ cause: HardwareRefusal.Cause, _ format: HardwareFormat? = nil)
            -> HardwareRefusal
        {
            HardwareRefusal(file: name, format: format, cause: cause)
        }
        let document: JSON
        do throws(HardwareRefusal.Cause) {
            document = try json(in: bytes)
        } catch {
            throw refused(error)
        }
        guard let format = format(of: document) else {
            throw refused(otherFormat(of: document).map { .otherFormat($0) } ?? .unknownFormat)
        }
        do throws(HardwareRefusal.Cause) {
            let hardware =
                switch format {
                case .lshw: try Lshw(document).hardware()
                case .glpi: try GLPIInventory(document).hardware()
                }
            return HardwareFile(format: format, hardware: hardware)
        } catch {
            throw refused(error, format)
        }
    }

    private static func json(in bytes: [UInt8]) throws(HardwareRefusal.Cause) -> JSON {
        if bytes.isEmpty { throw .empty }
        if bytes.count > bytesMax { throw .tooLarge(bytes: bytes.count) }
        guard let text = FileText.utf8(of: bytes) else { throw .notText }
        guard let first = text.first(where: { !" \t\r\n".utf8.contains($0) }) else { throw .empty }
        if first != UInt8(ascii: "{"), first != UInt8(ascii: "[") {
            throw notJSON(text, first: first)
        }
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

    private static func notJSON(_ text: [UInt8], first: UInt8) -> HardwareRefusal.Cause {
        let start = String(decoding: text.prefix(2_000), as: UTF8.self)
        if first == UInt8(ascii: "<"), start.contains("<REQUEST") {
            return .otherFormat(.xmlInventory)
        }
        if start.contains("dmidecode") || start.contains("SMBIOS") {
            return .otherFormat(.dmidecode)
        }
        return .unknownFormat
    }

    private static func format(of document: JSON) -> HardwareFormat? {
        let first = document.elements.first
        if first?["class"]?.string != nil, first?["id"]?.string != nil { return .lshw }
        if document["content"]?.isObject ?? false { return .glpi }
        return nil
    }

    private static func otherFormat(of document: JSON) -> HardwareRefusal.OtherFormat? {
        if document["smartctl"] != nil { return .smartctl }
        if document["type"]?.string == "Snapshot" { return .workbench }
        return nil
    }
}
