import Postgres
public import Shop

/// Someone to call at a structure, who need not sign anything.
public enum StructureContact {}

/// A contact as someone writes it down.
public struct NewContact: Hashable, Sendable, Encodable {
    public let name: PersonName
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

/// A contact as the structure's page shows it.
public struct ContactRow: Hashable, Sendable, Codable {
    public let id: ID<StructureContact>
    public let name: String
    public let post: String
    public let phone: String
    public let email: String

    init(_ row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        post = try row["post"]
        phone = try row["phone"]
        email = try row["email"]
    }
}

extension Store {
    /// Throws `unknownThing` without such a structure, `nameTaken` when it has a contact of this name.
    public func addContact(
        _ contact: NewContact,
        to structure: ID<Structure>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<StructureContact> {
        struct Input: Encodable {
            let contact: NewContact
            let structure: ID<Structure>
        }
        return try await command(
            "add-contact",
            key: key,
            input: Input(contact: contact, structure: structure),
            by: staff,
            facts: ["field": .field(.contact), "text": .field(.contact)]
        ) { tx, now in
            try tx.lock(structure)
            let id = newID(StructureContact.self)
            try tx.execute(contact.statement(id, of: structure, by: staff, at: now))
            return id
        }
    }

    /// Who no longer answers there leaves the page; the row stays. Throws `unknownThing` for a contact that the structure
    /// does not have, or no longer.
    public func endContact(
        _ contact: ID<StructureContact>,
        of structure: ID<Structure>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Structure> {
        let input = [structure.text, contact.text]
        return try await command("end-contact", key: key, input: input, by: staff) { tx, now in
            let ended = try tx.execute(
                """
                update structure_contacts set ended_at = \(now), ended_by = \(staff.id)
                where id = \(contact) and structure_id = \(structure) and ended_at is null
                """
            )
            guard ended == 1 else {
                throw Refusal(
                    .unknownThing,
                    ["field": .field(.contact), "text": .text(contact.text)]
                )
            }
            return structure
        }
    }
}

extension NewContact {
    func statement(
        _ id: ID<StructureContact>,
        of structure: ID<Structure>,
        by staff: Staff,
        at now: Instant
    ) -> SQL {
        """
        insert into structure_contacts (id, structure_id, name, post, phone, email, recorded_at, recorded_by)
        values (\(id), \(structure), \(name), \(post), \(phone?.e164 ?? ""), \(email?.text ?? ""), \(now), \(staff.id))
        """
    }
}
