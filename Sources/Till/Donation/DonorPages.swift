import Shop
import Store

/// Donors, the last written down first.
struct DonorsPage: Page {
    static let template = "donors"

    let search: Field
    let rows: [Row]
    let isEmpty: Bool
    let isSearched: Bool
    let pager: Pager?

    struct Row: Sendable {
        let path: String
        let name: String
        let kind: String
        let siret: String
        let batches: String
    }

    init(_ words: Words, _ part: Paged<DonorRow>, search typed: String, after: String?) {
        let language = words.language
        search = Field(
            "q",
            label: words("donor_search"),
            value: typed,
            type: "search",
            isRequired: false
        )
        rows = part.items.map { donor in
            Row(
                path: "/donors/\(donor.id)",
                name: donor.shownName(in: language),
                kind: donor.kind.name(in: language),
                siret: Siret.printed(donor.siret),
                batches: words.counted("batch_count", donor.batches)
            )
        }
        isEmpty = rows.isEmpty
        isSearched = !typed.isEmpty
        let query = typed.isEmpty ? "" : "&q=\(percentEncoded(typed))"
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/donors?\(query.dropFirst())" },
                next: part.next.map { "/donors?after=\($0)\(query)" },
                words: words.counted("donor_count", rows.count)
            )
    }
}

/// A donor to write down.
struct NewDonorPage: Page {
    static let template = "donor-new"

    let key: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let kind: Choice
    let name: Field
    let siret: Field
    let contact: Field
    let address: Field
    let phone: Field
    let email: Field

    static let fields: Set<String> = [
        "kind", "name", "siret", "contact", "address", "phone", "email",
    ]

    init(_ words: Words, _ draft: Draft, key: String) {
        let language = words.language
        self.key = key
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        kind = Choice(
            .donorKind,
            draft,
            in: language,
            // None is chosen: a public body written down as a company would lose its ceilings.
            options: [("", "—")]
                + DonorKind.allCases.map { ($0.rawValue, $0.name(in: language)) },
            chosen: ""
        )
        name = Field(.name, draft, in: language, hint: words("donor_name_hint"))
        siret = Field(
            .siret,
            draft,
            in: language,
            hint: words("donor_siret_hint"),
            isRequired: false
        )
        contact = Field(
            .contact,
            draft,
            in: language,
            hint: words("donor_contact_hint"),
            isRequired: false
        )
        address = Field(.address, draft, in: language, isRequired: false)
        phone = Field(.phone, draft, in: language, type: "tel", isRequired: false)
        email = Field(.email, draft, in: language, type: "email", isRequired: false)
    }
}

/// A donor: how they are reached, and their lots.
struct DonorPage: Page {
    static let template = "donor"

    let key: String
    let eraseKey: String
    let path: String
    let name: String
    let kind: String
    let facts: [PersonPage.Line]
    let hasFacts: Bool
    let isErased: Bool
    let mayErase: Bool
    let isCorrecting: Bool
    let donorKind: Choice
    let donorName: Field
    let siret: Field
    let contact: Field
    let address: Field
    let phone: Field
    let email: Field
    let batches: [BatchLine]
    let hasBatches: Bool
    let more: String?
    let newBatch: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?

    static let fields = NewDonorPage.fields

    init(
        _ words: Words,
        _ card: DonorCard,
        _ batches: Paged<BatchRow>,
        mayErase: Bool,
        _ draft: Draft = Draft(),
        newKey: () -> String
    ) {
        let language = words.language
        let donor = card.donor
        key = newKey()
        eraseKey = newKey()
        path = "/donors/\(donor.id)"
        name = donor.shownName(in: language)
        kind = donor.kind.name(in: language)
        facts = [
            ("donor_siret", Siret.printed(donor.siret)), ("donor_contact", card.contact),
            ("structure_address", card.address), ("structure_phone", Phone.printed(card.phone)),
            ("structure_email", card.email),
        ].filter { !$0.1.isEmpty }.map { PersonPage.Line(label: words($0.0), value: $0.1) }
        hasFacts = !facts.isEmpty
        isErased = card.isErased
        self.mayErase = mayErase && !card.isErased
        isCorrecting = !draft.isFine
        donorKind = Choice(
            .donorKind,
            draft,
            in: language,
            options: DonorKind.allCases.map { ($0.rawValue, $0.name(in: language)) },
            chosen: donor.kind.rawValue,
            hint: words("donor_kind_hint")
        )
        donorName = Field(.name, draft, in: language, value: donor.name)
        siret = Field(
            .siret,
            draft,
            in: language,
            value: Siret.printed(donor.siret),
            isRequired: false
        )
        contact = Field(.contact, draft, in: language, value: card.contact, isRequired: false)
        address = Field(.address, draft, in: language, value: card.address, isRequired: false)
        phone = Field(
            .phone,
            draft,
            in: language,
            value: Phone.printed(card.phone),
            type: "tel",
            isRequired: false
        )
        email = Field(
            .email,
            draft,
            in: language,
            value: card.email,
            type: "email",
            isRequired: false
        )
        self.batches = batches.items.map { BatchLine($0, words) }
        hasBatches = !batches.items.isEmpty
        more = batches.next.map { "/batches?donor=\(donor.id)&after=\($0)" }
        newBatch = "/batches/new?donor=\(donor.id)"
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
    }
}
