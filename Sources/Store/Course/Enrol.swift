import Postgres
public import Shop

extension Store {
    /// Puts a person on a run's list, once, and again after they were taken off it. Whoever sent them is the run's
    /// structure unless another is named.
    /// Throws `dayInFuture`, `runUnknown`, `personUnknown`, `unknownThing` (structure), `enrolledTwice`.
    public func enrol(
        _ person: ID<Person>,
        in run: RunCode,
        sentBy structure: ID<Structure>? = nil,
        on day: Day? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<Enrolment> {
        let id: ID<Enrolment> = newID()
        let input = Input(person: person, run: run.text, structure: structure, day: day)
        return try await command("enrol", key: key, input: input, by: staff) { tx, now in
            let day = day ?? now.day
            try refuseFuture(day, .enrolledOn, now.day)
            let run = try tx.run(input.run, in: staff.reach(.courseKeepers))
            guard
                let code: String = try tx.query(
                    "select code from persons where id = \(person) for no key update"
                ).first?["code"]
            else { throw Refusal(.personUnknown) }
            let sender = structure ?? run.structure
            guard !(try tx.query("select from structures where id = \(sender)").isEmpty) else {
                throw Refusal(.unknownThing, ["text": .field(.structure)])
            }
            try tx.execute(
                """
                insert into enrolments (id, run_id, person_id, structure_id, enrolled_on, recorded_at, follows)
                values (\(id), \(run.id), \(person), \(sender), \(day), \(now),
                        (select w.enrolment_id from withdrawals w join enrolments e on e.id = w.enrolment_id
                         where e.run_id = \(run.id) and e.person_id = \(person)
                           and not exists (select from enrolments b where b.follows = w.enrolment_id)))
                """
            )
            return Created(id: id, code: code)
        }
    }
}

private struct Input: Encodable, Sendable {
    let person: ID<Person>
    let run: String
    let structure: ID<Structure>?
    let day: Day?
}

/// Throws `dayInFuture`.
func refuseFuture(_ day: Day, _ field: FieldName, _ today: Day) throws(Refusal) {
    guard day <= today else {
        throw Refusal(
            .dayInFuture,
            ["field": .field(field), "day": .day(day), "today": .day(today)]
        )
    }
}
