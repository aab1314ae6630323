import ArgumentParser
import Shop
import Store

/// What a machine's buyer may read of it, and what its further use avoids.
struct PassportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passport",
        abstract: "Devices' passports, and what a further year of their use avoids.",
        subcommands: [Show.self, Factors.self, SetFactor.self]
    )

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Shows a device's passport: tests, erasure, repairs, guarantee, what a further use avoids."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its label, such as LIPC26-0008.") var label: String

        func run() async throws {
            try await shared.runOpen { store in
                Shown(passport: try await store.passport(DeviceLabel.typed(label)))
            }
        }
    }

    struct Factors: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists what a further year of use avoids, by kind, with its source.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Flag(help: "Those that hold today.") var inForce = false
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 100

        func run() async throws {
            try await shared.runOpen { store in
                let part = try await store.impactFactors(
                    isInForce: inForce,
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct SetFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says what a further year of use avoids, from a day on."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "laptop, desktop, all_in_one, tablet, smartphone, screen or other.")
        var kind: DeviceKind
        @Option(help: "Grams of CO2 equivalent.") var carbon: Int?
        @Option(help: "Grams of raw materials that are not extracted.") var materials: Int?
        @Option(help: "Grams of electronic waste.") var waste: Int?
        @Option(help: "Who says so, and where.") var source: String
        @Option(help: "From which day on. By default today.") var from: String?

        func run() async throws {
            try await shared.run { store, staff in
                let factor = ImpactFactor(
                    deviceKind: kind,
                    startsOn: try from.map { try Day(typed: $0) } ?? store.today,
                    carbonGrams: carbon,
                    materialsGrams: materials,
                    wasteGrams: waste,
                    source: try ShortText(typed: source, field: .source, most: 300).text
                )
                return try await store.setImpactFactor(
                    factor,
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    private struct Shown: Output {
        let passport: DevicePassport

        func encode(to encoder: any Encoder) throws { try passport.encode(to: encoder) }

        func words(in language: Language) -> String {
            let name = [passport.maker, passport.model].filter { !$0.isEmpty }
            let disks = passport.disks.map { disk in
                let erased = disk.erasure.map {
                    "\($0.at.day.printed) \($0.level.name(in: language))"
                }
                return "  \(disk.kind.rawValue) \(disk.sizeGB) GB \(disk.serial)  \(erased ?? "–")"
            }
            return
                ([([passport.label] + name).joined(separator: "  ")] + disks
                + [passport.guarantee.map { "  " + $0.endsOn.printed }].compactMap(\.self)
                + [passport.impact.map { "  " + $0.words(in: language) }].compactMap(\.self))
                .joined(separator: "\n")
        }
    }
}

extension ImpactFactor: Output {
    func words(in language: Language) -> String {
        let grams = [carbonGrams, materialsGrams, wasteGrams].map { grams in
            grams.map { ImpactFactor.written(grams: $0, in: language) } ?? "–"
        }
        return ([deviceKind.rawValue, startsOn.printed] + grams + [source]).joined(separator: "  ")
    }
}
