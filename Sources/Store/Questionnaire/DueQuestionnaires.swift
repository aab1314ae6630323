import Postgres
public import Shop

/// Somebody who is to be asked.
public struct DueQuestionnaire: Hashable, Sendable, Codable {
    public let enrolment: ID<Enrolment>
    public let moment: Moment
    public let run: String
    public let structure: String
    /// The file that goes on, where several were merged.
    public let person: String
    public let from: Day
    /// Nil while the first session is still to come.
    public let until: Day?
}

/// The same with how they are reached: for who works with people, never in an address or a file.
public struct Reachable: Hashable, Sendable {
    public let due: DueQuestionnaire
    public let name: String
    public let phone: String
    /// The day by which the list is ordered: of the enrolment, or on which the course was over.
    let orderedBy: Day
}

/// Which questionnaires are looked for.
public struct DueFilter: Hashable, Sendable {
    public let moment: Moment
    public let run: String?
    public let reach: Reach

    public init(_ moment: Moment, run: RunCode? = nil, in reach: Reach = .everyShop) {
        self.moment = moment
        self.run = run?.text
        self.reach = reach
    }
}

extension Store {
    /// Who is to be asked today, since longest first; after the key that the part before gave. Whoever answered at the
    /// moment, does not want to, refused the notice on their data, or was taken off the list is not among them. Throws
    /// `runUnknown`.
    public func dueQuestionnaires(
        _ filter: DueFilter,
        after key: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<Reachable> {
        let today = clock.now().day
        return try await transaction { tx in
            if let run = filter.run { _ = try tx.run(run, in: filter.reach) }
            let numbers = try tx.dueNumbers(on: today)
            guard let due = due(filter, on: today, numbers) else {
                return Paged(items: [], next: nil)
            }
            let after = key.flatMap(DueKey.init)
            let rows = try tx.query(
                """
                select d.id, d.day, d.first_on, r.code as run, s.name as structure, p.code as person,
                       coalesce(trim(i.given_name || ' ' || i.family_name), '') as name, coalesce(i.phone, '') as phone
                from (\(due)) d join enrolments e on e.id = d.id join runs r on r.id = e.run_id
                     join structures s on s.id = e.structure_id join persons p on p.id = person_now(e.person_id)
                     left join identities i on i.person_id = p.id
                where \(after?.day)::date is null or (d.day, d.id) > (\(after?.day)::date, \(after?.enrolment)::uuid)
                order by d.day, d.id limit \(limit + 1)
                """
            )
            let items = try rows.map { try Reachable($0, filter.moment, numbers) }
            return Paged(items, limit: limit) { item in
                DueKey(day: item.orderedBy, enrolment: item.due.enrolment).text
            }
        }
    }

    /// How many are to be asked today, by moment.
    public func dueCounts(
        run: RunCode? = nil,
        in reach: Reach = .everyShop
    ) async throws -> [Moment: Int] {
        let today = clock.now().day
        return try await transaction { tx in
            let numbers = try tx.dueNumbers(on: today)
            var counts: [Moment: Int] = [:]
            for moment in Moment.allCases {
                let filter = DueFilter(moment, run: run, in: reach)
                guard let due = due(filter, on: today, numbers) else { continue }
                counts[moment] = try tx.query("select count(*) as due from (\(due)) d")[0]["due"]
            }
            return counts
        }
    }
}

extension Transaction {
    func dueNumbers(on day: Day) throws -> DueNumbers {
        let rows = try query(
            "select name, starts_on, amount from dated_numbers where name like 'questionnaire%'"
        )
        let numbers = DatedNumbers(
            try rows.map { row in
                DatedNumbers.Row(
                    name: try row["name"],
                    startsOn: try row["starts_on"],
                    amount: try row["amount"]
                )
            }
        )
        return DueNumbers(
            entryDays: numbers.number("questionnaire_entry_days", on: day),
            monthsAfter: numbers.number("questionnaire_months", on: day),
            windowMonths: numbers.number("questionnaire_window_months", on: day),
            quietDays: numbers.number("questionnaire_quiet_days", on: day)
        )
    }
}

/// Enrolments with the day that counts for the moment; nil where no day leads to today. What an index tells leaves the many aside
/// first, so that the rest is asked of the few.
private func due(_ filter: DueFilter, on today: Day, _ numbers: DueNumbers) -> SQL? {
    func candidates(_ condition: SQL) -> SQL {
        """
        with candidates as materialized (
            select e.id, e.run_id from enrolments e join runs r on r.id = e.run_id
            where \(condition) and \(isOnTheList) and \(filter.reach.condition("r.shop_id"))
              and (\(filter.run)::text is null or r.code = \(filter.run))
              and not exists (select from responses w where w.enrolment_id = e.id and w.moment = \(filter.moment))),
        ends as materialized (
            select r.id, \(runOverOn(today, numbers)) as over_on from runs r where r.id in (select run_id from candidates))
        """
    }
    let people: SQL = """
        from candidates n join enrolments e on e.id = n.id join runs r on r.id = e.run_id
             join ends x on x.id = e.run_id
             cross join lateral (select coalesce(\(completedOn), x.over_on) as over_on) o
        """
    let wants: SQL = "not \(wantsNoQuestions) and not \(refusedTheNotice)"
    switch filter.moment {
    case .entry:
        let earliest = today.adding(days: -numbers.entryDays)
        let few = candidates(
            """
            e.enrolled_on <= \(today) and not exists (select from sessions where run_id = e.run_id
                and held_on >= e.enrolled_on and held_on < \(earliest))
            """
        )
        return """
            \(few)
            select e.id, e.enrolled_on as day, least(f.first_on, o.over_on) as first_on
            \(people)
                 cross join lateral (select min(held_on) as first_on from sessions
                                     where run_id = r.id and held_on >= e.enrolled_on) f
            where coalesce(least(f.first_on, o.over_on) >= \(earliest), true) and \(wants)
            """
    case .end, .sixMonths:
        guard let days = DueWindow.overOn(dueAt: filter.moment, on: today, numbers) else {
            return nil
        }
        let (first, last) = (days.lowerBound, days.upperBound)
        let few = candidates(
            """
            e.run_id in (
                select run_id from sessions where held_on between \(first) and \(last)
                union select n.run_id from session_plans l join planned_sessions n on n.id = l.session_id
                      where l.planned_on between \(first) and \(last)
                union select n.run_id from completions c join enrolments n on n.id = c.enrolment_id
                      where c.completed_on between \(first) and \(last))
            """
        )
        return """
            \(few)
            select e.id, o.over_on as day, null::date as first_on
            \(people)
            where o.over_on between \(first) and \(last) and \(wants)
            """
    }
}

/// The day on which the course was over for the enrolment `e` of the run `r`: their completion, else the run's last session
/// once it is over; null before.
func overOn(_ today: Day, _ numbers: DueNumbers) -> SQL {
    "coalesce(\(completedOn), \(runOverOn(today, numbers)))"
}

private let completedOn: SQL =
    "(select c.completed_on from completions c where c.enrolment_id = e.id and \(standsStill))"

/// The last session of the run `r`, once it is over; null before.
private func runOverOn(_ today: Day, _ numbers: DueNumbers) -> SQL {
    """
    (select case when l.last_on <= \(today) and (l.modules >= (select count(*) from modules where course_id = r.course_id)
                      or l.last_on < \(today.adding(days: -numbers.quietDays))) then l.last_on end
     from (select max(day) as last_on, count(distinct module_id) as modules
           from (select held_on as day, module_id from sessions where run_id = r.id
                 union all
                 select p.planned_on, p.module_id
                 from planned_sessions n cross join lateral
                      (select planned_on, module_id from session_plans where session_id = n.id
                       order by revision desc limit 1) p
                 where n.run_id = r.id and not exists (select from sessions where id = n.id)
                   and not exists (select from session_cancellations where session_id = n.id)) d) l)
    """
}

/// Whoever of the enrolment `e` has said that they do not want to answer, at any moment, and did not change their mind.
let wantsNoQuestions: SQL = """
    exists (select from responses w where w.enrolment_id = e.id and w.declined
            and not exists (select from responses n where n.enrolment_id = w.enrolment_id and n.moment = w.moment
                            and n.revision > w.revision))
    """

/// Whether the last that the person of the enrolment `e` said to a notice is no, under whichever file. Those who ever said no
/// are few and found once; of them alone the last answer is looked for.
let refusedTheNotice: SQL = """
    (e.person_id in (select unnest(person_files(person_now(person_id))) from privacy_answers where not accepted)
     and coalesce((select not accepted from privacy_answers where person_id = any(person_files(person_now(e.person_id)))
                   order by id desc limit 1), false))
    """

/// Where a part of the list ends: `2026-11-27.0190…`.
private struct DueKey {
    let day: Day
    let enrolment: ID<Enrolment>

    init(day: Day, enrolment: ID<Enrolment>) {
        self.day = day
        self.enrolment = enrolment
    }

    init?(_ text: String) {
        let parts = text.split(separator: ".")
        guard parts.count == 2, let day = Day(iso: String(parts[0])),
            let enrolment = ID<Enrolment>(String(parts[1]))
        else { return nil }
        self.init(day: day, enrolment: enrolment)
    }

    var text: String { "\(day.iso).\(enrolment)" }
}

extension Reachable {
    fileprivate init(_ row: Row, _ moment: Moment, _ numbers: DueNumbers) throws {
        let day: Day = try row["day"]
        let (from, until): (Day, Day?) =
            switch moment {
            case .entry:
                DueWindow.entry(enrolledOn: day, firstHeldOn: try row["first_on"], numbers)
            case .end, .sixMonths:
                {
                    let window = DueWindow.after(overOn: day, moment, numbers)
                    return (window.lowerBound, window.upperBound)
                }()
            }
        self.init(
            due: DueQuestionnaire(
                enrolment: try row["id"],
                moment: moment,
                run: try row["run"],
                structure: try row["structure"],
                person: try row["person"],
                from: from,
                until: until
            ),
            name: try row["name"],
            phone: try row["phone"],
            orderedBy: day
        )
    }
}
