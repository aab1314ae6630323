import ArgumentParser
import Foundation
import Shop
import Store
import Synchronization

/// Limits, dated.
struct QuotaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quota",
        abstract:
            "Limits over a window: what a person, a household, a voucher or a structure may take.",
        subcommands: [List.self, Set.self, Rehearse.self, Returns.self, Return.self]
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

    struct Returns: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Lists, reason by reason, whether what comes back gives right and limit back.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared
        @Flag(help: "Only what holds today.") var inForce = false

        func run() async throws {
            try await shared.run { store, _ in
                let rules = try await store.returnRules()
                let chosen = inForce ? rules.inForce(on: store.today) : rules
                return PagedAnswer(whole: chosen.map(ReturnAnswer.init))
            }
        }
    }

    struct Return: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Says of one reason, from a day on, whether what comes back gives right and limit back."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "changed_mind, defective, wrong_item, seller_slip or other.")
        var reason: String
        @Option(help: "yes or no.") var givesBack: String
        @Option(help: "The first day; tomorrow by default.") var from: String?

        func run() async throws {
            try await shared.run { store, staff in
                let rule = try await store.setReturnRule(
                    RefundReason(typed: reason, field: .reason),
                    givesRightBack: YesOrNo(typed: givesBack, field: .givesRightBack) == .yes,
                    from: from.map { try Day(typed: $0, field: .startsOn) }
                        ?? store.today.adding(days: 1),
                    key: shared.requestKey(store),
                    by: staff
                )
                return ReturnAnswer(rule)
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets a rule from a day on; without a limit it is lifted."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var limit: LimitOptions
        @Option(help: "The first day; today by default.") var from: String?

        func run() async throws {
            try await shared.run { store, staff in
                let rule = try await limit.rule(
                    from: from.map { try Day(typed: $0, field: .startsOn) } ?? store.today,
                    store
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

    struct Rehearse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs a rule over past tickets and says what it would have refused.",
            discussion: """
                Nothing is written. Progress goes to standard error; Ctrl-C stops it, says what was found until then, \
                and ends with 1. With --json: figures, items, and next, which --after takes for the part that follows.
                """
        )
        @OptionGroup var shared: Shared
        @OptionGroup var limit: LimitOptions
        @Option(help: "The first day of the tickets; three months before the last by default.")
        var from: String?
        @Option(help: "The last day of the tickets; today by default.") var to: String?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(name: .customLong("limit"), help: "How many refused lines.") var count = 50

        func run() async throws {
            noteInterrupts()
            try await shared.run { store, staff in
                let rule = try await limit.rule(from: store.today, store)
                let rehearsed = try await store.rehearse(
                    rule,
                    from: from.map { try Day(typed: $0, field: .startsOn) },
                    to: to.map { try Day(typed: $0, field: .endsOn) },
                    after: after,
                    limit: count,
                    by: staff
                ) { read, total in
                    if !shared.json { Printed.line("\(read) / \(total)", to: .standardError) }
                    return !interrupted.load(ordering: .relaxed)
                }
                return RehearsalAnswer(rehearsed: rehearsed)
            }
        }
    }
}

/// Whether Ctrl-C was pressed: noted instead of ending the program, by the one thing that a signal's handler may do.
private let interrupted = Atomic<Bool>(false)

private func noteInterrupts() {
    interrupted.store(false, ordering: .relaxed)
    signal(SIGINT) { _ in interrupted.store(true, ordering: .relaxed) }
}

/// What a rule says.
struct LimitOptions: ParsableArguments {
    @Argument(help: "The rule: computer-per-household.") var code: String
    @Option(help: "equipment or connection.") var category: String
    @Option(
        name: .customLong("device-kind"),
        help: "Counts these kinds of machine alone: laptop, desktop, all_in_one, smartphone…"
    )
    var machines: [String] = []
    @Option(help: "Counts this product alone, by its code.") var product: String?
    @Option(help: "Whose uses count: person, household, voucher or structure.")
    var holder: String
    @Option(help: "Over how many sliding months; the calendar month by default.")
    var months: Int?
    @Option(help: "Over this programme's whole period instead.") var programme: String?
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

    func rule(from day: Day, _ store: Store) async throws -> NewQuotaRule {
        let origins = try origins.map { try Origin(typed: $0, field: .counted) }
        let exits = try exits.map { try TicketKind(typed: $0, field: .counted) }
        let machines = try machines.map { try DeviceKind(typed: $0, field: .deviceKind) }
        return try NewQuotaRule(
            code: ShortCode(typed: code),
            startsOn: day,
            category: Category(typed: category, field: .category),
            holder: QuotaRule.Holder(typed: holder, field: .holder),
            months: months,
            unitsMax: units,
            centsMax: euros.map { try Cents(typed: $0) },
            origins: .init(origins.isEmpty ? Origin.allCases : origins),
            kinds: .init(exits.isEmpty ? TicketKind.allCases : exits),
            shop: try await foundShop(shop, store),
            machines: machines.isEmpty ? nil : .init(machines),
            product: product.map { try ShortCode(typed: $0, field: .product) },
            programme: programme.map { try ShortCode(typed: $0, field: .programme) }
        )
    }
}

private struct RehearsalAnswer: Output {
    let rehearsed: RehearsedQuota

    var isFine: Bool { rehearsed.isWhole }

    func encode(to encoder: any Encoder) throws {
        try RehearsedDocument(rehearsed, in: .french).encode(to: encoder)
    }

    func words(in language: Language) -> String {
        let refused = rehearsed.refused
        let judged = rehearsed.judged
        let head = [
            rehearsed.preview.rule.sentence(in: language),
            language.choose(
                "Du \(rehearsed.from.printed) au \(rehearsed.to.printed)",
                "From \(rehearsed.from.printed) to \(rehearsed.to.printed)"
            ) + (rehearsed.isWhole ? "" : language.choose(" (arrêté)", " (stopped)")),
            language.choose(
                "Refusés\u{A0}: \(refused.tickets) tickets sur \(judged.tickets), \(refused.units) unités sur \(judged.units), ",
                "Refused: \(refused.tickets) tickets of \(judged.tickets), \(refused.units) units of \(judged.units), "
            ) + Written.cents(Cents(unchecked: refused.cents), in: language),
        ]
        let lines = rehearsed.items.map {
            "  \($0.on.printed)  \($0.receipt)  \($0.person)  \($0.units)  \(Written.cents($0.cents, in: language))"
        }
        return (head + lines + (rehearsed.next.map { ["… --after \($0)"] } ?? []))
            .joined(separator: "\n")
    }
}

private struct QuotaAnswer: Output {
    let rule: QuotaRule

    init(_ rule: QuotaRule) {
        self.rule = rule
    }

    func encode(to encoder: any Encoder) throws {
        try QuotaDocument(rule, in: .french).encode(to: encoder)
    }

    func words(in language: Language) -> String {
        "\(rule.code)  \(rule.startsOn.printed)  \(rule.sentence(in: language))"
    }
}

private struct ReturnAnswer: Output {
    let rule: ReturnRule

    init(_ rule: ReturnRule) {
        self.rule = rule
    }

    func encode(to encoder: any Encoder) throws { try rule.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(rule.startsOn.printed)  \(rule.words(in: language))"
    }
}
