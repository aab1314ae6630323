/// Reads what `inxi --output json` prints: sections of rows, whose names carry their order ("001#1#2#product").
struct Inxi {
    private let sections: [String: [JSON]]

    init(_ document: JSON) throws(HardwareRefusal.Cause) {
        var sections: [String: [JSON]] = [:]
        for section in document.elements {
            guard case .object(let fields) = section else { continue }
            for (name, rows) in fields {
                sections[Self.plain(name), default: []] += rows.elements.map(Self.plain)
            }
        }
        if sections.values.reduce(0, { $0 + $1.count }) > HardwareFile.partsMax {
            throw .tooManyValues(most: HardwareFile.partsMax)
        }
        self.sections = sections
    }

    /// Nil when it tells of no machine.
    func hardware() throws(HardwareRefusal.Cause) -> Hardware? {
        let rows = sections["Machine"] ?? []
        guard !rows.isEmpty else { return nil }
        let machine = rows.first { $0["System"] != nil } ?? .null
        let board = rows.first { $0["Mobo"] != nil } ?? .null
        let maker = try ReadName.genuine(anyOf: [
            (machine["System"], "Machine.System"), (board["Mobo"], "Machine.Mobo"),
        ])
        let model = try SystemName.model(
            vendor: machine["System"]?.string,
            version: (machine["v"], "Machine.v"),
            products: [(machine["product"], "Machine.product"), (board["model"], "Machine.model")]
        )
        let serial = try ReadName.clean(machine["serial"], field: "Machine.serial")
        let chassis = Chassis(read: rows.lazy.compactMap { $0["Type"]?.string }.first ?? "")
        let disks = try disks()
        let memory = memoryMB

        return Hardware(
            maker: maker,
            model: model,
            serial: serial,
            chassis: chassis,
            processor: try ReadName.genuine(first("CPU", "model"), field: "CPU.model"),
            memoryMB: memory,
            disks: disks,
            batteryHealthPercent: batteryHealthPercent,
            screen: chassis.hasScreen
                ? (first("Graphics", "res")?.string).flatMap {
                    Screen.definition(String($0.prefix(20)))
                }
                : nil,
            isVirtual: VirtualMachine.isNamed(in: [maker, model]),
            hasUnreadStorage: disks.isEmpty
        )
    }

    private static func plain(_ name: String) -> String {
        String(name.split(separator: "#").last ?? "")
    }

    private static func plain(_ row: JSON) -> JSON {
        guard case .object(let fields) = row else { return row }
        return .object(
            Dictionary(fields.sorted { $0.key < $1.key }.map { (plain($0.key), $0.value) }) {
                first,
                _ in
                first
            }
        )
    }

    private func first(_ section: String, _ field: String) -> JSON? {
        (sections[section] ?? []).lazy.compactMap { $0[field] }.first
    }

    /// The modules' sum; without modules the total says what the system sees, and is left out.
    private var memoryMB: Int? {
        let sizes = (sections["Memory"] ?? []).compactMap { $0["size"]?.string.flatMap(Self.bytes) }
        return Memory.sum(sizes).flatMap { $0 >= 1_048_576 ? $0 >> 20 : nil }
    }

    private func disks() throws(HardwareRefusal.Cause) -> [Disk] {
        var disks: [Disk] = []
        for row in sections["Drives"] ?? [] {
            guard case .object(let fields) = row,
                let name = fields.first(where: { $0.key.hasPrefix("ID-") })?.value.string,
                row["type"]?.string != "USB", let bytes = row["size"]?.string.flatMap(Self.bytes),
                1..<1_000_000_000_000_000 ~= bytes
            else { continue }
            let serial = try ReadName.clean(row["serial"], field: "Drives.serial")
            disks.append(
                Disk(
                    kind: kind(of: row, named: name),
                    sizeGB: (bytes + 500_000_000) / 1_000_000_000,
                    serial: serial.flatMap { Serial(read: $0) }
                )
            )
        }
        return disks
    }

    private func kind(of row: JSON, named name: String) -> DiskKind {
        if name.contains("nvme") { return .nvme }
        switch row["tech"]?.string {
        case "SSD"?: return .ssd
        case "HDD"?: return .hdd
        default:
            let maker = row["vendor"]?.string ?? ""
            return DiskKind(model: "\(maker) \(row["model"]?.string ?? "")")
        }
    }

    /// "41.0/50.0 Wh (82.0%)".
    private var batteryHealthPercent: Int? {
        guard let text = first("Battery", "condition")?.string.map({ $0.prefix(60) }),
            let open = text.firstIndex(of: "("),
            let tenths = JSON.text(
                String(text[text.index(after: open)...].prefix { $0.isDigit || $0 == "." })
            ).tenths
        else { return nil }
        return min(100, (tenths + 5) / 10)
    }

    /// "8 GiB", "238.47 GiB", "1.82 TiB": bytes to two decimals.
    private static func bytes(_ text: String) -> Int? {
        let words = text.prefix(40).split(separator: " ")
        guard words.count >= 2, let power = units[words[1]] else { return nil }
        let parts = words[0].split(separator: ".", maxSplits: 1)
        guard let whole = parts.first.flatMap({ JSON.text(String($0)).whole }), whole < 1_000_000
        else { return nil }
        let digits = parts.count > 1 ? String((parts[1] + "00").prefix(2)) : "00"
        guard let hundredths = JSON.text(digits).whole else { return nil }
        let (bytes, isOver) = (whole * 100 + hundredths).multipliedReportingOverflow(by: power)
        return isOver ? nil : bytes / 100
    }

    private static let units: [Substring: Int] = [
        "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
        "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000,
    ]
}
