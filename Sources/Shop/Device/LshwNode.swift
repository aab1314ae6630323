/// One node of the tree that `lshw` prints, with what its ancestors say of it.
struct LshwNode {
    let json: JSON
    /// Where its parent stands in the list of nodes; absent for the root.
    let parent: Int?
    /// It, or what it hangs on, is plugged in by USB or FireWire.
    let isPluggedIn: Bool
    /// It is a part of a disk: a volume, or the medium in a drive.
    let isInDisk: Bool

    /// The tree below `root`, parents before children, in the file's order.
    static func all(from root: JSON) throws(HardwareRefusal.Cause) -> [LshwNode] {
        var nodes: [LshwNode] = []
        let root = LshwNode(json: root, parent: nil, isPluggedIn: false, isInDisk: false)
        try append(root, to: &nodes)
        return nodes
    }

    /// As deep as the reader of JSON lets a document be.
    private static func append(
        _ node: LshwNode,
        to nodes: inout [LshwNode]
    ) throws(HardwareRefusal.Cause) {
        let index = nodes.count
        if index == HardwareFile.partsMax { throw .tooManyValues(most: HardwareFile.partsMax) }
        nodes.append(node)
        for child in node.json["children"]?.elements ?? [] where child.isObject {
            let bus = child["businfo"]?.string ?? ""
            let isPluggedIn =
                node.isPluggedIn || bus.hasPrefix("usb@") || bus.hasPrefix("firewire@")
            try append(
                LshwNode(
                    json: child,
                    parent: index,
                    isPluggedIn: isPluggedIn,
                    isInDisk: node.isInDisk || node.kind == "disk"
                ),
                to: &nodes
            )
        }
    }

    var kind: String { json["class"]?.string ?? "" }
    var id: String { json["id"]?.string ?? "" }
    var bus: String { json["businfo"]?.string ?? "" }
    var description: String { json["description"]?.string?.lowercased() ?? "" }
    var product: String { json["product"]?.string ?? "" }

    /// Kernel names, without "/dev/": a node has one or a list, and the list holds mount points too.
    var kernelNames: [String] {
        (json["logicalname"]?.elements ?? []).compactMap(\.string).compactMap { name in
            if name.hasPrefix("/dev/") { return String(name.dropFirst(5)) }
            return name.hasPrefix("/") ? nil : name
        }
    }

    func configuration(_ name: String) -> String? {
        json["configuration"]?[name]?.string
    }

    func isCapable(of name: String) -> Bool {
        json["capabilities"]?[name] != nil
    }

    /// Bytes; absent when the node says none, or something that no machine has.
    var sizeBytes: Int? {
        let most = 1_000_000_000_000_000
        guard let size = json["size"]?.whole, 1..<most ~= size else { return nil }
        let bytes: Int
        switch json["units"]?.string?.lowercased() {
        case nil, "bytes", "byte", "b": bytes = size
        case "bits", "bit": bytes = size / 8
        case "kb": bytes = size * 1_000
        case "kib": bytes = size * 1_024
        default: return nil
        }
        return 1..<most ~= bytes ? bytes : nil
    }
}
