import Postgres
public import Shop

/// What a structure is and how it is reached.
public struct StructureFacts: Hashable, Sendable, Encodable {
    public let kind: StructureKind
    public let quarter: String
    public let address: String
    public let phone: Phone?
    public let email: EmailAddress?

    public init(
        kind: StructureKind,
        quarter: String,
        address: String,
        phone: Phone?,
        email: EmailAddress?
    ) {
        self.kind = kind
        self.quarter = quarter
        self.address = address
        self.phone = phone
        self.email = email
    }

    func statement(of structure: ID<Structure>) -> SQL {
        """
        update structures set kind = \(kind), quarter = \(quarter), address = \(address),
            phone = \(phone?.e164 ?? ""), email = \(email?.text ?? "")
        where id = \(structure)
        """
    }
}

extension StructureCard {
    /// As the structure is written, but for what is said: an empty text empties, nil changes nothing.
    public func corrected(
        kind: StructureKind?,
        quarter: String?,
        address: String?,
        phone: String?,
        email: String?
    ) throws(Refusal) -> StructureFacts {
        StructureFacts(
            kind: kind ?? self.kind,
            quarter: try ShortText.optional(typed: quarter ?? self.quarter, field: .quarter),
            address: try ShortText.optional(typed: address ?? self.address, field: .address),
            phone: try .optional(typed: phone ?? self.phone),
            email: try .optional(typed: email ?? self.email)
        )
    }
}

extension Store {
    /// Throws `unknownThing` without such a structure.
    public func correctStructure(
        _ structure: ID<Structure>,
        _ facts: StructureFacts,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Structure> {
        struct Input: Encodable {
            let structure: ID<Structure>
            let facts: StructureFacts
        }
        let input = Input(structure: structure, facts: facts)
        return try await command("correct-structure", key: key, input: input, by: staff) { tx, _ in
            guard try tx.execute(facts.statement(of: structure)) == 1 else {
                throw Refusal.unknown(structure)
            }
            return structure
        }
    }
}
