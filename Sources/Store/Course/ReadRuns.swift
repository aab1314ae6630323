import Postgres
public import Shop

/// A run as lists show it.
public struct RunSummary: Sendable {
    public let id: ID<Run>
    public let code: String
    public let course: String
    public let programme: String
    public let programmeName: String
    public let structure: ID<Structure>
    public let structureName: String
    public let shop: String
    public let facilitator: String
    public let place: String
    public let startsOn: Day
    public let sessions: Int
    public let deliveredMinutes: Int
    public let plannedMinutes: Int
    public let enrolled: Int
    public let completed: Int
    /// How many it takes; nil: as many as come.
    public let seats: Int?
    public let waiting: Int
    /// Whether every structure may enrol its people, and not only the one that mobilises.
    public let isOpen: Bool
}

extension Store {
    /// Runs, the latest first; after the run `code` when there was a part before. Of one programme when it is named. Throws
    /// `programmeUnknown`.
    public func runs(
        of programme: String? = nil,
        after code: String? = nil,
        limit: Int = 50,
        in reach: Reach = .everyShop
    ) async throws -> Paged<RunSummary> {
        try await transaction { tx in
            if let programme,
                try tx.query("select from programmes where code = \(programme)").isEmpty
            {
                throw Refusal(.programmeUnknown, ["code": .text(String(programme.prefix(40)))])
            }
            let rows = try tx.query(
                """
                \(runSelect)
                where \(reach.condition("r.shop_id")) and (\(programme)::text is null or p.code = \(programme))
                  and (\(code)::text is null or (r.starts_on, r.code) <
                       (select starts_on, code from runs where code = \(code)))
                order by r.starts_on desc, r.code desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map(RunSummary.init), limit: limit, key: \.code)
        }
    }

    /// Throws `runUnknown`, also for a run of a shop outside `reach`. Decisions are those of `day`, today when it is not
    /// given.
    public func sheet(
        of run: RunCode,
        on day: Day? = nil,
        in reach: Reach = .everyShop
    ) async throws -> RunSheet {
        let today = clock.now().day
        return try await transaction { tx in
            try tx.sheet(of: tx.run(run.text, in: reach).id, on: day ?? today)
        }
    }
}

extension Transaction {
    /// Everything about a run as it was at the end of `day`.
    func sheet(of run: ID<Run>, on day: Day) throws -> RunSheet {
        guard let row = try query("\(runSelect) where r.id = \(run)").first else {
            throw Refusal(.runUnknown, ["code": .text(run.text)])
        }
        let course = try course(of: run)
        guard let rule = try completionRules(of: course.code).inForce(on: day) else {
            throw Refusal(.courseUnknown, ["code": .text(course.code)])
        }
        let answers = try pipeline([
            sessionsHeld(run, day), marks(run, day), parentsEnrolled(run, day), caughtUp(run, day),
            guests(run, day),
        ])
        let signed = Dictionary(grouping: try sheets(of: run), by: \.session)
        let sessions = try answers[0].map { row in
            let id: ID<Session> = try row["id"]
            return RunSheet.Held(
                id: id,
                module: try row["module_id"],
                heldOn: try row["held_on"],
                deliveredMinutes: try row["delivered_minutes"],
                sheets: signed[id] ?? []
            )
        }
        var marks: [ID<Enrolment>: [ID<Session>: RunSheet.Mark]] = [:]
        for row in answers[1] {
            let (enrolment, session): (ID<Enrolment>, ID<Session>) = try (
                row["enrolment_id"], row["session_id"]
            )
            marks[enrolment, default: [:]][session] = RunSheet.Mark(
                status: try row["status"],
                minutes: try row["minutes"]
            )
        }
        let caughtUp = try Dictionary(grouping: answers[3]) { row -> ID<Enrolment> in
            try row["enrolment_id"]
        }
        let parents = try answers[2].map { row in
            let enrolment: ID<Enrolment> = try row["id"]
            return try RunSheet.Parent(
                row,
                marks: marks[enrolment] ?? [:],
                catchUps: (caughtUp[enrolment] ?? []).map { try RunSheet.CatchUp($0) },
                sessions,
                course,
                rule
            )
        }
        let guests = try answers[4].map { row in
            RunSheet.Guest(
                person: try row["person_id"],
                code: try row["code"],
                name: try row["name"],
                run: try row["run"],
                marks: marks[try row["id"]] ?? [:]
            )
        }
        return RunSheet(
            run: try RunSummary(row),
            course: course,
            rule: rule,
            sessions: sessions,
            planned: try sessionRows(of: run).filter { $0.state != .held },
            parents: parents,
            guests: guests,
            waiting: try waiting(for: run),
            helpers: try helpers(of: run)
        )
    }

    private func waiting(for run: ID<Run>) throws -> [RunSheet.Waiting] {
        try query(
            """
            select w.person_id, p.code, w.asked_on, coalesce(trim(i.given_name || ' ' || i.family_name), '') as name,
                   case when w.prescriber_id is not null then s.name end as enrolled_by
            from waitings w join persons p on p.id = w.person_id left join identities i on i.person_id = w.person_id
                 join structures s on s.id = w.structure_id
            where w.run_id = \(run) and w.ended_at is null order by w.turn
            """
        ).map { row in
            RunSheet.Waiting(
                person: try row["person_id"],
                code: try row["code"],
                name: try row["name"],
                askedOn: try row["asked_on"],
                enrolledBy: try row["enrolled_by"]
            )
        }
    }
}

private let runSelect: SQL = """
    select r.id, r.code, c.code as course, p.code as programme, p.name as programme_name, r.structure_id,
           s.name as structure_name, h.code as shop, u.name as facilitator, r.place, r.starts_on,
           (select count(*) from sessions where run_id = r.id) as sessions,
           (select coalesce(sum(delivered_minutes), 0) from sessions where run_id = r.id) as delivered,
           (select sum(planned_minutes) from modules where course_id = r.course_id) as planned,
           (select count(*) from enrolments e where e.run_id = r.id and \(isOnTheList)) as enrolled,
           (select count(*) from completions c join enrolments e on e.id = c.enrolment_id
            where e.run_id = r.id and \(standsStill)) as completed,
           (select seats from run_seats where run_id = r.id order by revision desc limit 1) as seats,
           (select count(*) from waitings where run_id = r.id and ended_at is null) as waiting,
           exists (select from run_openings where run_id = r.id and ended_at is null) as is_open
    from runs r join courses c on c.id = r.course_id join programmes p on p.id = r.programme_id
         join structures s on s.id = r.structure_id join shops h on h.id = r.shop_id
         join users u on u.id = r.facilitator_id
    """

private func sessionsHeld(_ run: ID<Run>, _ day: Day) -> SQL {
    """
    select id, module_id, held_on, delivered_minutes from sessions
    where run_id = \(run) and held_on <= \(day) order by held_on, id
    """
}

private func marks(_ run: ID<Run>, _ day: Day) -> SQL {
    """
    select distinct on (a.session_id, a.enrolment_id) a.session_id, a.enrolment_id, a.status, a.minutes
    from attendances a join sessions s on s.id = a.session_id
    where s.run_id = \(run) and s.held_on <= \(day)
    order by a.session_id, a.enrolment_id, a.revision desc
    """
}

/// What the run's own parents attended with other runs.
private func caughtUp(_ run: ID<Run>, _ day: Day) -> SQL {
    """
    select * from (
        select distinct on (a.session_id, a.enrolment_id) a.enrolment_id, a.minutes, s.module_id, s.held_on,
               s.delivered_minutes, r.code as run
        from attendances a join enrolments e on e.id = a.enrolment_id join sessions s on s.id = a.session_id
             join runs r on r.id = s.run_id
        where e.run_id = \(run) and s.run_id <> \(run) and s.held_on <= \(day)
        order by a.session_id, a.enrolment_id, a.revision desc) latest
    where minutes > 0 order by held_on
    """
}

/// Who came from other runs.
private func guests(_ run: ID<Run>, _ day: Day) -> SQL {
    """
    select distinct on (e.id) e.id, e.person_id, p.code, r.code as run,
           coalesce(trim(i.given_name || ' ' || i.family_name), '') as name
    from sessions s join attendances a on a.session_id = s.id join enrolments e on e.id = a.enrolment_id
         join runs r on r.id = e.run_id join persons p on p.id = e.person_id
         left join identities i on i.person_id = e.person_id
    where s.run_id = \(run) and s.held_on <= \(day) and e.run_id <> \(run)
    order by e.id
    """
}

private func parentsEnrolled(_ run: ID<Run>, _ day: Day) -> SQL {
    """
    select e.id, e.person_id, p.code, e.enrolled_on, s.name as structure,
           case when e.prescriber_id is not null then s.name end as enrolled_by,
           coalesce(trim(i.given_name || ' ' || i.family_name), '') as name,
           c.code as completion, c.completed_on, c.motive, r.ends_on,
           b.code as revoked_code, b.revoked_on, b.motive as revoked_motive
    from enrolments e join persons p on p.id = e.person_id
         join structures s on s.id = e.structure_id
         left join identities i on i.person_id = e.person_id
         left join completions c on c.enrolment_id = e.id and \(standsStill)
         left join rights r on r.completion_id = c.id
         left join lateral (select n.code, v.revoked_on, v.motive
                            from completions n join completion_revocations v on v.completion_id = n.id
                            where n.enrolment_id = e.id order by v.revoked_at desc limit 1) b on c.id is null
    where e.run_id = \(run) and e.enrolled_on <= \(day)
      and not exists (select from withdrawals w where w.enrolment_id = e.id and w.left_on <= \(day))
    order by i.family_name collate "fr-x-icu", i.given_name collate "fr-x-icu", p.code
    """
}

extension RunSummary {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row["id"],
            code: try row["code"],
            course: try row["course"],
            programme: try row["programme"],
            programmeName: try row["programme_name"],
            structure: try row["structure_id"],
            structureName: try row["structure_name"],
            shop: try row["shop"],
            facilitator: try row["facilitator"],
            place: try row["place"],
            startsOn: try row["starts_on"],
            sessions: try row["sessions"],
            deliveredMinutes: try row["delivered"],
            plannedMinutes: try row["planned"],
            enrolled: try row["enrolled"],
            completed: try row["completed"],
            seats: try row["seats"],
            waiting: try row["waiting"],
            isOpen: try row["is_open"]
        )
    }
}

extension RunSheet.Parent {
    fileprivate init(
        _ row: Row,
        marks: [ID<Session>: RunSheet.Mark],
        catchUps: [RunSheet.CatchUp],
        _ sessions: [RunSheet.Held],
        _ course: Course,
        _ rule: CompletionRule
    ) throws {
        var completion: RunSheet.Completion?
        if let code: String = try row["completion"] {
            completion = RunSheet.Completion(
                code: code,
                completedOn: try row["completed_on"],
                motive: try row["motive"],
                rightEndsOn: try row["ends_on"]
            )
        }
        var revoked: RunSheet.Revoked?
        if let code: String = try row["revoked_code"] {
            revoked = RunSheet.Revoked(
                code: code,
                revokedOn: try row["revoked_on"],
                motive: try row["revoked_motive"]
            )
        }
        self.init(
            enrolment: try row["id"],
            person: try row["person_id"],
            code: try row["code"],
            name: try row["name"],
            structure: try row["structure"],
            enrolledBy: try row["enrolled_by"],
            enrolledOn: try row["enrolled_on"],
            marks: marks,
            catchUps: catchUps,
            completion: completion,
            revoked: revoked,
            decision: decideCompletion(
                attended: sessions.map {
                    Attended(
                        module: $0.module,
                        deliveredMinutes: $0.deliveredMinutes,
                        minutes: marks[$0.id]?.minutes ?? 0
                    )
                }
                    + catchUps.map {
                        Attended(
                            module: $0.module,
                            deliveredMinutes: $0.deliveredMinutes,
                            minutes: $0.minutes,
                            isElsewhere: true
                        )
                    },
                course: course,
                rule: rule
            )
        )
    }
}

extension RunSheet.CatchUp {
    fileprivate init(_ row: Row) throws {
        self.init(
            run: try row["run"],
            module: try row["module_id"],
            heldOn: try row["held_on"],
            deliveredMinutes: try row["delivered_minutes"],
            minutes: try row["minutes"]
        )
    }
}
