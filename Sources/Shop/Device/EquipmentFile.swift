/// Raw values are stored and sent: never rename or reuse one.
public enum HardwareFormat: String, Hashable, Sendable, CaseIterable, Codable {
    /// `lshw -json`.
    case lshw
    /// The inventory of GLPI Agent and of FusionInventory before it, in JSON.
    /// Source: the schema of glpi-project/inventory_format.
    case glpi
    /// `lshw -xml`.
    case lshwXML = "lshw_xml"
    /// The inventory of FusionInventory, GLPI Agent and OCS Inventory, in XML.
    case fusionInventory = "fusioninventory"
    case dmidecode
    /// A snapshot of eReuse Workbench, in JSON or YAML.
    case workbench
    /// `smartctl -j`: evidence on one disk.
    case smartctl
    /// The log of nwipe, alone or in ShredOS: evidence on each disk that it erased.
    case nwipe
    /// The sheet of computers that French refurbishers send, version 2.
    case bolcComputers = "bolc_computers"
    /// Their sheet of phones, version 1.
    case bolcPhones = "bolc_phones"
}

/// A file that the equipment room is given, read. Whoever holds one knows that it was recognised by its content,
/// whatever its name.
public struct EquipmentFile: Hashable, Sendable {
    public let format: HardwareFormat
    public let content: Content
    /// What disks said of their own wear, in the file's order.
    public let health: [DiskHealth]
    public let erasures: ErasureLog?

    public enum Content: Hashable, Sendable {
        /// A whole computer; its file may hold evidence on its disks too.
        case computer(Hardware)
        /// Evidence on disks alone.
        case evidence
        /// Many machines, a row each.
        case sheet(BOLCSheet)
    }

    init(
        _ format: HardwareFormat,
        _ content: Content,
        health: [DiskHealth] = [],
        erasures: ErasureLog? = nil
    ) {
        self.format = format
        self.content = content
        self.health = health
        self.erasures = erasures
    }

    /// Reads a file; `name` is only told back. Refused, in this order: empty, too large, no text, damaged, another
    /// format, not a whole computer, a name out of bounds.
    public static func read(_ bytes: [UInt8], named name: String) throws(HardwareRefusal)
        -> EquipmentFile
    {
        func refused(_ cause: HardwareRefusal.Cause, _ format: HardwareFormat? = nil)
            -> HardwareRefusal
        {
            HardwareRefusal(file: name, format: format, cause: cause)
        }
        let document: EquipmentDocument
        do throws(HardwareRefusal.Cause) {
            document = try EquipmentDocument(bytes)
        } catch {
            throw refused(error)
        }
        guard let format = document.format else {
            throw refused(.unknownFormat)
        }
        do throws(HardwareRefusal.Cause) {
            return try read(document, as: format)
        } catch {
            throw refused(error, format)
        }
    }

    private static func read(
        _ document: EquipmentDocument,
        as format: HardwareFormat
    ) throws(HardwareRefusal.Cause) -> EquipmentFile {
        switch document {
        case .json(let json):
            switch format {
            case .glpi: EquipmentFile(format, .computer(try GLPIInventory(json).hardware()))
            case .smartctl:
                EquipmentFile(format, .evidence, health: try Smartctl.health(ofAll: json))
            case .workbench: try snapshot(json)
            case .lshw, .lshwXML, .fusionInventory, .dmidecode, .nwipe, .bolcComputers, .bolcPhones:
                EquipmentFile(format, .computer(try Lshw(json).hardware()))
            }
        case .xml(let root):
            format == .lshwXML
                ? EquipmentFile(format, .computer(try Lshw(LshwXML.json(of: root)).hardware()))
                : EquipmentFile(format, .computer(try FusionInventory(root).hardware()))
        case .wipeLog(let text):
            EquipmentFile(format, .evidence, erasures: try Nwipe.log(in: text))
        case .dump(let text): EquipmentFile(format, .computer(try Dmidecode(text).hardware()))
        case .sheet(let sheet): EquipmentFile(format, .sheet(sheet))
        }
    }

    private static func snapshot(_ json: JSON) throws(HardwareRefusal.Cause) -> EquipmentFile {
        let workbench = Workbench(json)
        return EquipmentFile(
            .workbench,
            .computer(try workbench.hardware()),
            health: try workbench.health(),
            erasures: try workbench.erasures()
        )
    }
}
