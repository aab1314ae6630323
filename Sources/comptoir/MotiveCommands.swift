import ArgumentParser
import Shop
import Store

/// Why people are referred.
struct MotiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "motive",
        abstract: "The motives of a referral: the shop's own list, dated.",
        subcommands: [List.self, Set.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every row of every motive, the newest first.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared
        @Flag(help: "Only those that may be given today.") var offered = false

        func run() async throws {
            try await shared.run { store, _ in
                let motives = try await store.motives()
                let chosen = offered ? motives.offered(on: store.today) : motives
                return PagedAnswer(whole: chosen.map(MotiveAnswer.init))
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a motive, words one anew, or withdraws it, from a day on.",
            discussion:
                "A motive says a need: nothing of health, origin, opinions, justice or private life."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its code: no-printer.") var code: String
        @Option(name: .customLong("name-fr"), help: "Its French words.") var french: String
        @Option(name: .customLong("name-en"), help: "Its English words.") var english: String
        @Option(help: "The first day; today by default.") var from: String?
        @Flag(help: "From that day on nobody is referred for it any more.") var withdrawn = false

        func run() async throws {
            try await shared.run { store, staff in
                let motive = try NewMotive(
                    code: ShortCode(typed: code),
                    startsOn: from.map { try Day(typed: $0, field: .startsOn) } ?? store.today,
                    french: ShortText(typed: french, field: .nameFrench),
                    english: ShortText(typed: english, field: .nameEnglish),
                    isWithdrawn: withdrawn
                )
                return try await MotiveAnswer(
                    store.setMotive(motive, key: shared.requestKey(store), by: staff)
                )
            }
        }
    }
}

private struct MotiveAnswer: Output {
    let motive: Motive

    init(_ motive: Motive) {
        self.motive = motive
    }

    func encode(to encoder: any Encoder) throws { try motive.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(motive.code)  \(motive.startsOn.printed)  \(motive.words(in: language))"
            + (motive.isWithdrawn ? language.choose("  (retiré)", "  (withdrawn)") : "")
    }
}

/// What a referral says beyond whom it names and what it opens.
struct DetailArguments: ParsableArguments {
    @Option(name: .customLong("motive"), help: "Why, a code of the list; may be repeated.")
    var motives: [String] = []
    @Option(help: "Wished equipment: laptop, desktop, tablet, smartphone.") var wish: String?
    @Option(help: "Remarks for the counter: nothing on health, origin, opinions or justice.")
    var remarks: String?

    func details() throws(Refusal) -> ReferralDetails {
        try ReferralDetails(
            motives: motives,
            wish: try wish.map { text throws(Refusal) in
                try WishedEquipment(typed: text, field: .wish)
            },
            remarks: remarks
        )
    }
}

extension VoucherDetails {
    /// A line each, of those that were said.
    func lines(in language: Language) -> [String] {
        [
            motives.map { $0.words(in: language) }.joined(separator: ", "),
            wish?.name(in: language) ?? "", remarks,
        ].filter { !$0.isEmpty }.map { "  " + $0 }
    }
}
