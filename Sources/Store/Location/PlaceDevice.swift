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

/// A machine that lies nowhere.
public struct ClearedLocation: Hashable, Sendable, Codable {
    public let label: String
    /// Maker and model, for the eye.
    public let name: String
    /// The code of where it lay before; nil where nobody had said.
    public let from: String?
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
            let (name, from) = try tx.place(of: device)
            let placed = PlacedDevice(
                label: device.label,
                name: name,
                location: location.code,
                locationName: location.name,
                from: from?.code
            )
            if !placed.isAgain {
                try tx.put(device, at: location.id, by: staff, at: now)
            }
            return placed
        }
    }
}

extension Store {
    /// Writes down that a machine is not where it was said to lie, and that nobody knows where it does. Where nobody had said,
    /// nothing is written. Throws `deviceUnknown`, and for one that is not in stock what `placeDevice` does.
    public func clearLocation(
        _ label: DeviceLabel,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ClearedLocation {
        try await command("clear-location", key: key, input: [label.description], by: staff) {
            tx,
            now in
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            let (name, from) = try tx.place(of: device)
            if from != nil { try tx.put(device, at: nil, by: staff, at: now) }
            return ClearedLocation(label: device.label, name: name, from: from?.code)
        }
    }
}

extension Transaction {
    /// What a machine is, and where it lies; nil where nobody said.
    fileprivate func place(
        of device: LockedDevice
    ) throws -> (name: String, location: DeviceLocation?) {
        let row = try query(
            """
            select d.maker, d.model, \(DeviceLocation.columns) from devices d \(DeviceLocation.joins)
            where d.id = \(device.id)
            """
        )[0]
        return (machineName(try row["maker"], try row["model"]), try DeviceLocation(row))
    }

    /// - Parameter location: nil where nobody knows where it lies.
    fileprivate func put(
        _ device: LockedDevice,
        at location: ID<Location>?,
        by staff: Staff,
        at now: Instant
    ) throws {
        try execute(
            """
            insert into device_locations (device_id, ordinal, location_id, placed_at, placed_by)
            select \(device.id), coalesce(max(ordinal), 0) + 1, \(location), \(now), \(staff.id)
            from device_locations where device_id = \(device.id)
            """
        )
    }
}
