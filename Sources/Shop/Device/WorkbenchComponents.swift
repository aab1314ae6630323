/// The device and the components of a Workbench snapshot, and what was done to them. Memory is in MiB, disks in 10^6
/// bytes, or in MiB before version 11.0b.
struct WorkbenchComponents {
    private let document: JSON
    private let device: JSON
    private let components: [JSON]

    init(_ document: JSON) throws(HardwareRefusal.Cause) {
        self.document = document
        device = document["device"] ?? .null
        components = document["components"]?.elements ?? []
        if components.count > HardwareFile.partsMax {
            throw .tooManyValues(most: HardwareFile.partsMax)
        }
    }

    func hardware() throws(HardwareRefusal.Cause) -> Hardware {
        let type = device["type"]?.string ?? ""
        if !Self.computers.contains(type.lowercased()) {
            throw .notAComputer(field: "device.type", value: ReadName.start(of: type))
        }
        let board = components.first { isType($0, "motherboard") }
        let maker = try ReadName.genuine(anyOf: [
            (device["manufacturer"], "device.manufacturer"),
            (board?["manufacturer"], "components.manufacturer"),
        ])
        let model = try SystemName.model(
            vendor: device["manufacturer"]?.string,
            version: (device["version"], "device.version"),
            products: [
                (device["model"], "device.model"), (board?["model"], "components.model"),
            ]
        )
        let serial = try ReadName.clean(device["serialNumber"], field: "device.serialNumber")
        let storage = try disks()
        let memory = memoryMB
        let isVirtual =
            VirtualMachine.isNamed(in: [maker, model])
            || device["chassis"]?.string?.lowercased() == "virtual"

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
            isVirtual: isVirtual,
            hasUnreadStorage: storage.hasUnread || document["components"] == nil
        )
    }

    private func isType(_ component: JSON, _ type: String) -> Bool {
        component["type"]?.string?.lowercased() == type
    }

    private var chassis: Chassis {
        let read = Chassis(read: device["chassis"]?.string ?? "")
        return read == .unknown ? Chassis(read: device["type"]?.string ?? "") : read
    }

    private func processor() throws(HardwareRefusal.Cause) -> String? {
        let sockets = components.filter { isType($0, "processor") }
        var names: [String] = []
        for socket in sockets {
            if let name = try ReadName.genuine(socket["model"], field: "components.model") {
                names.append(name)
            }
        }
        guard let first = names.first else { return nil }
        let same = names.count { $0 == first }
        return same > 1 ? "\(same) × \(first)" : first
    }

    private var memoryMB: Int? {
        let modules = components.filter { isType($0, "rammodule") }
        let total = Memory.sum(modules.compactMap { $0["size"]?.whole }, most: Memory.megabytesMax)
        return total.flatMap { $0 > 0 ? $0 : nil }
    }

    private func disks() throws(HardwareRefusal.Cause) -> (disks: [Disk], hasUnread: Bool) {
        var disks: [Disk] = []
        var hasUnread = false
        for drive in drives {
            let size = sizeGB(of: drive)
            if size == nil { hasUnread = true }
            disks.append(Disk(kind: kind(of: drive), sizeGB: size, serial: try serial(of: drive)))
        }
        return (disks, hasUnread)
    }

    /// Those that stay in the machine.
    private var drives: [JSON] {
        components.filter { component in
            let type = component["type"]?.string?.lowercased() ?? ""
            let plug = component["interface"]?.string?.lowercased() ?? ""
            return Self.drives.contains(type) && plug != "usb"
        }
    }

    private func kind(of drive: JSON) -> DiskKind {
        let plug = drive["interface"]?.string?.lowercased() ?? ""
        if plug.contains("nvme") { return .nvme }
        let maker = drive["manufacturer"]?.string ?? ""
        let byModel = DiskKind(model: "\(maker) \(drive["model"]?.string ?? "")")
        switch drive["type"]?.string?.lowercased() {
        case "harddrive": return .hdd
        case "solidstatedrive": return byModel == .nvme ? .nvme : .ssd
        default: return byModel
        }
    }

    private func serial(of drive: JSON) throws(HardwareRefusal.Cause) -> Serial? {
        let text = try ReadName.clean(drive["serialNumber"], field: "components.serialNumber")
        return text.flatMap { Serial(read: $0, beside: [drive["model"]?.string]) }
    }

    /// 10^9 bytes. Versions before 11.0b divided by 2^20 what later ones divide by 10^6, and did not say so: the size
    /// that drives are sold in is the one that was meant.
    private func sizeGB(of drive: JSON) -> Int? {
        guard let size = drive["size"]?.whole, 1..<1_000_000_000 ~= size else { return nil }
        let decimal = size * 1_000_000
        let binary = size * 1_048_576
        let meant = !Self.isSold(decimal) && Self.isSold(binary) ? binary : decimal
        return (meant + 500_000_000) / 1_000_000_000
    }

    /// Whether a drive of so many bytes is sold, to two thousandths.
    private static func isSold(_ bytes: Int) -> Bool {
        sizesSold.contains { size in
            abs(bytes - size * 1_000_000_000) <= size * 2_000_000
        }
    }

    /// Of several batteries the first that says what it holds of what it held new.
    private var batteryHealthPercent: Int? {
        for battery in components where isType(battery, "battery") {
            let measured = (battery["actions"]?.elements ?? [])
                .first { isType($0, "measurebattery") }
            guard let new = battery["size"]?.whole, let held = measured?["size"]?.whole,
                1..<10_000_000 ~= new, held < 10_000_000
            else { continue }
            return (min(held, new) * 200 + new) / (new * 2)
        }
        return nil
    }

    private var screen: String? {
        guard chassis.hasScreen, let panel = components.first(where: { isType($0, "display") })
        else { return nil }
        let width = panel["resolutionWidth"]?.whole.map(String.init) ?? ""
        let height = panel["resolutionHeight"]?.whole.map(String.init) ?? ""
        return Screen.words(
            diagonalTenths: panel["size"]?.tenths.flatMap { 20..<1_000 ~= $0 ? $0 : nil },
            definition: Screen.definition("\(width)x\(height)")
        )
    }

    private static let computers: Set<String> = [
        "computer", "desktop", "laptop", "server", "netbook", "tablet",
    ]
    private static let drives: Set<String> = [
        "harddrive", "solidstatedrive", "datastorage", "storage",
    ]
    /// 10^9 bytes.
    private static let sizesSold = [
        16, 20, 30, 32, 40, 60, 64, 80, 100, 120, 128, 160, 180, 200, 240, 250, 256, 300, 320, 400,
        480, 500, 512, 600, 640, 750, 800, 960, 1_000, 1_024, 1_200, 1_500, 1_600, 1_920, 2_000,
        2_048, 3_000, 4_000, 5_000, 6_000, 8_000,
    ]
}

/// What was done to the drives.
extension WorkbenchComponents {
    /// Nil when nothing was erased.
    func erasures() throws(HardwareRefusal.Cause) -> ErasureLog? {
        var erased: [DriveErasure] = []
        for drive in drives {
            // A drive that was erased twice was left as the last erasure left it.
            let steps = (drive["actions"] ?? drive["events"])?.elements ?? []
            if let action = steps.last(where: { $0["type"]?.string?.hasPrefix("Erase") ?? false }) {
                erased.append(try erasure(action, of: drive))
            }
        }
        if erased.isEmpty { return nil }
        let version = try ReadName.clean(document["version"], field: "version")
        return ErasureLog(
            tool: "Workbench",
            toolVersion: String((version ?? "").prefix(40)),
            drives: erased
        )
    }

    private func erasure(
        _ action: JSON,
        of drive: JSON
    ) throws(HardwareRefusal.Cause) -> DriveErasure {
        let name = try ReadName.clean(action["type"], field: "actions.type") ?? ""
        let method = ErasureMethod(named: name)
        let started = (action["startTime"] ?? action["startingTime"])?.string
            .flatMap(LoggedTime.init(read:))
        let ended = (action["endTime"] ?? action["endingTime"])?.string
            .flatMap(LoggedTime.init(read:))
        let seconds = started.flatMap { start in ended.map { $0.seconds - start.seconds } }
        let steps = action["steps"]?.elements ?? []
        let faults = ([action] + steps).count { !isClean($0) }
        let serial = try serial(of: drive)
        let size = sizeGB(of: drive)

        var doubts: [ErasureDoubt] = []
        if seconds == nil || steps.isEmpty { doubts.append(.unfinished) }
        if !isClean(action) { doubts.append(.failed) }
        if faults > 0 { doubts.append(.errors) }
        if method == nil { doubts.append(.methodUnknown) }
        if let seconds, method == .overwrite {
            let bytes = size.map { $0 * 1_000_000_000 }
            let most = ErasureSpeed.most(kind(of: drive))
            if ErasureSpeed.isTooQuick(seconds: seconds, bytes: bytes, most: most) {
                doubts.append(.tooQuick)
            }
        }
        if serial == nil { doubts.append(.serialUnknown) }

        return DriveErasure(
            model: try ReadName.genuine(drive["model"], field: "components.model"),
            serial: serial,
            sizeGB: size,
            methodName: name,
            method: method,
            started: started,
            ended: ended,
            durationSeconds: seconds.flatMap { 0...100_000_000 ~= $0 ? $0 : nil },
            // Sector by sector it reads back what it wrote; the basic one does not.
            isVerified: name == "EraseSectors" && faults == 0,
            errors: ErasureErrors(writing: faults),
            doubts: doubts
        )
    }

    private func isClean(_ step: JSON) -> Bool {
        switch step["error"] {
        case nil, .null?: break
        case let error?: if error.truth != false, error.string != "" { return false }
        }
        if let succeeded = step["success"]?.truth, !succeeded { return false }
        return step["severity"].map { $0.string == "Info" } ?? true
    }
}
