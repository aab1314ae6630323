import ArgumentParser
import Shop
import Store

/// What the association agreed with its funders.
struct ProgrammeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme",
        abstract: "Programmes: a commitment to funders, with its targets.",
        subcommands: [Create.self, List.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Opens a programme.")
        @OptionGroup var shared: Shared
        @Argument(help: "Its short name: lille.") var code: String
        @Option(help: "Its name.") var name: String
        @Option(help: "Where it holds.") var territory: String
        @Option(help: "Its first day.") var from: String
        @Option(help: "Its last day.") var to: String
        @Option(help: "How many parents it aims at.") var parents = 0
        @Option(help: "How many runs it aims at.") var runs = 0
        @Option(help: "A funder, NAME:KIND (commune, etat, fondation…); may be repeated.")
        var funder: [String] = []

        func run() async throws {
            try await shared.run { store, staff in
                let new = try NewProgramme(
                    code: ShortCode(typed: code),
                    name: ShortText(typed: name, field: .name),
                    territory: ShortText(typed: territory, field: .territory),
                    startsOn: Day(typed: from),
                    endsOn: Day(typed: to),
                    parentsTarget: parents,
                    runsTarget: runs,
                    funders: funder.map { try Funder(typed: $0) }
                )
                let key = shared.requestKey(store)
                return CreatedAnswer(try await store.createProgramme(new, key: key, by: staff))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists programmes by code.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "From after this code on.") var after = ""

        func run() async throws {
            try await shared.run { store, _ in
                let programmes = try await store.programmes(after: after)
                return PagedAnswer(
                    items: programmes.items.map(ProgrammeAnswer.init),
                    next: programmes.next
                )
            }
        }
    }
}

/// What was made, and what it is called.
struct CreatedAnswer: Output {
    let id: String
    let code: String

    init(_ created: Created<some Any>) {
        id = created.id.text
        code = created.code
    }

    func words(in language: Language) -> String { "\(code)  \(id)" }
}

private struct ProgrammeAnswer: Output {
    let code: String
    let name: String
    let territory: String
    let startsOn: Day
    let endsOn: Day
    let parentsTarget: Int
    let runsTarget: Int
    let funders: [Funder]

    init(_ programme: Programme) {
        code = programme.code
        name = programme.name
        territory = programme.territory
        startsOn = programme.startsOn
        endsOn = programme.endsOn
        parentsTarget = programme.parentsTarget
        runsTarget = programme.runsTarget
        funders = programme.funders
    }

    func words(in language: Language) -> String {
        "\(code)  \(name), \(startsOn.printed) – \(endsOn.printed), "
            + language.choose(
                "\(parentsTarget) parents, \(runsTarget) parcours visés",
                "aims at \(parentsTarget) parents, \(runsTarget) runs"
            ) + " (\(funders.map(\.name).joined(separator: ", ")))"
    }
}
