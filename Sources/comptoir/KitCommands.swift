import ArgumentParser
import Shop
import Store

/// What goes with a machine.
struct KitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kit",
        abstract: "What goes with a device: a laptop with its charger.",
        subcommands: [Check.self, PutBack.self, List.self, Set.self, Withdraw.self]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what of its kit is with a device, and takes some from the stock.",
            discussion: "Parts that are not named are with it."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The device's label.") var label: String
        @Option(help: "An article that is taken from the stock; may be repeated.")
        var take: [String] = []
        @Option(help: "An article that is missing; may be repeated.") var missing: [String] = []

        func run() async throws {
            try await shared.run { store, staff in
                let label = try DeviceLabel.typed(label)
                let parts = try await store.device(label, in: staff.reach(.stockWorkers)).kit
                var found: [ShortCode: KitFinding] = [:]
                for part in parts where part.isAsked {
                    found[try ShortCode(typed: part.product, field: .kitPart)] = .present
                }
                for code in take {
                    found[try ShortCode(typed: code, field: .kitPart)] = .stock
                }
                for code in missing {
                    found[try ShortCode(typed: code, field: .kitPart)] = .missing
                }
                return try await store.checkKit(
                    of: label,
                    found,
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct PutBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts a part back into the stock that was taken from it for a device.",
            discussion: "Off the shelf, also of a device that was recycled."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The device's label.") var label: String
        @Argument(help: "The article.") var part: String
        @Option(help: "Why, in a few words; no name of a person.") var motive: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.putPartBack(
                    ShortCode(typed: part, field: .kitPart),
                    of: DeviceLabel.typed(label),
                    because: ShortText(typed: motive, field: .motive, most: 500),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists what goes with devices of each kind, the last rule first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Flag(help: "Those that hold today.") var inForce = false
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 100

        func run() async throws {
            try await shared.runOpen { store in
                let part = try await store.kits(isInForce: inForce, after: after, limit: limit)
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what goes with devices of a kind, from a day on."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "laptop, desktop, all_in_one, tablet, smartphone, screen or other.")
        var kind: DeviceKind
        @Argument(help: "Articles; none: nothing goes with it.") var parts: [String] = []
        @Option(help: "From which day on; today by default.") var from: String?

        func run() async throws {
            try await shared.run { store, staff in
                try await store.setKit(
                    of: kind,
                    parts.map { try ShortCode(typed: $0, field: .kitPart) },
                    from: from.map { try Day(typed: $0, field: .startsOn) } ?? store.today,
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }
}

extension KitCommand {
    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes back a rule of a kind before its day; it is kept."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var version: VersionArguments

        func run() async throws {
            try await shared.run { store, staff in
                try await store.withdrawKit(
                    of: version.kind,
                    from: version.startsOn(),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }
}

extension KitRule: Output {
    func words(in language: Language) -> String {
        let names = parts.map { $0.name(in: language) }.joined(separator: ", ")
        return [
            deviceKind.name(in: language), startsOn.printed,
            names.isEmpty ? language.choose("rien", "nothing") : names,
            withdrawn.map {
                language.choose("retirée \($0.operatorCode)", "withdrawn \($0.operatorCode)")
            } ?? "",
        ].filter { !$0.isEmpty }.joined(separator: "  ")
    }
}

extension CheckedKit: Output {
    func words(in language: Language) -> String {
        missing.isEmpty
            ? language.choose("\(label)\u{A0}: tout y est.", "\(label): all of it is there.")
            : language.choose("\(label)\u{A0}: manque ", "\(label): missing ")
                + missing.joined(separator: ", ")
    }
}

extension PutBackPart: Output {
    func words(in language: Language) -> String {
        language.choose(
            "\(label)\u{A0}: \(nameFr) remis au stock, \(free) libres.",
            "\(label): \(nameEn) back in stock, \(free) free."
        )
    }
}
