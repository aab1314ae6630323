import Postgres
public import Shop

extension Store {
    /// Writes down who was there for how long, in minutes by person. What was written before stays: a correction is a
    /// new revision, and one that changes nothing is none.
    /// Throws `sessionUnknown`, `attendanceTooLong`, `notEnrolled`.
    public func recordAttendance(
        _ minutes: [ID<Person>: Int],
        at session: ID<Session>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> AttendanceRecorded {
        let input = Input(session: session, minutes: minutes)
        return try await command("record-attendance", key: key, input: input, by: staff) {
            tx,
            now in
            guard
                let row = try tx.query(
                    """
                    select s.run_id, s.delivered_minutes from sessions s join runs r on r.id = s.run_id
                    where s.id = \(session) and \(staff.reach(.courseKeepers).condition("r.shop_id"))
                    """
                ).first
            else { throw Refusal(.sessionUnknown) }
            let most: Int = try row["delivered_minutes"]
            for minutes in minutes.values { try checkMinutes(minutes, most: most) }
            let enrolled = try tx.lockEnrolled(in: try row["run_id"])
            let statements = try minutes.sorted { $0.key < $1.key }.map { person, minutes in
                guard let enrolment = enrolled[person] else { throw Refusal(.notEnrolled) }
                return revise(session, enrolment, minutes, staff.id, now)
            }
            let written = try tx.pipeline(statements).reduce(0) { $0 + $1.affected }
            return AttendanceRecorded(session: session, written: written)
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
    let minutes: [ID<Person>: Int]
}

private func revise(
    _ session: ID<Session>,
    _ enrolment: ID<Enrolment>,
    _ minutes: Int,
    _ user: ID<User>,
    _ now: Instant
) -> SQL {
    """
    insert into attendances (session_id, enrolment_id, revision, minutes, recorded_at, recorded_by)
    select \(session), \(enrolment), coalesce(max(revision), 0) + 1, \(minutes), \(now), \(user)
    from attendances where session_id = \(session) and enrolment_id = \(enrolment)
    having coalesce((array_agg(minutes order by revision desc))[1], -1) <> \(minutes)
    """
}
