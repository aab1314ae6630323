import Shop
import Store

/// A voucher: how it stands, what it opens, whom it names, who signed.
struct VoucherPage: Page {
    static let template = "voucher"

    let key: String
    let path: String
    let code: String
    let codeText: String
    let code128: Markup
    let qr: Markup
    let status: Tag
    /// Why it opens nothing here today.
    let closed: RefusalCard?
    let rights: [RightLine]
    let facts: [PersonPage.Line]
    /// Motives, wish and remarks, those that were said.
    let said: [PersonPage.Line]
    let history: [HistoryLine]
    let persons: [PersonsPage.Row]
    /// Where it is used at once; nil for whoever does not sell, and when it opens nothing here today.
    let selling: String?
    let mayRevoke: Bool
    let motive: Field
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let isRevoking: Bool

    struct RightLine: Sendable {
        let category: String
        let until: String
        let left: String
    }

    init(
        _ words: Words,
        _ card: VoucherCard,
        in shop: ID<Shop>,
        today: Day,
        maySell: Bool,
        mayRevoke: Bool,
        _ draft: Draft = Draft(),
        key: String
    ) {
        let language = words.language
        let voucher = card.voucher
        self.key = key
        path = "/vouchers/\(voucher.code)"
        code = voucher.code
        codeText = Self.printed(voucher.code)
        code128 = Barcode.code128(voucher.code)
        qr = Barcode.qr(voucher.code)
        status = Tag(voucher, words, today: today)
        closed = card.refusal(on: today, in: shop).map { RefusalCard($0, in: language) }
        selling = maySell && closed == nil ? "/till#scan=\(voucher.code)" : nil
        rights = card.rights.map { right in
            RightLine(
                category: right.category.title(in: language),
                until: right.endsOn.printed,
                left: right.left(words)
            )
        }
        facts = Self.facts(words, card)
        said = card.details.lines(words)
        history = card.history.map { HistoryLine($0, words) }
        persons = card.persons.map(PersonsPage.Row.init)
        self.mayRevoke = mayRevoke && voucher.revokedOn == nil
        motive = Field(.motive, draft, in: language, hint: words("voucher_motive_hint"))
        mistakes = draft.mistakes(in: language, fields: ["motive"])
        refusal = draft.card(in: language, fields: ["motive"])
        isRevoking = !draft.isFine
    }

    /// `1234 5678 9012`, as it is read aloud.
    static func printed(_ digits: String) -> String {
        (try? VoucherCode(scanned: digits))?.printed ?? digits
    }

    private static func facts(_ words: Words, _ card: VoucherCard) -> [PersonPage.Line] {
        let voucher = card.voucher
        let signatory =
            card.prescriberPost.isEmpty
            ? card.prescriber : "\(card.prescriber), \(card.prescriberPost)"
        var facts = [
            ("voucher_structure", voucher.structure), ("voucher_prescriber", signatory),
            ("voucher_signed", voucher.signedOn.printed),
            ("voucher_until", voucher.validUntil.printed),
            ("voucher_where", voucher.shop ?? words("voucher_everywhere")),
            ("voucher_household", String(card.householdSize)),
            (
                "voucher_original",
                words(card.originalKept ? "voucher_original_kept" : "voucher_original_returned")
            ),
            ("voucher_recorded", "\(card.recordedOn.printed), \(card.recordedBy)"),
        ]
        if let code = card.renews { facts.append(("voucher_renews", Self.printed(code))) }
        if let code = card.renewedBy { facts.append(("voucher_renewed_by", Self.printed(code))) }
        if let motive = card.revocationMotive { facts.append(("voucher_motive", motive)) }
        return facts.map { PersonPage.Line(label: words($0.0), value: $0.1) }
    }
}

/// The paper to hand over: its code in three forms, and what it opens in plain words.
struct VoucherPrintPage: Page {
    static let template = "voucher-print"

    let association: String
    let shop: String
    let address: String
    let path: String
    let codeText: String
    let code128: Markup
    let qr: Markup
    let structure: String
    let prescriber: String
    let signed: String
    let until: String
    let place: String
    let persons: [String]
    let services: [String]

    /// - Parameter place: the shop that hands the paper over.
    init(_ words: Words, _ card: VoucherCard, association: String, place shop: ShopPlace) {
        let voucher = card.voucher
        self.shop = shop.name
        address = shop.address
        self.association = association
        path = "/vouchers/\(voucher.code)"
        codeText = VoucherPage.printed(voucher.code)
        code128 = Barcode.code128(voucher.code)
        qr = Barcode.qr(voucher.code)
        structure = voucher.structure
        prescriber = card.prescriber
        signed = voucher.signedOn.printed
        until = voucher.validUntil.printed
        place = voucher.shop ?? words("voucher_everywhere")
        persons = card.persons.map { "\($0.name) (\($0.code))" }
        services = card.rights.map { words("voucher_service_\($0.category.rawValue)") }
    }
}

extension Category {
    /// Its name as a line begins with it.
    func title(in language: Language) -> String {
        let name = name(in: language)
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}

extension VoucherRight {
    /// What is left of it, or how often it was used where nothing bounds it.
    func left(_ words: Words) -> String {
        if let usesMax { return words.counted("person_left", max(0, usesMax - used)) }
        return category == .helpDesk
            ? words.counted("voucher_visits", used) : words("person_left_any")
    }
}
