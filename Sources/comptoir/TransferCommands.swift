public import ArgumentParser
import Shop
public import Store

/// What goes from one shop to another.
struct TransferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Devices and articles on their way from one shop to another.",
        subcommands: [Send.self, Receive.self, Find.self, List.self, Show.self]
    )

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends devices and articles to another shop, and gives the slip's code."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Labels of devices.") var labels: [String] = []
        @Option(help: "The shop that gets them: its code.") var to: String
        @Option(name: .customLong("product"), help: "ARTICLE=COUNT; may be repeated.")
        var products: [String] = []
        @Option(help: "The shop that sends: its code; by default that of the till.")
        var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                let code = try await store.sendTransfer(
                    of: DeviceLabels(labels.map { try DeviceLabel.typed($0) }),
                    ProductCounts(typed: products),
                    from: store.shop(coded: shop, where: .stockWorkers, of: staff),
                    to: store.shop(named: to, field: .toShop),
                    key: shared.requestKey(store),
                    by: staff
                )
                return TransferAnswer(card: try await store.transfer(TransferCode.typed(code)))
            }
        }
    }

    struct Receive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ticks off what came of a transfer, or takes it back.",
            discussion: "An article that is named is settled, with the units that came."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The slip's code.") var transfer: String
        @Argument(help: "Labels of devices.") var labels: [String] = []
        @Option(name: .customLong("product"), help: "ARTICLE=COUNT; may be repeated.")
        var products: [String] = []
        @Flag(help: "Everything that is on its way came.") var all = false
        @Flag(help: "What is not named is missing: devices are lost.") var last = false
        @Option(help: "Why something is missing.") var motive: String?
        @Flag(help: "The shop that sent it keeps it after all.") var takeBack = false

        func run() async throws {
            try await shared.run { store, staff in
                try await store.receiveTransfer(
                    TransferCode.typed(transfer),
                    Arrival(
                        devices: DeviceLabels(labels.map { try DeviceLabel.typed($0) }),
                        products: ProductCounts(typed: products, least: 0),
                        isAll: all,
                        isLast: last,
                        motive: ShortText.optional(typed: motive, field: .motive, most: 500),
                        takesBack: takeBack
                    ),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Find: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says that devices which were missing are there after all.",
            discussion:
                "They stand in the shop that receives. What never left is put back by device restore."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The slip's code.") var transfer: String
        @Argument(help: "Labels of devices.") var labels: [String]

        func run() async throws {
            try await shared.run { store, staff in
                try await store.findMissing(
                    DeviceLabels(labels.map { try DeviceLabel.typed($0) }),
                    of: TransferCode.typed(transfer),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists transfers, the last sent first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "open or ended.") var stage: TransferStage?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.transfers(
                    stage: stage,
                    in: staff.reach(.stockWorkers),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a transfer: what was sent, what came, what is on its way."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The slip's code.") var transfer: String

        func run() async throws {
            try await shared.run { store, staff in
                TransferAnswer(
                    card: try await store.transfer(
                        TransferCode.typed(transfer),
                        in: staff.reach(.stockWorkers)
                    )
                )
            }
        }
    }
}

extension TransferStage: ExpressibleByArgument {}

private struct TransferAnswer: Output {
    let card: TransferCard

    func encode(to encoder: any Encoder) throws { try card.encode(to: encoder) }

    func words(in language: Language) -> String {
        let open = language.choose("en route", "on its way")
        let devices = card.devices.map { machine in
            "  \(machine.label)  \(machine.maker) \(machine.model)  "
                + (machine.ended?.name(in: language) ?? open)
        }
        let products = card.products.map { line in
            "  \(line.product)  \(line.sent)  " + (line.arrived.map { "\($0)" } ?? open)
        }
        return ([card.transfer.words(in: language)] + devices + products).joined(separator: "\n")
    }
}

extension TransferRow: Output {
    func words(in language: Language) -> String {
        let left = devicesOpen + productsOpen
        return [
            code, "\(shop) → \(to)", sentAt.day.printed,
            left == 0
                ? language.choose("arrivé", "arrived")
                : language.choose("\(left) en route", "\(left) on their way"),
        ].joined(separator: "  ")
    }
}

extension ToldFinding: Output {
    func words(in language: Language) -> String {
        language.choose(
            "\(code)\u{A0}: \(found) appareils retrouvés",
            "\(code): \(found) devices found"
        )
    }
}

extension ToldArrival: Output {
    func words(in language: Language) -> String {
        language.choose(
            "\(code)\u{A0}: \(arrived) appareils pointés, \(missing) manquants, \(open) lignes encore en route",
            "\(code): \(arrived) devices ticked off, \(missing) missing, \(open) lines still on their way"
        )
    }
}
