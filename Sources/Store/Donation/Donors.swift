import Postgres
public import Shop

/// A donor to write down, with how they are reached.
public struct NewDonor: Hashable, Sendable, Encodable {
    public let kind: DonorKind
    /// Of an organisation; of a private person it stands on the erasable card.
    public let name: String
    public let siret: String
    public let card: DonorFacts

    /// Throws `siretUnreadable` for a private person with one.
    public init(
        kind: DonorKind,
        name: ShortText,
        siret: Siret?,
        card: DonorFacts
    ) throws(Refusal) {
        if kind == .person, siret != nil {
            throw Refusal(.siretUnreadable, ["field": .field(.siret)])
        }
        self.kind = kind
        self.name = name.text
        self.siret = siret?.digits ?? ""
        self.card = card
    }
}

/// How a donor is reached.
public struct DonorFacts: Hashable, Sendable, Encodable {
    public let contact: String
    public let address: String
    public let phone: Phone?
    public let email: EmailAddress?

    public init(contact: String, address: String, phone: Phone?, email: EmailAddress?) {
        self.contact = contact
        self.address = address
        self.phone = phone
        self.email = email
    }

    /// From fields of a form, a request or a command; what is not typed is empty.
    public init(
        contact: String?,
        address: String?,
        phone: String?,
        email: String?
    ) throws(Refusal) {
        self.init(
            contact: try ShortText.optional(typed: contact, field: .contact),
            address: try ShortText.optional(typed: address, field: .address),
            phone: try .optional(typed: phone),
            email: try .optional(typed: email)
        )
    }
}

/// A donor as lists show them.
public struct DonorRow: Hashable, Sendable, Codable {
    public let id: ID<Donor>
    public let kind: DonorKind
    /// Empty for a private person whose card was erased.
    public let name: String
    public let siret: String
    public let batches: Int

    init(_ row: Row) throws {
        id = try row["id"]
        kind = try row["kind"]
        name = try row["shown"]
        siret = try row["siret"]
        batches = try row["batches"]
    }

    /// The name as it is said; what kind of donor it was where no name is left.
    public func shownName(in language: Language) -> String {
        name.isEmpty ? kind.name(in: language) : name
    }
}

/// A donor with the card that can be erased.
public struct DonorCard: Hashable, Sendable, Codable {
    public let donor: DonorRow
    public let contact: String
    public let address: String
    public let phone: String
    public let email: String
    /// Whether the card was erased.
    public let isErased: Bool

    /// As it is written, but for what is said: an empty text empties, nil changes nothing.
    public func corrected(
        kind: DonorKind? = nil,
        name: String? = nil,
        siret: String? = nil,
        contact: String?,
        address: String?,
        phone: String?,
        email: String?
    ) throws(Refusal) -> NewDonor {
        let digits = siret ?? donor.siret
        var number: Siret?
        if digits.contains(where: { !$0.isWhitespace }) { number = try Siret(typed: digits) }
        return try NewDonor(
            kind: kind ?? donor.kind,
            name: ShortText(typed: name ?? donor.name, field: .name),
            siret: number,
            card: DonorFacts(
                contact: contact ?? self.contact,
                address: address ?? self.address,
                phone: phone ?? self.phone,
                email: email ?? self.email
            )
        )
    }
}

extension Refusal {
    static func unknown(_ donor: ID<Donor>) -> Refusal {
        Refusal(.unknownThing, ["field": .field(.donor), "text": .text(donor.text)])
    }
}

extension Store {
    /// Throws `nameTaken` when an organisation has this name.
    public func addDonor(
        _ donor: NewDonor,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Donor> {
        let facts: [String: Refusal.Fact] = ["text": .text(donor.name), "field": .field(.name)]
        return try await command("add-donor", key: key, input: donor, by: staff, facts: facts) {
            tx,
            now in
            try staff.checkHoldsHere(.stockWorkers)
            let id = newID(Donor.self)
            let isPerson = donor.kind == .person
            let card = donor.card
            _ = try tx.pipeline([
                """
                insert into donors (id, kind, name, siret, recorded_at, recorded_by)
                values (\(id), \(donor.kind), \(isPerson ? "" : donor.name), \(donor.siret), \(now), \(staff.id))
                """,
                """
                insert into donor_cards (donor_id, person_name, contact, address, phone, email)
                values (\(id), \(isPerson ? donor.name : ""), \(card.contact), \(card.address),
                        \(card.phone?.e164 ?? ""), \(card.email?.text ?? ""))
                """,
            ])
            return id
        }
    }

    /// Corrects what is written of a donor; deliveries keep what was true of them. Throws `unknownThing` without such a
    /// donor, or whose card was erased, `nameTaken` when another organisation has this name, `donorKindFixed` for another
    /// kind once something was delivered.
    public func correctDonor(
        _ donor: ID<Donor>,
        _ facts: NewDonor,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Donor> {
        struct Input: Encodable {
            let donor: ID<Donor>
            let facts: NewDonor
        }
        let input = Input(donor: donor, facts: facts)
        let told: [String: Refusal.Fact] = ["text": .text(facts.name), "field": .field(.name)]
        return try await command(
            "correct-donor",
            key: key,
            input: input,
            by: staff,
            facts: told
        ) { tx, _ in
            try staff.checkHoldsHere(.stockWorkers)
            let isPerson = facts.kind == .person
            let card = facts.card
            let known: SQL = """
                exists (select from donors d join donor_cards c on c.donor_id = d.id where d.id = \(donor)
                        and \(isKnown(in: staff.reach(.stockWorkers))))
                """
            let changed = try tx.pipeline([
                """
                update donors set kind = \(facts.kind), name = \(isPerson ? "" : facts.name), siret = \(facts.siret)
                where id = \(donor) and \(known)
                """,
                """
                update donor_cards set person_name = \(isPerson ? facts.name : ""), contact = \(card.contact),
                    address = \(card.address), phone = \(card.phone?.e164 ?? ""), email = \(card.email?.text ?? "")
                where donor_id = \(donor) and \(known)
                """,
            ])
            guard changed[1].affected == 1 else { throw Refusal.unknown(donor) }
            return donor
        }
    }

    /// Erases how a donor is reached, and a private person's name. Lots, receipts and the register stay. Throws
    /// `unknownThing`.
    public func eraseDonorCard(
        of donor: ID<Donor>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Donor> {
        try await command("erase-donor-card", key: key, input: [donor], by: staff) { tx, _ in
            try staff.checkHoldsHere(.shopManagers)
            let erased = try tx.execute(
                """
                delete from donor_cards where donor_id = \(donor) and exists (
                    select from donors d where d.id = donor_id and \(isKnown(in: staff.reach(.shopManagers))))
                """
            )
            guard erased == 1 else { throw Refusal.unknown(donor) }
            return donor
        }
    }

    /// Donors, the last written down first. A private person is listed where one of their lots is in `reach`, or none was
    /// promised yet.
    /// - Parameters:
    ///   - matching: words that an organisation's name holds; nobody is searched by a private name, which would stand in
    ///     addresses.
    ///   - after: the last part's `next`.
    public func donors(
        matching: String = "",
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<DonorRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<Donor>($0) }
        let matching = try ShortText.optional(typed: matching, field: .search)
        return try await transaction { tx in
            let holding = try foldedWords(matching, in: tx).map { word in
                " and d.search like \(holdsPattern(word))" as SQL
            }.joined(separator: "")
            let rows = try tx.query(
                """
                \(donorRows) where (\(last)::uuid is null or d.id < \(last)) and \(isKnown(in: reach)) \(holding)
                order by d.id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try DonorRow($0) }, limit: limit) { $0.id.text }
        }
    }

    /// Throws `unknownThing`, also for a private person whose lots are outside `reach`.
    public func donor(_ id: ID<Donor>, in reach: Reach = .everyShop) async throws -> DonorCard {
        try await transaction { tx in
            let found = try tx.query("\(donorRows) where d.id = \(id) and \(isKnown(in: reach))")
            guard let row = found.first else {
                throw Refusal.unknown(id)
            }
            return DonorCard(
                donor: try DonorRow(row),
                contact: try row["contact"],
                address: try row["address"],
                phone: try row["phone"],
                email: try row["email"],
                isErased: try row["is_erased"]
            )
        }
    }
}

/// Organisations are everybody's; a private person is of the shops that their lots came to.
func isKnown(in reach: Reach) -> SQL {
    guard reach != .everyShop else { return "true" }
    return """
        (d.kind <> 'person' or not exists (select from batches b where b.donor_id = d.id)
         or exists (select from batches b where b.donor_id = d.id and \(reach.condition("b.shop_id"))))
        """
}

private let donorRows: SQL = """
    select d.id, d.kind, d.siret, coalesce(nullif(d.name, ''), c.person_name, '') as shown,
           (select count(*) from batches b where b.donor_id = d.id) as batches, coalesce(c.contact, '') as contact,
           coalesce(c.address, '') as address, coalesce(c.phone, '') as phone, coalesce(c.email, '') as email,
           c.donor_id is null as is_erased
    from donors d left join donor_cards c on c.donor_id = d.id
    """
