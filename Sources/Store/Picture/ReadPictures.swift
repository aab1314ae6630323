public import Foundation
import Postgres
public import Shop

/// A picture on a machine’s page.
public struct DevicePicture: Sendable, Codable {
    public let id: ID<Picture>
    public let width: Int
    public let height: Int
    /// Nil where it has none.
    public let caption: PictureCaption?
    /// Whether whoever holds the machine sees it on the passport.
    public let isOnPassport: Bool
    public let takenAt: Instant
    public let operatorCode: String
}

extension Store {
    /// A machine’s pictures, the first taken first. Throws `deviceUnknown`, also for a machine that stands outside `reach`.
    public func pictures(
        of label: DeviceLabel,
        in reach: Reach = .everyShop
    ) async throws -> [DevicePicture] {
        try await transaction { tx in
            let device = try tx.device(label, in: reach)
            return try tx.query(
                """
                \(DevicePicture.selected) where p.device_id = \(device) and p.ended_at is null order by p.id
                """
            ).map { try DevicePicture($0) }
        }
    }

    /// What is seen, as JPEG. Throws `deviceUnknown` as above, and `unknownThing`, also for one that was taken off.
    public func picture(
        _ id: ID<Picture>,
        of label: DeviceLabel,
        _ size: PictureSize,
        in reach: Reach = .everyShop
    ) async throws -> Data {
        try await transaction { tx in
            let device = try tx.device(label, in: reach)
            return try tx.jpeg(
                "p.id = \(id) and p.device_id = \(device) and f.size = \(size.rawValue)",
                id
            )
        }
    }

    /// Pictures that the passport at this address shows, the first taken first.
    public func pictures(onPassport token: PassportToken) async throws -> [DevicePicture] {
        try await transaction { tx in
            try tx.query(
                """
                \(DevicePicture.selected) join passports a on a.device_id = p.device_id
                where a.token = \(token.text) and p.ended_at is null and \(DevicePicture.isShown) order by p.id
                """
            ).map { try DevicePicture($0) }
        }
    }

    /// One of them. Throws `unknownThing`, also for one that the passport does not show.
    public func picture(
        _ id: ID<Picture>,
        onPassport token: PassportToken,
        _ size: PictureSize
    ) async throws -> Data {
        try await transaction { tx in
            try tx.jpeg(
                """
                p.id = \(id) and f.size = \(size.rawValue) and \(DevicePicture.isShown)
                and exists (select from passports a where a.device_id = p.device_id and a.token = \(token.text))
                """,
                id
            )
        }
    }
}

extension DevicePicture {
    /// Whether the passport shows a picture `p`.
    static let isShown: SQL = """
        coalesce((select s.is_shown from device_picture_showings s where s.picture_id = p.id
                  order by s.ordinal desc limit 1), false)
        """

    static let selected: SQL = """
        select p.id, p.width, p.height, p.caption, \(isShown) as is_shown, p.taken_at, u.operator
        from device_pictures p join users u on u.id = p.taken_by
        """

    init(_ row: Row) throws {
        self.init(
            id: try row["id"],
            width: try row["width"],
            height: try row["height"],
            caption: try row["caption"],
            isOnPassport: try row["is_shown"],
            takenAt: try row["taken_at"],
            operatorCode: try row["operator"]
        )
    }
}

extension Refusal {
    static func unknown(picture id: ID<Picture>) -> Refusal {
        Refusal(.unknownThing, ["field": .field(.picture), "text": .text(id.text)])
    }
}

extension Transaction {
    /// Throws `deviceUnknown`.
    fileprivate func device(_ label: DeviceLabel, in reach: Reach) throws -> ID<Device> {
        let rows = try query(
            """
            select d.id from devices d \(LastStay.joins)
            where d.label = \(label.description) and \(reach.condition(LastStay.standsIn))
            """
        )
        guard let row = rows.first else {
            throw Refusal(.deviceUnknown, ["label": .text(label.description)])
        }
        return try row["id"]
    }

    /// Throws `unknownThing`.
    fileprivate func jpeg(_ condition: SQL, _ id: ID<Picture>) throws -> Data {
        let rows = try query(
            """
            select f.jpeg from device_picture_files f join device_pictures p on p.id = f.picture_id
            where p.ended_at is null and \(condition)
            """
        )
        guard let row = rows.first else { throw Refusal.unknown(picture: id) }
        return try row["jpeg"]
    }
}
