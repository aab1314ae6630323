import Shop
import Store

extension Tag {
    /// How far an order has come, and how late it is.
    init(_ row: OrderRow, _ words: Words) {
        switch row.ended {
        case .complete:
            self.init(tone: "done", icon: "done", words: words("order_is_complete"))
        case .short:
            self.init(tone: "warning", icon: "warning", words: words("order_is_short"))
        case .cancelled:
            self.init(tone: "", icon: "remove", words: words("order_is_cancelled"))
        case nil:
            if let days = row.daysLate {
                self.init(
                    tone: "warning",
                    icon: "warning",
                    words: words.counted("order_late", days)
                )
            } else {
                self.init(tone: "", icon: "waiting", words: words("order_is_open"))
            }
        }
    }
}

/// Orders, the last placed first.
struct OrdersPage: Page {
    static let template = "orders"

    let tabs: [DevicesPage.Tab]
    /// The one shop whose orders are shown; nil where all are that the reader may see.
    let only: Only?
    /// Whether the reader works in several: each order tells its shop.
    let tellsShop: Bool
    let rows: [Line]
    let isEmpty: Bool
    let pager: Pager?

    struct Only: Sendable {
        let words: String
        /// The orders of all shops.
        let all: String
    }

    struct Line: Sendable {
        let path: String
        let code: String
        /// Nil where it goes without saying.
        let shop: String?
        let supplier: String
        let expected: String
        let units: String
        let status: Tag
    }

    init(
        _ words: Words,
        _ part: Paged<OrderRow>,
        stage: OrderStage?,
        of shop: Workplace? = nil,
        areSeveral: Bool = false,
        after: String?
    ) {
        func path(_ stage: OrderStage?, of shop: Workplace? = shop, after: String? = nil) -> String
        {
            let parts = [
                stage.map { "stage=\($0.rawValue)" }, shop.map { "shop=\($0.code)" },
                after.map { "after=\($0)" },
            ].compactMap(\.self)
            return "/orders" + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
        }
        let all = DevicesPage.Tab(
            path: path(nil),
            words: words("order_all"),
            isCurrent: stage == nil
        )
        tabs =
            [all]
            + OrderStage.allCases.map {
                DevicesPage.Tab(
                    path: path($0),
                    words: $0.name(in: words.language),
                    isCurrent: $0 == stage
                )
            }
        only = shop.flatMap {
            areSeveral
                ? Only(words: words("order_of_shop", ["shop": $0.name]), all: path(stage, of: nil))
                : nil
        }
        tellsShop = areSeveral
        rows = part.items.map { row in
            Line(
                path: "/orders/\(row.code)",
                code: row.code,
                shop: areSeveral ? row.shop : nil,
                supplier: row.supplier,
                expected: row.expectedOn.printed,
                units: words(
                    "order_received_of",
                    ["received": words.number(row.received), "ordered": words.number(row.ordered)]
                ),
                status: Tag(row, words)
            )
        }
        isEmpty = rows.isEmpty
        pager =
            part.next == nil && after == nil
            ? nil
            : Pager(
                first: after.map { _ in path(stage) },
                next: part.next.map { path(stage, after: $0) },
                words: words.counted("order_count", rows.count)
            )
    }
}

/// An order to write down.
struct NewOrderPage: Page {
    static let template = "order-new"

    let key: String
    let workplace: WorkplaceBar?
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let supplier: Field
    let reference: Field
    let expectedOn: Field
    /// Where the others are looked up; nil where all are shown.
    let articles: ArticleSearch?
    /// What is kept by quantity: what was searched for, then what is low.
    let units: [Field]
    let hasUnits: Bool

    init(
        _ words: Words,
        _ offered: OfferedProducts,
        on today: Day,
        _ draft: Draft,
        key: String,
        workplace: WorkplaceBar?
    ) {
        let language = words.language
        let products = offered.all
        let fields = Set(["supplier", "reference", "expected_on"])
            .union(products.map { unitsField($0.code) })
        self.key = key
        self.workplace = workplace
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        supplier = Field(.supplier, draft, in: language, hint: words("order_supplier_hint"))
        reference = Field(.orderReference, draft, in: language, isRequired: false)
        expectedOn = Field(.expectedOn, draft, in: language, type: "date")
        articles = ArticleSearch(words, offered, of: .counted, draft, at: "/orders")
        units = products.map { product in
            Field(
                unitsField(product.code),
                label: product.name(in: language),
                value: draft.value(unitsField(product.code)),
                hint: [product.toldFree(words), product.toldExpected(words, on: today)].compactMap(
                    \.self
                )
                .joined(separator: " · "),
                error: draft.error(unitsField(product.code), in: language),
                type: "number",
                isRequired: false,
                isOptional: false
            )
        }
        hasUnits = !units.isEmpty || articles != nil
    }
}

extension ProductRow {
    /// « Libres : 2, bas (seuil 5) ».
    fileprivate func toldFree(_ words: Words) -> String {
        let free = words("order_free", ["units": words.number(free ?? 0)])
        return [free, Tag(self, words)?.words].compactMap(\.self).joined(separator: ", ")
    }
}

/// An order: what was ordered, what came, what is expected.
struct OrderPage: Page {
    static let template = "order"

    let path: String
    let code: String
    let supplier: String
    let reference: String?
    let shop: String
    let expected: String
    let placed: String
    let status: Tag
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let motive: String?
    let lines: [Line]
    let receipts: [Receipt]
    let hasReceipts: Bool
    /// While something is expected.
    let reception: Reception?

    struct Line: Sendable {
        let name: String
        let ordered: String
        let received: String
        let open: String
    }

    struct Receipt: Sendable {
        let at: String
        let operatorCode: String
        let units: String
    }

    struct Reception: Sendable {
        let key: String
        let closeKey: String
        let units: [Field]
        /// Whether more than expected was typed, and is to be confirmed.
        let isMore: Bool
        let motive: Field
        let isClosing: Bool
    }

    init(_ words: Words, _ card: OrderCard, _ draft: Draft = Draft(), newKey: () -> String) {
        let language = words.language
        let row = card.order
        let fields = Set(["motive"]).union(card.lines.map { unitsField($0.product) })
        path = "/orders/\(row.code)"
        code = row.code
        supplier = row.supplier
        reference = row.reference.isEmpty ? nil : row.reference
        shop = row.shop
        expected = words("order_expected_on", ["day": row.expectedOn.printed])
        placed = words("order_placed", ["when": row.orderedAt.printed, "who": row.operatorCode])
        status = Tag(row, words)
        mistakes = draft.mistakes(in: language, fields: fields)
        refusal = draft.card(in: language, fields: fields)
        motive = card.motive.isEmpty ? nil : card.motive
        lines = card.lines.map { line in
            Line(
                name: line.name(in: language),
                ordered: words.number(line.ordered),
                received: words.number(line.received),
                open: words.number(row.ended == nil ? line.open : 0)
            )
        }
        let names = Dictionary(
            card.lines.map { ($0.product, $0.name(in: language)) },
            uniquingKeysWith: { first, _ in first }
        )
        receipts = card.receipts.map { receipt in
            Receipt(
                at: receipt.at.printed,
                operatorCode: receipt.operatorCode,
                units: receipt.lines.map { line in
                    "\(names[line.product] ?? line.product)\u{A0}× \(words.number(line.units))"
                }.joined(separator: ", ")
            )
        }
        hasReceipts = !receipts.isEmpty
        let isClosing = draft.form["motive"] != nil && !draft.isFine
        reception =
            row.ended != nil
            ? nil
            : Reception(
                key: newKey(),
                closeKey: newKey(),
                units: card.lines.map { line in
                    Field(
                        unitsField(line.product),
                        label: line.name(in: language),
                        value: draft.form[unitsField(line.product)]
                            ?? (line.open > 0 ? String(line.open) : ""),
                        hint: words(
                            "order_line_hint",
                            [
                                "open": words.number(line.open),
                                "ordered": words.number(line.ordered),
                            ]
                        ),
                        error: draft.error(unitsField(line.product), in: language),
                        type: "number",
                        isRequired: false,
                        isOptional: false
                    )
                },
                isMore: draft.wrong.contains { $0.refusal.reason == .orderTooMany },
                motive: Field(.motive, draft, in: language, hint: words("order_motive_hint")),
                isClosing: isClosing
            )
    }
}
