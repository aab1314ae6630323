import Postgres
public import Shop

/// A machine that was put somewhere.
public struct PlacedDevice: Hashable, Sendable, Codable {
    public let label: String
    /// Maker and model, for the eye.
    public let name: String
    public let location: String
    public let locationName: String
    /// The code of where it lay before; nil where nobody had said.
    public let from: String?

    /// Whether it lay there already.
    public var isAgain: Bool { from == location }
}

extension Store {
    /// Writes down where in its shop a machine lies. What lies there already is told so, and nothing is written. Throws
    /// `locationUnknown`, `locationClosed`, `deviceUnknown`, `locationElsewhere` for a machine of another shop, and for one that
    /// is not in stock `deviceGone`, `deviceRecycled`, `deviceInTransit`, `deviceInAfterSales`.
    public func placeDevice(
        _ label: DeviceLabel,
        at code: LocationCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> PlacedDevice {
        let facts: [String: Refusal.Fact] = ["code": .text(code.description)]
        return try await command(
            "place-device",
            key: key,
            input: [label.description, code.description],
            by: staff,
            facts: facts
        ) { tx, now in
            let location = try tx.openLocation(code, for: staff)
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            guard device.shop == location.shop else {
                throw Refusal(
                    .locationElsewhere,
                    ["label": .text(device.label), "code": .text(location.code)]
                )
            }
            let row = try tx.query(
                """
                select d.maker, d.model, \(DeviceLocation.columns) from devices d \(DeviceLocation.joins)
                where d.id = \(device.id)
                """
            )[0]
            let placed = PlacedDevice(
                label: device.label,
                name: machineName(try row["maker"], try row["model"]),
                location: location.code,
                locationName: location.name,
                from: try DeviceLocation(row)?.code
            )
            if !placed.isAgain {
                try tx.execute(
                    """
                    insert into device_locations (device_id, ordinal, location_id, placed_at, placed_by)
                    select \(device.id), coalesce(max(ordinal), 0) + 1, \(location.id), \(now), \(staff.id)
                    from device_locations where device_id = \(device.id)
                    """
                )
            }
            return placed
        }
    }
}
