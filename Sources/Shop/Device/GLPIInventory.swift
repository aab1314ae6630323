/// Reads the inventory of GLPI Agent in JSON. Memory is in MiB, disks in 10^6 bytes, batteries in mWh.
struct GLPIInventory {
    private let content: JSON
    private let chassis: Chassis

    init(_ document: JSON) throws(HardwareRefusal.Cause) {
        content = document["content"] ?? .null
        // Agents before 2.3 put it beside the firmware.
        let type = content["hardware"]?["chassis_type"] ?? content["bios"]?["type"]
        chassis = Chassis(read: type?.string ?? "")
        if let cause = Self.causeNotAComputer(document, content, chassis) { throw cause }
        if document["partial"]?.isTrue ?? false {
            throw .partOfAComputer(field: "partial", value: "true")
        }
        let most = HardwareFile.partsMax
        for section in ["storages", "memories", "cpus", "batteries", "monitors", "videos"]
        where (content[section]?.elements.count ?? 0) > most {
            throw .tooManyValues(most: most)
        }
        guard ["bios", "hardware", "cpus"].contains(where: { content[$0] != nil }) else {
            throw .partOfAComputer(field: "content.bios", value: "")
        }
    }

    func hardware() throws(HardwareRefusal.Cause) -> Hardware {
        let maker = try named(["smanufacturer", "mmanufacturer"])
        let model = try named(["smodel", "mmodel"])
        let serial = try ReadName.clean(content["bios"]?["ssn"], field: "content.bios.ssn")
        let storage = try GLPIStorages(content["storages"]?.elements ?? []).read()
        let memory = memoryMB

        return Hardware(
            maker: maker,
            model: model,
            serial: serial,
            chassis: chassis,
            processor: try processor(),
            memoryMB: memory,
            disks: storage.disks,
            batteryHealthPercent: batteryHealthPercent,
            screen: screen,
            isVirtual: isVirtual(names: [maker, model]),
            hasUnreadStorage: content["storages"] == nil || storage.hasUnread
        )
    }

    private static func causeNotAComputer(
        _ document: JSON,
        _ content: JSON,
        _ chassis: Chassis
    ) -> HardwareRefusal.Cause? {
        func found(_ field: String, _ value: String?) -> HardwareRefusal.Cause {
            .notAComputer(field: field, value: ReadName.start(of: value ?? ""))
        }
        if let type = document["itemtype"]?.string, type != "Computer" {
            return found("itemtype", type)
        }
        if let device = content["network_device"] {
            return found("content.network_device.type", device["type"]?.string)
        }
        if let action = document["action"]?.string, action.hasPrefix("net") {
            return found("action", action)
        }
        if chassis == .tablet { return nil }
        let system = content["operatingsystem"]
        let name = system?["full_name"]?.string ?? system?["name"]?.string ?? ""
        if name.contains("Android") { return found("content.operatingsystem.full_name", name) }
        if content["simcards"] != nil { return found("content.simcards", "SIM") }
        return nil
    }

    private func named(_ fields: [String]) throws(HardwareRefusal.Cause) -> String? {
        try ReadName.genuine(anyOf: fields.map { (content["bios"]?[$0], "content.bios.\($0)") })
    }

    private func isVirtual(names: [String?]) -> Bool {
        let system = content["hardware"]?["vmsystem"]?.string ?? ""
        return !["", "physical"].contains(system.lowercased()) || VirtualMachine.isNamed(in: names)
    }

    /// What the modules sum to, else what the system sees, a little less.
    private var memoryMB: Int? {
        let modules = (content["memories"]?.elements ?? []).filter { module in
            let words = "\(module["type"]?.string ?? "") \(module["description"]?.string ?? "")"
                .lowercased()
            return !["flash", "rom", "bios"].contains(where: words.contains)
        }
        let most = Memory.megabytesMax
        let installed = Memory.sum(modules.compactMap { $0["capacity"]?.whole }, most: most)
        if let installed, installed > 0 { return installed }
        let seen = content["hardware"]?["memory"]?.whole
        return seen.flatMap { 1...most ~= $0 ? $0 : nil }
    }

    private func processor() throws(HardwareRefusal.Cause) -> String? {
        let sockets = content["cpus"]?.elements ?? []
        guard let first = sockets.first,
            let name = try ReadName.clean(first["name"], field: "content.cpus.name")
        else { return nil }
        let same = sockets.filter { $0["name"]?.string == first["name"]?.string }.count
        return same > 1 ? "\(same) × \(name)" : name
    }

    /// All batteries together, those that say both figures. A phone says only one, a percentage.
    private var batteryHealthPercent: Int? {
        var designed = 0
        var held = 0
        for battery in content["batteries"]?.elements ?? [] {
            guard let capacity = battery["capacity"]?.whole,
                let real = battery["real_capacity"]?.whole,
                1..<10_000_000 ~= capacity, real < 10_000_000
            else { continue }
            designed += capacity
            held += min(real, capacity)
        }
        return designed > 0 ? (held * 200 + designed) / (designed * 2) : nil
    }

    /// The panel in the lid, not the screen that stood beside the machine when it was read.
    private var screen: String? {
        guard chassis.hasScreen else { return nil }
        let monitors = content["monitors"]?.elements ?? []
        let inside = monitors.filter { !Self.isOutside($0) }
        // Where only a screen on a plug was lit, its definition is the one that was seen.
        if inside.isEmpty, !monitors.isEmpty { return nil }
        let panels = inside.compactMap { $0["base64"]?.string.flatMap(EDID.init(base64:)) }
        if let panel = panels.first(where: { !$0.hasName })
            ?? (panels.count == 1 ? panels.first : nil)
        {
            return Screen.words(
                diagonalTenths: panel.diagonalTenths,
                definition: "\(panel.widthPoints)x\(panel.heightPoints)"
            )
        }
        return (content["videos"]?.elements ?? [])
            .compactMap { $0["resolution"]?.string.flatMap(Screen.definition) }.first
    }

    /// Whether it hangs on a plug: Windows names it, and calls the panel in the lid "Internal".
    private static func isOutside(_ monitor: JSON) -> Bool {
        let port = monitor["port"]?.string?.prefix(20).lowercased() ?? ""
        return ["vga", "dvi", "hdmi", "displayport", "composite", "component", "s-video"]
            .contains(where: port.hasPrefix)
    }
}
