import HTTPTypes
import Shop
import Store

/// Transfers for programs.
func transferAPIRoutes(_ store: Store) -> [Route] {
    let workers = Access.roles(.stockWorkers)
    return [
        Route(
            .get,
            "/api/v1/transfers",
            for: workers,
            "Transfers from and to the shops in which one works the stock, the last sent first.",
            query: [
                .init("stage", .choice(TransferStage.allCases.map(\.rawValue)), "How far."),
                .init("after", .text(format: "uuid"), "The last part’s next."),
                .init("limit", .integer(least: 1, most: 200), "How many."),
            ],
            gives: Listing<TransferRow>.self
        ) { call, context in
            let part = try await store.transfers(
                stage: call.query["stage"].flatMap(TransferStage.init(rawValue:)),
                in: context.reach(.stockWorkers),
                after: call.query["after"],
                limit: call.query["limit"].flatMap { Int($0) } ?? 50
            )
            return try .json(Listing(part.items, next: part.next))
        },
        Route(
            .post,
            "/api/v1/transfers",
            for: workers,
            "Sends devices and articles to another shop.",
            takes: AskedTransfer.self,
            gives: TransferCard.self
        ) { call, context in
            let asked: AskedTransfer = try call.json()
            let code = try await store.sendTransfer(
                of: asked.labels(),
                ProductCounts(asked.products),
                from: store.shop(coded: asked.shop, where: .stockWorkers, of: context.staff),
                to: store.shop(named: asked.to, field: .toShop),
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.transfer(TransferCode.typed(code)), .created)
        },
        Route(
            .get,
            "/api/v1/transfers/{code}",
            for: workers,
            "A transfer: what was sent, what came, what is on its way.",
            gives: TransferCard.self
        ) { call, context in
            let code = try TransferCode.typed(call.piece("code"))
            return try .json(try await store.transfer(code, in: context.reach(.stockWorkers)))
        },
        Route(
            .post,
            "/api/v1/transfers/{code}/arrivals",
            for: workers,
            "Ticks off what came of a transfer; the last time, what did not come is missing.",
            takes: AskedArrival.self,
            gives: ToldArrival.self
        ) { call, context in
            let asked: AskedArrival = try call.json()
            let told = try await store.receiveTransfer(
                TransferCode.typed(call.piece("code")),
                asked.arrival(),
                key: call.key(),
                by: context.staff
            )
            return try .json(told, .created)
        },
        Route(
            .post,
            "/api/v1/transfers/{code}/findings",
            for: workers,
            "Says that devices which were missing are there after all: they stand in the shop that receives.",
            takes: AskedFinding.self,
            gives: ToldFinding.self
        ) { call, context in
            let asked: AskedFinding = try call.json()
            let told = try await store.findMissing(
                DeviceLabels(typed: asked.devices),
                of: TransferCode.typed(call.piece("code")),
                key: call.key(),
                by: context.staff
            )
            return try .json(told, .created)
        },
    ]
}

struct AskedFinding: Codable, Sendable {
    /// Labels, 500 at most.
    let devices: [String]
}

/// So many units of an article.
struct AskedArticle: Codable, Sendable {
    let product: String
    let units: Int
}

extension ProductCounts {
    /// Throws what the parts' own reading throws.
    init(_ asked: [AskedArticle]?, least: Int = 1) throws(Refusal) {
        var units: [ShortCode: Int] = [:]
        for line in asked ?? [] {
            units[try ShortCode(typed: line.product, field: .product)] = line.units
        }
        try self.init(units, least: least)
    }
}

extension DeviceLabels {
    /// Throws `scanUnreadable`, `quantityOutOfRange`.
    init(typed labels: [String]?) throws(Refusal) {
        var read: [DeviceLabel] = []
        for label in labels ?? [] { read.append(try DeviceLabel.typed(label)) }
        try self.init(read)
    }
}

struct AskedTransfer: Codable, Sendable {
    /// Who sends: the code of a shop; absent: where one works.
    let shop: String?
    /// To whom: the code of a shop.
    let to: String
    /// Labels, 500 at most.
    let devices: [String]?
    let products: [AskedArticle]?

    func labels() throws(Refusal) -> DeviceLabels { try DeviceLabels(typed: devices) }
}

struct AskedArrival: Codable, Sendable {
    let devices: [String]?
    /// Units that came; an article that is named is settled.
    let products: [AskedArticle]?
    /// Whether everything that is on its way came; false when absent.
    let all: Bool?
    /// Whether what is not named is missing; false when absent.
    let last: Bool?
    /// Why fewer came.
    let motive: String?
    /// Whether the sender keeps it after all; false when absent.
    let takesBack: Bool?

    func arrival() throws(Refusal) -> Arrival {
        Arrival(
            devices: try DeviceLabels(typed: devices),
            products: try ProductCounts(products, least: 0),
            isAll: all ?? false,
            isLast: last ?? false,
            motive: try ShortText.optional(typed: motive, field: .motive, most: 500),
            takesBack: takesBack ?? false
        )
    }
}
