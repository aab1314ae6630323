import Postgres
public import Shop

/// A machine that is out of the stock, or back in it.
public struct RemovedDevice: Hashable, Sendable, Codable {
    public let label: String
    public let ordinal: Int
}

extension Store {
    /// Takes a machine out of the stock for good, from the shelf or from the room: handed to a recycler with its slip, or
    /// lost. Throws `deviceUnknown`, `deviceGone`, `deviceRecycled`, `deviceReserved` while it is kept for somebody,
    /// `dayInFuture`.
    public func removeDevice(
        _ label: DeviceLabel,
        _ removal: Removal,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> RemovedDevice {
        struct Input: Encodable {
            let label: String
            let removal: Removal
        }
        let input = Input(label: label.description, removal: removal)
        return try await command("remove-device", key: key, input: input, by: staff) { tx, now in
            guard removal.on <= now.day else {
                throw Refusal(.dayInFuture, ["field": .field(.removedOn)])
            }
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            try tx.checkFree(device, on: now.day)
            if device.stage == .onShelf, let stay = device.stay {
                try tx.execute(
                    """
                    insert into exits (device_id, ordinal, kind, left_at, left_by, motive)
                    values (\(device.id), \(stay.ordinal), \(removal.kind.exit), \(now), \(staff.id), \(removal.motive))
                    """
                )
            }
            let last: Int? = try tx.query(
                "select max(ordinal) as last from removals where device_id = \(device.id)"
            )[0]["last"]
            let ordinal = (last ?? 0) + 1
            try tx.execute(
                """
                insert into removals (device_id, ordinal, previous_ordinal, kind, removed_on, collector, slip, grams, motive,
                                      recorded_at, recorded_by)
                values (\(device.id), \(ordinal), \(last), \(removal.kind), \(removal.on), \(removal.collector),
                        \(removal.slip), \(removal.weight?.count), \(removal.motive), \(now), \(staff.id))
                """
            )
            return RemovedDevice(label: device.label, ordinal: ordinal)
        }
    }

    /// Takes back that a machine was recycled or lost: it is in the stock room again, to be inspected and erased. Throws
    /// `deviceUnknown`, `deviceNotRemoved`.
    public func reverseRemoval(
        of label: DeviceLabel,
        motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> RemovedDevice {
        let input = [label.description, motive.text]
        return try await command("reverse-removal", key: key, input: input, by: staff) { tx, now in
            let device = try tx.lockDevice(label.description, for: staff)
            guard
                let ordinal: Int = try tx.query(
                    """
                    select ordinal from removals r where r.device_id = \(device.id) and not exists (
                        select from removal_reversals v where v.device_id = r.device_id and v.ordinal = r.ordinal)
                    """
                ).first?["ordinal"]
            else { throw Refusal(.deviceNotRemoved, device.facts) }
            try tx.execute(
                """
                insert into removal_reversals (device_id, ordinal, motive, recorded_at, recorded_by)
                values (\(device.id), \(ordinal), \(motive), \(now), \(staff.id))
                """
            )
            return RemovedDevice(label: device.label, ordinal: ordinal)
        }
    }
}

extension Removal.Kind {
    fileprivate var exit: DeviceExit {
        switch self {
        case .recycling: .recycling
        case .loss: .loss
        }
    }
}

extension Transaction {
    /// Throws `deviceReserved` while the machine is kept for somebody.
    fileprivate func checkFree(_ device: LockedDevice, on day: Day) throws {
        let until: Day? = try query(
            """
            select until_on from reservations
            where device_id = \(device.id) and ended_at is null and until_on >= \(day)
            """
        ).first?["until_on"]
        if let until {
            throw Refusal(
                .deviceReserved,
                ["label": .text(device.label), "until": .day(until)]
            )
        }
    }
}
