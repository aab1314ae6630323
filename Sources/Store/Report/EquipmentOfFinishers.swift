import Postgres
public import Shop

extension Store {
    /// The rows behind the report, as they stood at the end of `day`, today when it is not given.
    /// Throws `programmeUnknown`.
    public func equipmentOfFinishers(
        of programme: String,
        asOf day: Day? = nil
    ) async throws -> EquipmentOfFinishers {
        let day = day ?? clock.now().day
        return try await report { tx in
            let programme = try tx.programme(coded: programme)
            let kind: String? = try tx.query("select kind from association").first?["kind"]
            // From here on what is read bears no name: the views, and nothing below them.
            try tx.execute("select set_config('role', current_schema() || '_report', true)")
            let answers = try tx.pipeline([
                runsBegun(programme.id, day), parentsEnrolled(in: programme.id, day),
                equipmentAcquired(in: programme.id, day),
            ])
            var equipment = try Dictionary(grouping: answers[2].map(Acquired.init), by: \.person)
            let parents = try answers[1].map { row in
                try EquipmentOfFinishers.Parent(row, taking: &equipment)
            }
            return EquipmentOfFinishers(
                programme: programme,
                asOf: day,
                runs: try answers[0].map(EquipmentOfFinishers.RunFacts.init),
                parents: parents,
                isDemonstration: kind == Association.Kind.demonstration.rawValue
            )
        }
    }

    /// A long read that sees one moment, apart from the counter.
    func report<T: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        do {
            return try await reports.transaction(isolation: .snapshot, body)
        } catch let error as PostgresError {
            throw error.refusal() ?? error as any Error
        }
    }
}

private func runsBegun(_ programme: ID<Programme>, _ day: Day) -> SQL {
    """
    select r.code, r.structure, r.starts_on, r.planned_minutes,
           (select coalesce(sum(delivered_minutes), 0) from report_sessions s
            where s.run_id = r.run_id and s.held_on <= \(day)) as delivered_minutes
    from report_runs r
    where r.programme_id = \(programme)
      and exists (select from report_sessions s where s.run_id = r.run_id and s.held_on <= \(day))
    """
}

/// The first to finish comes first: what a person acquired counts for one enrolment, not for each.
private func parentsEnrolled(in programme: ID<Programme>, _ day: Day) -> SQL {
    """
    select \(person("p.person_id", day)) as person_id, p.person_code, r.code as run, r.starts_on, p.structure, p.enrolled_on,
           case when p.started_on <= \(day) then p.started_on end as started_on,
           (select min(c.completed_on) from report_completions c
            where c.enrolment_id = p.enrolment_id and c.completed_on <= \(day)
              and (c.revoked_on is null or c.revoked_on > \(day))) as completed_on,
           (select max(c.revoked_on) from report_completions c
            where c.enrolment_id = p.enrolment_id and c.revoked_on <= \(day)) as revoked_on,
           coalesce((select q.quarter from report_quarters q
                     where q.person_id = p.person_id and q.starts_on <= \(day)
                     order by q.starts_on desc, q.recorded_at desc limit 1), '') as quarter,
           greatest(1, (select count(*) from report_households h
                        where h.person_id = p.person_id
                          and h.own_joined_on <= \(day) and (h.own_left_on is null or h.own_left_on > \(day))
                          and h.joined_on <= \(day) and (h.left_on is null or h.left_on > \(day)))) as members
    from report_parents p join report_runs r on r.run_id = p.run_id
    where p.programme_id = \(programme) and p.enrolled_on <= \(day)
      and (p.left_on is null or p.left_on > \(day) or p.started_on <= p.left_on)
    order by completed_on nulls last, started_on nulls last, p.enrolled_on, p.enrolment_id
    """
}

/// Whose file it was on `day`: a file that was merged until then is the other's.
private func person(_ file: SQL, _ day: Day) -> SQL {
    """
    coalesce((select m.into_id from report_merges m where m.person_id = \(file) and m.merged_on <= \(day)
              and not exists (select from report_merges o where o.person_id = m.into_id and o.merged_on <= \(day))),
             \(file))
    """
}

private func equipmentAcquired(in programme: ID<Programme>, _ day: Day) -> SQL {
    """
    select \(person("e.person_id", day)) as person_id, e.exit_kind, e.acquired_on, e.till, e.number, e.label, e.device_kind,
           case when e.returned_on <= \(day) then e.returned_on end as returned_on,
           case when e.handed_over_on <= \(day) then e.handed_over_on end as handed_over_on,
           e.person_cents - case when e.returned_on <= \(day) then e.refunded_person_cents else 0 end as person_cents,
           e.programme_cents
             - case when e.returned_on <= \(day) then e.refunded_programme_cents else 0 end as programme_cents
    from report_equipment e
    where e.person_id in (
        select q.file from report_parents p cross join lateral (
            select p.person_id as file
            union select m.person_id from report_merges m where m.into_id = p.person_id
            union select m.into_id from report_merges m where m.person_id = p.person_id
            union select o.person_id from report_merges m join report_merges o on o.into_id = m.into_id
                where m.person_id = p.person_id) q
        where p.programme_id = \(programme))
      and e.acquired_on <= \(day)
    order by e.acquired_on, e.number, e.label
    """
}

private struct Acquired {
    let person: ID<Person>
    let equipment: EquipmentOfFinishers.Equipment

    init(_ row: Row) throws {
        let kind: TicketKind = try row["exit_kind"]
        let receipt = ReceiptCode(
            till: try row["till"],
            kind: kind == .sale ? .sale : .gift,
            number: try row["number"]
        )
        person = try row["person_id"]
        equipment = EquipmentOfFinishers.Equipment(
            label: try row["label"],
            kind: try row["device_kind"],
            by: kind,
            acquiredOn: try row["acquired_on"],
            receipt: receipt.text,
            paidByPerson: try row["person_cents"],
            paidByProgramme: try row["programme_cents"],
            returnedOn: try row["returned_on"],
            handedOverOn: try row["handed_over_on"]
        )
    }
}

extension EquipmentOfFinishers.RunFacts {
    fileprivate init(_ row: Row) throws {
        self.init(
            code: try row["code"],
            structure: try row["structure"],
            startsOn: try row["starts_on"],
            plannedMinutes: try row["planned_minutes"],
            deliveredMinutes: try row["delivered_minutes"]
        )
    }
}

extension EquipmentOfFinishers.Parent {
    fileprivate init(_ row: Row, taking equipment: inout [ID<Person>: [Acquired]]) throws {
        let (person, runStart): (ID<Person>, Day) = try (row["person_id"], row["starts_on"])
        let known = equipment[person] ?? []
        equipment[person] = known.filter { $0.equipment.acquiredOn < runStart }
        let completedOn: Day? = try row["completed_on"]
        self.init(
            person: try row["person_code"],
            run: try row["run"],
            structure: try row["structure"],
            quarter: try row["quarter"],
            enrolledOn: try row["enrolled_on"],
            startedOn: try row["started_on"],
            completedOn: completedOn,
            revokedOn: completedOn == nil ? try row["revoked_on"] : nil,
            householdMembers: try row["members"],
            equipment: known.map(\.equipment).filter { $0.acquiredOn >= runStart }
        )
    }
}
