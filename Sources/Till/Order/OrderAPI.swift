import HTTPTypes
import Shop
import Store

/// Orders for programs.
func orderAPIRoutes(_ store: Store) -> [Route] {
    let workers = Access.roles(.stockWorkers)
    return [
        Route(
            .get,
            "/api/v1/orders",
            for: workers,
            "What the shops in which one works the stock ordered, the last placed first.",
            query: [
                .init("stage", .choice(OrderStage.allCases.map(\.rawValue)), "How far."),
                .init("shop", .text(most: 2), "The shop’s code; absent: all."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<OrderRow>.self
        ) { call, context in
            let part = try await store.orders(
                stage: call.query["stage"].flatMap(OrderStage.init(rawValue:)),
                in: context.reach(.stockWorkers),
                of: call.query["shop"],
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/orders",
            for: workers,
            "Writes down what was ordered, and when it is to come.",
            takes: AskedOrder.self,
            gives: OrderCard.self
        ) { call, context in
            let asked: AskedOrder = try call.json()
            let code = try await store.placeOrder(
                asked.order(),
                for: store.shop(coded: asked.shop, where: .stockWorkers, of: context.staff),
                key: call.key(),
                by: context.staff
            )
            return try .json(
                try await store.order(
                    OrderCode.typed(code),
                    in: context.reach(.stockWorkers)
                ),
                .created
            )
        },
        Route(
            .get,
            "/api/v1/orders/{code}",
            for: workers,
            "An order: what was ordered, what came, what is expected.",
            gives: OrderCard.self
        ) { call, context in
            let code = try OrderCode.typed(call.piece("code"))
            return try .json(try await store.order(code, in: context.reach(.stockWorkers)))
        },
        Route(
            .post,
            "/api/v1/orders/{code}/receipts",
            for: workers,
            "Takes in what came of an order: the stock moves with it.",
            takes: AskedReceipt.self,
            gives: ToldOrder.self
        ) { call, context in
            let asked: AskedReceipt = try call.json()
            let told = try await store.receiveOrder(
                OrderCode.typed(call.piece("code")),
                ProductCounts(asked.products, least: 0),
                isMoreMeant: asked.more ?? false,
                key: call.key(),
                by: context.staff
            )
            return try .json(told, .created)
        },
        Route(
            .post,
            "/api/v1/orders/{code}/end",
            for: workers,
            "Expects no more of an order, with a motive.",
            takes: AskedOrderEnd.self,
            gives: ToldOrder.self
        ) { call, context in
            let asked: AskedOrderEnd = try call.json()
            let told = try await store.closeOrder(
                OrderCode.typed(call.piece("code")),
                motive: ShortText(typed: asked.motive, field: .motive, most: 500),
                key: call.key(),
                by: context.staff
            )
            return try .json(told, .created)
        },
    ]
}

struct AskedOrder: Codable, Sendable {
    /// Who ordered: the code of a shop; absent: where one works.
    let shop: String?
    let supplier: String
    /// The supplier's own number.
    let reference: String?
    let expectedOn: Day
    let products: [AskedArticle]

    func order() throws(Refusal) -> NewOrder {
        try NewOrder(
            supplier: ShortText(typed: supplier, field: .supplier),
            reference: ShortText.optional(typed: reference, field: .orderReference, most: 100),
            expectedOn: expectedOn,
            products: ProductCounts(products)
        )
    }
}

struct AskedReceipt: Codable, Sendable {
    /// Units that came, by article.
    let products: [AskedArticle]
    /// Whether more came than was still expected, and is meant; false when absent.
    let more: Bool?
}

struct AskedOrderEnd: Codable, Sendable {
    let motive: String
}
