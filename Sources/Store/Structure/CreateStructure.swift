import Postgres
public import Shop

/// A partner structure, as its agreement describes it.
public struct NewStructure: Hashable, Sendable, Encodable {
    public let name: ShortText
    public let kind: StructureKind
    public let quarter: String
    public let address: String
    public let phone: Phone?
    public let email: EmailAddress?
    public let agreementStartsOn: Day
    public let agreementEndsOn: Day?

    public init(
        name: ShortText,
        kind: StructureKind,
        quarter: String = "",
        address: String = "",
        phone: Phone? = nil,
        email: EmailAddress? = nil,
        agreementStartsOn: Day,
        agreementEndsOn: Day? = nil
    ) {
        self.name = name
        self.kind = kind
        self.quarter = quarter
        self.address = address
        self.phone = phone
        self.email = email
        self.agreementStartsOn = agreementStartsOn
        self.agreementEndsOn = agreementEndsOn
    }
}

extension Store {
    /// Writes down a structure that may refer people. Throws `nameTaken` when one has its name.
    public func createStructure(
        _ structure: NewStructure,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Structure> {
        let facts: [String: Refusal.Fact] = [
            "text": .text(structure.name.text), "field": .field(.name),
        ]
        return try await command(
            "create-structure",
            key: key,
            input: structure,
            by: staff,
            facts: facts
        ) { tx, now in
            let id = newID(Structure.self)
            try tx.execute(
                """
                insert into structures (id, name, kind, quarter, address, phone, email,
                    agreement_starts_on, agreement_ends_on, recorded_at)
                values (\(id), \(structure.name), \(structure.kind), \(structure.quarter), \(structure.address),
                    \(structure.phone?.e164 ?? ""), \(structure.email?.text ?? ""),
                    \(structure.agreementStartsOn), \(structure.agreementEndsOn), \(now))
                """
            )
            return id
        }
    }
}
