import Postgres
public import Shop

extension Store {
    /// Keeps a machine for a person until a day, that day included. A reservation whose day has passed makes way.
    /// Throws `deviceUnknown`, `deviceGone`, `deviceRecycled`, `personUnknown`, `dayUnreadable` for a day that has
    /// passed, `deviceReserved` when it is kept for someone.
    public func reserveDevice(
        _ label: DeviceLabel,
        for person: ID<Person>,
        until day: Day,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Reservation> {
        struct Input: Encodable {
            let label: String
            let person: ID<Person>
            let until: Day
        }
        let input = Input(label: label.description, person: person, until: day)
        return try await command("reserve-device", key: key, input: input, by: staff) { tx, now in
            guard day >= now.day else {
                throw Refusal(.dayUnreadable, ["text": .day(day)])
            }
            let device = try tx.lockDevice(label.description, for: staff)
            try device.checkHere()
            guard try !tx.query("select id from persons where id = \(person)").isEmpty else {
                throw Refusal(.personUnknown)
            }
            if let current = try tx.query(
                "select id, until_on from reservations where device_id = \(device.id) and ended_at is null"
            ).first {
                let until: Day = try current["until_on"]
                guard until < now.day else {
                    throw Refusal(
                        .deviceReserved,
                        ["label": .text(device.label), "until": .day(until)]
                    )
                }
                try tx.execute(end(try current["id"], by: staff, at: now))
            }
            let id = newID(Reservation.self)
            try tx.execute(
                """
                insert into reservations (id, device_id, person_id, until_on, made_at, made_by)
                values (\(id), \(device.id), \(person), \(day), \(now), \(staff.id))
                """
            )
            return id
        }
    }

    /// Lets a machine go before its day. Throws `deviceUnknown`, `unknownThing` when it is not reserved.
    public func endReservation(
        of label: DeviceLabel,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Reservation> {
        try await command("end-reservation", key: key, input: label.description, by: staff) {
            tx,
            now in
            let device = try tx.lockDevice(label.description, for: staff)
            guard
                let id: ID<Reservation> = try tx.query(
                    "select id from reservations where device_id = \(device.id) and ended_at is null"
                ).first?["id"]
            else {
                throw Refusal(
                    .unknownThing,
                    ["field": .field(.reservation), "text": .text(device.label)]
                )
            }
            try tx.execute(end(id, by: staff, at: now))
            return id
        }
    }

    private func end(_ id: ID<Reservation>, by staff: Staff, at now: Instant) -> SQL {
        "update reservations set ended_at = \(now), ended_by = \(staff.id) where id = \(id)"
    }
}
