import Postgres
public import Shop

/// What reports need of a person, from a day on.
public struct PersonFacts: Hashable, Sendable, Encodable {
    public let birthYear: BirthYear?
    public let quarter: String
    public let structure: ID<Structure>?

    public init(birthYear: BirthYear?, quarter: String, structure: ID<Structure>?) {
        self.birthYear = birthYear
        self.quarter = quarter
        self.structure = structure
    }
}

extension Store {
    /// Adds a dated row: what was true before stays for the reports of before. Throws `personUnknown`,
    /// or `noticeRefused` for somebody who wants nothing of the kind kept.
    public func recordFacts(
        of person: ID<Person>,
        _ facts: PersonFacts,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Person> {
        struct Input: Encodable {
            let person: ID<Person>
            let facts: PersonFacts
        }
        let input = Input(person: person, facts: facts)
        return try await command("record-facts", key: key, input: input, by: staff) { tx, now in
            try lockPersons([person], in: tx)
            if facts.birthYear != nil || !facts.quarter.isEmpty {
                try tx.checkMayKeepName(of: person)
            }
            let inserted = try tx.execute(
                """
                insert into person_facts (person_id, starts_on, recorded_at, birth_year, quarter, structure_id)
                select id, \(now.day)::date, \(now)::timestamptz, \(facts.birthYear)::int, \(facts.quarter)::text,
                    \(facts.structure)::uuid
                from persons where id = \(person)
                """
            )
            guard inserted == 1 else { throw Refusal(.personUnknown) }
            return person
        }
    }
}
