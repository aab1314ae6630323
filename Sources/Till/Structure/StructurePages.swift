import Foundation
import Shop
import Store

/// Partner structures in the order of their names.
struct StructuresPage: Page {
    static let template = "structures"

    let search: Field
    let rows: [Row]
    let isEmpty: Bool
    let isSearched: Bool
    let pager: Pager?
    let mayWrite: Bool

    struct Row: Sendable {
        let path: String
        let name: String
        let kind: String
        let quarter: String
        let signatories: String
        let agreement: Tag
    }

    init(
        _ words: Words,
        _ part: Paged<StructureRow>,
        search typed: String,
        after: String?,
        today: Day,
        mayWrite: Bool
    ) {
        let language = words.language
        search = Field(
            "q",
            label: words("structure_search"),
            value: typed,
            type: "search",
            isRequired: false
        )
        rows = part.items.map { structure in
            Row(
                path: "/structures/\(structure.id)",
                name: structure.name,
                kind: structure.kind.name(in: language),
                quarter: structure.quarter,
                signatories: words.counted("structure_signatories", structure.prescribers),
                agreement: Tag(until: structure.agreementEndsOn, words, today: today)
            )
        }
        isEmpty = rows.isEmpty
        isSearched = !typed.isEmpty
        let query = typed.isEmpty ? "" : "&q=\(percentEncoded(typed))"
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/structures?\(query.dropFirst())" },
                next: part.next.map { "/structures?after=\($0)\(query)" },
                words: words.counted("structure_count", rows.count)
            )
        self.mayWrite = mayWrite
    }
}

extension Tag {
    /// Whether an agreement goes on.
    init(until: Day?, _ words: Words, today: Day) {
        if let until, until < today {
            self.init(
                tone: "warning",
                icon: "clock",
                words: words("structure_ended", ["day": until.printed])
            )
        } else if let until {
            self.init(
                tone: "done",
                icon: "done",
                words: words("structure_until", ["day": until.printed])
            )
        } else {
            self.init(tone: "done", icon: "done", words: words("structure_open"))
        }
    }
}

/// A structure to write down.
struct NewStructurePage: Page {
    static let template = "structure-new"

    let key: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let name: Field
    let kind: Choice
    let quarter: Field
    let address: Field
    let phone: Field
    let email: Field
    let startsOn: Field
    let endsOn: Field

    static let fields: Set<String> = [
        "name", "kind", "quarter", "address", "phone", "email", "starts_on", "ends_on",
    ]

    init(_ words: Words, _ draft: Draft, key: String, today: Day) {
        let language = words.language
        self.key = key
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        name = Field(.name, draft, in: language)
        kind = Choice(
            .structureKind,
            draft,
            in: language,
            options: StructureKind.allCases.map { ($0.rawValue, $0.name(in: language)) },
            chosen: StructureKind.association.rawValue
        )
        quarter = Field(.quarter, draft, in: language, isRequired: false)
        address = Field(.address, draft, in: language, isRequired: false)
        phone = Field(.phone, draft, in: language, type: "tel", isRequired: false)
        email = Field(.email, draft, in: language, type: "email", isRequired: false)
        startsOn = Field(
            .startsOn,
            draft,
            in: language,
            value: today.iso,
            hint: words("structure_starts_hint"),
            type: "date"
        )
        endsOn = Field(
            .endsOn,
            draft,
            in: language,
            hint: words("structure_ends_hint"),
            type: "date",
            isRequired: false
        )
    }
}

/// A structure: its agreement, who signs for it, the vouchers it signed.
struct StructurePage: Page {
    static let template = "structure"

    let key: String
    let path: String
    let name: String
    let kind: String
    let agreement: Tag
    let facts: [PersonPage.Line]
    let hasFacts: Bool
    let agreements: [String]
    let isRenewing: Bool
    let contacts: [ContactLine]
    let hasContacts: Bool
    let contact: Field
    let contactPost: Field
    let contactPhone: Field
    let contactEmail: Field
    /// The fields of the form that corrects the structure's own.
    let correction: Correction
    let prescribers: [Signatory]
    let hasPrescribers: Bool
    let vouchers: [PersonPage.VoucherLine]
    let hasVouchers: Bool
    let mayWrite: Bool
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let prescriber: Field
    let post: Field
    let phone: Field
    let email: Field
    let endsOn: Field
    let startsOn: Field
    let until: Field
    /// The keys that signed, and the form that ends the present one; nil for a reader who may not, and before there is one.
    let signing: Signing?

    struct Correction: Sendable {
        let isOpen: Bool
        let kind: Choice
        let quarter: Field
        let address: Field
        let phone: Field
        let email: Field

        static let fields = ["kind", "quarter", "address", "phone", "email"].map { "fact_\($0)" }
    }

    struct ContactLine: Sendable {
        let id: String
        let name: String
        let post: String
        let phone: String
        let email: String
        /// Where they are taken off the page; nil for a reader who may not.
        let path: String?
    }

    struct Signing: Sendable {
        let keys: [PersonPage.Line]
        let isOpen: Bool
        let end: Choice
    }

    struct Signatory: Sendable {
        let name: String
        let post: String
        let phone: String
        let email: String
        let login: String?
        /// What opens an account; nil for whoever has one, and for a reader who may not.
        let account: Opening?
    }

    /// The fields of the one form that opens an account for one prescriber.
    struct Opening: Sendable {
        let prescriber: String
        let isOpen: Bool
        let login: Field
        let password: Field
    }

    static let fields = Set([
        "prescriber", "post", "phone", "email", "ends_on", "login", "password", "end",
        "contact", "contact_post", "contact_phone", "contact_email", "starts_on", "until",
    ]).union(Correction.fields)

    init(
        _ words: Words,
        _ card: StructureCard,
        _ vouchers: [VoucherRow],
        keys: [StructureKey],
        today: Day,
        mayWrite: Bool,
        mayOpenAccounts: Bool,
        _ draft: Draft = Draft(),
        key: String
    ) {
        let language = words.language
        self.key = key
        path = "/structures/\(card.id)"
        name = card.name
        kind = card.kind.name(in: language)
        agreement = Tag(until: card.agreementEndsOn, words, today: today)
        facts = [
            ("structure_quarter", card.quarter), ("structure_address", card.address),
            ("structure_phone", Phone.printed(card.phone)), ("structure_email", card.email),
        ].filter { !$0.1.isEmpty }.map { PersonPage.Line(label: words($0.0), value: $0.1) }
        hasFacts = !facts.isEmpty
        agreements = card.agreements.map { agreement in
            words(
                agreement.endsOn == nil ? "structure_agreement_open" : "structure_agreement_period",
                [
                    "from": agreement.startsOn.printed,
                    "to": agreement.endsOn?.printed ?? "",
                ]
            )
        }
        isRenewing = ["starts_on", "until"].contains { draft.error($0, in: language) != nil }
        let contactsPath = "\(path)/contacts/end"
        contacts = card.contacts.map { contact in
            ContactLine(
                id: contact.id.text,
                name: contact.name,
                post: contact.post,
                phone: Phone.printed(contact.phone),
                email: contact.email,
                path: mayWrite ? contactsPath : nil
            )
        }
        hasContacts = !contacts.isEmpty
        contact = Field(.contact, draft, in: language)
        contactPost = Field(
            .post,
            draft,
            in: language,
            name: "contact_post",
            isRequired: false
        )
        contactPhone = Field(
            .phone,
            draft,
            in: language,
            name: "contact_phone",
            type: "tel",
            isRequired: false
        )
        contactEmail = Field(
            .email,
            draft,
            in: language,
            name: "contact_email",
            type: "email",
            isRequired: false
        )
        correction = Correction(card, draft, in: language)
        prescribers = card.prescribers.map { prescriber in
            Signatory(
                name: prescriber.name,
                post: prescriber.post,
                phone: Phone.printed(prescriber.phone),
                email: prescriber.email,
                login: prescriber.login,
                account: mayOpenAccounts && prescriber.login == nil
                    ? Opening(prescriber.id, words, draft) : nil
            )
        }
        hasPrescribers = !prescribers.isEmpty
        self.vouchers = vouchers.map { PersonPage.VoucherLine($0, words, today: today) }
        hasVouchers = !vouchers.isEmpty
        self.mayWrite = mayWrite
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        prescriber = Field(.prescriber, draft, in: language)
        post = Field(
            .post,
            draft,
            in: language,
            hint: words("structure_post_hint"),
            isRequired: false
        )
        phone = Field(.phone, draft, in: language, type: "tel", isRequired: false)
        email = Field(.email, draft, in: language, type: "email", isRequired: false)
        endsOn = Field(.endsOn, draft, in: language, value: today.iso, type: "date")
        startsOn = Field(
            .startsOn,
            draft,
            in: language,
            value: card.agreements.first?.endsOn?.adding(days: 1).iso ?? today.iso,
            type: "date"
        )
        until = Field(
            .endsOn,
            draft,
            in: language,
            name: "until",
            hint: words("structure_ends_hint"),
            type: "date",
            isRequired: false
        )
        signing = keys.isEmpty ? nil : Signing(keys, words, draft)
    }
}

extension StructurePage.Correction {
    fileprivate init(_ card: StructureCard, _ draft: Draft, in language: Language) {
        func field(_ field: FieldName, _ value: String, _ type: String = "text") -> Field {
            Field(
                field,
                draft,
                in: language,
                value: value,
                name: "fact_\(field.name)",
                type: type,
                isRequired: false
            )
        }
        isOpen = Self.fields.contains { draft.error($0, in: language) != nil }
        kind = Choice(
            .structureKind,
            draft,
            in: language,
            options: StructureKind.allCases.map { ($0.rawValue, $0.name(in: language)) },
            chosen: card.kind.rawValue,
            name: "fact_kind"
        )
        quarter = field(.quarter, card.quarter)
        address = field(.address, card.address)
        phone = field(.phone, Phone.printed(card.phone), "tel")
        email = field(.email, card.email, "email")
    }
}

extension StructurePage.Signing {
    fileprivate init(_ keys: [StructureKey], _ words: Words, _ draft: Draft) {
        self.keys = keys.map { key in
            let end =
                key.end.flatMap { end in
                    key.endedOn.map { day in
                        words(
                            "structure_key_was_\(end.rawValue)",
                            ["from": key.begunOn.printed, "to": day.printed]
                        )
                    }
                } ?? words("structure_key_signs", ["day": key.begunOn.printed])
            return PersonPage.Line(label: key.id, value: end)
        }
        isOpen = draft.form["end"] != nil || draft.error("end", in: words.language) != nil
        end = Choice(
            .keyEnd,
            draft,
            in: words.language,
            options: StructureKey.End.allCases.map {
                ($0.rawValue, words("structure_key_\($0.rawValue)"))
            },
            chosen: StructureKey.End.replaced.rawValue
        )
    }
}

extension StructurePage.Opening {
    /// What was typed comes back in the form of the prescriber for whom it was.
    fileprivate init(_ id: ID<Prescriber>, _ words: Words, _ draft: Draft) {
        let isOpen = draft.value("account_of") == id.text
        let own = isOpen ? draft : Draft()
        prescriber = id.text
        self.isOpen = isOpen
        login = Field(.login, own, in: words.language, hint: words("structure_login_hint"))
        password = Field(
            .password,
            own,
            in: words.language,
            hint: words("structure_password_hint"),
            type: "password"
        )
    }
}
