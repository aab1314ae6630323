/// The section `storages` of a GLPI inventory. Each system fills it in its own way: Linux names kernel
/// devices and buses, Windows media types and interfaces, macOS kinds of drive.
struct GLPIStorages {
    private let storages: [JSON]
    /// Kernel names of the flash chips that have boot partitions, which Linux lists beside them.
    private let bootFlash: Set<String>

    init(_ storages: [JSON]) {
        self.storages = storages
        bootFlash = Set(
            storages.compactMap { SolderedFlash.chip(ofBootPart: Self.word($0, "name")) }
        )
    }

    /// The built-in disks, in the file's order, and whether one was seen that says no size.
    func read() throws(HardwareRefusal.Cause) -> (disks: [Disk], hasUnread: Bool) {
        var disks: [Disk] = []
        var hasUnread = false
        for storage in storages where isBuiltIn(storage) {
            guard let megabytes = storage["disksize"]?.whole, 1..<1_000_000_000 ~= megabytes else {
                hasUnread = hasUnread || !isVirtual(storage)
                continue
            }
            let text = try ReadName.clean(
                storage["serial"] ?? storage["serialnumber"],
                field: "content.storages.serial"
            )
            disks.append(
                Disk(
                    kind: kind(of: storage),
                    sizeGB: (megabytes + 500) / 1_000,
                    serial: text.flatMap { Serial(read: $0) }
                )
            )
        }
        return (disks, hasUnread)
    }

    private func isBuiltIn(_ storage: JSON) -> Bool {
        let name = word(storage, "name")
        let type = word(storage, "type")
        let plug = word(storage, "interface")
        let model = word(storage, "model")
        if Self.outsidePlugs.contains(plug) || word(storage, "description").contains("usb") {
            return false
        }
        if Self.outsideTypes.contains(where: type.contains) || type.hasPrefix("cd") { return false }
        if model.contains("usb") || Self.opticalMarks.contains(where: model.contains) {
            return false
        }
        if name.hasPrefix("mmcblk") { return isSolderedFlash(name, storage) }
        return !name.contains("cdrom") && !Self.isNotADisk(name)
    }

    private static func isNotADisk(_ name: String) -> Bool {
        ["sr", "scd", "fd", "loop", "zram", "ram", "dm-", "md", "nbd", "st"].contains { prefix in
            name.hasPrefix(prefix) && (name.dropFirst(prefix.count).first?.isDigit ?? false)
        }
    }

    private func isSolderedFlash(_ name: String, _ storage: JSON) -> Bool {
        guard SolderedFlash.isChip(name) else { return false }
        return word(storage, "interface") == "mmc" || bootFlash.contains(name)
    }

    private func kind(of storage: JSON) -> DiskKind {
        let name = word(storage, "name")
        let marks = ["interface", "description", "model", "type"].map { word(storage, $0) }
        if name.hasPrefix("nvme") || marks.contains(where: { $0.contains("nvme") }) { return .nvme }
        if name.hasPrefix("mmcblk") || word(storage, "interface") == "mmc" { return .ssd }
        let byModel = DiskKind(
            model: "\(storage["manufacturer"]?.string ?? "") \(storage["model"]?.string ?? "")"
        )
        switch word(storage, "type") {
        case "ssd": return byModel == .nvme ? .nvme : .ssd
        case "hdd": return .hdd
        default: return byModel
        }
    }

    private func isVirtual(_ storage: JSON) -> Bool {
        ["description", "type", "model"].contains { word(storage, $0).contains("virtual") }
    }

    private func word(_ storage: JSON, _ field: String) -> String { Self.word(storage, field) }

    /// What a field says, in lower case; a word longer than a name says nothing that is known here.
    private static func word(_ storage: JSON, _ field: String) -> String {
        guard let text = storage[field]?.string, text.utf8.count <= ReadName.bytesMax else {
            return ""
        }
        return text.lowercased().trimmed
    }

    private static let outsidePlugs: Set<String> = [
        "usb", "1394", "ieee 1394", "sd", "atapi", "iscsi", "fibre channel", "file-backed virtual",
        "storage spaces",
    ]

    private static let outsideTypes = [
        "removable", "external", "card", "burning", "tape", "floppy", "optical", "dvd",
    ]

    private static let opticalMarks = ["dvd", "cd-rom", "cdrom", "bd-re", "bd-rom", "cd-rw"]
}
