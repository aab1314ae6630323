import Postgres
public import Shop

/// When and where a session is to be held.
public struct SessionPlan: Encodable, Sendable {
    /// The module's place in the course, from 1.
    let module: Int
    let plannedOn: Day
    let startsAt: TimeOfDay
    /// Nil: as long as the module.
    let minutes: Int?
    /// Nil: where the run is held.
    let place: String?

    /// Throws `quantityOutOfRange` for minutes outside a day, and what `ShortText` does.
    public init(
        module: Int,
        plannedOn: Day,
        startsAt: TimeOfDay,
        minutes: Int? = nil,
        place: String? = nil
    ) throws(Refusal) {
        guard (1...1440).contains(minutes ?? 1) else {
            throw Refusal(
                .quantityOutOfRange,
                ["field": .field(.minutes), "least": .number(1), "most": .number(1440)]
            )
        }
        self.module = module
        self.plannedOn = plannedOn
        self.startsAt = startsAt
        self.minutes = minutes
        let place = try ShortText.optional(typed: place, field: .place)
        self.place = place.isEmpty ? nil : place
    }
}

/// A session that was planned, moved, called off or held.
public struct PlanChanged: Codable, Sendable {
    public let session: ID<Session>
    public let run: String

    public init(session: ID<Session>, run: String) {
        self.session = session
        self.run = run
    }
}

extension Store {
    /// Plans a session of a run, today or later. It keeps its id once it is held.
    /// Throws `runUnknown`, `startsInPast`, `sessionBeforeRun`, `unknownThing` (module).
    public func planSession(
        _ plan: SessionPlan,
        in run: RunCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<Session> {
        struct Input: Encodable, Sendable {
            let run: String
            let plan: SessionPlan
        }
        let id: ID<Session> = newID()
        let input = Input(run: run.text, plan: plan)
        return try await command("plan-session", key: key, input: input, by: staff) { tx, now in
            let found = try tx.run(input.run, in: staff.reach(.courseKeepers))
            try tx.lockRun(found.id)
            let course = try tx.course(of: found.id)
            let row = try tx.revision(of: id, 1, plan, course, found, by: staff, at: now)
            _ = try tx.pipeline([
                "insert into planned_sessions (id, run_id, recorded_at) values (\(id), \(found.id), \(now))",
                row,
            ])
            return Created(id: id, code: input.run)
        }
    }

    /// Moves a session that was not held yet. What was planned before stays written.
    /// Throws `sessionUnknown`, `sessionHeld`, `sessionCancelled`, and what `planSession` does.
    public func moveSession(
        _ session: ID<Session>,
        to plan: SessionPlan,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> PlanChanged {
        struct Input: Encodable, Sendable {
            let session: ID<Session>
            let plan: SessionPlan
        }
        let input = Input(session: session, plan: plan)
        return try await command("move-session", key: key, input: input, by: staff) { tx, now in
            let planned = try tx.lockPlanned(session, in: staff.reach(.courseKeepers))
            try planned.checkOpen()
            let run = try tx.run(planned.run, in: .everyShop)
            let row = try tx.revision(
                of: session,
                planned.revision + 1,
                plan,
                tx.course(of: run.id),
                run,
                by: staff,
                at: now
            )
            try tx.execute(row)
            return PlanChanged(session: session, run: planned.run)
        }
    }

    /// Calls off a session that was not held yet, with a motive.
    /// Throws `sessionUnknown`, `sessionHeld`, `sessionCancelled`.
    public func cancelSession(
        _ session: ID<Session>,
        motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> PlanChanged {
        struct Input: Encodable, Sendable {
            let session: ID<Session>
            let motive: String
        }
        let input = Input(session: session, motive: motive.text)
        return try await command("cancel-session", key: key, input: input, by: staff) { tx, now in
            let planned = try tx.lockPlanned(session, in: staff.reach(.courseKeepers))
            try planned.checkOpen()
            try tx.execute(
                """
                insert into session_cancellations (session_id, motive, cancelled_at, cancelled_by)
                values (\(session), \(motive.text), \(now), \(staff.id))
                """
            )
            return PlanChanged(session: session, run: planned.run)
        }
    }
}

/// A session that was planned, as it stands once its run is locked.
struct LockedPlan {
    let run: String
    let revision: Int
    let isHeld: Bool
    let cancelledAt: Instant?

    /// Throws `sessionHeld`, `sessionCancelled`.
    func checkOpen() throws(Refusal) {
        if isHeld { throw Refusal(.sessionHeld) }
        if let cancelledAt { throw Refusal(.sessionCancelled, ["on": .day(cancelledAt.day)]) }
    }
}

extension Transaction {
    /// Whoever plans, enrols, writes attendance or freezes it comes one after the other. After the persons, as the
    /// rows on which a limit counts are.
    func lockRun(_ run: ID<Run>) throws {
        try execute("select from runs where id = \(run) for no key update")
    }

    /// Locks the run of a session, then reads how the session stands. Throws `sessionUnknown`, also for one that was
    /// never planned.
    func lockPlanned(_ session: ID<Session>, in reach: Reach) throws -> LockedPlan {
        try execute(
            """
            select from runs where id = (select run_id from planned_sessions where id = \(session))
            for no key update
            """
        )
        let rows = try query(
            """
            select r.code, c.cancelled_at,
                   (select max(revision) from session_plans where session_id = p.id) as revision,
                   exists (select from sessions where id = p.id) as held
            from planned_sessions p join runs r on r.id = p.run_id
                 left join session_cancellations c on c.session_id = p.id
            where p.id = \(session) and \(reach.condition("r.shop_id"))
            """
        )
        guard let row = rows.first else { throw Refusal(.sessionUnknown) }
        return LockedPlan(
            run: try row["code"],
            revision: try row["revision"],
            isHeld: try row["held"],
            cancelledAt: try row["cancelled_at"]
        )
    }

    fileprivate func revision(
        of session: ID<Session>,
        _ revision: Int,
        _ plan: SessionPlan,
        _ course: Course,
        _ run: FoundRun,
        by staff: Staff,
        at now: Instant
    ) throws -> SQL {
        guard plan.plannedOn >= now.day else {
            throw Refusal(
                .startsInPast,
                [
                    "field": .field(.plannedOn), "day": .day(plan.plannedOn),
                    "today": .day(now.day),
                ]
            )
        }
        guard plan.plannedOn >= run.startsOn else {
            throw Refusal(.sessionBeforeRun, ["from": .day(run.startsOn)])
        }
        let module = try course.module(at: plan.module)
        return """
            insert into session_plans (session_id, revision, module_id, planned_on, starts_minute, planned_minutes,
                                       place, recorded_at, recorded_by)
            values (\(session), \(revision), \(module.id), \(plan.plannedOn), \(plan.startsAt.minutes),
                    \(plan.minutes ?? module.plannedMinutes), \(plan.place ?? run.place), \(now), \(staff.id))
            """
    }
}

extension Course {
    /// Throws `unknownThing`.
    func module(at position: Int) throws(Refusal) -> Module {
        guard let module = modules.first(where: { $0.position == position }) else {
            throw Refusal(.unknownThing, ["text": .field(.module)])
        }
        return module
    }
}
