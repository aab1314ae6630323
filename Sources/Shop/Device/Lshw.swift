/// Reads the tree of `lshw -json`: an object, or since version B.02.19 a list of one.
/// Descriptions come in the language of whoever ran it; identifiers and classes do not.
struct Lshw {
    private let root: LshwNode
    private let nodes: [LshwNode]

    init(_ document: JSON) throws(HardwareRefusal.Cause) {
        let systems = document.elements.filter { $0["class"]?.string == "system" }
        if systems.count > 1 { throw .severalComputers(count: systems.count) }
        guard let system = systems.first else {
            let found = document.elements.first?["class"]?.string ?? ""
            throw .partOfAComputer(field: "class", value: ReadName.start(of: found))
        }
        nodes = try LshwNode.all(from: system)
        root = nodes[0]
    }

    func hardware() throws(HardwareRefusal.Cause) -> Hardware {
        let maker = try maker()
        let model = try model()
        let serial = try ReadName.clean(root.json["serial"], field: "serial")
        let chassis = Chassis(read: root.configuration("chassis") ?? root.description)
        let disks = try LshwDisks(nodes).disks()
        let memory = memoryBytes.map { ($0 + 524_288) / 1_048_576 }

        let names = [maker, model, root.product, root.configuration("family")]
        let hasUnread =
            disks.contains { $0.sizeGB == nil } || (disks.isEmpty && !wasReadWithRights)
        return Hardware(
            maker: maker,
            model: model,
            serial: serial,
            chassis: chassis,
            processor: try processor(),
            memoryMB: memory,
            disks: disks,
            batteryHealthPercent: nil,
            screen: try screen(chassis),
            isVirtual: VirtualMachine.isNamed(in: names),
            hasUnreadStorage: hasUnread
        )
    }

    /// The root's vendor, else its board's: a machine put together from parts has no other name.
    private func maker() throws(HardwareRefusal.Cause) -> String? {
        try ReadName.genuine(anyOf: [
            (root.json["vendor"], "vendor"), (board?.json["vendor"], "core.vendor"),
        ])
    }

    /// The root's product, else its board's. `lshw` adds the stock number in brackets, which is no part of the name.
    private func model() throws(HardwareRefusal.Cause) -> String? {
        var product = root.product.trimmed
        let stockNumber = root.configuration("sku").map { "(\($0.trimmed))" }
        if let stockNumber, product.hasSuffix(stockNumber) {
            product.removeLast(stockNumber.count)
        }
        return try SystemName.model(
            vendor: root.json["vendor"]?.string,
            version: (root.json["version"], "version"),
            products: [(.text(product), "product"), (board?.json["product"], "core.product")]
        )
    }

    private var board: LshwNode? {
        nodes.first { $0.parent == 0 && $0.id == "core" }
    }

    /// The firmware's tables are read only with an administrator's rights; a drive may hide without them.
    private var wasReadWithRights: Bool {
        nodes.contains { ($0.json["handle"]?.string ?? "").hasPrefix("DMI:") }
            || root.json["serial"] != nil
    }

    /// What the memory says it sums to, else the sum of its banks. Firmware and caches are memory too for
    /// `lshw`, and are not counted.
    private var memoryBytes: Int? {
        let memories = nodes.indices.filter { index in
            let node = nodes[index]
            return node.kind == "memory" && (node.id == "memory" || node.id.hasPrefix("memory:"))
                && !node.bus.hasPrefix("pci@") && !Self.isFirmware(node)
        }
        var banks: [Int: [Int]] = [:]
        for node in nodes
        where node.kind == "memory" && node.id.hasPrefix("bank") && !Self.isFirmware(node) {
            if let bytes = node.sizeBytes { banks[node.parent ?? 0, default: []].append(bytes) }
        }
        let sizes = memories.flatMap { index in
            nodes[index].sizeBytes.map { [$0] } ?? banks[index] ?? []
        }
        let total = Memory.sum(sizes.isEmpty ? banks.values.flatMap { $0 } : sizes)
        return total.flatMap { $0 >= 1_048_576 ? $0 : nil }
    }

    private static func isFirmware(_ node: LshwNode) -> Bool {
        ["flash", "bios", "rom ", "eprom", "cache", "video"].contains(
            where: node.description.contains
        )
    }

    /// The name of the first socket that holds one. Cores and phantom sockets have no product.
    private func processor() throws(HardwareRefusal.Cause) -> String? {
        let named = nodes.filter { node in
            node.kind == "processor" && !node.product.isEmpty
                && !(node.json["disabled"]?.isTrue ?? false)
                && !node.description.contains("[empty]") && !node.id.hasPrefix("logical")
        }
        guard let first = named.first,
            let name = try ReadName.clean(first.json["product"], field: "processor.product")
        else { return nil }
        let sockets = named.filter {
            $0.product == first.product && ($0.json["handle"]?.string ?? "").hasPrefix("DMI:")
        }
        return sockets.count > 1 ? "\(sockets.count) × \(name)" : name
    }

    private func screen(_ chassis: Chassis) throws(HardwareRefusal.Cause) -> String? {
        guard chassis.hasScreen else { return nil }
        let definitions = nodes.compactMap { node in
            node.kind == "display" ? node.configuration("resolution") : nil
        }
        return definitions.compactMap { Screen.definition($0) }.first
    }
}
