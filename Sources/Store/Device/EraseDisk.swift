import Crypto
import Foundation
import Postgres
public import Shop

/// A disk's erasure, as its certificate or the person who did it says.
public struct NewErasure: Sendable, Encodable {
    /// The disk's serial, or nil when the machine holds one disk.
    public let disk: String?
    public let method: ErasureMethod
    public let level: ErasureLevel
    public let tool: String
    public let toolVersion: String
    /// Whether the disk was read afterwards and found empty.
    public let verified: Bool
    /// Nil: just now.
    public let erasedAt: Instant?
    /// SHA-256 of the certificate's file; nil when it is on paper.
    let certificateSHA256: Data?

    public init(
        disk: String?,
        method: ErasureMethod,
        level: ErasureLevel,
        tool: ShortText,
        toolVersion: String,
        verified: Bool,
        erasedAt: Instant?,
        certificate: [UInt8]?
    ) {
        self.disk = disk
        self.method = method
        self.level = level
        self.tool = tool.text
        self.toolVersion = toolVersion
        self.verified = verified
        self.erasedAt = erasedAt
        certificateSHA256 = certificate.map { Data(SHA256.hash(data: $0)) }
    }
}

extension Store {
    /// Records that a disk of a machine was erased. Throws `deviceUnknown`, `deviceGone`, `deviceRecycled`,
    /// `unknownThing` when the machine holds no such disk, `fieldMissing` when it holds several and none is named,
    /// `dayUnreadable` for an instant to come, `erasureNotPurge` for an overwritten SSD called purged.
    public func eraseDisk(
        of label: DeviceLabel,
        _ erasure: NewErasure,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Erasure> {
        struct Input: Encodable {
            let label: String
            let erasure: NewErasure
        }
        let input = Input(label: label.description, erasure: erasure)
        return try await command("erase-disk", key: key, input: input, by: staff) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            let erasedAt = erasure.erasedAt ?? now
            guard erasedAt <= now else {
                throw Refusal(.dayUnreadable, ["text": .instant(erasedAt)])
            }
            let disk = try tx.fittedDisk(erasure.disk, of: device)
            let id = newID(Erasure.self)
            try tx.execute(
                """
                insert into erasures (id, disk_id, disk_serial, unit_serial, method, level, tool, tool_version, verified,
                                      file_sha256, erased_at, recorded_at, recorded_by)
                values (\(id), \(disk.id), \(disk.serial), \(device.serial), \(erasure.method), \(erasure.level),
                        \(erasure.tool), \(erasure.toolVersion), \(erasure.verified), \(erasure.certificateSHA256),
                        \(erasedAt), \(now), \(staff.id))
                """
            )
            return id
        }
    }

    /// Takes a disk off a machine's record: it was pulled out, or the file was wrong and there is none.
    /// Throws as `eraseDisk` does, and `diskOnShelf`.
    public func removeDisk(
        _ disk: String?,
        of label: DeviceLabel,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Disk> {
        struct Input: Encodable {
            let label: String
            let disk: String?
        }
        let input = Input(label: label.description, disk: disk)
        return try await command(
            "remove-disk",
            key: key,
            input: input,
            by: staff,
            facts: ["label": .text(label.description)]
        ) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            let disk = try tx.fittedDisk(disk, of: device)
            try tx.execute("update device_disks set removed_at = \(now) where id = \(disk.id)")
            return disk.id
        }
    }
}

extension Transaction {
    /// The disk in the machine of this serial or id, or its only disk.
    fileprivate func fittedDisk(
        _ named: String?,
        of device: LockedDevice
    ) throws -> (id: ID<Disk>, serial: String) {
        let disks = try query(
            """
            select id, serial from device_disks where device_id = \(device.id) and removed_at is null
            order by fitted_at, id
            """
        ).map { row -> (id: ID<Disk>, serial: String) in (try row["id"], try row["serial"]) }
        guard let named, !named.isEmpty else {
            if disks.count == 1 { return disks[0] }
            if disks.isEmpty {
                throw Refusal(.unknownThing, ["field": .field(.disk), "text": .text(device.label)])
            }
            throw Refusal(.fieldMissing, ["field": .field(.disk)])
        }
        guard let disk = disks.first(where: { $0.serial == named || $0.id.text == named }) else {
            throw Refusal(
                .unknownThing,
                ["field": .field(.disk), "text": .text(String(named.prefix(40)))]
            )
        }
        return disk
    }
}
