import Postgres
public import Shop

/// Somebody who was taken off a run's list.
public struct Withdrawn: Hashable, Sendable, Codable {
    public let run: String
    public let code: String
    public let leftOn: Day
    /// The code of whoever waits first for a seat, if one is free now: to be put on the list by an act of its own.
    public let nextWaiting: String?
}

extension Store {
    /// Takes a person off a run's list, or off those who wait, with a motive. What was attended stays; whoever finished
    /// stays on the list, since the attestation rests on it. Throws `runUnknown`, `personUnknown`, `notEnrolled`, `finishedAlready`.
    public func withdraw(
        _ person: ID<Person>,
        from run: RunCode,
        motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Withdrawn {
        let input = Input(person: person, run: run.text, motive: motive.text)
        return try await command("withdraw", key: key, input: input, by: staff) { tx, now in
            let run = try tx.run(input.run, in: staff.reach(.courseKeepers))
            guard
                let code: String = try tx.query(
                    "select code from persons where id = \(person) for no key update"
                ).first?["code"]
            else { throw Refusal(.personUnknown) }
            try tx.lockRun(run.id)
            try tx.takeOff(person, from: run.id, for: motive, at: now, by: staff)
            return Withdrawn(
                run: input.run,
                code: code,
                leftOn: now.day,
                nextWaiting: try tx.nextWaiting(for: run.id)
            )
        }
    }
}

extension Transaction {
    /// Ends the enrolment of somebody, or their waiting. Of one whom `structure` enrolled itself, where it is named; others are
    /// not there for it. The person's row and the run's are locked. Throws `notEnrolled`, `finishedAlready`.
    func takeOff(
        _ person: ID<Person>,
        from run: ID<Run>,
        enrolledBy structure: ID<Structure>? = nil,
        for motive: ShortText,
        at now: Instant,
        by staff: Staff
    ) throws {
        let theirs: SQL =
            structure.map { "and \(byStructure($0))" } ?? ""
        let rows = try query(
            """
            select e.id, c.code as completion from enrolments e left join completions c on c.enrolment_id = e.id and \(standsStill)
            where e.run_id = \(run) and e.person_id = \(person) and \(isOnTheList) \(theirs)
            """
        )
        guard let row = rows.first else {
            let left = try execute(
                """
                update waitings set ended_at = \(now), ended_by = \(staff.id), ended_how = 'left',
                                    motive = \(motive.text)
                where run_id = \(run) and person_id = \(person) and ended_at is null \(theirs)
                """
            )
            guard left == 1 else { throw Refusal(.notEnrolled) }
            return
        }
        if let completion: String = try row["completion"] {
            throw Refusal(.finishedAlready, ["code": .text(completion)])
        }
        let enrolment: ID<Enrolment> = try row["id"]
        try execute(
            """
            insert into withdrawals (enrolment_id, left_on, motive, recorded_at, recorded_by)
            values (\(enrolment), \(now.day), \(motive.text), \(now), \(staff.id))
            """
        )
    }
}

/// Enrolments `e` that nobody ended.
let isOnTheList: SQL = "not exists (select from withdrawals w where w.enrolment_id = e.id)"

private struct Input: Encodable, Sendable {
    let person: ID<Person>
    let run: String
    let motive: String
}
