public import ArgumentParser
public import Shop
public import Store

/// Counts of what stands in a shop.
struct CountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Stock counts: blind, by several people, applied by a second person.",
        subcommands: [
            Open.self, Scan.self, Units.self, Close.self, Apply.self, Abandon.self, List.self,
            Show.self, Devices.self,
        ]
    )

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Opens a count of a shop, and gives its code."
        )
        @OptionGroup var shared: Shared
        @Option(help: "all or shelf.") var scope = CountScope.all
        @Option(help: "The shop: its code; by default that of the till.") var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                let code = try await store.openCount(
                    of: scope,
                    in: store.shop(coded: shop, where: .stockWorkers, of: staff),
                    key: shared.requestKey(store),
                    by: staff
                )
                return CountAnswer(card: try await store.count(CountCode.typed(code)))
            }
        }
    }

    struct Scan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Counts a device by its label; twice is once.",
            discussion:
                "A location's code says where what one scans next is found: applied, the count puts it there."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The count's code.") var count: String
        @Argument(help: "The label, as scanned, or a location's code.") var scanned: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.scan(
                    scanned,
                    in: CountCode.typed(count),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Units: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down how many of each article were counted.",
            discussion: "One's last number stands; those of several people are added."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The count's code.") var count: String
        @Argument(help: "ARTICLE=COUNT; may be repeated.") var products: [String]

        func run() async throws {
            try await shared.run { store, staff in
                try await store.countUnits(
                    ProductCounts(typed: products, least: 0),
                    in: CountCode.typed(count),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stops the counting: the differences are seen."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The count's code.") var count: String

        func run() async throws {
            try await shared.run { store, staff in
                let code = try await store.closeCount(
                    CountCode.typed(count),
                    key: shared.requestKey(store),
                    by: staff
                )
                return CountAnswer(card: try await store.count(CountCode.typed(code)))
            }
        }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Applies the differences; another person than who stopped the counting."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The count's code.") var count: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.applyCount(
                    CountCode.typed(count),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Abandon: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a count up: it changes nothing."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The count's code.") var count: String
        @Option(help: "Why.") var motive: String

        func run() async throws {
            try await shared.run { store, staff in
                let code = try await store.abandonCount(
                    CountCode.typed(count),
                    because: ShortText(typed: motive, field: .motive, most: 500),
                    key: shared.requestKey(store),
                    by: staff
                )
                return CountAnswer(card: try await store.count(CountCode.typed(code)))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists counts, the last opened first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.counts(
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
            abstract: "Shows a count; its differences once counting stopped."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The count's code.") var count: String

        func run() async throws {
            try await shared.run { store, staff in
                let code = try CountCode.typed(count)
                return CountAnswer(
                    card: try await store.count(code, in: staff.reach(.stockWorkers))
                )
            }
        }
    }

    struct Devices: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the devices of which a count says one thing.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The count's code.") var count: String
        @Argument(help: "found, missing, unexpected or left_meanwhile.")
        var outcome = CountOutcome.missing
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.devices(
                    outcome,
                    of: CountCode.typed(count),
                    in: staff.reach(.stockWorkers),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }
}

extension CountScope: ExpressibleByArgument {}
extension CountOutcome: ExpressibleByArgument {}

private struct CountAnswer: Output {
    let card: CountCard

    func encode(to encoder: any Encoder) throws { try card.encode(to: encoder) }

    func words(in language: Language) -> String {
        let differences = card.differences.map { differences in
            CountOutcome.allCases.map { "  \($0.name(in: language)): \(differences[$0])" }
        }
        let articles = card.articles.map { line in
            let difference = line.difference.map { " (\($0 > 0 ? "+" : "")\($0))" } ?? ""
            return "  \(line.product): \(line.counted)\(difference)"
        }
        return ([card.count.words(in: language)] + (differences ?? []) + articles)
            .joined(separator: "\n")
    }
}

extension CountRow: Output {
    func words(in language: Language) -> String {
        [
            code, shop, scope.name(in: language), stage.name(in: language),
            language.choose("\(scanned) scannés", "\(scanned) scanned"),
        ].joined(separator: "  ")
    }
}

extension ToldScan: Output {
    func words(in language: Language) -> String {
        switch outcome {
        case .counted: language.choose("\(scanned) compté", "\(scanned) counted")
        case .again:
            language.choose(
                "\(scanned) déjà scanné par \(operatorCode ?? "")",
                "\(scanned) scanned before by \(operatorCode ?? "")"
            )
        case .stray:
            language.choose(
                "\(scanned) n’est l’étiquette d’aucun appareil",
                "\(scanned) is the label of no device"
            )
        case .place:
            language.choose(
                "Ce que vous scannez maintenant est en \(name)",
                "What you scan now lies at \(name)"
            )
        }
    }
}

extension CountedUnits: Output {
    func words(in language: Language) -> String {
        language.choose("\(code)\u{A0}: quantités notées", "\(code): quantities written down")
    }
}

extension AppliedCount: Output {
    func words(in language: Language) -> String {
        language.choose(
            "\(code) appliqué\u{A0}: \(lost) perdus, \(restored) retrouvés, \(placed) rangés, \(articles) articles corrigés",
            "\(code) applied: \(lost) lost, \(restored) found again, \(placed) put in place, \(articles) articles corrected"
        )
    }
}
