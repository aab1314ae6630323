public import Foundation
import Postgres
public import Shop

/// What became of a picture that was sent.
public struct AddedPicture: Sendable, Codable {
    public let picture: DevicePicture
    /// False for a file that the machine has already.
    public let isNew: Bool
}

extension Store {
    /// How many pictures a machine may have today.
    public func picturesMost() async throws -> Int {
        let day = clock.now().day
        return try await transaction { try $0.number("device_pictures", on: day) }
    }

    /// Whether a machine takes a picture of this digest, before it is drawn: what `addPicture` checks again under its lock.
    /// Throws `deviceUnknown`, `picturesFull`.
    public func checkPicture(
        _ sha256: Data,
        of label: DeviceLabel,
        by staff: Staff
    ) async throws {
        let day = clock.now().day
        try await transaction { tx in
            let device = try tx.lockDevice(label.description, for: staff)
            guard try tx.picture(sha256, of: device) == nil else { return }
            try tx.checkRoom(for: device, on: day)
        }
    }

    /// Puts a picture on a machine’s page. The same file again makes nothing again, and keeps its first caption. Throws
    /// `deviceUnknown`, `picturesFull`.
    public func addPicture(
        _ new: NewPicture,
        of label: DeviceLabel,
        caption: PictureCaption?,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AddedPicture {
        struct Input: Encodable {
            let label: String
            let sha256: Data
            let caption: PictureCaption?
        }
        let id = newID(Picture.self)
        let input = Input(label: label.description, sha256: new.sha256, caption: caption)
        return try await command("add-picture", key: key, input: input, by: staff) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            if let known = try tx.picture(new.sha256, of: device) {
                return AddedPicture(picture: known, isNew: false)
            }
            try tx.checkRoom(for: device, on: now.day)
            _ = try tx.pipeline([
                """
                insert into device_pictures (id, device_id, sha256, width, height, caption, taken_at, taken_by)
                values (\(id), \(device.id), \(new.sha256), \(new.width), \(new.height), \(caption?.rawValue), \(now),
                        \(staff.id))
                """,
                """
                insert into device_picture_files (picture_id, size, jpeg)
                values (\(id), 'full', \(Data(new.full))), (\(id), 'thumbnail', \(Data(new.thumbnail)))
                """,
            ])
            let picture = DevicePicture(
                id: id,
                width: new.width,
                height: new.height,
                caption: caption,
                isOnPassport: false,
                takenAt: now,
                operatorCode: staff.operatorCode
            )
            return AddedPicture(picture: picture, isNew: true)
        }
    }

    /// Takes a picture off a machine’s page, and deletes what was to be seen. Throws `deviceUnknown`, `unknownThing`,
    /// also for one that was taken off before.
    public func removePicture(
        _ id: ID<Picture>,
        of label: DeviceLabel,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Picture> {
        let input = [label.description, id.text]
        return try await command("remove-picture", key: key, input: input, by: staff) { tx, now in
            try tx.checkStands(id, on: try tx.lockDevice(label.description, for: staff))
            _ = try tx.pipeline([
                "delete from device_picture_files where picture_id = \(id)",
                "update device_pictures set ended_at = \(now), ended_by = \(staff.id) where id = \(id)",
            ])
            return id
        }
    }

    /// Says whether whoever holds the machine sees a picture on its passport. Throws `deviceUnknown`, `unknownThing`.
    public func showPicture(
        _ id: ID<Picture>,
        of label: DeviceLabel,
        onPassport isShown: Bool,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> DevicePicture {
        let input = [label.description, id.text, isShown ? "yes" : "no"]
        return try await command("show-picture", key: key, input: input, by: staff) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            try tx.checkStands(id, on: device)
            let rows = try tx.pipeline([
                """
                insert into device_picture_showings (picture_id, ordinal, is_shown, recorded_at, recorded_by)
                select p.id, 1 + (select count(*) from device_picture_showings where picture_id = p.id), \(isShown), \(now),
                       \(staff.id)
                from device_pictures p where p.id = \(id) and \(DevicePicture.isShown) <> \(isShown)
                """,
                "\(DevicePicture.selected) where p.id = \(id)",
            ])
            return try DevicePicture(rows[1][0])
        }
    }
}

extension Transaction {
    fileprivate func picture(_ sha256: Data, of device: LockedDevice) throws -> DevicePicture? {
        try query(
            """
            \(DevicePicture.selected) where p.device_id = \(device.id) and p.sha256 = \(sha256) and p.ended_at is null
            """
        ).first.map { try DevicePicture($0) }
    }

    /// Throws `picturesFull`.
    fileprivate func checkRoom(for device: LockedDevice, on day: Day) throws {
        let most = try number("device_pictures", on: day)
        let count: Int = try query(
            "select count(*) as count from device_pictures where device_id = \(device.id) and ended_at is null"
        )[0]["count"]
        guard count < most else {
            throw Refusal(
                .picturesFull,
                ["label": .text(device.label), "most": .number(Int64(most))]
            )
        }
    }

    /// Throws `unknownThing` for a picture that is not on this machine’s page.
    fileprivate func checkStands(_ id: ID<Picture>, on device: LockedDevice) throws {
        guard
            try !query(
                "select from device_pictures where id = \(id) and device_id = \(device.id) and ended_at is null"
            ).isEmpty
        else { throw Refusal.unknown(picture: id) }
    }
}
