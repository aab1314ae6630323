/// What a disk says of its own wear, as `smartctl -j` printed it: evidence on a disk, no computer.
public struct DiskHealth: Hashable, Sendable {
    public let model: String?
    public let serial: Serial?
    public let kind: DiskKind
    /// 10^9 bytes, rounded.
    public let sizeGB: Int?
    /// The disk's own verdict; absent when it gave none.
    public let passed: Bool?
    public let powerOnHours: Int?
    /// Sectors that went bad and were replaced by spare ones.
    public let reallocatedSectors: Int?
    /// Sectors that could not be read and wait to be replaced.
    public let pendingSectors: Int?
    /// How much of the writing that flash was made for is used up; above 100 when it lives longer.
    public let percentageUsed: Int?
}

extension DiskHealth: Codable {
    enum CodingKeys: String, CodingKey {
        case model, serial, kind
        case sizeGB = "size_gb"
        case passed
        case powerOnHours = "power_on_hours"
        case reallocatedSectors = "reallocated_sectors"
        case pendingSectors = "pending_sectors"
        case percentageUsed = "percentage_used"
    }
}
