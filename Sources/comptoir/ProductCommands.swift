import ArgumentParser
import Shop
import Store

/// What is on the price list.
struct ProductCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "product",
        abstract: "Articles: what is sold, and what is counted in stock.",
        subcommands: [Create.self, List.self, Receive.self, Threshold.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts an article on the list; its price is an offer."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its short name: recharge-5.") var code: String
        @Option(help: "device, recharge, sim or accessory.") var kind: String
        @Option(
            help:
                "What a device is: laptop, desktop, all_in_one, tablet, smartphone, screen, other."
        )
        var deviceKind: String?
        @Option(help: "The right it needs: equipment or connection; none for accessories.")
        var category: String?
        @Option(help: "Its name in French.") var nameFr: String
        @Option(help: "Its name in English.") var nameEn: String
        @Option(help: "Who carries it: SFR.") var `operator`: String?
        @Option(help: "How a recharge is handed over: card (as by default) or code, of the vault.")
        var delivery: String?

        func run() async throws {
            try await shared.run { store, staff in
                let product = try NewProduct(
                    code: ShortCode(typed: code),
                    kind: ProductFacts.Kind(typed: kind, field: .productKind),
                    deviceKind: deviceKind.map { try DeviceKind(typed: $0, field: .deviceKind) },
                    category: category.map { try Category(typed: $0, field: .category) },
                    nameFrench: ShortText(typed: nameFr, field: .nameFrench),
                    nameEnglish: ShortText(typed: nameEn, field: .nameEnglish),
                    operatorName: ShortText.optional(typed: `operator`, field: .operatorName),
                    delivery: delivery.map { try RechargeDelivery(typed: $0, field: .delivery) }
                )
                let id = try await store.createProduct(
                    product,
                    key: shared.requestKey(store),
                    by: staff
                )
                return ProductMade(id: id, code: product.code.text)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists articles with the offer in force.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "On another day.") var on: String?
        @Option(help: "With what is free in this shop, by its code.") var shop: String?
        @Option(help: "Words of the code or of a name.") var matching = ""
        @Option(help: "device, recharge, sim or accessory.") var kind: String?
        @Flag(help: "Those alone that are low in the shop; by default that of the till.")
        var low = false
        @Option(help: "From after this code on.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in try await listed(store, for: staff) }
        }

        private func listed(
            _ store: Store,
            for staff: Staff
        ) async throws -> PagedAnswer<ListedProduct> {
            let part = try await store.products(
                on: on.map { try Day(typed: $0, field: .startsOn) },
                in: low
                    ? store.shop(coded: shop, where: .stockWorkers, of: staff)
                    : foundShop(shop, store),
                for: staff,
                matching: matching,
                of: kind.map { try ProductFacts.Kind(typed: $0, field: .productKind) },
                isLow: low,
                after: after,
                limit: limit
            )
            return PagedAnswer(items: part.items.map(ListedProduct.init), next: part.next)
        }
    }

    struct Threshold: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says from how few units on an article is low in a shop."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The article.") var code: String
        @Option(help: "It is low from so many units on; without it nothing is told any more.")
        var units: Int?
        @Option(help: "The shop, by its code; by default that of the till.") var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                try await store.setThreshold(
                    of: ShortCode(typed: code),
                    units,
                    in: store.shop(coded: shop, where: .stockWorkers, of: staff),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Receive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes counted articles into a shop."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The article.") var code: String
        @Option(help: "How many came in.") var units: Int
        @Option(help: "The shop, by its code; by default that of the till.") var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                try await ReceivedStock(
                    store.receiveStock(
                        of: ShortCode(typed: code),
                        units: units,
                        in: store.shop(coded: shop, where: .stockWorkers, of: staff),
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }
}

/// Prices, dated.
struct OfferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offer",
        abstract: "Prices, gigabytes and days, each from a day on.",
        subcommands: [Set.self, ProductCommand.List.self]
    )

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets what an article costs from a day on."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The article.") var product: String
        @Option(help: "Its price in euros: 5 or 4,50. Without one it is no longer sold.")
        var price: String?
        @Option(help: "Megabytes: 10000 for 10 GB.") var volumeMb: Int?
        @Option(help: "Days of validity.") var validDays: Int?
        @Option(help: "The first day; today by default.") var from: String?

        func run() async throws {
            try await shared.run { store, staff in
                let code = try ShortCode(typed: product)
                let offer = try NewOffer(
                    product: code,
                    startsOn: from.map { try Day(typed: $0, field: .startsOn) } ?? store.today,
                    price: price.map { try Cents(typed: $0) },
                    volumeMB: volumeMb,
                    validDays: validDays
                )
                let id = try await store.setOffer(
                    offer,
                    key: shared.requestKey(store),
                    by: staff
                )
                return ProductMade(id: id, code: code.text)
            }
        }
    }
}

private struct ProductMade: Output {
    let id: ID<Product>
    let code: String

    func words(in language: Language) -> String { "\(code)  \(id)" }
}

extension StockThreshold: Output {
    func words(in language: Language) -> String {
        let told = threshold.map { language.choose("bas à \($0)", "low at \($0)") }
        return [
            product, told ?? language.choose("sans alerte", "no alert"),
            language.choose("\(free) en stock", "\(free) in stock"),
        ].joined(separator: "  ")
    }
}

private struct ReceivedStock: Output {
    let level: StockLevel

    init(_ level: StockLevel) {
        self.level = level
    }

    func encode(to encoder: any Encoder) throws { try level.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(level.product)  " + language.choose("libres\u{A0}: ", "free: ") + String(level.free)
    }
}

struct ListedProduct: Output {
    let product: ProductRow

    init(_ product: ProductRow) {
        self.product = product
    }

    func encode(to encoder: any Encoder) throws { try product.encode(to: encoder) }

    func words(in language: Language) -> String {
        var words = ["\(product.code)  \(product.name(in: language))"]
        if let price = product.priceCents { words.append(Written.cents(price, in: language)) }
        if let volume = product.volumeMB { words.append(Written.volume(volume, in: language)) }
        if let days = product.validDays {
            words.append(language.choose("\(days) jours", "\(days) days"))
        }
        if let free = product.free {
            words.append(language.choose("\(free) en stock", "\(free) in stock"))
        }
        if product.isLow {
            words.append(
                language.choose("BAS (seuil ", "LOW (threshold ") + "\(product.threshold ?? 0))"
            )
        }
        if let day = product.changesOn { words.append("→ \(day.printed)") }
        return words.joined(separator: "  ")
    }
}
