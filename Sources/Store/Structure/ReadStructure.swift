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
    /// As it stands today.
    public let agreementStartsOn: Day
    public let agreementEndsOn: Day?
    /// Every stretch of it, the newest first.
    public let agreements: [Agreement]
    /// Whom to call, in the order of their names.
    public let contacts: [ContactRow]
    /// In the order of their names.
    public let prescribers: [PrescriberRow]

    init(
        _ row: Row,
        agreements: [Agreement],
        contacts: [ContactRow],
        prescribers: [PrescriberRow],
        on day: Day
    ) throws {
        guard let agreement = agreements.standing(on: day) else {
            preconditionFailure("a structure has a first agreement")
        }
        id = try row["id"]
        name = try row["name"]
        kind = try row["kind"]
        quarter = try row["quarter"]
        address = try row["address"]
        phone = try row["phone"]
        email = try row["email"]
        agreementStartsOn = agreement.startsOn
        agreementEndsOn = agreement.endsOn
        self.agreements = agreements
        self.contacts = contacts
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
        let today = today
        return try await transaction { tx in
            let trips = try tx.pipeline([
                """
                select id, name, kind, quarter, address, phone, email from structures where id = \(id)
                """,
                """
                select p.id, p.name, p.post, p.phone, p.email, u.login
                from prescribers p left join prescriber_accounts a on a.prescriber_id = p.id
                left join users u on u.id = a.user_id where p.structure_id = \(id)
                order by fold(p.name), p.id
                """,
                """
                select id, name, post, phone, email from structure_contacts
                where structure_id = \(id) and ended_at is null order by fold(name), id
                """,
                "select starts_on, ends_on from agreements where structure_id = \(id) order by starts_on desc",
            ])
            guard let row = trips[0].first else { throw Refusal.unknown(id) }
            return try StructureCard(
                row,
                agreements: trips[3].map { try Agreement($0) },
                contacts: trips[2].map { try ContactRow($0) },
                prescribers: trips[1].map { try PrescriberRow($0) },
                on: today
            )
        }
    }
}
