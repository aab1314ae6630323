import Postgres
import Shop

/// Where in its shop a machine lies.
public struct DeviceLocation: Hashable, Sendable, Codable {
    public let code: String
    public let room: String
    /// Empty where it lies in the room as a whole.
    public let shelf: String

    /// `Réserve · A3`.
    public var name: String { locationName(room, shelf) }

    /// Nil where nobody said.
    init?(_ row: Row) throws {
        guard let code: String = try row["location"] else { return nil }
        self.code = code
        room = try row["room"]
        shelf = try row["shelf"]
    }

    /// For a machine `d`: its `LastStay.joins`, since when it is here, `b`, and where it was last put, `loc`. What it left since
    /// tells nothing any more, nor does what another shop did; nor, once it was said to lie nowhere, what was said before.
    static let joins: SQL = """
        \(LastStay.joins) cross join lateral (select here_since(d.id) as since offset 0) b
        left join lateral (
            select q.id, q.code, q.room, q.shelf, q.shop_id, p.placed_at from device_locations p
            left join locations q on q.id = p.location_id
            where p.device_id = d.id order by p.ordinal desc limit 1) loc
        on loc.shop_id = \(LastStay.standsIn) and loc.placed_at >= b.since
           and (j.sent_at is null or loc.placed_at >= j.sent_at) and \(LastStay.isInStock)
        """

    /// Whether a machine `d` with these joins lies at a location. Of all that ever lay there only what is in stock is looked at.
    static func isAt(_ location: SQL) -> SQL {
        """
        d.id in (select device_id from waiting_devices)
        and d.id in (select device_id from device_locations where location_id = \(location)) and loc.id = \(location)
        """
    }

    static let columns: SQL = "loc.code as location, loc.room, loc.shelf"
}

/// `Réserve · A3`; the room alone where no shelf is named.
func locationName(_ room: String, _ shelf: String) -> String {
    shelf.isEmpty ? room : "\(room) · \(shelf)"
}
