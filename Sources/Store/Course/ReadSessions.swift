import Postgres
public import Shop

/// A session as a calendar shows it: to come, held, or called off.
public struct SessionRow: Sendable {
    public let id: ID<Session>
    public let run: String
    public let structure: String
    public let facilitator: String
    public let shop: String
    /// The module's place in the course, from 1.
    public let module: Int
    public let moduleName: String
    public let day: Day
    /// Nil for one that was held without a plan.
    public let startsAt: TimeOfDay?
    public let minutes: Int
    public let place: String
    public let state: State
    /// How often it was moved.
    public let moves: Int
    public let changedAt: Instant
    /// Who is on the run's list today.
    public let enrolled: Int

    public enum State: String, CaseIterable, Sendable, Codable {
        case planned, held, cancelled
    }

    public init(
        id: ID<Session>,
        run: String,
        structure: String,
        facilitator: String,
        shop: String,
        module: Int,
        moduleName: String,
        day: Day,
        startsAt: TimeOfDay?,
        minutes: Int,
        place: String,
        state: State,
        moves: Int,
        changedAt: Instant,
        enrolled: Int
    ) {
        self.id = id
        self.run = run
        self.structure = structure
        self.facilitator = facilitator
        self.shop = shop
        self.module = module
        self.moduleName = moduleName
        self.day = day
        self.startsAt = startsAt
        self.minutes = minutes
        self.place = place
        self.state = state
        self.moves = moves
        self.changedAt = changedAt
        self.enrolled = enrolled
    }
}

extension Store {
    /// Sessions of the days from `first` to `last`, of every run within `reach`, in the order in which they are held;
    /// from after `session` on when there was a part before.
    public func sessions(
        from first: Day,
        to last: Day,
        after session: ID<Session>? = nil,
        limit: Int = 200,
        in reach: Reach = .everyShop
    ) async throws -> Paged<SessionRow> {
        // Days that no session has are no days of PostgreSQL's either: the week of 1 January of the year 1 begins in none.
        let (first, last) = (max(first, firstEver), min(last, lastEver))
        let held: SQL = "s.held_on between \(first) and \(last)"
        let planned: SQL = """
            p.id in (select session_id from session_plans where planned_on between \(first) and \(last)
                     union select s.id from sessions s where \(held))
            """
        return try await transaction { tx in
            let rows = try tx.query(
                """
                with known as (\(knownSessions(planned, held)))
                select * from known where day between \(first) and \(last) and \(reach.condition("shop_id"))
                  and (\(session)::uuid is null or (day, starts_minute, id) >
                       (select day, starts_minute, id from known where id = \(session)))
                order by day, starts_minute, id limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try SessionRow($0) }, limit: limit, key: \.id.text)
        }
    }

    /// Every session of a run, as its calendar has them. Throws `runUnknown`.
    public func calendar(
        of run: RunCode,
        language: Language,
        in reach: Reach = .everyShop
    ) async throws -> SessionCalendar {
        try await transaction { tx in
            let id = try tx.run(run.text, in: reach).id
            return SessionCalendar(
                name: language.choose("Parcours \(run.text)", "Run \(run.text)"),
                events: try tx.sessionRows(of: id).map { row in
                    SessionCalendar.Event(
                        session: row.id,
                        summary: language.choose(
                            "\(run.text), module \(row.module)\u{A0}: \(row.moduleName)",
                            "\(run.text), module \(row.module): \(row.moduleName)"
                        ),
                        place: row.place,
                        day: row.day,
                        startsAt: row.startsAt,
                        minutes: row.minutes,
                        sequence: row.moves + (row.state == .planned ? 0 : 1),
                        changedAt: row.changedAt,
                        isCancelled: row.state == .cancelled
                    )
                }
            )
        }
    }
}

extension Transaction {
    /// Throws `sessionUnknown`.
    func session(_ id: ID<Session>) throws -> SessionRow {
        guard let row = try query(knownSessions("p.id = \(id)", "s.id = \(id)")).first else {
            throw Refusal(.sessionUnknown)
        }
        return try SessionRow(row)
    }

    /// The first session of each run that was not called off, by the run's code.
    func firstSessions(of runs: [ID<Run>]) throws -> [String: SessionRow] {
        let rows = try query(
            """
            select distinct on (run) * from (\(knownSessions("p.run_id = any(\(runs))", "s.run_id = any(\(runs))"))) known
            where state <> 'cancelled' order by run, day, starts_minute, id
            """
        )
        let firsts = try rows.map { try SessionRow($0) }
        return Dictionary(uniqueKeysWithValues: firsts.map { ($0.run, $0) })
    }

    /// In the order in which they are held.
    func sessionRows(of run: ID<Run>) throws -> [SessionRow] {
        try query(
            """
            select * from (\(knownSessions("p.run_id = \(run)", "s.run_id = \(run)"))) known
            order by day, starts_minute, id
            """
        ).map { try SessionRow($0) }
    }
}

private let firstEver = Day(year: 1900, month: 1, day: 1) ?? Day(0)
private let lastEver = Day(year: 9999, month: 12, day: 31) ?? Day(0)

/// Sessions that were planned, and those that were held without it. Conditions are on `planned_sessions p` and on
/// `sessions s`.
private func knownSessions(_ planned: SQL, _ held: SQL) -> SQL {
    """
    select k.id, k.day, k.starts_minute, k.has_time, k.minutes, k.place, k.state, k.moves, k.changed_at,
           r.code as run, r.shop_id, t.name as structure, u.name as facilitator, h.code as shop,
           m.position as module, m.name as module_name,
           (select count(*) from enrolments e where e.run_id = r.id and \(isOnTheList)) as enrolled
    from (select p.id, p.run_id, coalesce(s.module_id, l.module_id) as module_id,
                 coalesce(s.held_on, l.planned_on) as day, l.starts_minute, true as has_time,
                 coalesce(s.delivered_minutes, l.planned_minutes) as minutes, l.place, l.revision - 1 as moves,
                 case when s.id is not null then 'held' when c.session_id is not null then 'cancelled'
                      else 'planned' end as state,
                 greatest(l.recorded_at, s.recorded_at, c.cancelled_at) as changed_at
          from planned_sessions p
               cross join lateral (select * from session_plans where session_id = p.id
                                   order by revision desc limit 1) l
               left join sessions s on s.id = p.id
               left join session_cancellations c on c.session_id = p.id
          where \(planned)
          union all
          select s.id, s.run_id, s.module_id, s.held_on, 0, false, s.delivered_minutes,
                 (select place from runs where id = s.run_id), 0, 'held', s.recorded_at
          from sessions s
          where \(held) and not exists (select from planned_sessions where id = s.id)) k
         join runs r on r.id = k.run_id join structures t on t.id = r.structure_id
         join users u on u.id = r.facilitator_id join shops h on h.id = r.shop_id
         join modules m on m.id = k.module_id
    """
}

extension SessionRow {
    fileprivate init(_ row: Row) throws {
        let hasTime: Bool = try row["has_time"]
        self.init(
            id: try row["id"],
            run: try row["run"],
            structure: try row["structure"],
            facilitator: try row["facilitator"],
            shop: try row["shop"],
            module: try row["module"],
            moduleName: try row["module_name"],
            day: try row["day"],
            startsAt: hasTime ? TimeOfDay(minutes: try row["starts_minute"]) : nil,
            minutes: try row["minutes"],
            place: try row["place"],
            state: try row["state"],
            moves: try row["moves"],
            changedAt: try row["changed_at"],
            enrolled: try row["enrolled"]
        )
    }
}
