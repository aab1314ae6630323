import ArgumentParser
import Shop
import Store

/// Who refers people.
struct StructureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "structure",
        abstract: "Partner structures and the professionals who sign for them.",
        subcommands: [
            Create.self, List.self, Show.self, Prescriber.self, Account.self, Keys.self, Key.self,
            Correct.self, End.self, Renew.self, Contact.self, ContactEnd.self,
        ]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a structure down.",
            discussion: "Kinds: \(StructureKind.allCases.map(\.rawValue).joined(separator: ", "))."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its name.") var name: String
        @Option(help: "What it is.") var kind: String
        @Option(help: "Its quarter.") var quarter: String?
        @Option(help: "Its address.") var address: String?
        @Option(help: "Its telephone number.") var phone: String?
        @Option(help: "Its email address.") var email: String?
        @Option(help: "The agreement's first day; today by default.") var from: String?
        @Option(help: "The agreement's last day; until further notice by default.")
        var to: String?

        func run() async throws {
            try await shared.run { store, staff in
                let structure = NewStructure(
                    name: try ShortText(typed: name, field: .name),
                    kind: try StructureKind(typed: kind, field: .structureKind),
                    quarter: try ShortText.optional(typed: quarter, field: .quarter),
                    address: try ShortText.optional(typed: address, field: .address),
                    phone: try Phone.optional(typed: phone),
                    email: try EmailAddress.optional(typed: email),
                    agreementStartsOn: try from.map { try Day(typed: $0, field: .startsOn) }
                        ?? store.today,
                    agreementEndsOn: try to.map { try Day(typed: $0, field: .endsOn) }
                )
                let key = shared.requestKey(store)
                let id = try await store.createStructure(structure, key: key, by: staff)
                return try await StructureAnswer(store.structure(id))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists structures in the order of their names.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Words that the name holds.") var words: [String] = []
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, _ in
                let part = try await store.structures(
                    matching: words.joined(separator: " "),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(
                    items: part.items.map(ListedStructure.init),
                    next: part.next
                )
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a structure and who signs for it."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its id, or its name.") var structure: String

        func run() async throws {
            try await shared.run { store, _ in
                try await StructureAnswer(
                    store.structure(foundStructure(structure, store))
                )
            }
        }
    }

    struct Prescriber: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a professional who signs for a structure."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The structure's id, or its name.") var structure: String
        @Argument(help: "The professional's name.") var name: String
        @Option(help: "What the professional is there.") var post: String?
        @Option(help: "A telephone number.") var phone: String?
        @Option(help: "An email address.") var email: String?

        func run() async throws {
            try await shared.run { store, staff in
                let prescriber = NewPrescriber(
                    name: try PersonName(typed: name, field: .prescriber),
                    post: try ShortText.optional(typed: post, field: .post),
                    phone: try Phone.optional(typed: phone),
                    email: try EmailAddress.optional(typed: email)
                )
                let id = try await foundStructure(structure, store)
                _ = try await store.addPrescriber(
                    prescriber,
                    to: id,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await StructureAnswer(store.structure(id))
            }
        }
    }

    struct Account: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Opens an account with which a prescriber signs vouchers.",
            discussion:
                "The password is read from COMPTOIR_PASSWORD, else asked for, else read from standard input."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The structure's id, or its name.") var structure: String
        @Argument(help: "The prescriber's name, as the structure has it.") var name: String
        @Argument(help: "What the prescriber types to sign in.") var login: String
        @Option(help: "fr or en.") var language = Language.french

        func run() async throws {
            try await shared.run { store, staff in
                let id = try await foundStructure(structure, store)
                let login = try Login(typed: login)
                let known = try await store.structure(id).prescribers.first { $0.name == name }
                guard let known else {
                    throw Refusal(
                        .unknownThing,
                        ["field": .field(.prescriber), "text": .text(String(name.prefix(40)))]
                    )
                }
                let account = NewAccount(of: known.id, in: id, login: login, language: language)
                let password = try SecretPrompt.ask(
                    "COMPTOIR_PASSWORD",
                    .password,
                    in: staff.language
                )
                _ = try await store.openAccount(
                    account,
                    password: password,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await StructureAnswer(store.structure(id))
            }
        }
    }

    struct Keys: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the keys with which a structure signed, the newest first."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The structure's id, or its name.") var structure: String

        func run() async throws {
            try await shared.run { store, _ in
                let id = try await foundStructure(structure, store)
                let keys = try await store.structureKeys(of: id)
                return PagedAnswer(items: keys.map(ListedKey.init), next: nil)
            }
        }
    }

    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ends the key with which a structure signs, and makes the next one.",
            discussion:
                "replaced: what it signed stays good. revoked: somebody else may have had it, nothing that it signed is believed any more."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The structure's id, or its name.") var structure: String
        @Argument(help: "replaced or revoked.") var end: StructureKey.End

        func run() async throws {
            try await shared.run { store, staff in
                let id = try await foundStructure(structure, store)
                _ = try await store.changeStructureKey(
                    of: id,
                    end,
                    key: shared.requestKey(store),
                    by: staff
                )
                let keys = try await store.structureKeys(of: id)
                return PagedAnswer(items: keys.map(ListedKey.init), next: nil)
            }
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Corrects what a structure is and how it is reached; what is not said stays."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The structure's id, or its name.") var structure: String
        @Option(help: "What it is.") var kind: String?
        @Option(help: "Its quarter.") var quarter: String?
        @Option(help: "Its address.") var address: String?
        @Option(help: "Its telephone number.") var phone: String?
        @Option(help: "Its email address.") var email: String?

        func run() async throws {
            try await shared.run { store, staff in
                let id = try await foundStructure(structure, store)
                let facts = try await store.structure(id).corrected(
                    kind: kind.map { try StructureKind(typed: $0, field: .structureKind) },
                    quarter: quarter,
                    address: address,
                    phone: phone,
                    email: email
                )
                _ = try await store.correctStructure(
                    id,
                    facts,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await StructureAnswer(store.structure(id))
            }
        }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down the agreement that follows a structure's last one."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The structure's id, or its name.") var structure: String
        @Option(help: "The agreement's first day; today by default.") var from: String?
        @Option(help: "The agreement's last day; until further notice by default.")
        var to: String?

        func run() async throws {
            try await shared.run { store, staff in
                let id = try await foundStructure(structure, store)
                let agreement = Agreement(
                    startsOn: try from.map { try Day(typed: $0, field: .startsOn) } ?? store.today,
                    endsOn: try to.map { try Day(typed: $0, field: .endsOn) }
                )
                _ = try await store.renewAgreement(
                    of: id,
                    agreement,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await StructureAnswer(store.structure(id))
            }
        }
    }

    struct Contact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds someone to call at a structure."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The structure's id, or its name.") var structure: String
        @Argument(help: "The contact's name.") var name: String
        @Option(help: "What the contact is there.") var post: String?
        @Option(help: "A telephone number.") var phone: String?
        @Option(help: "An email address.") var email: String?

        func run() async throws {
            try await shared.run { store, staff in
                let contact = NewContact(
                    name: try PersonName(typed: name, field: .contact),
                    post: try ShortText.optional(typed: post, field: .post),
                    phone: try Phone.optional(typed: phone),
                    email: try EmailAddress.optional(typed: email)
                )
                let id = try await foundStructure(structure, store)
                _ = try await store.addContact(
                    contact,
                    to: id,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await StructureAnswer(store.structure(id))
            }
        }
    }

    struct ContactEnd: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "contact-end",
            abstract: "Takes someone to call off a structure's page."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The structure's id, or its name.") var structure: String
        @Argument(help: "The contact's name, as the structure has it.") var name: String

        func run() async throws {
            try await shared.run { store, staff in
                let id = try await foundStructure(structure, store)
                let contact = try await store.structure(id).contacts.first { $0.name == name }
                guard let contact else {
                    throw Refusal(
                        .unknownThing,
                        ["field": .field(.contact), "text": .text(String(name.prefix(40)))]
                    )
                }
                _ = try await store.endContact(
                    contact.id,
                    of: id,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await StructureAnswer(store.structure(id))
            }
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets the last day of a structure's agreement."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The structure's id, or its name.") var structure: String
        @Option(help: "The last day; today by default.") var on: String?

        func run() async throws {
            try await shared.run { store, staff in
                let id = try await foundStructure(structure, store)
                let day = try on.map { try Day(typed: $0, field: .endsOn) } ?? store.today
                _ = try await store.endAgreement(
                    of: id,
                    on: day,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await StructureAnswer(store.structure(id))
            }
        }
    }
}
