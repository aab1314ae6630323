import ArgumentParser
import Shop
import Store

/// Exceptions to a limit.
struct OverrideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "override",
        abstract: "Exceptions: a second person lets somebody go beyond a limit once.",
        subcommands: [Grant.self, List.self, Motives.self, AddMotive.self, EndMotive.self]
    )

    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Grants an exception for one ticket line; --as is the seller who asks for it."
        )
        @OptionGroup var shared: Shared
        @Option(help: "For whom: a reference (P-XXXXXX).") var person: String
        @Option(help: "Beyond which limit: computer-per-household.") var rule: String
        @Option(help: "Units beyond what the limit leaves.") var units = 0
        @Option(help: "Euros beyond what the limit leaves: 5 or 5,00.") var euros: String?
        @Option(help: "Why: a code of `override motives`.") var motive: String
        @Option(help: "The last day on which it helps; today by default.") var until: String?
        @Option(help: "Who grants it: the login of a shop manager or an administrator.")
        var by: String

        func run() async throws {
            try await shared.run { store, seller in
                let asked = try NewOverride(
                    person: try await store.person(typed: person),
                    rule: ShortCode(typed: rule),
                    units: units,
                    cents: euros.map { try Cents(typed: $0) } ?? .zero,
                    motive: ShortCode(typed: motive, field: .motive),
                    expiresOn: until.map { try Day(typed: $0, field: .expiresOn) }
                )
                let id = try await store.grantOverride(
                    asked,
                    by: store.staff(login: by, till: seller.till?.code),
                    for: seller,
                    key: shared.requestKey(store)
                )
                return OverrideAnswer(try await store.override(id, in: seller.language))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists exceptions, the newest first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "Of one shop, by its code; every shop by default.") var shop: String?
        @Option(help: "Granted from this day on.") var from: String?
        @Option(help: "Granted until this day.") var to: String?
        @Option(help: "For one motive, by its code.") var motive: String?
        @Option(help: "Granted by one person, by their operator code.") var by: String?
        @Option(help: "open, used or expired.") var state: String?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50
        @Flag(help: "Print a table of all of them for a spreadsheet.") var csv = false

        func run() async throws {
            try await shared.run { store, staff in
                let chosen = try await foundShop(shop, store)
                let filter = OverrideFilter(
                    in: chosen.map { .shops([$0]) } ?? .everyShop,
                    from: try from.map { try Day(typed: $0, field: .startsOn) },
                    to: try to.map { try Day(typed: $0, field: .endsOn) },
                    motive: motive,
                    grantedBy: by,
                    state: try state.map { try OverrideRow.State(typed: $0, field: .counted) }
                )
                if csv {
                    let table = try await store.overridesTable(filter, in: staff.language)
                    return OverridesAnswer(table: table, part: .init(whole: []))
                }
                let part = try await store.overrides(
                    filter,
                    in: staff.language,
                    after: after,
                    limit: limit
                )
                return OverridesAnswer(
                    table: nil,
                    part: PagedAnswer(items: part.items.map(OverrideAnswer.init), next: part.next)
                )
            }
        }

        func validate() throws {
            if csv && shared.json { throw ValidationError("--json or --csv, one of them") }
        }
    }

    struct Motives: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists why an exception may be granted today.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared

        func run() async throws {
            try await shared.run { store, _ in
                PagedAnswer(
                    whole: try await store.overrideChoices().motives.map {
                        MotiveAnswer(code: $0.code, name: .init(fr: $0.french, en: $0.english))
                    }
                )
            }
        }
    }
}

extension OverrideCommand {
    struct AddMotive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Adds a motive at the end of the list. None may tell of health, belief or origin."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its short name: moving.") var code: String
        @Option(help: "What French screens say.") var nameFr: String
        @Option(help: "What English screens say.") var nameEn: String
        @Option(help: "The first day; today by default.") var from: String?

        func run() async throws {
            try await shared.run { store, staff in
                let motive = NewOverrideMotive(
                    code: try ShortCode(typed: code),
                    french: try ShortText(typed: nameFr, field: .nameFrench),
                    english: try ShortText(typed: nameEn, field: .nameEnglish),
                    startsOn: try from.map { try Day(typed: $0, field: .startsOn) } ?? store.today
                )
                let code = try await store.addOverrideMotive(
                    motive,
                    key: shared.requestKey(store),
                    by: staff
                )
                return MotiveAnswer(
                    code: code,
                    name: .init(fr: motive.french.text, en: motive.english.text)
                )
            }
        }
    }

    struct EndMotive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says on which day a motive is chosen for the last time."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its short name.") var code: String
        @Option(help: "The last day; today by default.") var on: String?

        func run() async throws {
            try await shared.run { store, staff in
                let day = try on.map { try Day(typed: $0, field: .endsOn) } ?? store.today
                let code = try await store.endOverrideMotive(
                    ShortCode(typed: code),
                    on: day,
                    key: shared.requestKey(store),
                    by: staff
                )
                return EndedMotive(code: code, endsOn: day)
            }
        }
    }
}

private struct EndedMotive: Output {
    let code: String
    let endsOn: Day

    func words(in language: Language) -> String { "\(code) → \(endsOn.printed)" }
}

private struct OverrideAnswer: Output {
    let row: OverrideRow

    init(_ row: OverrideRow) {
        self.row = row
    }

    func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }

    func words(in language: Language) -> String {
        let beyond = [
            row.units > 0 ? "+\(row.units)" : nil,
            row.cents > .zero ? "+" + Written.cents(row.cents, in: language) : nil,
        ].compactMap(\.self).joined(separator: " ")
        return "\(row.grantedAt.day.printed) \(row.grantedAt.clock)  \(row.till)  \(row.person)  "
            + "\(row.rule) \(beyond)  \(row.motiveWords)  \(row.grantedBy)  "
            + (row.receipt ?? "\(row.state.name(in: language)) → \(row.expiresOn.printed)")
    }
}

private struct OverridesAnswer: Output {
    let table: Table?
    let part: PagedAnswer<OverrideAnswer>

    func encode(to encoder: any Encoder) throws { try part.encode(to: encoder) }

    func words(in language: Language) -> String {
        table.map { String(CSV($0).text.dropLast()) } ?? part.words(in: language)
    }
}

private struct MotiveAnswer: Output {
    let code: String
    let name: Name

    struct Name: Encodable {
        let fr: String
        let en: String
    }

    func words(in language: Language) -> String {
        "\(code)  \(language.choose(name.fr, name.en))"
    }
}
