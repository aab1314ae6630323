/// Reads the XML inventory of FusionInventory, which GLPI Agent and OCS Inventory write too: the names of GLPI's JSON in
/// capitals, a repeated element where that has a list, an empty one where that has nothing.
struct FusionInventory {
    private let inventory: GLPIInventory

    /// Whether the root is one.
    static func recognises(_ root: XML) -> Bool {
        root.name == "REQUEST" && root.child("CONTENT") != nil
    }

    init(_ root: XML) throws(HardwareRefusal.Cause) {
        let device = root.child("CONTENT")?.child("DEVICE")
        if let type = device?.child("INFO")?.child("TYPE")?.text {
            throw .notAComputer(field: "CONTENT.DEVICE.INFO.TYPE", value: ReadName.start(of: type))
        }
        if let query = root.child("QUERY")?.text, query != "INVENTORY" {
            throw .notAComputer(field: "QUERY", value: ReadName.start(of: query))
        }
        inventory = try GLPIInventory(Self.json(of: root))
    }

    func hardware() throws(HardwareRefusal.Cause) -> Hardware {
        try inventory.hardware()
    }

    /// As deep as the reader of XML lets a document be.
    private static func json(of element: XML) -> JSON {
        if element.children.isEmpty { return element.text.isEmpty ? .null : .text(element.text) }
        var fields: [String: [JSON]] = [:]
        for child in element.children {
            let value = json(of: child)
            if case .null = value { continue }
            fields[child.name.lowercased(), default: []].append(value)
        }
        return .object(fields.mapValues { $0.count == 1 ? $0[0] : .list($0) })
    }
}
