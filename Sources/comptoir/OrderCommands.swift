public import ArgumentParser
import Shop
public import Store

/// What was ordered and is expected.
struct OrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "Articles that were ordered, and what came of them.",
        subcommands: [Place.self, Receive.self, Close.self, List.self, Show.self]
    )

    struct Place: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down what was ordered, and gives the order's code."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "ARTICLE=COUNT; may be repeated.") var products: [String]
        @Option(help: "Of whom it was ordered.") var supplier: String
        @Option(help: "The day on which it is to come.") var on: String
        @Option(help: "The supplier's own number for it.") var reference: String?
        @Option(help: "The shop, by its code; by default that of the till.") var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                let code = try await store.placeOrder(
                    NewOrder(
                        supplier: ShortText(typed: supplier, field: .supplier),
                        reference: ShortText.optional(
                            typed: reference,
                            field: .orderReference,
                            most: 100
                        ),
                        expectedOn: Day(typed: on, field: .expectedOn),
                        products: ProductCounts(typed: products)
                    ),
                    for: store.shop(coded: shop, where: .stockWorkers, of: staff),
                    key: shared.requestKey(store),
                    by: staff
                )
                return OrderAnswer(card: try await store.order(OrderCode.typed(code)))
            }
        }
    }

    struct Receive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes in what came of an order."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The order's code.") var order: String
        @Argument(help: "ARTICLE=COUNT; may be repeated.") var products: [String]
        @Flag(help: "More came than was still expected.") var more = false

        func run() async throws {
            try await shared.run { store, staff in
                try await store.receiveOrder(
                    OrderCode.typed(order),
                    ProductCounts(typed: products, least: 0),
                    isMoreMeant: more,
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Expects no more of an order: closed short, or cancelled when nothing came."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The order's code.") var order: String
        @Option(help: "Why no more is expected.") var motive: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.closeOrder(
                    OrderCode.typed(order),
                    motive: ShortText(typed: motive, field: .motive, most: 500),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists orders, the last placed first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "open, late or ended.") var stage: OrderStage?
        @Option(help: "The shop, by its code; by default all.") var shop: String?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                if let shop {
                    _ = try await store.shop(coded: shop, where: .stockWorkers, of: staff)
                }
                let part = try await store.orders(
                    stage: stage,
                    in: staff.reach(.stockWorkers),
                    of: shop,
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows an order: what was ordered, what came, what is expected."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The order's code.") var order: String

        func run() async throws {
            try await shared.run { store, staff in
                OrderAnswer(
                    card: try await store.order(
                        OrderCode.typed(order),
                        in: staff.reach(.stockWorkers)
                    )
                )
            }
        }
    }
}

extension OrderStage: ExpressibleByArgument {}

private struct OrderAnswer: Output {
    let card: OrderCard

    func encode(to encoder: any Encoder) throws { try card.encode(to: encoder) }

    func words(in language: Language) -> String {
        let lines = card.lines.map { "  \($0.product)  \($0.received)/\($0.ordered)" }
        return ([card.order.words(in: language)] + lines).joined(separator: "\n")
    }
}

extension OrderRow: Output {
    func words(in language: Language) -> String {
        let state =
            ended?.name(in: language)
            ?? daysLate.map {
                language.choose("en retard de \($0) jours", "\($0) days late")
            } ?? language.choose("attendue", "expected")
        return [
            code, supplier, expectedOn.printed, "\(received)/\(ordered)", state,
        ].joined(separator: "  ")
    }
}

extension ToldOrder: Output {
    func words(in language: Language) -> String {
        let state = ended.map { "  " + $0.name(in: language) } ?? ""
        return language.choose(
            "\(code)\u{A0}: \(received) reçus, \(open) encore attendus",
            "\(code): \(received) received, \(open) still expected"
        ) + state
    }
}
