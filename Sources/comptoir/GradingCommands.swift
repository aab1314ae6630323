import ArgumentParser
import Foundation
import Shop
import Store

/// By what machines are graded.
struct GradingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grading",
        abstract: "The rules by which machines are graded, and the marks of processors.",
        subcommands: [List.self, Set.self, Marks.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every version of every set of rules, the newest first.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared
        @Flag(help: "Only those in force today.") var inForce = false

        func run() async throws {
            try await shared.run { store, _ in
                let rules = try await store.gradingRules()
                let chosen = inForce ? rules.inForce(on: store.today) : rules
                return PagedAnswer(whole: chosen.map(ListedRules.init))
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a version of a set of rules down, from a day on.",
            discussion: """
                The file is what `grading list --json` prints of one set: code, starts_on (today when absent), name_fr, \
                name_en, device_kinds, disk_points_most, points (part, below, points), grades (below, grade), caps \
                (processor_below, storage, best). Thresholds rise, and the last one has no `below`.
                """
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The file, in JSON.", completion: .file()) var file: String

        func run() async throws {
            try await shared.run { store, staff in
                let rules = try document().rules(today: store.today)
                return RulesSet(
                    code: try await store.setGradingRules(
                        rules,
                        key: shared.requestKey(store),
                        by: staff
                    ),
                    startsOn: rules.startsOn
                )
            }
        }

        /// Throws `fileMissing`, `inputUnreadable`.
        private func document() throws -> GradingRulesDocument {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let data = Data(try bytes(of: file).prefix(1 << 20))
            do {
                return try decoder.decode(GradingRulesDocument.self, from: data)
            } catch is DecodingError {
                throw Refusal(.inputUnreadable)
            }
        }
    }

    struct Marks: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Takes in the marks of processors that a CSV file gives, or lists those known.",
            discussion: """
                Columns: \(MarkColumn.allCases.map { $0.names.joined(separator: "/") }.joined(separator: ", ")). The \
                first two are needed. Comma, semicolon or tab; UTF-8 or Windows-1252. The same file again makes nothing; a line \
                that is refused stops no other. Exit status 1 when a line was refused. Without a file: \(PagedHelp.parts)
                """
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The file; without one, the known marks are listed.", completion: .file())
        var file: String?
        @Option(
            help:
                "Where the marks come from, for lines that do not say; the file's name by default."
        )
        var source: String?
        @Flag(help: "Say what would be done, and write nothing.") var dryRun = false
        @Option(help: "Words that are in the name, when they are listed.") var search = ""
        @Option(help: "The last part's next.") var after: String?
        @Option(help: "How many, 200 at most.") var limit = 50

        func run() async throws {
            guard let file else {
                return try await shared.run { store, _ in
                    let part = try await store.processorMarks(
                        matching: search,
                        after: after,
                        limit: limit
                    )
                    return PagedAnswer(items: part.items.map(ListedMark.init), next: part.next)
                }
            }
            let name = URL(fileURLWithPath: file).lastPathComponent
            try await shared.run { store, staff in
                let read = try await store.readMarks(
                    bytes(of: file),
                    source: ShortText(typed: source ?? name, field: .source)
                )
                return ImportedMarks(
                    result: dryRun
                        ? try await store.previewMarks(read)
                        : try await store.importMarks(
                            read,
                            key: shared.requestKey(store),
                            by: staff
                        ),
                    file: name
                )
            }
        }
    }
}

/// What each grade is offered at.
struct PriceTableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price-table",
        abstract: "What machines of each kind and grade are offered at, dated.",
        subcommands: [List.self, Set.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the prices of a day, by kind, price list and grade.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared
        @Option(help: "On another day.") var on: String?

        func run() async throws {
            try await shared.run { store, _ in
                let prices = try await store.gradePrices(
                    on: on.map { try Day(typed: $0, field: .startsOn) }
                )
                return PagedAnswer(whole: prices.map(ListedGradePrice.init))
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets what machines of a kind and grade are offered at, from a day on."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "laptop, desktop, all_in_one, tablet, smartphone, screen or other.")
        var kind: DeviceKind
        @Argument(help: "premium, a, b, c or hc.") var grade: Grade
        @Option(help: "The price in euros: 99 or 99,50. Without one nothing is proposed.")
        var price: String?
        @Option(help: "The price list: standard or partner.") var channel = PriceChannel.standard
        @Option(help: "The first day; today by default.") var from: String?

        func run() async throws {
            try await shared.run { store, staff in
                ListedGradePrice(
                    price: try await store.setGradePrice(
                        NewGradePrice(
                            deviceKind: kind,
                            grade: grade,
                            channel: channel,
                            startsOn: from.map { try Day(typed: $0, field: .startsOn) }
                                ?? store.today,
                            price: price.map { try Cents(typed: $0) }
                        ),
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }
}

private struct ListedRules: Output {
    let rules: GradingRules

    func encode(to encoder: any Encoder) throws {
        try GradingRulesDocument(rules).encode(to: encoder)
    }

    func words(in language: Language) -> String {
        let state = rules.isWithdrawn ? language.choose("  (retiré)", "  (withdrawn)") : ""
        return
            ([
                "\(rules.code)  \(rules.startsOn.printed)  \(rules.name(in: language))\(state)"
            ] + lines(in: language).map { "  " + $0 }).joined(separator: "\n")
    }

    private func lines(in language: Language) -> [String] {
        rules.thresholds(in: language).map {
            "\($0.name)\(language.choose("\u{A0}: ", ": "))\($0.words)"
        }
            + rules.sentences(in: language)
    }
}

private struct RulesSet: Output {
    let code: String
    let startsOn: Day

    func words(in language: Language) -> String { "\(code)  \(startsOn.printed)" }
}

private struct ListedMark: Output {
    let mark: ProcessorMark

    func encode(to encoder: any Encoder) throws { try mark.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(mark.processor)  \(Written.number(mark.mark, in: language))  \(mark.startsOn.printed)  \(mark.source)"
    }
}

private struct ImportedMarks: Output {
    let result: MarksImport
    let file: String

    var isFine: Bool { result.count(.refused) == 0 }

    func encode(to encoder: any Encoder) throws {
        try ToldMarksImport(result, file: file, in: .french).encode(to: encoder)
    }

    func objects(in language: Language) -> [any Encodable & Sendable]? {
        [ToldMarksImport(result, file: file, in: language)]
    }

    func words(in language: Language) -> String {
        let head =
            "\(result.count(.new)) \(language.choose("nouveaux", "new")), "
            + "\(result.count(.known)) \(language.choose("déjà là", "known")), "
            + "\(result.count(.refused)) \(language.choose("refusés", "refused"))"
        let faults = result.rows.compactMap { row in
            row.fault.map { fault in
                let told = fault.refusal.told(in: language)
                let place = language.choose("ligne", "line")
                return "\(place) \(row.line)  \(fault.field)  \(told.what) \(told.why)"
            }
        }
        return ([head] + faults).joined(separator: "\n")
    }
}

private struct ListedGradePrice: Output {
    let price: GradePrice

    func encode(to encoder: any Encoder) throws { try price.encode(to: encoder) }

    func words(in language: Language) -> String {
        let cents = price.priceCents.map { Written.cents($0, in: language) } ?? "—"
        let change = price.changesOn.map { "  → \($0.printed)" } ?? ""
        return [
            price.deviceKind.name(in: language), price.channel.name(in: language),
            price.grade.name(in: language), cents,
        ].joined(separator: "  ") + change
    }
}
