import ArgumentParser
import Shop
import Store

/// Limits, dated.
struct QuotaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quota",
        abstract: "Limits over a window: what a person, a household or a voucher may take.",
        subcommands: [List.self, Set.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every version of every rule, the newest first.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared
        @Flag(help: "Only those in force today.") var inForce = false

        func run() async throws {
            try await shared.run { store, _ in
                let rules = try await store.quotaRules()
                let chosen =
                    inForce
                    ? Dictionary(grouping: rules, by: \.code).values
                        .compactMap { $0.inForce(on: store.today) }.sorted { $0.code < $1.code }
                    : rules
                return PagedAnswer(whole: chosen.map(QuotaAnswer.init))
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets a rule from a day on; without a limit it is lifted."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The rule: computer-per-household.") var code: String
        @Option(help: "equipment or connection.") var category: String
        @Option(
            name: .customLong("device-kind"),
            help: "Counts these kinds of machine alone: laptop, desktop, all_in_one, smartphone…"
        )
        var machines: [String] = []
        @Option(help: "Whose uses count: person, household or voucher.") var holder: String
        @Option(help: "Over how many sliding months; the calendar month by default.")
        var months: Int?
        @Option(help: "Units at most.") var units: Int?
        @Option(help: "Euros at most: 30 or 30,00.") var euros: String?
        @Option(
            name: .customLong("origin"),
            help: "Counts these rights alone: voucher, completion."
        )
        var origins: [String] = []
        @Option(name: .customLong("exit"), help: "Counts these exits alone: sale, gift.")
        var exits: [String] = []
        @Option(help: "Counts in this shop alone, by its code.") var shop: String?
        @Option(help: "The first day; today by default.") var from: String?

        func run() async throws {
            try await shared.run { store, staff in
                let origins = try origins.map { try Origin(typed: $0, field: .counted) }
                let exits = try exits.map { try TicketKind(typed: $0, field: .counted) }
                let machines = try machines.map { try DeviceKind(typed: $0, field: .deviceKind) }
                let rule = try NewQuotaRule(
                    code: ShortCode(typed: code),
                    startsOn: from.map { try Day(typed: $0, field: .startsOn) } ?? store.today,
                    category: Category(typed: category, field: .category),
                    holder: QuotaRule.Holder(typed: holder, field: .holder),
                    months: months,
                    unitsMax: units,
                    centsMax: euros.map { try Cents(typed: $0) },
                    origins: .init(origins.isEmpty ? Origin.allCases : origins),
                    kinds: .init(exits.isEmpty ? TicketKind.allCases : exits),
                    shop: try await foundShop(shop, store),
                    machines: machines.isEmpty ? nil : .init(machines)
                )
                let version = try await store.setQuotaRule(
                    rule,
                    key: shared.requestKey(store),
                    by: staff
                )
                let rules = try await store.quotaRules()
                guard let set = rules.first(where: { $0.version == version }) else {
                    preconditionFailure("the rule that was set is not there")
                }
                return QuotaAnswer(set)
            }
        }
    }
}

private struct QuotaAnswer: Output {
    let rule: QuotaRule

    init(_ rule: QuotaRule) {
        self.rule = rule
    }

    func encode(to encoder: any Encoder) throws {
        try Document(
            code: rule.code,
            startsOn: rule.startsOn,
            category: rule.category,
            deviceKinds: rule.machines.map { DeviceKind.allCases.filter($0.contains) },
            holder: rule.holder,
            months: rule.span.months,
            unitsMax: rule.unitsMax,
            centsMax: rule.centsMax,
            origins: Origin.allCases.filter(rule.origins.contains),
            exits: TicketKind.allCases.filter(rule.kinds.contains),
            shop: rule.shop,
            sentence: rule.sentence(in: .french)
        ).encode(to: encoder)
    }

    func words(in language: Language) -> String {
        "\(rule.code)  \(rule.startsOn.printed)  \(rule.sentence(in: language))"
    }

    private struct Document: Encodable {
        let code: String
        let startsOn: Day
        let category: Category
        /// Nil: everything of the category.
        let deviceKinds: [DeviceKind]?
        let holder: QuotaRule.Holder
        /// Nil: the calendar month.
        let months: Int?
        let unitsMax: Int?
        let centsMax: Cents?
        let origins: [Origin]
        let exits: [TicketKind]
        let shop: ID<Shop>?
        let sentence: String
    }
}
