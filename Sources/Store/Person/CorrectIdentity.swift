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
    /// Throws `personUnknown`.
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
            let corrected = try tx.execute(
                """
                update identities set given_name = \(identity.givenName?.text ?? ""),
                    family_name = \(identity.familyName), phone = \(identity.phone?.e164 ?? ""),
                    language = \(identity.language)
                where person_id = \(person)
                """
            )
            guard corrected == 1 else { throw Refusal(.personUnknown) }
            return person
        }
    }
}
