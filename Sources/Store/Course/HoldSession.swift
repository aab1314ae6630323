import Postgres
public import Shop

/// A session that was held: everybody enrolled was there for all of it, but those who are named with their minutes.
public struct HeldSession: Encodable, Sendable {
    let run: String
    /// The session that was planned; nil for one that was not.
    let planned: ID<Session>?
    /// The module's place in the course, from 1.
    let module: Int
    let heldOn: Day
    let deliveredMinutes: Int
    let exceptions: [ID<Person>: Int]

    /// Throws `quantityOutOfRange` for minutes outside a day, `attendanceTooLong` for an exception outside the session.
    public init(
        run: RunCode,
        planned: ID<Session>? = nil,
        module: Int,
        heldOn: Day,
        deliveredMinutes: Int,
        exceptions: [ID<Person>: Int] = [:]
    ) throws(Refusal) {
        guard (1...1440).contains(deliveredMinutes) else {
            throw Refusal(.quantityOutOfRange, ["least": .number(1), "most": .number(1440)])
        }
        for minutes in exceptions.values { try checkMinutes(minutes, most: deliveredMinutes) }
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
                let minutes = held.exceptions[person] ?? held.deliveredMinutes
                statements.append(
                    """
                    insert into attendances (session_id, enrolment_id, revision, minutes, recorded_at, recorded_by)
                    values (\(id), \(enrolment), 1, \(minutes), \(now), \(staff.id))
                    """
                )
            }
            _ = try tx.pipeline(statements)
            return Created(id: id, code: held.run)
        }
    }
}

/// Throws `attendanceTooLong`.
func checkMinutes(_ minutes: Int, most: Int) throws(Refusal) {
    guard (0...most).contains(minutes) else {
        throw Refusal(.attendanceTooLong, ["most": .minutes(most)])
    }
}

extension Transaction {
    /// Who is on the list, by person. Their rows are locked, so that whoever writes attendance and whoever decides
    /// about completion come one after the other.
    func lockEnrolled(in run: ID<Run>) throws -> [ID<Person>: ID<Enrolment>] {
        try execute(
            """
            select from persons where id in (select person_id from enrolments e where run_id = \(run) and \(isOnTheList))
            order by id for no key update
            """
        )
        let rows = try query(
            "select id, person_id from enrolments e where run_id = \(run) and \(isOnTheList)"
        )
        return try Dictionary(
            uniqueKeysWithValues: rows.map { (try $0["person_id"], try $0["id"]) }
        )
    }
}
