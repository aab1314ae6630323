import Postgres
public import Shop

extension Store {
    /// Writes down how each was there. What was written before stays: a correction is a new revision, and one that changes
    /// nothing is none.
    /// Throws `sessionUnknown`, `attendanceTooLong`, `notEnrolled`, `attendanceFrozen`.
    public func recordAttendance(
        _ presences: [ID<Person>: Presence],
        at session: ID<Session>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AttendanceRecorded {
        let input = Input(session: session, presences: presences)
        return try await command("record-attendance", key: key, input: input, by: staff) {
            tx,
            now in
            let held = try tx.held(session, in: staff.reach(.courseKeepers))
            let enrolled = try tx.lockEnrolled(in: held.run, and: session)
            try tx.lockRun(held.run)
            let statements = try presences.sorted { $0.key < $1.key }.map { person, presence in
                let written = try presence.written(of: held.minutes)
                guard let enrolment = enrolled[person] else { throw Refusal(.notEnrolled) }
                return revise(session, enrolment, written, staff.id, now)
            }
            let written = try tx.pipeline(statements).reduce(0) { $0 + $1.affected }
            return AttendanceRecorded(session: session, written: written)
        }
    }

    /// Writes somebody of another run of the same course down, who catches the module up here: it counts for the enrolment
    /// that they have.
    /// Throws `sessionUnknown`, `personUnknown`, `attendanceTooLong`, `enrolledTwice` for who is on this run's own list,
    /// `catchUpNotEnrolled`.
    public func recordCatchUp(
        of person: ID<Person>,
        _ presence: Presence = .whole,
        at session: ID<Session>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AttendanceRecorded {
        let input = Input(session: session, presences: [person: presence])
        return try await command("catch-up", key: key, input: input, by: staff) { tx, now in
            let held = try tx.held(session, in: staff.reach(.courseKeepers))
            let written = try presence.written(of: held.minutes)
            guard
                !(try tx.query("select from persons where id = \(person) for no key update")
                    .isEmpty)
            else { throw Refusal(.personUnknown) }
            try tx.lockRun(held.run)
            let rows = try tx.query(
                """
                select e.id, e.run_id = \(held.run) as here from enrolments e join runs r on r.id = e.run_id
                where e.person_id = \(person) and \(isOnTheList)
                  and r.course_id = (select course_id from runs where id = \(held.run))
                order by e.run_id = \(held.run) desc,
                         exists (select from completions c where c.enrolment_id = e.id and \(standsStill)), e.enrolled_on desc limit 1
                """
            )
            guard let row = rows.first else { throw Refusal(.catchUpNotEnrolled) }
            if try row["here"] { throw Refusal(.enrolledTwice) }
            let count = try tx.execute(revise(session, row["id"], written, staff.id, now))
            return AttendanceRecorded(session: session, written: count)
        }
    }
}

/// How many lines changed.
public struct AttendanceRecorded: Codable, Sendable {
    public let session: ID<Session>
    public let written: Int
}

private struct Input: Encodable, Sendable {
    let session: ID<Session>
    let presences: [ID<Person>: Presence]
}

extension Transaction {
    /// Throws `sessionUnknown`, also for a session of a shop outside `reach`.
    func held(
        _ session: ID<Session>,
        in reach: Reach
    ) throws -> (run: ID<Run>, shop: ID<Shop>, minutes: Int) {
        let rows = try query(
            """
            select s.run_id, r.shop_id, s.delivered_minutes from sessions s join runs r on r.id = s.run_id
            where s.id = \(session) and \(reach.condition("r.shop_id"))
            """
        )
        guard let row = rows.first else { throw Refusal(.sessionUnknown) }
        return (try row["run_id"], try row["shop_id"], try row["delivered_minutes"])
    }
}

/// A further revision, where something changes.
func revise(
    _ session: ID<Session>,
    _ enrolment: ID<Enrolment>,
    _ written: (status: PresenceStatus, minutes: Int),
    _ user: ID<User>,
    _ now: Instant,
    correction: ID<AttendanceRecorded>? = nil
) -> SQL {
    """
    insert into attendances (session_id, enrolment_id, revision, status, minutes, recorded_at, recorded_by,
                             correction_id)
    select \(session), \(enrolment), coalesce(max(revision), 0) + 1, \(written.status), \(written.minutes),
           \(now), \(user), \(correction)
    from attendances where session_id = \(session) and enrolment_id = \(enrolment)
    having coalesce((array_agg(minutes order by revision desc))[1], -1) <> \(written.minutes)
        or (array_agg(status order by revision desc))[1] <> \(written.status)
    """
}
