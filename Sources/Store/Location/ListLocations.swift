import Postgres
public import Shop

/// A location in a list.
public struct LocationRow: Hashable, Sendable, Codable {
    public let id: ID<Location>
    public let code: String
    /// The code of its shop.
    public let shop: String
    public let room: String
    /// Empty for the room as a whole.
    public let shelf: String
    /// Machines that lie there.
    public let devices: Int
    /// Nil while it is in use.
    public let closedAt: Instant?

    public var name: String { locationName(room, shelf) }

    init(_ row: Row) throws {
        id = try row["id"]
        code = try row["code"]
        shop = try row["shop"]
        room = try row["room"]
        shelf = try row["shelf"]
        devices = try row["devices"]
        closedAt = try row["closed_at"]
    }
}

extension Store {
    /// Locations in use, by shop, room and shelf.
    /// - Parameters:
    ///   - shop: its code; nil for all in `reach`.
    ///   - after: the last part's `next`.
    public func locations(
        in reach: Reach = .everyShop,
        of shop: String? = nil,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<LocationRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { LocationCode(scanned: $0)?.description }
        return try await transaction { tx in
            let rows = try tx.query(
                """
                \(selectedLocations) where q.closed_at is null and \(reach.condition("q.shop_id"))
                and (\(shop)::text is null or h.code = \(shop))
                and (\(last)::text is null or (h.code, q.room, q.shelf, q.code) > (
                    select k.code, l.room, l.shelf, l.code from locations l join shops k on k.id = l.shop_id
                    where l.code = \(last)))
                order by h.code, q.room, q.shelf, q.code limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try LocationRow($0) }, limit: limit) { $0.code }
        }
    }

    /// Those of these codes that are in use, in the order in which they are named, a hundred at most.
    public func locations(
        coded codes: [LocationCode],
        in reach: Reach = .everyShop
    ) async throws -> [LocationRow] {
        let codes = codes.prefix(NewLocations.most).map(\.description)
        return try await transaction { tx in
            try tx.query(
                """
                \(selectedLocations) where q.code = any(\(codes)) and q.closed_at is null and \(reach.condition("q.shop_id"))
                order by array_position(\(codes)::text[], q.code)
                """
            ).map { try LocationRow($0) }
        }
    }

    /// Throws `locationUnknown`, also for one of another shop.
    public func location(
        _ code: LocationCode,
        in reach: Reach = .everyShop
    ) async throws -> LocationRow {
        try await transaction { tx in
            let rows = try tx.query(
                "\(selectedLocations) where q.code = \(code.description) and \(reach.condition("q.shop_id"))"
            )
            guard let row = rows.first else { throw Location.unknown(code.description) }
            return try LocationRow(row)
        }
    }

    /// The machines that lie at a location, the last taken in first. Throws `locationUnknown`.
    public func devices(
        at code: LocationCode,
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<DeviceRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<Device>($0) }
        let day = clock.now().day
        return try await transaction { tx in
            let rows = try tx.query(
                "select id from locations where code = \(code.description) and \(reach.condition("shop_id"))"
            )
            guard let row = rows.first else { throw Location.unknown(code.description) }
            let location: ID<Location> = try row["id"]
            let devices = try tx.query(
                """
                select \(DeviceRow.columns(on: day)) from devices d \(DeviceRow.joins(on: day))
                where \(DeviceLocation.isAt("\(location)")) and (\(last)::uuid is null or d.id < \(last))
                order by d.id desc limit \(limit + 1)
                """
            )
            return Paged(try devices.map { try DeviceRow($0) }, limit: limit) { $0.id.text }
        }
    }
}

private let selectedLocations: SQL = """
    select q.id, q.code, h.code as shop, q.room, q.shelf, q.closed_at,
           (select count(*)::int from devices d \(DeviceLocation.joins) where \(DeviceLocation.isAt("q.id"))) as devices
    from locations q join shops h on h.id = q.shop_id
    """
