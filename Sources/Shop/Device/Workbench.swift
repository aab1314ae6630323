/// Reads the snapshots of eReuse Workbench: version 11, which tells a device and its components; "lite" ones, whose
/// `data` holds what other tools printed, as documents or as text; and signed ones, which hold the same as evidence.
/// Of several parts that describe one machine the best is taken, and what it lacks is taken from the next.
struct Workbench {
    private let document: JSON
    private let data: [String: JSON]

    static func recognises(_ document: JSON) -> Bool {
        if document["type"]?.string == "Snapshot" { return true }
        let software = document["software"] ?? document["credentialSubject"]?["software"]
        return (software?.string?.lowercased().hasPrefix("workbench") ?? false)
            && (document["data"] != nil || document["evidence"] != nil)
    }

    init(_ document: JSON) {
        self.document = document
        var data: [String: JSON] = [:]
        if case .object(let fields)? = document["data"] { data = fields }
        for part in document["evidence"]?.elements ?? [] {
            if let tool = part["operation"]?.string { data[tool] = part["output"] }
        }
        self.data = data
    }

    func hardware() throws(HardwareRefusal.Cause) -> Hardware {
        var found: [Hardware] = []
        var fault: HardwareRefusal.Cause?
        for read in [lshw, components, dmidecode, inxi] {
            do throws(HardwareRefusal.Cause) {
                if let hardware = try read() { found.append(hardware) }
            } catch {
                // What the others say is still true; where none says anything, the first fault is the reason.
                fault = fault ?? error
            }
        }
        guard var hardware = found.first else {
            throw fault ?? .partOfAComputer(field: "data", value: "")
        }
        for other in found.dropFirst() { hardware = hardware.completed(by: other) }
        return hardware.completed(by: try disksOfSmart())
    }

    // MARK: The parts

    private func lshw() throws(HardwareRefusal.Cause) -> Hardware? {
        guard let tree = try part("lshw") else { return nil }
        return try Lshw(tree).hardware()
    }

    private func components() throws(HardwareRefusal.Cause) -> Hardware? {
        guard document["device"]?.isObject ?? false else { return nil }
        return try WorkbenchComponents(document).hardware()
    }

    private func dmidecode() throws(HardwareRefusal.Cause) -> Hardware? {
        guard let text = data["dmidecode"]?.string, Dmidecode.recognises(String(text.prefix(4_000)))
        else { return nil }
        return try Dmidecode(text).hardware()
    }

    private func inxi() throws(HardwareRefusal.Cause) -> Hardware? {
        guard let sections = try part("inxi") else { return nil }
        return try Inxi(sections).hardware()
    }

    /// What each disk said of itself, in the order of the file.
    func health() throws(HardwareRefusal.Cause) -> [DiskHealth] {
        var healths: [DiskHealth] = []
        for disk in try smart() { healths.append(try Smartctl(disk).health()) }
        return healths
    }

    func erasures() throws(HardwareRefusal.Cause) -> ErasureLog? {
        try WorkbenchComponents(document).erasures()
    }

    private func smart() throws(HardwareRefusal.Cause) -> [JSON] {
        var disks = try part("smart")?.elements ?? []
        if disks.isEmpty { disks = try part("smartctl")?.elements ?? [] }
        if disks.count > HardwareFile.partsMax { throw .tooManyValues(most: HardwareFile.partsMax) }
        return disks.filter { disk in
            Smartctl.recognises(disk)
                && (disk["model_name"] ?? disk["serial_number"])?.string != nil
        }
    }

    private func disksOfSmart() throws(HardwareRefusal.Cause) -> [Disk] {
        var disks: [Disk] = []
        for json in try smart() {
            let smart = try Smartctl(json)
            let health = try smart.health()
            if smart.isPluggedIn || health.sizeGB == nil { continue }
            disks.append(Disk(kind: health.kind, sizeGB: health.sizeGB, serial: health.serial))
        }
        return disks
    }

    /// A part that is a document, or the text of one; nil when it is absent, empty or no JSON.
    private func part(_ name: String) throws(HardwareRefusal.Cause) -> JSON? {
        guard let value = data[name] else { return nil }
        guard case .text(let text) = value else {
            if case .null = value { return nil }
            return value
        }
        do throws(JSONReader.Fault) {
            return try JSONReader.read(Array(text.utf8))
        } catch {
            switch error {
            case .tooDeep: throw .tooDeep
            case .tooManyValues: throw .tooManyValues(most: JSONReader.valuesMax)
            case .truncated, .malformed: return nil
            }
        }
    }
}

extension Hardware {
    /// What this does not say is taken from `other`, a poorer account of the same machine.
    fileprivate func completed(by other: Hardware) -> Hardware {
        let disks = self.disks.isEmpty ? other.disks : self.disks
        return Hardware(
            maker: maker ?? other.maker,
            model: model ?? other.model,
            serial: serial ?? other.serial,
            chassis: chassis == .unknown ? other.chassis : chassis,
            processor: processor ?? other.processor,
            memoryMB: memoryMB ?? other.memoryMB,
            disks: disks,
            batteryHealthPercent: batteryHealthPercent ?? other.batteryHealthPercent,
            screen: screen ?? other.screen,
            remarks: HardwareRemark.allCases.filter { remark in
                switch remark {
                case .virtualMachine: remarks.contains(remark) || other.remarks.contains(remark)
                case .noTrueSerial: serial == nil && other.serial == nil
                case .storageUnread:
                    remarks.contains(remark)
                        && (disks.isEmpty || disks.contains { $0.sizeGB == nil })
                        && other.remarks.contains(remark)
                case .memoryUnread: memoryMB == nil && other.memoryMB == nil
                }
            }
        )
    }

    /// Disks that answered `smartctl`: they tell the kind that a name does not, and are there where no disk was seen.
    fileprivate func completed(by told: [Disk]) -> Hardware {
        if told.isEmpty { return self }
        let disks =
            self.disks.isEmpty
            ? told
            : self.disks.map { disk in
                let twin =
                    told.first {
                        $0.serial != nil && $0.serial?.normalised == disk.serial?.normalised
                    }
                    ?? (self.disks.count == 1 && told.count == 1 ? told[0] : nil)
                guard let twin else { return disk }
                return Disk(
                    kind: disk.kind == .unknown ? twin.kind : disk.kind,
                    sizeGB: disk.sizeGB ?? twin.sizeGB,
                    serial: disk.serial ?? twin.serial
                )
            }
        return Hardware(
            maker: maker,
            model: model,
            serial: serial,
            chassis: chassis,
            processor: processor,
            memoryMB: memoryMB,
            disks: disks,
            batteryHealthPercent: batteryHealthPercent,
            screen: screen,
            remarks: remarks.filter { remark in
                remark != .storageUnread || disks.contains { $0.sizeGB == nil }
            }
        )
    }
}
