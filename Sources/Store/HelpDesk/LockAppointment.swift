import Postgres
import Shop

/// An appointment as it stands.
struct StandingAppointment {
    let id: ID<Appointment>
    let shop: ID<Shop>
    /// Under the file that goes on.
    let person: ID<Person>
    let kind: AppointmentKind
    let revision: Int
    let time: AppointmentTime
    let receiver: ID<User>?
    let state: AppointmentState
    let endedAt: Instant?
    /// The visit that came of it and was taken back last; nil when none was.
    let follows: ID<Visit>?

    /// Throws `appointmentEnded`.
    func checkOpen() throws(Refusal) {
        if let endedAt { throw .ended(state, on: endedAt.day) }
    }

    func ends(
        _ state: AppointmentState,
        for motive: CancellationMotive? = nil,
        bringing visit: ID<Visit>? = nil,
        by staff: Staff,
        at now: Instant
    ) -> SQL {
        """
        insert into appointment_ends (appointment_id, how, motive, visit_id, follows, ended_at, ended_by)
        values (\(id), \(state), \(motive), \(visit), \(follows), \(now), \(staff.id))
        """
    }
}

extension Transaction {
    /// Reads an appointment that somebody may end or move, without a lock. Throws `appointmentUnknown`.
    func appointmentToEnd(_ id: ID<Appointment>, in staff: Staff) throws -> StandingAppointment {
        let found = try standingAppointment(id)
        guard let found, staff.holds(anyOf: .receivers, in: found.shop) else {
            throw Refusal(.appointmentUnknown)
        }
        return found
    }

    /// Locks the row, then reads it again. The person's row is locked before. Throws `LockedTooLittle` when the person's
    /// file was merged into another meanwhile.
    func lockAppointment(
        _ id: ID<Appointment>,
        after seen: StandingAppointment?
    ) throws -> StandingAppointment {
        try execute("select from appointments where id = \(id) for no key update")
        guard let found = try standingAppointment(id) else { throw Refusal(.appointmentUnknown) }
        if let seen, seen.person != found.person { throw LockedTooLittle() }
        return found
    }

    private func standingAppointment(_ id: ID<Appointment>) throws -> StandingAppointment? {
        try query(
            """
            select a.shop_id, person_now(a.person_id) as person_id, a.kind, a.revision, a.planned_on, a.starts_minute,
                   a.planned_minutes, a.user_id, coalesce(a.how, 'open') as state, a.ended_at,
                   (select e.visit_id from appointment_ends e join visit_take_backs b on b.visit_id = e.visit_id
                    where e.appointment_id = a.id and not exists (
                        select from appointment_ends l where l.appointment_id = a.id and l.follows = e.visit_id)
                    ) as follows
            from current_appointments a where a.id = \(id)
            """
        ).first.map { row in
            StandingAppointment(
                id: id,
                shop: try row["shop_id"],
                person: try row["person_id"],
                kind: try row["kind"],
                revision: try row["revision"],
                time: try AppointmentTime(row),
                receiver: try row["user_id"],
                state: try row["state"],
                endedAt: try row["ended_at"],
                follows: try row["follows"]
            )
        }
    }
}

extension AppointmentTime {
    /// From `planned_on`, `starts_minute` and `planned_minutes`.
    init(_ row: Row) throws {
        guard let start = TimeOfDay(minutes: try row["starts_minute"]) else {
            preconditionFailure("a minute outside its day")
        }
        try self.init(
            plannedOn: try row["planned_on"],
            startsAt: start,
            minutes: try row["planned_minutes"]
        )
    }
}
