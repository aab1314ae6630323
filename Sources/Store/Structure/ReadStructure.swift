import Postgres
public import Shop

/// A structure with whoever signs for it.
public struct StructureCard: Hashable, Sendable, Codable {
    public let id: ID<Structure>
    public let name: String
    public let kind: StructureKind
    public let quarter: String
    public let address: String
    public let phone: String
    public let email: String
    public let agreementStartsOn: Day
    public let agreementEndsOn: Day?
    /// In the order of their names.
    public let prescribers: [PrescriberRow]

    init(_ row: Row, prescribers: [PrescriberRow]) throws {
        id = try row["id"]
        name = try row["name"]
        kind = try row["kind"]
        quarter = try row["quarter"]
        address = try row["address"]
        phone = try row["phone"]
        email = try row["email"]
        agreementStartsOn = try row["agreement_starts_on"]
        agreementEndsOn = try row["agreement_ends_on"]
        self.prescribers = prescribers
    }
}

/// Who signs for a structure.
public struct PrescriberRow: Hashable, Sendable, Codable {
    public let id: ID<Prescriber>
    public let name: String
    public let post: String
    public let phone: String
    public let email: String
    /// With which they sign vouchers themselves; nil without an account.
    public let login: String?

    init(_ row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        login = try row["login"]
        post = try row["post"]
        phone = try row["phone"]
        email = try row["email"]
    }
}

extension Store {
    /// Throws `unknownThing` without such a structure.
    public func structure(_ id: ID<Structure>) async throws -> StructureCard {
        try await transaction { tx in
            let trips = try tx.pipeline([
                """
                select id, name, kind, quarter, address, phone, email, agreement_starts_on, agreement_ends_on
                from structures where id = \(id)
                """,
                """
                select p.id, p.name, p.post, p.phone, p.email, u.login
                from prescribers p left join prescriber_accounts a on a.prescriber_id = p.id
                left join users u on u.id = a.user_id where p.structure_id = \(id)
                order by fold(p.name), p.id
                """,
            ])
            guard let row = trips[0].first else { throw Refusal.unknown(id) }
            return try StructureCard(row, prescribers: trips[1].map { try PrescriberRow($0) })
        }
    }
}
