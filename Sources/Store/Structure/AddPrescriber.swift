import Postgres
public import Shop

/// A professional who signs for a structure.
public struct NewPrescriber: Hashable, Sendable, Encodable {
    public let name: PersonName
    /// What the prescriber is there: éducatrice spécialisée.
    public let post: String
    public let phone: Phone?
    public let email: EmailAddress?

    public init(
        name: PersonName,
        post: String = "",
        phone: Phone? = nil,
        email: EmailAddress? = nil
    ) {
        self.name = name
        self.post = post
        self.phone = phone
        self.email = email
    }
}

extension Store {
    /// Throws `nameTaken` when the structure has a prescriber of this name, `unknownThing` without such a structure.
    public func addPrescriber(
        _ prescriber: NewPrescriber,
        to structure: ID<Structure>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Prescriber> {
        struct Input: Encodable {
            let prescriber: NewPrescriber
            let structure: ID<Structure>
        }
        let input = Input(prescriber: prescriber, structure: structure)
        let facts: [String: Refusal.Fact] = [
            "field": .field(.prescriber), "text": .field(.prescriber),
        ]
        return try await command(
            "add-prescriber",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            try write(prescriber, of: structure, in: tx, at: now)
        }
    }

    func write(
        _ prescriber: NewPrescriber,
        of structure: ID<Structure>,
        in tx: Transaction,
        at now: Instant
    ) throws -> ID<Prescriber> {
        let id = newID(Prescriber.self)
        try tx.execute(
            """
            insert into prescribers (id, structure_id, name, post, phone, email, recorded_at)
            values (\(id), \(structure), \(prescriber.name), \(prescriber.post),
                \(prescriber.phone?.e164 ?? ""), \(prescriber.email?.text ?? ""), \(now))
            """
        )
        return id
    }
}
