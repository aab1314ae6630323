/// What a hardware file says of one computer. A field is absent when the file does not say it, or says
/// only what a factory left there.
public struct Hardware: Hashable, Sendable {
    public let maker: String?
    public let model: String?
    public let serial: Serial?
    public let chassis: Chassis
    /// As the processor names itself; "2 × …" where two sockets hold the same.
    public let processor: String?
    /// MiB: 8192 for 8 GB.
    public let memoryMB: Int?
    /// Built-in disks in the file's order: no stick, no card, no optical drive.
    public let disks: [Disk]
    /// What the batteries still hold of what they held new, 0 to 100.
    public let batteryHealthPercent: Int?
    /// The built-in screen: its diagonal in inches when known, its definition, e.g. `13.3" 1920x1080`.
    public let screen: String?
    /// What a person should know before trusting the rest, each at most once.
    public let remarks: [HardwareRemark]

    public var isVirtual: Bool { remarks.contains(.virtualMachine) }

    /// What tells this machine from every other; absent without a true serial.
    public var identity: DeviceIdentity? {
        serial.map { DeviceIdentity(maker: maker ?? "", model: model ?? "", serial: $0) }
    }
}

extension Hardware {
    /// As a reader found it: a serial that many machines share is none, and what could not be read becomes a remark.
    init(
        maker: String?,
        model: String?,
        serial text: String?,
        chassis: Chassis,
        processor: String?,
        memoryMB: Int?,
        disks: [Disk],
        batteryHealthPercent: Int?,
        screen: String?,
        isVirtual: Bool,
        hasUnreadStorage: Bool
    ) {
        let serial = text.flatMap { Serial(read: $0, beside: [maker, model]) }
        var remarks: [HardwareRemark] = []
        if isVirtual { remarks.append(.virtualMachine) }
        if serial == nil { remarks.append(.noTrueSerial) }
        if hasUnreadStorage { remarks.append(.storageUnread) }
        if memoryMB == nil { remarks.append(.memoryUnread) }
        self.init(
            maker: maker,
            model: model,
            serial: serial,
            chassis: chassis,
            processor: processor,
            memoryMB: memoryMB,
            disks: disks,
            batteryHealthPercent: batteryHealthPercent,
            screen: screen,
            remarks: remarks
        )
    }
}

/// A disk that stays in the machine, and therefore must be erased.
public struct Disk: Hashable, Sendable {
    public let kind: DiskKind
    /// 10^9 bytes, rounded. Absent when the drive was seen and not read: it may hold data all the same.
    public let sizeGB: Int?
    public let serial: Serial?
}

/// Raw values are stored and sent: never rename or reuse one.
public enum HardwareRemark: String, Hashable, Sendable, CaseIterable, Codable {
    /// The file describes a computer inside another: nothing that a shop can shelve.
    case virtualMachine = "virtual_machine"
    /// No serial, or one that many machines share: this one is known by its label alone.
    case noTrueSerial = "no_true_serial"
    /// A drive was seen and not read, or the file says nothing of drives: look before calling it empty.
    case storageUnread = "storage_unread"
    case memoryUnread = "memory_unread"
}

/// The contract's `device`, of `comptoir import hardware --json`.
extension Hardware: Codable {
    enum CodingKeys: String, CodingKey {
        case maker, model, serial, chassis, processor
        case memoryMB = "memory_mb"
        case disks
        case batteryHealthPercent = "battery_health_percent"
        case screen, remarks
    }
}

extension Disk: Codable {
    enum CodingKeys: String, CodingKey {
        case kind
        case sizeGB = "size_gb"
        case serial
    }
}
