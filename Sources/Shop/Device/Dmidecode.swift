/// Reads what `dmidecode` prints of a machine's firmware, in the shapes that it had from version 2.0 on. The firmware
/// knows no drives, no screen and nothing of a battery's wear.
/// Source: SMBIOS 3.7, the structures of types 0 to 4, 6, 16 and 17.
struct Dmidecode {
    private let structures: [DmidecodeStructure]

    /// Whether a text begins as one.
    static func recognises(_ start: String) -> Bool {
        start.contains("# dmidecode ")
            || (start.contains("Handle 0x") && start.contains("DMI type "))
    }

    init(_ text: String) throws(HardwareRefusal.Cause) {
        let dumps = text.fileLines.count { $0.hasPrefix("# dmidecode ") }
        if dumps > 1 { throw .severalComputers(count: dumps) }
        structures = try DmidecodeStructure.all(in: text)
        if !structures.contains(where: { $0.type == 1 }) {
            throw .partOfAComputer(field: "System Information", value: "")
        }
    }

    func hardware() throws(HardwareRefusal.Cause) -> Hardware {
        let maker = try ReadName.genuine(anyOf: [
            (system["Manufacturer"], "System Information, Manufacturer"),
            (board?["Manufacturer"], "Base Board Information, Manufacturer"),
        ])
        let model = try SystemName.model(
            vendor: system["Manufacturer"]?.string,
            version: (system["Version"], "System Information, Version"),
            products: [
                (system["Product Name"], "System Information, Product Name"),
                (board?["Product Name"], "Base Board Information, Product Name"),
            ]
        )
        let serial = try ReadName.clean(
            system["Serial Number"],
            field: "System Information, Serial Number"
        )
        let memory = memoryMB

        let firmware = structures.first { $0.type == 0 }?["Vendor"]?.string
        let names = [maker, model, firmware, system["Product Name"]?.string]
        return Hardware(
            maker: maker,
            model: model,
            serial: serial,
            chassis: chassis,
            processor: try processor(),
            memoryMB: memory,
            disks: [],
            batteryHealthPercent: nil,
            screen: nil,
            isVirtual: VirtualMachine.isNamed(in: names),
            hasUnreadStorage: true
        )
    }

    private var system: DmidecodeStructure {
        structures.first { $0.type == 1 } ?? DmidecodeStructure(type: 1, handle: "")
    }

    private var board: DmidecodeStructure? { structures.first { $0.type == 2 } }

    /// A dock or a drive cage beside the machine has a chassis of its own, which says nothing that is known here.
    private var chassis: Chassis {
        structures.lazy.filter { $0.type == 3 }
            .map { Chassis(read: $0["Type"]?.string ?? "") }
            .first { $0 != .unknown } ?? .unknown
    }

    private func processor() throws(HardwareRefusal.Cause) -> String? {
        var names: [String] = []
        for socket in structures where socket.type == 4 {
            let status = socket["Status"]?.string ?? ""
            guard !status.hasPrefix("Unpopulated") else { continue }
            let name = try ReadName.genuine(
                socket["Version"],
                field: "Processor Information, Version"
            )
            if let name { names.append(name) }
        }
        guard let first = names.first else { return nil }
        let same = names.count { $0 == first }
        return same > 1 ? "\(same) × \(first)" : first
    }

    /// The sum of the modules; absent when fewer of them are told than there are slots, since the rest of the file is
    /// missing. Firmware before SMBIOS 2.1 tells modules in structures of type 6.
    private var memoryMB: Int? {
        let arrays = structures.filter { $0.type == 16 }
        let elsewhere = Set(
            arrays.filter { $0["Use"].map { $0.string != "System Memory" } ?? false }.map(\.handle)
        )
        var devices = structures.filter { $0.type == 17 }
        let slots = arrays.compactMap { $0["Number Of Devices"]?.whole }
        if let told = Memory.sum(slots), told > devices.count { return nil }
        devices.removeAll { device in
            let kind = device["Type"]?.string?.lowercased() ?? ""
            return elsewhere.contains(device["Array Handle"]?.string?.lowercased() ?? "")
                || ["flash", "rom", "eprom"].contains(where: kind.contains)
        }
        var sizes = devices.compactMap { $0["Size"]?.string }
        if devices.isEmpty {
            sizes = structures.filter { $0.type == 6 }.compactMap { $0["Installed Size"]?.string }
        }
        let kilobytes = Memory.sum(
            sizes.compactMap(Self.kilobytes),
            most: Memory.bytesMax >> 10
        )
        return kilobytes.flatMap { $0 >= 1024 ? $0 >> 10 : nil }
    }

    /// KiB: "4096 MB", "4 GB", "512 kB", "256 MB (Single-bank Connection)"; nil for words.
    private static func kilobytes(_ text: String) -> Int? {
        let words = text.prefix(60).split(separator: " ")
        guard words.count >= 2, let size = JSON.text(String(words[0])).whole,
            let unit = units[words[1].lowercased()], size <= Memory.bytesMax >> 10
        else { return nil }
        let (kilobytes, isOver) = size.multipliedReportingOverflow(by: unit)
        return isOver ? nil : kilobytes
    }

    private static let units = [
        "kb": 1, "kib": 1, "mb": 1 << 10, "mib": 1 << 10, "gb": 1 << 20, "gib": 1 << 20,
        "tb": 1 << 30, "tib": 1 << 30,
    ]
}

/// One structure of the firmware's table, as `dmidecode` prints it: a handle, a type, a title, fields.
struct DmidecodeStructure {
    let type: Int
    /// Lower case: "0x0007".
    let handle: String
    private var fields: [String: String] = [:]

    init(type: Int, handle: String) {
        self.type = type
        self.handle = handle
    }

    subscript(_ field: String) -> JSON? { fields[field].map { .text($0) } }

    /// Those of a dump, in its order. Lines deeper than a structure's fields belong to lists, and are left out.
    static func all(in text: String) throws(HardwareRefusal.Cause) -> [DmidecodeStructure] {
        var structures: [DmidecodeStructure] = []
        var handle: String?
        var hasTitle = false
        var depth: Int?
        for line in text.fileLines {
            let words = line.trimmed
            if words.isEmpty { continue }
            if line.hasPrefix("Handle 0x") {
                handle = words.dropFirst(7).prefix { $0 != "," }.lowercased()
                hasTitle = false
                depth = nil
            }
            if let handle, !hasTitle, let type = self.type(in: words) {
                if structures.count == HardwareFile.partsMax {
                    throw .tooManyValues(most: HardwareFile.partsMax)
                }
                structures.append(DmidecodeStructure(type: type, handle: handle))
                hasTitle = true
                continue
            }
            guard hasTitle, let colon = words.firstIndex(of: ":") else { continue }
            let indent = line.prefix { $0 == "\t" || $0 == " " }.count
            if depth == nil { depth = indent }
            guard indent == depth else { continue }
            let name = String(words[..<colon])
            let value = words[words.index(after: colon)...].trimmed
            let last = structures.count - 1
            if structures[last].fields[name] == nil { structures[last].fields[name] = value }
        }
        return structures
    }

    /// "…, DMI type 17, 34 bytes", on the handle's line or, before version 2.8, on the next.
    private static func type(in line: String) -> Int? {
        guard let place = line.firstRange(of: "DMI type ") else { return nil }
        return Int(line[place.upperBound...].prefix { $0.isDigit })
    }
}
