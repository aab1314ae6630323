/// A file that describes one whole computer, read. Whoever holds one knows that it was recognised by its content,
/// whatever its name.
public struct HardwareFile: Hashable, Sendable {
    public let format: HardwareFormat
    public let hardware: Hardware

    /// Five times the largest honest inventory that we have seen.
    public static let bytesMax = 5_000_000
    /// Fifty times the parts of the largest honest inventory that we have seen.
    public static let partsMax = 5_000

    /// The computer that a file of this format describes.
    public init(_ format: HardwareFormat, _ hardware: Hardware) {
        self.format = format
        self.hardware = hardware
    }
}

extension HardwareFile {
    /// The machine of one row of a sheet. A phone is known by its IMEI; what stores data in it waits for its erasure.
    public init(_ device: BOLCDevice, of format: HardwareFormat) {
        let names = [device.maker, device.model]
        let serial = device.serial ?? device.imei.flatMap { Serial(read: $0, beside: names) }
        let phone = device.storageGB.map { [Disk(kind: .unknown, sizeGB: $0, serial: nil)] } ?? []
        let disks = device.disks + phone
        let holdsDisks = DeviceKind.computers.contains(device.kind)
        var remarks: [HardwareRemark] = []
        if serial == nil { remarks.append(.noTrueSerial) }
        if disks.isEmpty, holdsDisks { remarks.append(.storageUnread) }
        if device.memoryMB == nil, holdsDisks { remarks.append(.memoryUnread) }
        self.format = format
        hardware = Hardware(
            maker: device.maker,
            model: device.model,
            serial: serial,
            chassis: Chassis(device.kind),
            processor: device.processor,
            memoryMB: device.memoryMB,
            disks: disks,
            batteryHealthPercent: device.batteryHealthPercent,
            screen: device.screen,
            remarks: remarks
        )
    }
}

extension Chassis {
    fileprivate init(_ kind: DeviceKind) {
        switch kind {
        case .laptop: self = .laptop
        case .desktop: self = .desktop
        case .allInOne: self = .allInOne
        case .tablet: self = .tablet
        case .smartphone, .screen, .other: self = .unknown
        }
    }
}
