/// The built-in disks in a tree of `lshw`.
struct LshwDisks {
    private let nodes: [LshwNode]
    /// SCSI hosts ("scsi4") that are a USB plug in disguise: older versions hang their disks elsewhere.
    private let pluggedHosts: Set<String>
    /// Kernel names of the flash chips that have boot partitions.
    private let bootFlash: Set<String>

    init(_ nodes: [LshwNode]) {
        self.nodes = nodes
        pluggedHosts = Set(nodes.filter(\.isPluggedIn).flatMap(\.kernelNames))
        bootFlash = Set(nodes.flatMap(\.kernelNames).compactMap(SolderedFlash.chip(ofBootPart:)))
    }

    /// In the file's order. A disk that says no size is left out, save an NVMe drive whose controller was
    /// seen alone, as versions before B.02.19 do: it is there, and may hold data.
    func disks() throws(HardwareRefusal.Cause) -> [Disk] {
        var disks: [Disk] = []
        var readControllers: Set<Int> = []
        var readNames: Set<String> = []
        for node in nodes where isBuiltIn(node) {
            guard let bytes = node.sizeBytes else { continue }
            let name = node.kernelNames.first ?? ""
            guard name.isEmpty || readNames.insert(name).inserted else { continue }
            if isNVMe(node), let parent = node.parent { readControllers.insert(parent) }
            disks.append(
                Disk(
                    kind: kind(of: node),
                    sizeGB: (bytes + 500_000_000) / 1_000_000_000,
                    serial: try serial(of: node)
                )
            )
        }
        for (index, node) in nodes.enumerated()
        where isNVMeController(node) && !readControllers.contains(index) {
            let serial = try ReadName.clean(node.json["serial"], field: "nvme.serial")
            disks.append(
                Disk(kind: .nvme, sizeGB: nil, serial: serial.flatMap { Serial(read: $0) })
            )
        }
        return disks
    }

    private func isBuiltIn(_ node: LshwNode) -> Bool {
        guard !node.isInDisk, !node.isPluggedIn, !node.isCapable(of: "removable"),
            !["cdrom", "floppy", "tape", "medium"].contains(where: node.id.hasPrefix),
            !pluggedHosts.contains(scsiHost(of: node))
        else { return false }
        let names = node.kernelNames
        if names.contains(where: { $0.hasPrefix("mmcblk") }) { return isSolderedFlash(node) }
        return node.kind == "disk" && !names.contains(where: Self.isNotADisk)
    }

    /// "scsi@4:0.0.0" hangs on "scsi4".
    private func scsiHost(of node: LshwNode) -> String {
        guard node.bus.hasPrefix("scsi@") else { return "" }
        return "scsi" + node.bus.dropFirst(5).prefix { $0.isDigit }
    }

    private static func isNotADisk(_ name: String) -> Bool {
        ["sr", "fd", "loop", "zram", "ram", "dm-", "md", "nbd", "st"].contains { prefix in
            name.hasPrefix(prefix) && (name.dropFirst(prefix.count).first?.isDigit ?? false)
        }
    }

    /// An eMMC chip answers at address 1 and has boot partitions; a card that can be pulled out has neither.
    private func isSolderedFlash(_ node: LshwNode) -> Bool {
        guard let name = node.kernelNames.first(where: SolderedFlash.isChip),
            node.description != "sd card"
        else { return false }
        let bus = node.bus.isEmpty ? node.parent.map { nodes[$0].bus } ?? "" : node.bus
        return bootFlash.contains(name) || (bus.hasPrefix("mmc@") && bus.hasSuffix(":0001"))
    }

    private func isNVMe(_ node: LshwNode) -> Bool {
        node.kernelNames.contains { $0.hasPrefix("nvme") } || node.bus.hasPrefix("nvme@")
            || node.description.contains("nvme")
    }

    private func isNVMeController(_ node: LshwNode) -> Bool {
        node.kind == "storage" && !node.isPluggedIn
            && (node.configuration("driver") == "nvme" || node.id.hasPrefix("nvme")
                || node.description.contains("non-volatile memory controller"))
    }

    private func kind(of node: LshwNode) -> DiskKind {
        if isNVMe(node) { return .nvme }
        if node.kernelNames.contains(where: { $0.hasPrefix("mmcblk") }) { return .ssd }
        if case .object(let capabilities)? = node.json["capabilities"],
            capabilities.keys.contains(where: {
                $0.hasSuffix("rpm") && ($0.first?.isDigit ?? false)
            })
        {
            return .hdd
        }
        let vendor = node.json["vendor"]?.string ?? ""
        return DiskKind(model: "\(vendor) \(node.product)")
    }

    /// The namespace's own, else its controller's or its card's.
    private func serial(of node: LshwNode) throws(HardwareRefusal.Cause) -> Serial? {
        if let text = try ReadName.clean(node.json["serial"], field: "disk.serial") {
            return Serial(read: text)
        }
        let isPart = isNVMe(node) || node.kernelNames.contains { $0.hasPrefix("mmcblk") }
        guard isPart, let parent = node.parent,
            let text = try ReadName.clean(nodes[parent].json["serial"], field: "disk.serial")
        else { return nil }
        return Serial(read: text)
    }
}
