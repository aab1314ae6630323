import Postgres
public import Shop

/// A station in a list.
public struct StationRow: Hashable, Sendable, Codable {
    public let id: ID<User>
    /// What the journal says of what it takes in.
    public let code: String
    public let name: String
    /// The code of its shop.
    public let shop: String
    public let openedAt: Instant
    /// The operator code of whoever opened it.
    public let openedBy: String
    /// When it last sent something; nil where it has sent nothing yet.
    public let seenAt: Instant?
    /// Nil while it may send.
    public let revokedAt: Instant?
    public let revokedBy: String?
    /// The lot with which its new machines come; nil for none.
    public let batch: String?

    init(_ row: Row) throws {
        id = try row["user_id"]
        code = try row["operator"]
        name = try row["name"]
        shop = try row["shop"]
        openedAt = try row["opened_at"]
        openedBy = try row["opened_by"]
        seenAt = try row["seen_at"]
        revokedAt = try row["revoked_at"]
        revokedBy = try row["revoked_by"]
        batch = try row["batch"]
    }
}

extension Store {
    /// The stations of these shops, the last opened first.
    /// - Parameter after: the last part's `next`.
    public func stations(
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<StationRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<User>($0) }
        return try await transaction { tx in
            let rows = try tx.query(
                """
                \(selectedStations) where (\(last)::uuid is null or s.user_id < \(last)) and \(reach.condition("s.shop_id"))
                order by s.user_id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try StationRow($0) }, limit: limit) { $0.id.text }
        }
    }

    /// Throws `unknownThing`, also for a station of another shop.
    public func station(
        _ code: OperatorCode,
        in reach: Reach = .everyShop
    ) async throws -> StationRow {
        try await transaction { tx in
            let rows = try tx.query(
                "\(selectedStations) where u.operator = \(code.text) and \(reach.condition("s.shop_id"))"
            )
            guard let row = rows.first else { throw Refusal.unknown(station: code) }
            return try StationRow(row)
        }
    }
}

private let selectedStations: SQL = """
    select s.user_id, u.operator, u.name, h.code as shop, s.opened_at, o.operator as opened_by, s.seen_at,
           s.revoked_at, r.operator as revoked_by,
           (select b.code from station_batches l left join batches b on b.id = l.batch_id
            where l.station_id = s.user_id order by l.ordinal desc limit 1) as batch
    from stations s join users u on u.id = s.user_id join shops h on h.id = s.shop_id
    join users o on o.id = s.opened_by left join users r on r.id = s.revoked_by
    """
