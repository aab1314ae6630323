import Postgres
public import Shop

extension Store {
    /// From today the person lives with `other`. Uses stay stamped with the household of their day.
    /// Throws `personUnknown`, or `alreadyEnded` when they live together already.
    public func joinHousehold(
        of other: ID<Person>,
        _ person: ID<Person>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Household> {
        let input = [person, other]
        return try await command("join-household", key: key, input: input, by: staff) { tx, now in
            try lockPersons([person, other], in: tx)
            let left = try household(of: person, in: tx)
            let joined = try household(of: other, in: tx)
            guard left != joined else { throw Refusal(.alreadyEnded) }
            try lockHouseholds([left, joined], in: tx)
            try move(person, to: joined, in: tx, at: now)
            return joined
        }
    }

    /// From today the person has a household of their own. Throws `personUnknown`, or `alreadyEnded` when nobody else
    /// lives there.
    public func leaveHousehold(
        _ person: ID<Person>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Household> {
        try await command("leave-household", key: key, input: person, by: staff) { tx, now in
            let left = try lockedHousehold(of: person, in: tx)
            let others: Bool = try tx.query(
                """
                select exists (select from household_members
                    where household_id = \(left) and left_on is null and person_id <> \(person))
                """
            )[0][0]
            guard others else { throw Refusal(.alreadyEnded) }
            let own = newID(Household.self)
            try tx.execute("insert into households (id, recorded_at) values (\(own), \(now))")
            try move(person, to: own, in: tx, at: now)
            return own
        }
    }

    func move(
        _ person: ID<Person>,
        to household: ID<Household>,
        in tx: Transaction,
        at now: Instant
    ) throws {
        _ = try tx.pipeline([
            """
            update household_members set left_on = greatest(joined_on, \(now.day)::date)
            where person_id = \(person) and left_on is null
            """,
            """
            insert into household_members (id, household_id, person_id, joined_on, recorded_at)
            values (\(newID(Membership.self)), \(household), \(person), \(now.day), \(now))
            """,
        ])
    }

    func lockPersons(_ persons: [ID<Person>], in tx: Transaction) throws {
        let locked = try tx.query(
            "select id from persons where id = any(\(persons)) order by id for no key update"
        )
        guard locked.count == Set(persons).count else { throw Refusal(.personUnknown) }
    }

    func lockHouseholds(_ households: [ID<Household>], in tx: Transaction) throws {
        try tx.execute(
            "select id from households where id = any(\(households)) order by id for no key update"
        )
    }
}
