import ArgumentParser
import Shop
import Store

/// Who is served.
struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "People and their households.",
        subcommands: [
            Create.self, Search.self, Show.self, Correct.self, Facts.self, Join.self, Leave.self,
            Likely.self, Merge.self, Notice.self,
        ]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Opens a person's file; says which files may be the same person's."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The family name, or the one name there is.") var familyName: String
        @Option(help: "The given name.") var givenName: String?
        @Option(help: "A telephone number.") var phone: String?
        @Option(help: "The language in which the person is best served: fr, ar…")
        var language = "fr"
        @Option(help: "The year of birth.") var birthYear: Int?
        @Option(help: "The quarter where the person lives.") var quarter: String?
        @Option(help: "The structure that referred the person: id or name.")
        var structure: String?
        @Option(help: "With whom the person lives: P-XXXXXX.") var livesWith: String?
        @Flag(help: "The likely files were looked at: it is somebody else.")
        var somebodyElse = false

        func run() async throws {
            try await shared.run { store, staff in
                let person = NewPerson(
                    givenName: try .optional(typed: givenName, field: .givenName),
                    familyName: try PersonName(typed: familyName, field: .familyName),
                    phone: try .optional(typed: phone),
                    language: try SpokenLanguage(typed: language),
                    birthYear: try birthYear.map { try BirthYear($0, today: store.today) },
                    quarter: try ShortText.optional(typed: quarter, field: .quarter),
                    structure: try await structure.asyncMap { try await foundStructure($0, store) },
                    livesWith: try await foundPerson(livesWith, store)
                )
                return try await OpenedPersonAnswer(
                    store.createPerson(
                        person,
                        isSomebodyElse: somebodyElse,
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds people by any part of their names, a phone, a voucher or a code.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Argument(help: "What is known.") var words: [String]
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 20

        func run() async throws {
            try await shared.run { store, _ in
                let part = try await store.searchPersons(
                    words.joined(separator: " "),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items.map(ListedPerson.init), next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a person: household, vouchers, courses, tickets."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var who: Who

        func run() async throws {
            try await shared.run { store, _ in
                try await PersonAnswer(store.person(who.person(store)))
            }
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Corrects what identifies a person; what is not named stays."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var who: Who
        @Option(help: "The family name.") var familyName: String?
        @Option(help: "The given name; empty for none.") var givenName: String?
        @Option(help: "A telephone number; empty for none.") var phone: String?
        @Option(help: "The language in which the person is best served.") var language: String?

        func run() async throws {
            try await shared.run { store, staff in
                let id = try await who.person(store)
                let card = try await store.person(id)
                let identity = CorrectedIdentity(
                    givenName: try .optional(
                        typed: givenName ?? card.person.givenName,
                        field: .givenName
                    ),
                    familyName: try PersonName(
                        typed: familyName ?? card.person.familyName,
                        field: .familyName
                    ),
                    phone: try .optional(typed: phone ?? card.person.phone),
                    language: try SpokenLanguage(typed: language ?? card.language)
                )
                _ = try await store.correctIdentity(
                    of: id,
                    to: identity,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await PersonAnswer(store.person(id))
            }
        }
    }

    struct Facts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records what reports need of a person, from today on."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var who: Who
        @Option(help: "The year of birth.") var birthYear: Int?
        @Option(help: "The quarter.") var quarter: String?
        @Option(help: "The structure: id or name.") var structure: String?

        func run() async throws {
            try await shared.run { store, staff in
                let id = try await who.person(store)
                let card = try await store.person(id)
                let facts = PersonFacts(
                    birthYear: try (birthYear ?? card.person.birthYear).map {
                        try BirthYear($0, today: store.today)
                    },
                    quarter: try ShortText.optional(
                        typed: quarter ?? card.person.quarter,
                        field: .quarter
                    ),
                    structure: try await structure.asyncMap { try await foundStructure($0, store) }
                        ?? card.structureID
                )
                _ = try await store.recordFacts(
                    of: id,
                    facts,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await PersonAnswer(store.person(id))
            }
        }
    }

    struct Join: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "From today a person lives with another."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var who: Who
        @Option(help: "With whom: P-XXXXXX.") var with: String

        func run() async throws {
            try await shared.run { store, staff in
                let id = try await who.person(store)
                guard let other = try await foundPerson(with, store) else {
                    throw Refusal(.personUnknown)
                }
                _ = try await store.joinHousehold(
                    of: other,
                    id,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await PersonAnswer(store.person(id))
            }
        }
    }

    struct Leave: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "From today a person has a household of their own."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var who: Who

        func run() async throws {
            try await shared.run { store, staff in
                let id = try await who.person(store)
                _ = try await store.leaveHousehold(id, key: shared.requestKey(store), by: staff)
                return try await PersonAnswer(store.person(id))
            }
        }
    }
}

extension PersonCommand {
    struct Likely: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the files that may be of the same person, the closest first."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var who: Who

        func run() async throws {
            try await shared.run { store, _ in
                let likely = try await store.likelyFiles(of: who.person(store))
                return PagedAnswer(whole: likely.map(ListedPerson.init))
            }
        }
    }

    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes another file one with this one, which goes on; for good.",
            discussion: """
                Rights and limits then count together, and no ticket changes. With --dry-run both files are shown side by \
                side, and nothing is written.
                """
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The file that goes on: P-XXXXXX.") var person: String
        @Option(help: "The file that ends: P-XXXXXX.") var with: String
        @Flag(help: "Show what would become one; write nothing.") var dryRun = false

        func run() async throws {
            try await shared.run { store, staff in
                let goesOn = try await store.file(typed: person)
                let ends = try await store.file(typed: with)
                if dryRun {
                    return MergeAnswer.preview(
                        try await store.previewMerge(of: ends, into: goesOn, by: staff)
                    )
                }
                let merged = try await store.mergePersons(
                    ends,
                    into: goesOn,
                    key: shared.requestKey(store),
                    by: staff
                )
                return MergeAnswer.merged(try await store.person(merged))
            }
        }
    }
}

private enum MergeAnswer: Output {
    case preview(MergePreview)
    case merged(PersonCard)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .preview(let preview): try preview.encode(to: encoder)
        case .merged(let card): try card.encode(to: encoder)
        }
    }

    func words(in language: Language) -> String {
        switch self {
        case .preview(let preview):
            [("→", preview.goesOn), ("×", preview.ends)].map { sign, file in
                let counts = language.choose(
                    "bons \(file.vouchers), tickets \(file.tickets), parcours \(file.courses)",
                    "vouchers \(file.vouchers), tickets \(file.tickets), courses \(file.courses)"
                )
                return "\(sign) \(ListedPerson(file.person).words(in: language))  \(counts)"
            }.joined(separator: "\n")
        case .merged(let card): PersonAnswer(card).words(in: language)
        }
    }
}

/// The person a command is about.
struct Who: ParsableArguments {
    @Argument(help: "The person: P-XXXXXX, or the id.") var person: String

    func person(_ store: Store) async throws -> ID<Person> {
        guard let id = try await foundPerson(person, store) else { throw Refusal(.personUnknown) }
        return id
    }
}

extension Optional {
    /// `map` for what awaits.
    func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async throws -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
