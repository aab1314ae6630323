import Postgres
public import Shop

/// Locations that were opened.
public struct OpenedLocations: Hashable, Sendable, Codable {
    /// In the order in which they were named.
    public let codes: [String]
}

extension Store {
    /// Opens a room's shelves, or the room as a whole, each under a code to print and scan. Throws `unknownThing` for the shop,
    /// `nameTaken` where one of that name is in use there: none is opened then.
    public func openLocations(
        _ new: NewLocations,
        in shop: ID<Shop>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> OpenedLocations {
        struct Input: Encodable {
            let new: NewLocations
            let shop: ID<Shop>
        }
        return try await command(
            "open-locations",
            key: key,
            input: Input(new: new, shop: shop),
            by: staff,
            facts: ["field": .field(.room), "text": .text(new.room)]
        ) { tx, now in
            try staff.checkHolds(.stockWorkers, in: shop)
            return OpenedLocations(
                codes: try new.shelves.map { shelf in
                    let code = try tx.nextNumber(Location.mark, in: shop, on: now.day)
                    try tx.execute(
                        """
                        insert into locations (id, code, shop_id, room, shelf, opened_at, opened_by)
                        values (\(newID(Location.self)), \(code), \(shop), \(new.room), \(shelf), \(now), \(staff.id))
                        """
                    )
                    return code
                }
            )
        }
    }

    /// Closes a location that holds nothing. Throws `locationUnknown`, `locationClosed`, `locationHoldsDevices`.
    public func closeLocation(
        _ code: LocationCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        try await command("close-location", key: key, input: [code.description], by: staff) {
            tx,
            now in
            try tx.execute(
                "select from locations where code = \(code.description) for no key update"
            )
            let location = try tx.openLocation(code, for: staff)
            let held = try tx.query(
                """
                select count(*)::int as held from devices d \(DeviceLocation.joins)
                where \(DeviceLocation.isAt("\(location.id)"))
                """
            )
            let count: Int = try held[0]["held"]
            guard count == 0 else {
                throw Refusal(
                    .locationHoldsDevices,
                    ["code": .text(code.description), "count": .number(Int64(count))]
                )
            }
            try tx.execute(
                "update locations set closed_at = \(now), closed_by = \(staff.id) where id = \(location.id)"
            )
            return code.description
        }
    }
}

/// A location that is in use.
struct OpenLocation {
    let id: ID<Location>
    let code: String
    let shop: ID<Shop>
    let name: String
}

extension Transaction {
    /// Throws `locationUnknown`, also for one of a shop where `staff` does not work the stock, and `locationClosed`.
    func openLocation(_ code: LocationCode, for staff: Staff) throws -> OpenLocation {
        let rows = try query(
            """
            select id, shop_id, room, shelf, closed_at is not null as is_closed from locations
            where code = \(code.description)
            """
        )
        guard let row = rows.first, staff.holds(anyOf: .stockWorkers, in: try row["shop_id"]) else {
            throw Location.unknown(code.description)
        }
        guard try !row["is_closed"] else {
            throw Refusal(.locationClosed, ["code": .text(code.description)])
        }
        return OpenLocation(
            id: try row["id"],
            code: code.description,
            shop: try row["shop_id"],
            name: locationName(try row["room"], try row["shelf"])
        )
    }
}
