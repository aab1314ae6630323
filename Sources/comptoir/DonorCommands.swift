import ArgumentParser
import Shop
import Store

/// Who gives machines.
struct DonorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "donor",
        abstract: "Who gives or sells machines to the shop.",
        subcommands: [Add.self, List.self, Show.self, Correct.self, Erase.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Writes a donor down.")
        @OptionGroup var shared: Shared
        @Argument(help: "The name.") var name: String
        @Option(help: "company, public_body, shop or person.") var kind: DonorKind
        @Option(help: "The SIRET of an organisation.") var siret: String?
        @OptionGroup var card: DonorCardOptions

        func run() async throws {
            try await shared.run { store, staff in
                let donor = try NewDonor(
                    kind: kind,
                    name: ShortText(typed: name, field: .name),
                    siret: siret.map { try Siret(typed: $0) },
                    card: card.facts()
                )
                let key = shared.requestKey(store)
                let id = try await store.addDonor(donor, key: key, by: staff)
                return DonorAnswer(card: try await store.donor(id))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists donors, the last written down first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Words that the name holds.") var words: [String] = []
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.donors(
                    matching: words.joined(separator: " "),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a donor.")
        @OptionGroup var shared: Shared
        @Argument(help: "The donor's id.") var donor: ID<Donor>

        func run() async throws {
            try await shared.run { store, _ in
                DonorAnswer(card: try await store.donor(donor))
            }
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Corrects what is written of a donor; what is not said stays."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The donor's id.") var donor: ID<Donor>
        @Option(help: "The name.") var name: String?
        @Option(help: "What the donor is, before anything was delivered.") var kind: DonorKind?
        @Option(help: "The SIRET of an organisation.") var siret: String?
        @OptionGroup var card: DonorCardOptions

        func run() async throws {
            try await shared.run { store, staff in
                let facts = try await store.donor(donor).corrected(
                    kind: kind,
                    name: name,
                    siret: siret,
                    contact: card.contact,
                    address: card.address,
                    phone: card.phone,
                    email: card.email
                )
                let key = shared.requestKey(store)
                _ = try await store.correctDonor(donor, facts, key: key, by: staff)
                return DonorAnswer(card: try await store.donor(donor))
            }
        }
    }

    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Erases how a donor is reached, and a private person's name.",
            discussion: "Lots, receipts and the second-hand register stay as they are."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The donor's id.") var donor: ID<Donor>

        func run() async throws {
            try await shared.run { store, staff in
                let key = shared.requestKey(store)
                _ = try await store.eraseDonorCard(of: donor, key: key, by: staff)
                return DonorAnswer(card: try await store.donor(donor))
            }
        }
    }
}

struct DonorCardOptions: ParsableArguments {
    @Option(help: "Whom to call there.") var contact: String?
    @Option(help: "The address.") var address: String?
    @Option(help: "A telephone number.") var phone: String?
    @Option(help: "An email address.") var email: String?

    func facts() throws(Refusal) -> DonorFacts {
        try DonorFacts(contact: contact, address: address, phone: phone, email: email)
    }
}

private struct DonorAnswer: Output {
    let card: DonorCard

    func encode(to encoder: any Encoder) throws { try card.encode(to: encoder) }

    func words(in language: Language) -> String {
        ([card.donor.words(in: language)]
            + [card.contact, card.address, Phone.printed(card.phone), card.email]
            .filter { !$0.isEmpty }.map { "  \($0)" }).joined(separator: "\n")
    }
}

extension DonorRow: Output {
    func words(in language: Language) -> String {
        [
            id.text, shownName(in: language), kind.name(in: language),
            language.choose("\(batches) lot(s)", "\(batches) lot(s)"),
        ].joined(separator: "  ")
    }
}
