import Shop
import Store

/// The structure's own vouchers.
struct PortalPage: Page {
    static let template = "portal"

    let structure: String
    let agreement: String?
    /// Since when it signs no more; nil while it may.
    let ended: String?
    let maySign: Bool
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager?

    struct Row: Sendable {
        let path: String
        let code: String
        let prescriber: String
        let signed: String
        let until: String
        let persons: String
        /// What is left of each right, while the voucher serves.
        let left: [String]
        let status: Tag
    }

    init(
        _ words: Words,
        _ part: Paged<OwnVoucherRow>,
        structure: OwnStructure,
        after: String?,
        today: Day
    ) {
        self.structure = structure.name
        maySign = structure.agreement.covers(today)
        agreement =
            maySign
            ? structure.agreement.endsOn.map {
                words("portal_agreement_until", ["day": $0.printed])
            } : nil
        ended = structure.agreement.ended(words, on: today)
        rows = part.items.map { voucher in
            Row(
                path: "/portal/vouchers/\(voucher.code)",
                code: VoucherPage.printed(voucher.code),
                prescriber: voucher.prescriber,
                signed: voucher.signedOn.printed,
                until: voucher.validUntil.printed,
                persons: words.people(voucher.persons, first: voucher.firstPerson),
                left: voucher.serves(on: today) ? voucher.left.map { $0.words(words) } : [],
                status: Tag(voucher, words, today: today)
            )
        }
        isEmpty = rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/portal" },
                next: part.next.map { "/portal?after=\($0)" },
                words: words.counted("voucher_count", rows.count)
            )
    }
}

/// A voucher to sign: whom it names and what it opens, in one form.
struct NewReferralPage: Page {
    static let template = "portal-new"

    let key: String
    let title: String
    let help: String
    /// Where the form goes.
    let action: String
    /// A renewal names the people of its voucher, and nobody more.
    let mayAdd: Bool
    let structure: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let persons: [PersonPart]
    let count: Int
    /// The number that one more person would have.
    let next: Int
    let isTogether: Bool
    let householdSize: Field
    let services: [NewVoucherPage.Service]
    let servicesError: String?
    let validUntil: Field
    let details: DetailsPart
    let signatureError: String?
    let isSigned: Bool

    /// One of the people it names: somebody whom the structure named before, or what a new file needs.
    struct PersonPart: Sendable {
        let number: Int
        let title: String
        let known: Known?
        let isNew: Bool
        let givenName: Field
        let familyName: Field
        let phone: Field
        let birthYear: Field
    }

    struct Known: Sendable {
        let field: String
        let code: String
        let name: String
    }

    init(
        _ words: Words,
        _ draft: Draft,
        key: String,
        structure: String,
        lastDay: Day,
        motives: [Motive],
        known: [OwnPerson],
        renewing code: VoucherCode? = nil
    ) {
        let language = words.language
        title =
            code.map { words("portal_renew_title", ["code": $0.printed]) } ?? words("portal_new")
        help = words(code == nil ? "portal_new_help" : "portal_renew_help")
        action = "/portal/vouchers" + (code.map { "/\($0.digits)/renewal" } ?? "")
        mayAdd = code == nil
        let count = NewVoucherPage.count(draft)
        var names = DetailsPart.fields.union([
            "household_size", "services", "valid_until", "signature",
        ])
        for number in 1...count {
            for name in ["person", "given_name", "family_name", "phone", "birth_year"] {
                names.insert("\(name)_\(number)")
            }
        }
        self.key = key
        self.structure = structure
        self.count = count
        next = count + 1
        mistakes = draft.mistakes(in: language, fields: names)
        refusal = draft.card(in: language, fields: names)
        isTogether = draft.isTicked("together")
        householdSize = Field(.householdSize, draft, in: language, value: "1", type: "number")
        services = NewVoucherPage.services(draft, in: language)
        servicesError = draft.error("services", in: language)
        validUntil = Field(
            .validUntil,
            draft,
            in: language,
            hint: words("portal_valid_hint", ["day": lastDay.printed]),
            type: "date",
            isRequired: false
        )
        details = DetailsPart(words, draft, motives)
        signatureError = draft.error("signature", in: language)
        isSigned = draft.isTicked("signature")
        let byCode = Dictionary(known.map { ($0.code, $0) }) { first, _ in first }
        persons = (1...count).map { number in
            PersonPart(
                words,
                draft,
                number: number,
                known: byCode[draft.value("person_\(number)")]
            )
        }
    }
}

extension NewReferralPage.PersonPart {
    fileprivate init(_ words: Words, _ draft: Draft, number: Int, known: OwnPerson?) {
        func field(_ field: FieldName, _ type: String = "text", isOptional: Bool = true) -> Field {
            Field(
                field,
                draft,
                in: words.language,
                name: "\(field.name)_\(number)",
                type: type,
                isRequired: false,
                isOptional: isOptional
            )
        }
        self.number = number
        title = words("voucher_person_number", ["number": String(number)])
        self.known = known.map { person in
            NewReferralPage.Known(
                field: "person_\(number)",
                code: person.code,
                name: person.name ?? person.code
            )
        }
        isNew = known == nil
        givenName = field(.givenName)
        familyName = field(.familyName, isOptional: false)
        phone = field(.phone, "tel")
        birthYear = field(.birthYear)
    }
}

/// A voucher of the structure's own: what is left of it, when it served, and the way to take it back.
struct OwnVoucherPage: Page {
    static let template = "portal-voucher"

    let key: String
    let path: String
    let again: String
    /// Where it is renewed; nil when it is not today.
    let renewal: String?
    let codeText: String
    let status: Tag
    let rights: [VoucherPage.RightLine]
    let history: [HistoryLine]
    let persons: [String]
    let facts: [PersonPage.Line]
    /// Motives, wish and remarks, those that were said.
    let said: [PersonPage.Line]
    let mayRevoke: Bool
    let mayPrint: Bool
    let motive: Field
    /// The key of a mail; nil where none may be sent.
    let mail: String?
    let email: Field
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let isRevoking: Bool

    init(
        _ words: Words,
        _ own: OwnVoucher,
        today: Day,
        _ draft: Draft = Draft(),
        key: String,
        mailKey: String?
    ) {
        let language = words.language
        let voucher = own.voucher
        self.key = key
        path = "/portal/vouchers/\(voucher.code)"
        again = "/portal/vouchers/new?from=\(voucher.code)"
        renewal = own.renewal.refusal(on: today) == nil ? "\(path)/renewal" : nil
        codeText = VoucherPage.printed(voucher.code)
        status = Tag(voucher, words, today: today)
        rights = own.rights.map { right in
            VoucherPage.RightLine(
                category: right.category.title(in: language),
                until: right.endsOn.printed,
                left: right.left(words)
            )
        }
        history = own.history.map { HistoryLine($0, words) }
        persons = own.persons.map { $0.name ?? $0.code }
        facts =
            [
                ("voucher_prescriber", voucher.prescriber),
                ("voucher_signed", voucher.signedOn.printed),
                ("voucher_until", voucher.validUntil.printed),
                ("voucher_household", String(voucher.householdSize)),
                (
                    "portal_how",
                    words(voucher.digits == nil ? "portal_how_paper" : "portal_how_signed")
                ),
            ].map { PersonPage.Line(label: words($0.0), value: $0.1) }
            + Self.renewalFacts(words, own, today: today)
        said = own.details.lines(words)
        mayRevoke = voucher.revokedOn == nil
        mayPrint = voucher.revokedOn == nil && voucher.keyRevokedOn == nil
        motive = Field(.motive, draft, in: language, hint: words("voucher_motive_hint"))
        mail = mayPrint && today <= voucher.validUntil ? mailKey : nil
        email = Field(.email, draft, in: language, hint: words("portal_mail_hint"), type: "email")
        mistakes = draft.mistakes(in: language, fields: ["motive", "email"])
        refusal = draft.card(in: language, fields: ["motive", "email"])
        isRevoking = draft.error("motive", in: language) != nil
    }
}

extension OwnVoucherPage {
    /// What it renews, what renews it, and when it may be renewed.
    private static func renewalFacts(
        _ words: Words,
        _ own: OwnVoucher,
        today: Day
    ) -> [PersonPage.Line] {
        var facts: [(String, String)] = []
        if let renews = own.renews {
            facts.append(("voucher_renews", VoucherPage.printed(renews)))
        }
        let renewal = own.renewal
        if let renewedBy = renewal.renewedBy {
            facts.append(("voucher_renewed_by", VoucherPage.printed(renewedBy)))
        }
        let reason = renewal.refusal(on: today)?.reason
        if reason == nil || reason == .renewalOutsidePeriod {
            facts.append(
                (
                    "portal_renewal",
                    words(
                        "portal_renewal_period",
                        ["from": renewal.from.printed, "to": renewal.to.printed]
                    )
                )
            )
        } else if reason == .renewalsUsedUp {
            facts.append(("portal_renewal", words("portal_renewal_none")))
        }
        return facts.map { PersonPage.Line(label: words($0.0), value: $0.1) }
    }
}

/// The paper that the person takes to the counter: one page, a large QR that its structure signed.
struct OwnVoucherPrintPage: Sheet {
    static let template = "portal-print"
    static let sheet = "sheet-voucher"

    let association: String
    let structure: String
    let path: String
    let codeText: String
    let qr: Markup
    let prescriber: String
    let signed: String
    let until: String
    let persons: [String]
    let services: [String]

    init(_ words: Words, _ own: OwnVoucher, structure: String, association: String) {
        let voucher = own.voucher
        self.association = association
        self.structure = structure
        path = "/portal/vouchers/\(voucher.code)"
        codeText = VoucherPage.printed(voucher.code)
        qr = Barcode.qr(voucher.digits ?? voucher.code)
        prescriber = voucher.prescriber
        signed = voucher.signedOn.printed
        until = voucher.validUntil.printed
        persons = own.persons.map { $0.name ?? $0.code }
        services = own.rights.map { words("voucher_service_\($0.category.rawValue)") }
    }
}

extension OwnVoucherRow {
    fileprivate func serves(on day: Day) -> Bool {
        revokedOn == nil && keyRevokedOn == nil && day <= validUntil
    }
}

extension OwnVoucherRow.Left {
    fileprivate func words(_ words: Words) -> String {
        let left = uses.map { words.counted("person_left", $0) } ?? words("person_left_any")
        return "\(category.title(in: words.language)) · \(left)"
    }
}

extension Tag {
    fileprivate init(_ voucher: OwnVoucherRow, _ words: Words, today: Day) {
        self.init(
            revokedOn: voucher.revokedOn,
            keyRevokedOn: voucher.keyRevokedOn,
            validUntil: voucher.validUntil,
            words,
            today: today
        )
    }
}

extension OwnRight {
    /// What is left of it, or how often it was used where nothing bounds it.
    fileprivate func left(_ words: Words) -> String {
        if let usesMax { return words.counted("person_left", max(0, usesMax - used)) }
        return category == .helpDesk
            ? words.counted("voucher_visits", used) : words("person_left_any")
    }
}

extension Agreement {
    /// Why the structure signs and enrols nobody on `day`; nil while it does.
    func ended(_ words: Words, on day: Day) -> String? {
        if covers(day) { return nil }
        return startsOn > day
            ? words("portal_agreement_later", ["day": startsOn.printed])
            : words("portal_agreement_ended", ["day": endsOn?.printed ?? ""])
    }
}
