import Postgres
public import Shop

/// A session that was held: everybody enrolled was there for all of it, but those who are named with how they were.
public struct HeldSession: Encodable, Sendable {
    let run: String
    /// The session that was planned; nil for one that was not.
    let planned: ID<Session>?
    /// The module's place in the course, from 1.
    let module: Int
    let heldOn: Day
    let deliveredMinutes: Int
    let exceptions: [ID<Person>: Presence]

    /// Throws `quantityOutOfRange` for minutes outside a day, `attendanceTooLong` for an exception outside the session.
    public init(
        run: RunCode,
        planned: ID<Session>? = nil,
        module: Int,
        heldOn: Day,
        deliveredMinutes: Int,
        exceptions: [ID<Person>: Presence] = [:]
    ) throws(Refusal) {
        guard (1...1440).contains(deliveredMinutes) else {
            throw Refusal(.quantityOutOfRange, ["least": .number(1), "most": .number(1440)])
        }
        for presence in exceptions.values { _ = try presence.written(of: deliveredMinutes) }
        self.run = run.text
        self.planned = planned
        self.module = module
        self.heldOn = heldOn
        self.deliveredMinutes = deliveredMinutes
        self.exceptions = exceptions
    }
}

extension Store {
    /// Writes a session and its attendance down in one act; one that was planned keeps its id.
    /// Throws `runUnknown`, `dayInFuture`, `sessionBeforeRun`, `unknownThing` (module), `notEnrolled`; for one that was
    /// planned, `sessionUnknown` in another run, `sessionCancelled`, `sessionHeld`.
    public func holdSession(
        _ held: HeldSession,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<Session> {
        let id: ID<Session> = held.planned ?? newID()
        return try await command("hold-session", key: key, input: held, by: staff) { tx, now in
            let run = try tx.run(held.run, in: staff.reach(.courseKeepers))
            try refuseFuture(held.heldOn, .heldOn, now.day)
            guard held.heldOn >= run.startsOn else {
                throw Refusal(.sessionBeforeRun, ["from": .day(run.startsOn)])
            }
            let module = try tx.course(of: run.id).module(at: held.module)
            let enrolled = try tx.lockEnrolled(in: run.id)
            if let planned = held.planned {
                let found = try tx.lockPlanned(planned, in: staff.reach(.courseKeepers))
                guard found.run == held.run else { throw Refusal(.sessionUnknown) }
                try found.checkOpen()
            }
            guard Set(held.exceptions.keys).isSubset(of: enrolled.keys) else {
                throw Refusal(.notEnrolled)
            }
            var statements: [SQL] = [
                """
                insert into sessions (id, run_id, module_id, held_on, delivered_minutes, recorded_at)
                values (\(id), \(run.id), \(module.id), \(held.heldOn), \(held.deliveredMinutes), \(now))
                """
            ]
            for (person, enrolment) in enrolled.sorted(by: { $0.key < $1.key }) {
                let (status, minutes) = try (held.exceptions[person] ?? .whole)
                    .written(of: held.deliveredMinutes)
                statements.append(
                    """
                    insert into attendances (session_id, enrolment_id, revision, status, minutes, recorded_at, recorded_by)
                    values (\(id), \(enrolment), 1, \(status), \(minutes), \(now), \(staff.id))
                    """
                )
            }
            _ = try tx.pipeline(statements)
            return Created(id: id, code: held.run)
        }
    }
}

extension Transaction {
    /// Who is on the list, by person; with a session, also who catches it up from another run. Their rows are locked, so
    /// that whoever writes attendance and whoever decides about completion come one after the other.
    func lockEnrolled(
        in run: ID<Run>,
        and session: ID<Session>? = nil
    ) throws -> [ID<Person>: ID<Enrolment>] {
        let here: SQL = """
            (e.run_id = \(run) or e.id in (select enrolment_id from attendances where session_id = \(session)))
            and \(isOnTheList)
            """
        try execute(
            """
            select from persons where id in (select person_id from enrolments e where \(here))
            order by id for no key update
            """
        )
        let rows = try query(
            "select id, person_id from enrolments e where \(here) order by e.run_id <> \(run)"
        )
        return try Dictionary(
            rows.map { (try $0["person_id"], try $0["id"]) },
            uniquingKeysWith: { own, _ in own }
        )
    }
}
