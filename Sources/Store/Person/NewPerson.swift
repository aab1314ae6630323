import Postgres
public import Shop

/// Someone whose file is opened at the counter. One name is enough; the rest only if the person says it.
public struct NewPerson: Hashable, Sendable, Encodable {
    /// Nil for whoever has one name only.
    public let givenName: PersonName?
    public let familyName: PersonName
    public let phone: Phone?
    public let language: SpokenLanguage
    public let birthYear: BirthYear?
    public let quarter: String
    /// Who referred the person; nil for whoever came alone.
    public let structure: ID<Structure>?
    /// Somebody with whom the person lives; nil: a household of their own.
    public let livesWith: ID<Person>?

    public init(
        givenName: PersonName?,
        familyName: PersonName,
        phone: Phone? = nil,
        language: SpokenLanguage = .french,
        birthYear: BirthYear? = nil,
        quarter: String = "",
        structure: ID<Structure>? = nil,
        livesWith: ID<Person>? = nil
    ) {
        self.givenName = givenName
        self.familyName = familyName
        self.phone = phone
        self.language = language
        self.birthYear = birthYear
        self.quarter = quarter
        self.structure = structure
        self.livesWith = livesWith
    }

    func living(with other: ID<Person>?) -> NewPerson {
        changed(structure: structure, livesWith: other ?? livesWith)
    }

    /// As a prescriber writes them: in a household that the same voucher names, or of their own.
    func referred(by structure: ID<Structure>) -> NewPerson {
        changed(structure: structure, livesWith: nil)
    }

    private func changed(structure: ID<Structure>?, livesWith: ID<Person>?) -> NewPerson {
        NewPerson(
            givenName: givenName,
            familyName: familyName,
            phone: phone,
            language: language,
            birthYear: birthYear,
            quarter: quarter,
            structure: structure,
            livesWith: livesWith
        )
    }
}

/// The file that was opened: what it is called without naming anybody.
public struct OpenedPerson: Hashable, Sendable, Codable {
    public let id: ID<Person>
    public let code: String
}

extension Store {
    /// Writes reference, identity, facts and household. The row of whoever the person lives with is locked, then their
    /// household's.
    func open(_ person: NewPerson, in tx: Transaction, at now: Instant) throws -> OpenedPerson {
        let household: ID<Household>
        if let other = person.livesWith {
            household = try lockedHousehold(of: other, in: tx)
        } else {
            household = newID(Household.self)
            try tx.execute(
                "insert into households (id, recorded_at) values (\(household), \(now))"
            )
        }
        let opened = try insertReference(in: tx, at: now)
        _ = try tx.pipeline([
            """
            insert into identities (person_id, given_name, family_name, phone, language)
            values (\(opened.id), \(person.givenName?.text ?? ""), \(person.familyName),
                \(person.phone?.e164 ?? ""), \(person.language))
            """,
            """
            insert into person_facts (person_id, starts_on, recorded_at, birth_year, quarter, structure_id)
            values (\(opened.id), \(now.day), \(now), \(person.birthYear), \(person.quarter), \(person.structure))
            """,
            """
            insert into household_members (id, household_id, person_id, joined_on, recorded_at)
            values (\(newID(Membership.self)), \(household), \(opened.id), \(now.day), \(now))
            """,
        ])
        return opened
    }

    /// A reference that says nothing of anybody. There are 191 million codes: one that is taken is drawn again.
    private func insertReference(in tx: Transaction, at now: Instant) throws -> OpenedPerson {
        while true {
            let opened = OpenedPerson(
                id: newReference(),
                code: PersonCode(random: randomness.bytes(6)).text
            )
            let inserted = try tx.execute(
                """
                insert into persons (id, code, recorded_at) values (\(opened.id), \(opened.code), \(now))
                on conflict (code) do nothing
                """
            )
            if inserted == 1 { return opened }
        }
    }
}
