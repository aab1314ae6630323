import Postgres
public import Shop

/// A disk as the database keeps it: 0 GB when it was seen and not read.
public struct StoredDisk: Hashable, Sendable, Codable {
    public let kind: DiskKind
    public let sizeGB: Int
    public let serial: String

    public init(kind: DiskKind, sizeGB: Int, serial: String) {
        self.kind = kind
        self.sizeGB = sizeGB
        self.serial = serial
    }

    /// What tells it from another: its serial, else what it is.
    func name(in language: Language) -> String {
        guard serial.isEmpty else { return serial }
        let size = sizeGB > 0 ? " \(sizeGB)\u{A0}\(language.choose("Go", "GB"))" : ""
        let kind = kind == .unknown ? language.choose("non lu", "not read") : kind.rawValue
        return kind + size
    }
}

extension StoredDisk {
    init(_ row: Row) throws {
        self.init(kind: try row["kind"], sizeGB: try row["size_gb"], serial: try row["serial"])
    }
}

extension Hardware {
    /// Its disks; one that nobody has read when the file says nothing of drives, so that the machine is not sold
    /// before somebody looked.
    var storedDisks: [StoredDisk] {
        let read = disks.map {
            StoredDisk(kind: $0.kind, sizeGB: $0.sizeGB ?? 0, serial: $0.serial?.text ?? "")
        }
        guard read.isEmpty, remarks.contains(.storageUnread) else { return read }
        return [StoredDisk(kind: .unknown, sizeGB: 0, serial: "")]
    }
}

/// How the disks that a file tells differ from those on a machine's record.
struct DiskChange {
    /// On record, and not in the file.
    private(set) var gone: [(id: ID<Disk>, disk: StoredDisk)] = []
    /// In the file, and not on record.
    private(set) var new: [StoredDisk]

    init(from fitted: [(id: ID<Disk>, disk: StoredDisk)], to told: [StoredDisk]) {
        new = told
        for fitted in fitted {
            if let index = new.firstIndex(of: fitted.disk) {
                new.remove(at: index)
            } else {
                gone.append(fitted)
            }
        }
    }

    /// Nil where the disks are the same, or the machine is in work and they may change.
    func refused(of label: String, at stage: DeviceStage) -> HardwareImport.Known? {
        guard stage != .inWork, !(gone.isEmpty && new.isEmpty) else { return nil }
        return .otherDisks(label: label, stage: stage, gone: gone.map(\.disk), new: new)
    }
}
