import Postgres
public import Shop

/// Somebody who is to be expected.
public struct NewAppointment: Encodable, Sendable {
    public let shop: ID<Shop>
    public let person: ID<Person>
    public let kind: AppointmentKind
    public let time: AppointmentTime
    /// The login of whoever receives; nil: whoever is there.
    public let receiver: String?

    public init(
        shop: ID<Shop>,
        person: ID<Person>,
        kind: AppointmentKind,
        time: AppointmentTime,
        receiver: String? = nil
    ) {
        self.shop = shop
        self.person = person
        self.kind = kind
        self.time = time
        self.receiver = receiver
    }
}

/// An appointment that was booked, moved or ended.
public struct AppointmentChanged: Codable, Sendable {
    public let appointment: ID<Appointment>
    public let plannedOn: Day
    public let state: AppointmentState
}

extension Store {
    /// Books an appointment, now or later. Throws `unknownThing` (shop, who receives), `appointmentPast`,
    /// `personUnknown`, `appointmentClash`, `receiverBusy`.
    public func bookAppointment(
        _ appointment: NewAppointment,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AppointmentChanged {
        let id: ID<Appointment> = newID()
        return try await command("book-appointment", key: key, input: appointment, by: staff) {
            tx,
            now in
            try staff.checkHolds(.receivers, in: appointment.shop)
            try appointment.time.checkAhead(of: now)
            let person = try tx.lockPerson(appointment.person)
            let receiver = try tx.lockReceiver(appointment.receiver, in: appointment.shop)
            try tx.checkFree(appointment.time, for: person, receiver, except: nil)
            _ = try tx.pipeline([
                """
                insert into appointments (id, shop_id, person_id, kind, recorded_at, recorded_by)
                values (\(id), \(appointment.shop), \(person), \(appointment.kind), \(now), \(staff.id))
                """,
                timeRow(of: id, 1, appointment.time, receiver, by: staff, at: now),
            ])
            return AppointmentChanged(
                appointment: id,
                plannedOn: appointment.time.plannedOn,
                state: .open
            )
        }
    }

    /// Moves one that has not ended, or gives it to somebody else. What was planned before stays written. Throws
    /// `appointmentUnknown`, `appointmentPast`, `unknownThing` (who receives), `appointmentEnded`, `appointmentClash`,
    /// `receiverBusy`.
    public func moveAppointment(
        _ id: ID<Appointment>,
        to time: AppointmentTime,
        receiver: String?,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AppointmentChanged {
        struct Input: Encodable, Sendable {
            let appointment: ID<Appointment>
            let time: AppointmentTime
            let receiver: String?
        }
        let input = Input(appointment: id, time: time, receiver: receiver)
        return try await changingAppointment("move-appointment", id, key: key, input, by: staff) {
            tx,
            seen,
            now in
            try time.checkAhead(of: now)
            let receiver = try tx.lockReceiver(receiver, in: seen.shop)
            let found = try tx.lockAppointment(id, after: seen)
            try found.checkOpen()
            try tx.checkFree(time, for: found.person, receiver, except: id)
            try tx.execute(
                timeRow(of: id, found.revision + 1, time, receiver, by: staff, at: now)
            )
            return AppointmentChanged(appointment: id, plannedOn: time.plannedOn, state: .open)
        }
    }

    /// Runs `change` with the person's row locked, before that of the appointment. Throws `appointmentUnknown`.
    func changingAppointment<Input: Encodable & Sendable>(
        _ verb: String,
        _ id: ID<Appointment>,
        key: ID<Claim>,
        _ input: Input,
        by staff: Staff,
        _ change:
            @escaping @Sendable (Transaction, StandingAppointment, Instant) throws ->
            AppointmentChanged
    ) async throws -> AppointmentChanged {
        for _ in 0..<3 {
            do {
                return try await command(verb, key: key, input: input, by: staff) { tx, now in
                    let seen = try tx.appointmentToEnd(id, in: staff)
                    _ = try tx.lockPerson(seen.person)
                    return try change(tx, seen, now)
                }
            } catch is LockedTooLittle {}
        }
        throw Refusal(.busy)
    }

    private func timeRow(
        of id: ID<Appointment>,
        _ revision: Int,
        _ time: AppointmentTime,
        _ receiver: ID<User>?,
        by staff: Staff,
        at now: Instant
    ) -> SQL {
        """
        insert into appointment_times (appointment_id, revision, planned_on, starts_minute, planned_minutes, user_id,
                                       recorded_at, recorded_by)
        values (\(id), \(revision), \(time.plannedOn), \(time.startsAt.minutes), \(time.minutes), \(receiver), \(now),
                \(staff.id))
        """
    }
}

extension Transaction {
    /// The file that goes on, its row locked. Throws `personUnknown`, and `LockedTooLittle` when it was merged meanwhile.
    func lockPerson(_ person: ID<Person>) throws -> ID<Person> {
        let rows = try query("select person_now(id) as id from persons where id = \(person)")
        guard let row = rows.first else { throw Refusal(.personUnknown) }
        let now: ID<Person> = try row["id"]
        try execute("select from persons where id = \(now) for no key update")
        let after: ID<Person> = try query("select person_now(\(now)) as id")[0]["id"]
        guard after == now else { throw LockedTooLittle() }
        return now
    }

    /// Whoever receives, the row locked; nil for nobody in particular. Throws `unknownThing`.
    func lockReceiver(_ login: String?, in shop: ID<Shop>) throws -> ID<User>? {
        guard let login else { return nil }
        let user = try receiver(login, in: shop, field: .receiver)
        try execute("select from users where id = \(user) for no key update")
        return user
    }

    /// The locks are held, so that what is read here stays true. Throws `appointmentClash`, `receiverBusy`, with the
    /// first appointment that stands in the way.
    func checkFree(
        _ time: AppointmentTime,
        for person: ID<Person>,
        _ receiver: ID<User>?,
        except own: ID<Appointment>?
    ) throws {
        let rows = try query(
            """
            select a.planned_on, a.starts_minute, a.planned_minutes, s.name as shop, u.operator,
                   person_now(a.person_id) = \(person) as of_person
            from current_appointments a join shops s on s.id = a.shop_id left join users u on u.id = a.user_id
            where a.planned_on = \(time.plannedOn) and a.starts_minute < \(time.end)
              and \(time.startsAt.minutes) < a.starts_minute + a.planned_minutes
              and (a.how is null or a.how = 'came') and a.id is distinct from \(own)
              and (person_now(a.person_id) = \(person) or a.user_id = \(receiver))
            order by of_person desc, a.starts_minute, a.id limit 1
            """
        )
        guard let row = rows.first else { return }
        let (other, shop) = (try AppointmentTime(row), try row["shop"] as String)
        let with: String? = try row["operator"]
        if try row["of_person"] { throw Refusal.expectedAlready(other, in: shop, with: with) }
        throw Refusal.receivesAlready(other, in: shop, with ?? "")
    }
}
