import HTTPTypes
import Shop
import Store

/// Articles and prices for programs.
func productAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/api/v1/products",
            for: .everyRole,
            "The price list of a day, with what is free in the shop.",
            query: [
                .init("on", .text(format: "date"), "The day; today by default."),
                .init("q", .text(most: 200), "Words of the code or of a name."),
                .init(
                    "kind",
                    .choice(ProductFacts.Kind.allCases.map(\.rawValue)),
                    "Those of a kind alone."
                ),
                .init("low", .boolean, "Those that are low alone, for who keeps the stock."),
                .init("after", .text(), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: ToldProducts.self
        ) { call, context in
            let day = try call.query["on"].map { text throws(Refusal) in
                try Day(typed: text, field: .startsOn)
            }
            let part = try await store.products(
                on: day,
                in: store.workplaces(where: .everyone, of: context.staff).inView().id,
                for: context.staff,
                matching: call.query["q"] ?? "",
                of: call.query["kind"].flatMap(ProductFacts.Kind.init(rawValue:)),
                isLow: call.query["low"] == "true",
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(ToldProducts(items: part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/products",
            for: .roles(.pricers),
            "Puts an article on the list.",
            takes: AskedProduct.self,
            gives: MadeProduct.self
        ) { call, context in
            let asked: AskedProduct = try call.json()
            let product = try asked.product()
            let id = try await store.createProduct(product, key: call.key(), by: context.staff)
            return try .json(MadeProduct(id: id, code: product.code.text), .created)
        },
        Route(
            .post,
            "/api/v1/products/{code}/offers",
            for: .roles(.pricers),
            "Sets a price from a day on.",
            takes: AskedOffer.self,
            gives: MadeProduct.self
        ) { call, context in
            let asked: AskedOffer = try call.json()
            let code = try ShortCode(typed: call.piece("code"), field: .product)
            let offer = try NewOffer(
                product: code,
                startsOn: asked.startsOn ?? store.today,
                price: asked.priceCents,
                volumeMB: asked.volumeMb,
                validDays: asked.validDays
            )
            let id = try await store.setOffer(offer, key: call.key(), by: context.staff)
            return try .json(MadeProduct(id: id, code: code.text), .created)
        },
        Route(
            .post,
            "/api/v1/products/{code}/stock",
            for: .roles(.stockWorkers),
            "Takes articles in.",
            query: [
                .init(
                    "shop",
                    .text(pattern: "^[A-Z]{2}$"),
                    "Which takes them in; by default the till’s."
                )
            ],
            takes: AskedStock.self,
            gives: StockLevel.self
        ) { call, context in
            let asked: AskedStock = try call.json()
            let level = try await store.receiveStock(
                of: ShortCode(typed: call.piece("code"), field: .product),
                units: asked.units,
                in: store.shop(
                    coded: call.query["shop"],
                    where: .stockWorkers,
                    of: context.staff
                ),
                key: call.key(),
                by: context.staff
            )
            return try .json(level, .created)
        },
        Route(
            .post,
            "/api/v1/products/{code}/thresholds",
            for: .roles(.stockWorkers),
            "Says from how few units on an article is low in a shop.",
            query: [
                .init(
                    "shop",
                    .text(pattern: "^[A-Z]{2}$"),
                    "Whose stock it is; by default the till’s."
                )
            ],
            takes: AskedThreshold.self,
            gives: StockThreshold.self
        ) { call, context in
            let asked: AskedThreshold = try call.json()
            let threshold = try await store.setThreshold(
                of: ShortCode(typed: call.piece("code"), field: .product),
                asked.units,
                in: store.shop(
                    coded: call.query["shop"],
                    where: .stockWorkers,
                    of: context.staff
                ),
                key: call.key(),
                by: context.staff
            )
            return try .json(threshold, .created)
        },
    ]
}

struct ToldProducts: Codable, Sendable {
    let items: [ProductRow]
    let next: String?
}

struct MadeProduct: Codable, Sendable {
    let id: ID<Product>
    let code: String
}

struct AskedStock: Codable, Sendable {
    let units: Int
}

struct AskedThreshold: Codable, Sendable {
    /// Absent: nothing is told of it any more.
    let units: Int?
}

struct AskedOffer: Codable, Sendable {
    /// Absent: no longer sold.
    let priceCents: Cents?
    let volumeMb: Int?
    let validDays: Int?
    let startsOn: Day?
}

struct AskedProduct: Codable, Sendable {
    let code: String
    let kind: ProductFacts.Kind
    let deviceKind: DeviceKind?
    let category: Category?
    let nameFr: String
    let nameEn: String
    let operatorName: String?
    /// How a recharge is handed over; absent: as a card.
    let delivery: RechargeDelivery?

    func product() throws(Refusal) -> NewProduct {
        try NewProduct(
            code: ShortCode(typed: code),
            kind: kind,
            deviceKind: deviceKind,
            category: category,
            nameFrench: ShortText(typed: nameFr, field: .nameFrench),
            nameEnglish: ShortText(typed: nameEn, field: .nameEnglish),
            operatorName: ShortText.optional(typed: operatorName, field: .operatorName),
            delivery: delivery
        )
    }
}
