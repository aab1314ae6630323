import HTTPTypes
import Shop
import Store

/// Articles, their dated prices, and what is taken in by quantity.
func productRoutes(_ store: Store) -> [Route] {
    productPageRoutes(store) + productAPIRoutes(store)
}

private func productPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/products",
            for: .everyRole,
            "The price list.",
            query: [
                .init("low", .choice(["yes"]), "Those that are low, for who keeps the stock."),
                .init("shop", .text(most: 2), "Whose stock is shown, by its code."),
                .init("after", .text(), "The last part’s next."),
            ]
        ) { call, context in
            try await productsPage(store, call, context)
        },
        productForm(store, "/products", .pricers, .product, "Puts an article on the list.") {
            draft,
            call,
            context in
            let staff = try context.staff
            guard let product = draft.readProduct() else { return }
            _ = try await store.createProduct(product, key: call.key(), by: staff)
        },
        productForm(store, "/products/offers", .pricers, .price, "Sets a price from a day on.") {
            draft,
            call,
            context in
            let staff = try context.staff
            guard let offer = draft.readOffer() else { return }
            _ = try await store.setOffer(offer, key: call.key(), by: staff)
        },
        productForm(store, "/products/stock", .stockWorkers, .stock, "Takes articles in.") {
            draft,
            call,
            context in
            let shops = try await context.workplaces(
                store,
                coded: draft.form["shop"],
                where: .stockWorkers
            )
            let code = draft.read("received") { text throws(Refusal) in
                try ShortCode(typed: text, field: .product)
            }
            let units = draft.read("quantity") { text throws(Refusal) in
                try number(typed: text, field: .quantity, in: 1...100_000)
            }
            guard let code, let units else { return }
            _ = try await store.receiveStock(
                of: code,
                units: units,
                in: shops.certain().id,
                key: call.key(),
                by: context.staff
            )
        },
        productForm(
            store,
            "/products/thresholds",
            .stockWorkers,
            .threshold,
            "Says from how few units on an article is low."
        ) { draft, call, context in
            let shops = try await context.workplaces(
                store,
                coded: draft.form["shop"],
                where: .stockWorkers
            )
            let code = draft.read("watched") { text throws(Refusal) in
                try ShortCode(typed: text, field: .product)
            }
            let units = draft.read("threshold") { text throws(Refusal) -> Int? in
                text.isEmpty ? nil : try number(typed: text, field: .threshold, in: 0...100_000)
            }
            guard let code, let units else { return }
            _ = try await store.setThreshold(
                of: code,
                units,
                in: shops.certain().id,
                key: call.key(),
                by: context.staff
            )
        },
    ]
}

private func productForm(
    _ store: Store,
    _ path: String,
    _ roles: Set<Role>,
    _ sent: ProductsPage.Sent,
    _ summary: String,
    _ act: @escaping @Sendable (inout Draft, Call, Context) async throws -> Void
) -> Route {
    Route(.post, path, for: .roles(roles), summary) { call, context in
        var draft = Draft(try call.form())
        do {
            try await act(&draft, call, context)
        } catch let refusal as Refusal where refusal.reason != .shopUnclear {
            draft.refuse(refusal)
        }
        guard draft.isFine else {
            return try await productsPage(store, call, context, draft, sent: sent)
        }
        let shop = draft.value("shop")
        return .see(
            "/products?" + (shop.isEmpty ? "" : "shop=\(percentEncoded(shop))&") + "done=\(sent)"
        )
    }
}

private func productsPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft(),
    sent: ProductsPage.Sent? = nil
) async throws -> Answer {
    let staff = try context.staff
    let after = call.query["after"]
    let named = draft.form["shop"] ?? call.query["shop"]
    let shops = try await context.workplaces(store, coded: named, where: .everyone)
    let shop = try shops.inView()
    let mayReceive = staff.holds(anyOf: .stockWorkers, in: shop.id)
    let isLow = mayReceive && call.query["low"] == "yes"
    let part = try await store.products(
        in: shop.id,
        for: staff,
        isLow: isLow,
        after: after,
        limit: 100
    )
    let page = ProductsPage(
        context.words,
        part,
        after: after,
        isLow: isLow,
        today: store.today,
        mayPrice: staff.holdsHere(anyOf: .pricers),
        mayReceive: mayReceive,
        workplace: WorkplaceBar(shops, shop, at: "/products"),
        isNamed: named != nil,
        draft,
        sent: sent,
        key: store.newID(Claim.self).text
    )
    let done = call.done("price", "stock", "product", "threshold")
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("product_done_\($0)") }
    )
}

extension Draft {
    fileprivate mutating func readProduct() -> NewProduct? {
        let code = read("code") { text throws(Refusal) in try ShortCode(typed: text) }
        let kind = read("product_kind") { text throws(Refusal) in
            try ProductFacts.Kind(typed: text, field: .productKind)
        }
        let category = read("category") { text throws(Refusal) -> Category? in
            text.isEmpty ? nil : try Category(typed: text, field: .category)
        }
        let french = read("name_fr") { text throws(Refusal) in
            try ShortText(typed: text, field: .nameFrench)
        }
        let english = read("name_en") { text throws(Refusal) in
            try ShortText(typed: text, field: .nameEnglish)
        }
        let carrier = read("operator") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .operatorName)
        }
        let delivery = read("delivery") { text throws(Refusal) -> RechargeDelivery? in
            text.isEmpty ? nil : try RechargeDelivery(typed: text, field: .delivery)
        }
        guard isFine, let code, let kind, let category, let french, let english, let carrier,
            let delivery
        else { return nil }
        return readAll { () throws(Refusal) in
            try NewProduct(
                code: code,
                kind: kind,
                category: category,
                nameFrench: french,
                nameEnglish: english,
                operatorName: carrier,
                delivery: delivery
            )
        }
    }

    fileprivate mutating func readOffer() -> NewOffer? {
        let code = read("product") { text throws(Refusal) in
            try ShortCode(typed: text, field: .product)
        }
        let price = read("price") { text throws(Refusal) -> Cents? in
            text.isEmpty ? nil : try Cents(typed: text)
        }
        let volume = read("volume_mb") { text throws(Refusal) -> Int? in
            text.isEmpty ? nil : try number(typed: text, field: .volume, in: 1...100_000) * 1000
        }
        let days = read("valid_days") { text throws(Refusal) -> Int? in
            text.isEmpty ? nil : try number(typed: text, field: .validDays, in: 1...3660)
        }
        let starts = read("starts_on") { text throws(Refusal) in
            try Day(typed: text, field: .startsOn)
        }
        guard isFine, let code, let price, let volume, let days, let starts else { return nil }
        return readAll { () throws(Refusal) in
            try NewOffer(
                product: code,
                startsOn: starts,
                price: price,
                volumeMB: volume,
                validDays: days
            )
        }
    }
}
