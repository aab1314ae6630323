import HTTPTypes
import Shop
import Store

private let workers = Access.roles(.stockWorkers)

/// What was ordered and is expected.
func orderRoutes(_ store: Store) -> [Route] {
    orderPageRoutes(store) + orderFormRoutes(store) + orderAPIRoutes(store)
}

private func orderPageRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .get,
            "/orders",
            for: workers,
            "Orders of the reader’s shops, the last placed first.",
            query: [
                .init("stage", .choice(OrderStage.allCases.map(\.rawValue)), "How far."),
                .init("shop", .text(most: 2), "The shop’s code; absent: all."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
            ]
        ) { call, context in
            let stage = call.query["stage"].flatMap(OrderStage.init(rawValue:))
            let after = call.query["after"]
            let shops = try await context.workplaces(
                store,
                coded: call.query["shop"],
                where: .stockWorkers
            )
            let shop = call.query["shop"].flatMap { $0.isEmpty ? nil : shops.current }
            let part = try await store.orders(
                stage: stage,
                in: context.reach(.stockWorkers),
                of: shop?.code,
                after: after
            )
            return context.page(
                OrdersPage(
                    context.words,
                    part,
                    stage: stage,
                    of: shop,
                    areSeveral: shops.areSeveral,
                    after: after
                )
            )
        },
        Route(.get, "/orders/new", for: workers, "A form to write an order down.") {
            call,
            context in
            try await newOrderPage(store, context, shop: call.query["shop"])
        },
        Route(.get, "/orders/{code}", for: workers, "An order’s page.") { call, context in
            try await orderPage(store, call, context)
        },
    ]
}

private func orderFormRoutes(_ store: Store) -> [Route] {
    [
        Route(.post, "/orders", for: workers, "Writes an order down.") { call, context in
            let form = try call.form()
            var draft = Draft(form)
            let shops = try await context.workplaces(
                store,
                coded: form["shop"],
                where: .stockWorkers
            )
            let shop = try shops.certain()
            if draft.article == nil, let order = draft.readOrder() {
                do {
                    let code = try await store.placeOrder(
                        order,
                        for: shop.id,
                        key: call.key(),
                        by: context.staff
                    )
                    return .see("/orders/\(code)?done=placed")
                } catch let refusal as Refusal {
                    draft.refuse(refusal)
                }
            }
            return try await newOrderPage(store, context, shop: form["shop"], draft)
        },
        orderForm(store, "receipts", "Takes in what came of an order.") {
            code,
            draft,
            call,
            staff in
            guard let units = draft.readProductCounts(least: 0) else { return nil }
            let told = try await store.receiveOrder(
                code,
                units,
                isMoreMeant: draft.isTicked("more"),
                key: call.key(),
                by: staff
            )
            return told.ended == nil ? "received" : "complete"
        },
        orderForm(store, "end", "Expects no more of an order.") { code, draft, call, staff in
            let motive = draft.read("motive") { text throws(Refusal) in
                try ShortText(typed: text, field: .motive, most: 500)
            }
            guard let motive else { return nil }
            _ = try await store.closeOrder(code, motive: motive, key: call.key(), by: staff)
            return "ended"
        },
    ]
}

/// A form on an order's page: refused, the page comes back with what was typed; done, it is read anew.
private func orderForm(
    _ store: Store,
    _ path: String,
    _ summary: String,
    _ act: @escaping @Sendable (OrderCode, inout Draft, Call, Staff) async throws -> String?
) -> Route {
    Route(.post, "/orders/{code}/\(path)", for: workers, summary) { call, context in
        let code = try OrderCode.typed(call.piece("code"))
        var draft = Draft(try call.form())
        do {
            if let done = try await act(code, &draft, call, context.staff) {
                return .see("/orders/\(code)?done=\(done)")
            }
        } catch let refusal as Refusal where refusal.reason != .orderUnknown {
            draft.refuse(refusal)
        }
        return try await orderPage(store, call, context, draft)
    }
}

private func newOrderPage(
    _ store: Store,
    _ context: Context,
    shop code: String? = nil,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let shops = try await context.workplaces(store, coded: code, where: .stockWorkers)
    let shop = try shops.certain()
    let page = NewOrderPage(
        context.words,
        try await store.offeredProducts(
            of: .counted,
            matching: draft.article,
            named: draft.namedArticles,
            in: shop.id,
            for: context.staff
        ),
        on: store.today,
        draft,
        key: store.newID(Claim.self).text,
        workplace: WorkplaceBar(shops, shop, at: "/orders/new")
    )
    return context.page(page, draft.wrong.first?.refusal.status ?? .ok)
}

private func orderPage(
    _ store: Store,
    _ call: Call,
    _ context: Context,
    _ draft: Draft = Draft()
) async throws -> Answer {
    let code = try OrderCode.typed(call.piece("code"))
    let card = try await store.order(code, in: context.reach(.stockWorkers))
    let page = OrderPage(context.words, card, draft) { store.newID(Claim.self).text }
    let done = call.done("placed", "received", "complete", "ended")
    return context.page(
        page,
        draft.wrong.first?.refusal.status ?? .ok,
        notice: done.map { context.words("order_done_\($0)") }
    )
}

extension Draft {
    fileprivate mutating func readOrder() -> NewOrder? {
        let supplier = read("supplier") { text throws(Refusal) in
            try ShortText(typed: text, field: .supplier)
        }
        let reference = read("reference") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .orderReference, most: 100)
        }
        let expectedOn = read("expected_on") { text throws(Refusal) in
            try Day(typed: text, field: .expectedOn)
        }
        let products = readProductCounts()
        guard let supplier, let reference, let expectedOn, let products else { return nil }
        return readAll { () throws(Refusal) in
            try NewOrder(
                supplier: supplier,
                reference: reference,
                expectedOn: expectedOn,
                products: products
            )
        }
    }
}
