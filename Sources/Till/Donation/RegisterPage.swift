import Shop
import Store

/// The second-hand register of a shop, by ordinal number.
struct RegisterPage: Page {
    static let template = "register"

    let key: String
    let workplace: WorkplaceBar?
    let shop: String
    let day: Field
    let csv: String
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let ordinal: Field
    let correction: Field
    let isCorrecting: Bool

    struct Row: Sendable {
        let ordinal: String
        let day: String
        let kind: String
        let summary: String
        /// Nil for a correction.
        let batch: String?
        let batchPath: String
        let provenance: String
        /// The page of who gave, for whoever answers for the shop; nil otherwise.
        let seller: String?
        let tickets: String
    }

    static let fields: Set<String> = ["day", "ordinal", "correction"]

    init(
        _ words: Words,
        _ part: Paged<RegisterRow>,
        of shop: Workplace,
        on chosen: Day?,
        after: String?,
        today: Day,
        workplace: WorkplaceBar?,
        maySeeSellers: Bool,
        _ draft: Draft = Draft(),
        key: String
    ) {
        let language = words.language
        self.key = key
        self.workplace = workplace
        self.shop = shop.code
        day = Field(
            "day",
            label: words("register_day"),
            value: chosen?.iso ?? "",
            type: "date",
            isRequired: false
        )
        csv = "/register.csv?shop=\(shop.code)&day=\((chosen ?? today).iso)"
        rows = part.items.map { row in
            Row(
                ordinal: String(row.ordinal),
                day: row.happenedOn.printed,
                kind: row.kind.name(in: language),
                summary: row.summary(in: language),
                batch: row.batch,
                batchPath: row.batch.map { "/batches/\($0)" } ?? "",
                provenance: row.provenance(in: language),
                seller: maySeeSellers && row.kind == .receipt && row.donorKind == .person
                    ? "/register/\(shop.code)/\(row.ordinal)" : nil,
                tickets: row.tickets.joined(separator: ", ")
            )
        }
        isEmpty = rows.isEmpty
        let query = "shop=\(shop.code)" + (chosen.map { "&day=\($0.iso)" } ?? "")
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in "/register?\(query)" },
                next: part.next.map { "/register?\(query)&after=\($0)" },
                words: words.counted("register_count", rows.count)
            )
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        ordinal = Field(.ordinal, draft, in: language, type: "number")
        correction = Field(.correction, draft, in: language, hint: words("register_correct_hint"))
        isCorrecting = !draft.isFine
    }
}

/// Who gave or sold, as their document said it.
struct SellerPage: Page {
    static let template = "register-seller"

    let title: String
    let facts: [PersonPage.Line]

    init(_ words: Words, _ seller: ToldSeller, ordinal: Int64) {
        let language = words.language
        title = words("register_number", ["number": String(ordinal)])
        facts = [
            (FieldName.sellerName, seller.name), (.sellerAddress, seller.address),
            (.document, seller.document.name(in: language)), (.documentNumber, seller.number),
            (.issuedOn, seller.issuedOn.printed), (.issuedBy, seller.issuedBy),
        ].map { PersonPage.Line(label: $0.0.label(in: language), value: $0.1) }
    }
}
