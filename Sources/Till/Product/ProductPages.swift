import Shop
import Store

/// The price list with what is free here, and the forms that change it.
struct ProductsPage: Page {
    static let template = "products"

    let key: String
    /// Whose stock is shown, where it could be another’s.
    let workplace: WorkplaceBar?
    /// All, and what is low, for who keeps the stock.
    let tabs: [DevicesPage.Tab]
    let hasTabs: Bool
    let rows: [Row]
    let isEmpty: Bool
    let pager: Pager?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let mayPrice: Bool
    let mayReceive: Bool
    let product: Choice
    let price: Field
    let volume: Field
    let validDays: Field
    let startsOn: Field
    let received: Choice
    let quantity: Field
    let watched: Choice
    let threshold: Field
    let code: Field
    let kind: Choice
    let category: Choice
    let nameFrench: Field
    let nameEnglish: Field
    let operatorName: Field
    let delivery: Choice
    /// Which of the forms was sent and is wrong.
    let isPricing: Bool
    let isReceiving: Bool
    let isWatching: Bool
    let isCreating: Bool

    struct Row: Sendable {
        let code: String
        let name: String
        let kind: String
        let needs: String
        let price: String
        let carries: String
        let free: String
        /// That it is low, for who keeps the stock; nil where it is not.
        let low: Tag?
        /// From how few units on it would be; nil where it is, or nobody said so.
        let threshold: String?
        /// What is ordered and still to come; nil where nothing is.
        let expected: Expected?
        let change: String
    }

    struct Expected: Sendable {
        let path: String
        let words: String
    }

    static let fields: Set<String> = [
        "product", "price", "volume_mb", "valid_days", "starts_on", "received", "quantity", "code",
        "product_kind", "category", "name_fr", "name_en", "operator", "delivery", "watched",
        "threshold",
    ]

    init(
        _ words: Words,
        _ part: Paged<ProductRow>,
        after: String?,
        isLow: Bool = false,
        today: Day,
        mayPrice: Bool,
        mayReceive: Bool,
        workplace: WorkplaceBar? = nil,
        isNamed: Bool = false,
        _ draft: Draft = Draft(),
        sent: Sent? = nil,
        key: String
    ) {
        let language = words.language
        self.key = key
        self.workplace = workplace
        func path(_ after: String? = nil, isLow: Bool = isLow) -> String {
            let parts = [
                isLow ? "low=yes" : nil,
                // The shop that the address named goes on being shown.
                isNamed ? workplace.map { "shop=\($0.code)" } : nil,
                after.map { "after=\($0)" },
            ].compactMap(\.self)
            return "/products" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
        }
        tabs =
            !mayReceive
            ? []
            : [(false, "product_all"), (true, "product_low_tab")].map { low, key in
                DevicesPage.Tab(
                    path: path(isLow: low),
                    words: words(key),
                    isCurrent: low == isLow
                )
            }
        hasTabs = !tabs.isEmpty
        rows = part.items.map { Row($0, words, on: today) }
        isEmpty = rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in path() },
                next: part.next.map { path($0) },
                words: words.counted("product_count", rows.count)
            )
        mistakes = draft.mistakes(in: language, fields: Self.fields)
        refusal = draft.card(in: language, fields: Self.fields)
        self.mayPrice = mayPrice
        self.mayReceive = mayReceive
        let counted = part.items.filter { $0.kind != .device }
            .map { (value: $0.code, words: $0.name(in: language)) }
        product = Choice(.product, draft, in: language, options: counted)
        price = Field(
            .price,
            draft,
            in: language,
            hint: words("product_price_hint"),
            isRequired: false
        )
        volume = Field(
            .volume,
            draft,
            in: language,
            hint: words("product_volume_hint"),
            type: "number",
            isRequired: false
        )
        validDays = Field(.validDays, draft, in: language, type: "number", isRequired: false)
        startsOn = Field(.startsOn, draft, in: language, value: today.iso, type: "date")
        received = Choice(.product, draft, in: language, options: counted, name: "received")
        quantity = Field(.quantity, draft, in: language, type: "number")
        watched = Choice(.product, draft, in: language, options: counted, name: "watched")
        threshold = Field(
            .threshold,
            draft,
            in: language,
            hint: words("product_threshold_hint"),
            type: "number",
            isRequired: false
        )
        code = Field(.code, draft, in: language, hint: words("product_code_hint"))
        kind = Choice(
            .productKind,
            draft,
            in: language,
            options: [ProductFacts.Kind.recharge, .sim, .accessory].map {
                ($0.rawValue, words("product_kind_\($0.rawValue)"))
            }
        )
        category = Choice(
            .category,
            draft,
            in: language,
            options: [("", words("product_no_right"))]
                + [Category.connection, .equipment].map { ($0.rawValue, $0.name(in: language)) },
            hint: words("product_category_hint")
        )
        nameFrench = Field(.nameFrench, draft, in: language)
        nameEnglish = Field(.nameEnglish, draft, in: language)
        operatorName = Field(.operatorName, draft, in: language, isRequired: false)
        delivery = Choice(
            .delivery,
            draft,
            in: language,
            options: [("", words("product_no_delivery"))]
                + RechargeDelivery.allCases.map { ($0.rawValue, $0.name(in: language)) },
            hint: words("product_delivery_hint")
        )
        isPricing = sent == .price
        isReceiving = sent == .stock
        isWatching = sent == .threshold
        isCreating = sent == .product
    }

    enum Sent { case price, stock, product, threshold }
}

extension ProductsPage.Row {
    init(_ product: ProductRow, _ words: Words, on today: Day) {
        let language = words.language
        code = product.code
        name = product.name(in: language)
        kind = words("product_kind_\(product.kind.rawValue)")
        needs = product.category?.name(in: language) ?? words("product_no_right")
        let isMachine = product.kind == .device
        price =
            product.priceCents.map { Written.cents($0, in: language) }
            ?? words(isMachine ? "product_priced_alone" : "product_not_sold")
        carries = [
            product.volumeMB.map { Written.volume($0, in: language) } ?? "",
            product.validDays.map { words.counted("product_days", $0) } ?? "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
        free = product.free.map { words.number($0) } ?? (isMachine ? "" : words.number(0))
        low = Tag(product, words)
        threshold =
            product.isLow
            ? nil
            : product.threshold.map {
                words("product_threshold_is", ["units": words.number($0)])
            }
        expected = product.order.flatMap { order in
            product.toldExpected(words, on: today).map {
                ProductsPage.Expected(path: "/orders/\(order)", words: $0)
            }
        }
        change = product.changesOn.map { words("product_changes", ["day": $0.printed]) } ?? ""
    }
}

extension Tag {
    /// That an article is low; nil where it is not.
    init?(_ product: ProductRow, _ words: Words) {
        guard product.isLow, let threshold = product.threshold else { return nil }
        self.init(
            tone: "warning",
            icon: "warning",
            words: words("product_low", ["units": words.number(threshold)])
        )
    }
}

extension ProductRow {
    /// « attendu : 10 le 03/12/2026 »; nil where none is.
    func toldExpected(_ words: Words, on today: Day) -> String? {
        guard let expectedUnits, let expectedOn else { return nil }
        return words(
            expectedOn < today ? "product_expected_late" : "product_expected",
            ["units": words.number(expectedUnits), "day": expectedOn.printed]
        )
    }
}
