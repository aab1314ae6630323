import Postgres
public import Shop

/// What identifies someone, as it should have been written.
public struct CorrectedIdentity: Hashable, Sendable, Encodable {
    public let givenName: PersonName?
    public let familyName: PersonName
    public let phone: Phone?
    public let language: SpokenLanguage

    public init(
        givenName: PersonName?,
        familyName: PersonName,
        phone: Phone?,
        language: SpokenLanguage
    ) {
        self.givenName = givenName
        self.familyName = familyName
        self.phone = phone
        self.language = language
    }
}

extension Store {
    /// Replaces the identity. The old spelling is not kept: it was wrong, and nothing refers to it.
    /// Throws `personUnknown`, or `noticeRefused` for somebody who does not want it kept.
    public func correctIdentity(
        of person: ID<Person>,
        to identity: CorrectedIdentity,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Person> {
        struct Input: Encodable {
            let person: ID<Person>
            let identity: CorrectedIdentity
        }
        let input = Input(person: person, identity: identity)
        return try await command("correct-identity", key: key, input: input, by: staff) { tx, _ in
            try lockPersons([person], in: tx)
            try tx.checkMayKeepName(of: person)
            let corrected = try tx.execute(
                """
                insert into identities (person_id, given_name, family_name, phone, language)
                select id, \(identity.givenName?.text ?? ""), \(identity.familyName), \(identity.phone?.e164 ?? ""),
                    \(identity.language)
                from persons where id = \(person)
                on conflict (person_id) do update set given_name = excluded.given_name,
                    family_name = excluded.family_name, phone = excluded.phone, language = excluded.language
                """
            )
            guard corrected == 1 else { throw Refusal(.personUnknown) }
            return person
        }
    }
}
