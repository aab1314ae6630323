import ArgumentParser
import Shop
import Store

/// Who was received at the help desk.
struct VisitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visit",
        abstract: "Visits to the help desk: record, list, take back.",
        subcommands: [
            Record.self, List.self, Count.self, TakeBack.self, Codes.self, SetCode.self,
        ]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Writes down who was received; it uses a right where a voucher of theirs opens one.",
            discussion: "Nothing is written about anybody but codes, minutes and a day."
        )
        @OptionGroup var shared: Shared
        @Option(help: "The shop's code; by default where one works.") var shop: String?
        @Option(help: "visit or diagnostic.") var kind = VisitKind.visit.rawValue
        @Option(help: "P-XXXXXX; nobody is named by default.") var person: String?
        @Option(help: "The day; today by default.") var on: String?
        @Option(help: "How long, in minutes: 1 to 480.") var minutes: Int
        @Option(
            name: .customLong("theme"),
            help: "What it was about, a code of the list; may be repeated."
        )
        var themes: [String] = []
        @Option(help: "entierement_accompagne, partiellement_autonome or autonome.")
        var autonomy: String?
        @Option(help: "Where they were sent, a code of the list.") var redirection: String?
        @Option(help: "The login of whoever led it; oneself by default.") var ledBy: String?
        @Option(help: "The id of the appointment that it comes of.")
        var appointment: ID<Appointment>?

        func run() async throws {
            try await shared.run { store, staff in
                let visit = NewVisit(
                    shop: try await store.shop(coded: shop, where: .receivers, of: staff),
                    facts: try VisitFacts(
                        kind: VisitKind(typed: kind, field: .visitKind),
                        heldOn: on.map { try Day(typed: $0, field: .visitHeldOn) } ?? store.today,
                        today: store.today,
                        minutes: minutes,
                        themes: themes,
                        autonomy: autonomy.map { try Autonomy(typed: $0, field: .autonomy) },
                        redirection: redirection
                    ),
                    person: try await foundPerson(person, store),
                    ledBy: ledBy,
                    appointment: appointment
                )
                return RecordedVisitAnswer(
                    recorded: try await store.recordVisit(
                        visit,
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists who was received, the last first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @OptionGroup var days: DeskDays

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.visits(
                    days.filter(store, staff),
                    after: days.after.map { try ID(typed: $0, field: .code) },
                    limit: days.limit
                )
                return PagedAnswer(items: part.items.map(VisitAnswer.init), next: part.next)
            }
        }
    }

    struct Count: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Counts visits by theme; it names nobody, and tells no small number."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var period: DeskPeriod
        @Flag(help: "Print a table for a spreadsheet.") var csv = false

        func run() async throws {
            try await shared.run { store, staff in
                let counts = try await store.countVisits(period.filter(store, staff))
                return VisitCountsAnswer(counts: counts, isTable: csv)
            }
        }
    }

    struct TakeBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-back",
            abstract: "Takes back a visit recorded by mistake; the right it used is given back."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The visit's id.") var visit: ID<Visit>
        @Option(help: "slip, twice or wrong_person.") var motive: String

        func run() async throws {
            try await shared.run { store, staff in
                TakenBackAnswer(
                    taken: try await store.takeBackVisit(
                        visit,
                        for: TakeBackMotive(typed: motive, field: .motive),
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct Codes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every row of the themes and redirections, the newest first.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared
        @Flag(help: "Only those that may be given today.") var offered = false

        func run() async throws {
            try await shared.run { store, _ in
                let codes = try await store.helpDeskCodes()
                let chosen =
                    offered
                    ? HelpDeskCode.List.allCases.flatMap { codes.offered($0, on: store.today) }
                    : codes
                return PagedAnswer(whole: chosen.map(HelpDeskCodeAnswer.init))
            }
        }
    }

    struct SetCode: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set-code",
            abstract:
                "Adds a theme or a redirection, words one anew, or withdraws it, from a day on.",
            discussion:
                "It says what was worked on: nothing of health, origin, opinions, justice or private life."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "theme or redirection.") var list: String
        @Argument(help: "Its code: bureautique.") var code: String
        @Option(name: .customLong("name-fr"), help: "Its French words.") var french: String
        @Option(name: .customLong("name-en"), help: "Its English words.") var english: String
        @Option(help: "The first day; today by default.") var from: String?
        @Flag(help: "From that day on nobody gives it any more.") var withdrawn = false

        func run() async throws {
            try await shared.run { store, staff in
                let set = try NewHelpDeskCode(
                    list: HelpDeskCode.List(typed: list, field: .codeList),
                    code: code,
                    startsOn: from.map { try Day(typed: $0, field: .startsOn) } ?? store.today,
                    french: ShortText(typed: french, field: .nameFrench),
                    english: ShortText(typed: english, field: .nameEnglish),
                    isWithdrawn: withdrawn
                )
                return try await HelpDeskCodeAnswer(
                    store.setHelpDeskCode(set, key: shared.requestKey(store), by: staff)
                )
            }
        }
    }
}

/// Where and when: what may be counted.
struct DeskPeriod: ParsableArguments {
    @Option(help: "The shop's code; by default every one where one works.") var shop: String?
    @Option(help: "The first day.") var from: String?
    @Option(help: "The last day.") var to: String?

    func filter(
        _ store: Store,
        _ staff: Staff,
        of person: ID<Person>? = nil
    ) async throws -> DeskFilter {
        var reach = staff.reach(.receivers)
        if let shop {
            reach = .shops([try await store.shop(coded: shop, where: .receivers, of: staff)])
        }
        return DeskFilter(
            in: reach,
            from: try from.map { try Day(typed: $0, field: .startsOn) },
            to: try to.map { try Day(typed: $0, field: .endsOn) },
            person: person
        )
    }
}

/// The same and of whom, a part at a time: what is listed.
struct DeskDays: ParsableArguments {
    @OptionGroup var period: DeskPeriod
    @Option(help: "Of one person: P-XXXXXX.") var person: String?
    @Option(help: "What the part before gave as next.") var after: String?
    @Option(help: "How many, 200 at most.") var limit = 50

    func filter(_ store: Store, _ staff: Staff) async throws -> DeskFilter {
        try await period.filter(store, staff, of: foundPerson(person, store))
    }
}

private struct RecordedVisitAnswer: Output {
    let recorded: RecordedVisit

    func encode(to encoder: any Encoder) throws { try recorded.encode(to: encoder) }

    func words(in language: Language) -> String {
        var text = recorded.visit.text
        if let right = recorded.right {
            text +=
                "  " + language.choose("droit utilisé", "right used")
                + (right.voucher.map { " (\($0))" } ?? "")
            if let left = right.left { text += language.choose(", reste ", ", left: ") + "\(left)" }
        } else if let free = recorded.free {
            text += "  " + language.choose("aucun droit utilisé\u{A0}: ", "no right used: ")
            text += free.name(in: language)
        }
        return text
    }
}

private struct VisitCountsAnswer: Output {
    let counts: VisitCounts
    let isTable: Bool

    func encode(to encoder: any Encoder) throws { try counts.encode(to: encoder) }

    func words(in language: Language) -> String {
        if isTable { return String(CSV(counts.table(in: language)).text.dropLast()) }
        return counts.counts.map { count in
            "\(count.visits.map(String.init) ?? "< \(counts.least)")  \(count.words(in: language))"
        }.joined(separator: "\n")
    }
}

private struct TakenBackAnswer: Output {
    let taken: TakenBackVisit

    func encode(to encoder: any Encoder) throws { try taken.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(taken.visit)  "
            + (taken.givesBack
                ? language.choose(
                    "annulé, le droit est rendu",
                    "taken back, the right is given back"
                )
                : language.choose("annulé", "taken back"))
    }
}

private struct VisitAnswer: Output {
    let row: VisitRow

    init(_ row: VisitRow) {
        self.row = row
    }

    func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }

    func words(in language: Language) -> String {
        let themes = row.themes.map { $0.words(in: language) }.joined(separator: ", ")
        return "\(row.heldOn.printed)  \(row.shop)  \(row.kind.name(in: language))  "
            + "\(row.person ?? language.choose("anonyme", "anonymous"))  "
            + "\(Written.minutes(row.minutes))  \(themes)  \(row.ledBy)"
            + (row.takenBackFor.map { "  (\($0.name(in: language)))" } ?? "")
    }
}

private struct HelpDeskCodeAnswer: Output {
    let code: HelpDeskCode

    init(_ code: HelpDeskCode) {
        self.code = code
    }

    func encode(to encoder: any Encoder) throws { try code.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(code.list.rawValue)  \(code.code)  \(code.startsOn.printed)  \(code.words(in: language))"
            + (code.isWithdrawn ? language.choose("  (retiré)", "  (withdrawn)") : "")
    }
}
