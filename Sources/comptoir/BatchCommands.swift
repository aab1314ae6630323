import ArgumentParser
import Foundation
import Shop
import Store
import Till

/// Lots of machines.
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Lots of machines, as promised and as received.",
        subcommands: [
            BatchLabelsCommand.self,
            Promise.self, Receive.self, List.self, Show.self, Devices.self, Add.self, Receipt.self,
            Certificate.self,
        ]
    )

    struct Promise: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes down a lot that a donor promises, and gives its code.",
            discussion: "Kinds: \(DeviceKind.allCases.map(\.rawValue).joined(separator: ", "))."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The donor's id.") var donor: ID<Donor>
        @Argument(help: "KIND=COUNT; may be repeated.") var promised: [String] = []
        @Option(help: "gift or purchase.") var acquisition = Acquisition.gift
        @Option(help: "The reference of what was agreed.") var agreement: String?
        @Option(help: "The day of the promise; today by default.") var on: String?
        @Option(help: "The promised weight, in kilograms.") var weight: String?
        @Option(help: "What the donor says that the lot is worth, in cents.") var value: Int64?
        @Option(help: "The shop that gets it: its code.") var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                let batch = NewBatch(
                    donor: donor,
                    acquisition: acquisition,
                    agreement: try ShortText.optional(typed: agreement, field: .agreement),
                    promisedOn: try on.map { try Day(typed: $0, field: .promisedOn) }
                        ?? store.today,
                    promised: try KindCounts(typed: promised),
                    weight: try .optional(typedKilograms: weight),
                    declaredValue: try value.map { try Cents($0) }
                )
                let shop = try await store.shop(coded: shop, where: .stockWorkers, of: staff)
                let key = shared.requestKey(store)
                let code = try await store.promiseBatch(batch, to: shop, key: key, by: staff)
                return BatchAnswer(card: try await store.batch(BatchCode.typed(code)))
            }
        }
    }

    struct Receive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records what came of a lot, in the second-hand register.",
            discussion: """
                Of a private person the register asks for the identity document. The identity is read from \
                COMPTOIR_SELLER, else asked for, else read from standard input, so that it stands in no list of \
                commands: name | address | document | number | day of issue | who issued it, in one line. Documents: \
                \(IdentityDocument.allCases.map(\.rawValue).joined(separator: ", ")).
                """
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The lot's code.") var batch: String
        @Argument(help: "KIND=COUNT; may be repeated.") var units: [String]
        @Option(help: "The day on which it came; today by default.") var on: String?
        @Option(help: "Its weight, in kilograms.") var weight: String?
        @Option(help: "What was paid, in cents, of a bought lot.") var price: Int64?
        @Option(help: "transfer, cheque, card or cash, of a bought lot.")
        var payment: AcquisitionPayment?
        @Flag(help: "A private person gives or sells: the identity follows.") var seller = false

        func run() async throws {
            try await shared.run { store, staff in
                let code = try BatchCode.typed(batch)
                let delivery = NewDelivery(
                    receivedOn: try on.map { try Day(typed: $0, field: .receivedOn) }
                        ?? store.today,
                    units: try KindCounts(typed: units),
                    weight: try .optional(typedKilograms: weight),
                    price: try price.map { try Cents($0) } ?? .zero,
                    payment: payment,
                    seller: seller ? try SellerIdentity.asked(in: staff.language) : nil
                )
                let key = shared.requestKey(store)
                return try await store.receiveBatch(code, delivery, key: key, by: staff)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists lots, the last written down first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "Of one donor: the id.") var donor: ID<Donor>?
        @Option(help: "promised or received.") var stage: BatchStage?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.batches(
                    of: donor,
                    stage: stage,
                    in: staff.reach(.stockWorkers),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a lot: what was promised, what came, what became of it."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The lot's code.") var batch: String

        func run() async throws {
            try await shared.run { store, staff in
                let code = try BatchCode.typed(batch)
                return BatchAnswer(
                    card: try await store.batch(code, in: staff.reach(.stockWorkers))
                )
            }
        }
    }

    struct Devices: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the machines of a lot.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The lot's code.") var batch: String
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.devices(
                    of: BatchCode.typed(batch),
                    in: staff.reach(.stockWorkers),
                    after: after,
                    limit: limit
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says with which lot a machine came, in the second-hand register.",
            discussion:
                "A machine that was sold or given, and is given again, is the shop's by that."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The lot's code.") var batch: String
        @Argument(help: "The machine's label.") var label: String

        func run() async throws {
            try await shared.run { store, staff in
                try await store.addDevice(
                    DeviceLabel.typed(label),
                    to: BatchCode.typed(batch),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }

    struct Receipt: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the donor's receipt for a lot to a file, as a PDF."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var paper: PaperFile
        @Argument(help: "The lot's code.") var batch: String

        func run() async throws {
            try await shared.run { store, staff in
                let receipt = try await store.donationReceipt(
                    BatchCode.typed(batch),
                    in: staff.reach(.stockWorkers)
                )
                return try await paper.write(store) { try await $0.donationReceipt(receipt) }
            }
        }
    }

    struct Certificate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the certificate of a lot's erasures to a file, as a PDF."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var paper: PaperFile
        @Argument(help: "The lot's code.") var batch: String

        func run() async throws {
            try await shared.run { store, staff in
                let certificate = try await store.erasureCertificate(
                    BatchCode.typed(batch),
                    in: staff.reach(.stockWorkers)
                )
                return try await paper.write(store) {
                    try await $0.erasureCertificate(certificate)
                }
            }
        }
    }
}

/// The second-hand register.
struct RegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "The second-hand register: what came, from whom, under which number.",
        subcommands: [List.self, Export.self, Correct.self, Seller.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists entries by their ordinal numbers.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "Of one day.") var on: String?
        @Option(help: "The shop: its code.") var shop: String?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let shop = try await store.shop(coded: shop, where: .stockWorkers, of: staff)
                let part = try await store.register(
                    of: shop,
                    on: try on.map { try Day(typed: $0, field: .day) },
                    after: after,
                    limit: limit,
                    by: staff
                )
                return PagedAnswer(items: part.items, next: part.next)
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the entries of one day to a CSV file."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var paper: PaperFile
        @Option(help: "The day; today by default.") var on: String?
        @Option(help: "The shop: its code.") var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                let shop = try await store.shop(coded: shop, where: .stockWorkers, of: staff)
                let day = try on.map { try Day(typed: $0, field: .day) } ?? store.today
                let table = try await store.registerTable(of: shop, on: day, by: staff)
                return try paper.write(Array(CSV(table).text.utf8))
            }
        }
    }

    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes what was wrong in an entry under a number of its own."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The entry's ordinal number.") var ordinal: Int64
        @Argument(help: "What is right.") var correction: String
        @Option(help: "The shop: its code.") var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                let shop = try await store.shop(coded: shop, where: .stockWorkers, of: staff)
                return Numbered(
                    ordinal: try await store.correctRegister(
                        ordinal,
                        of: shop,
                        ShortText(typed: correction, field: .correction, most: 500),
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct Seller: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows the identity that an entry keeps apart, to who answers for the shop."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The entry's ordinal number.") var ordinal: Int64
        @Option(help: "The shop: its code.") var shop: String?

        func run() async throws {
            try await shared.run { store, staff in
                let shop = try await store.shop(coded: shop, where: .stockWorkers, of: staff)
                return try await store.seller(ordinal, of: shop, by: staff)
            }
        }
    }
}

extension SellerIdentity {
    /// From one line of six parts, so that no identity stands in a list of processes.
    fileprivate static func asked(in language: Language) throws -> SellerIdentity {
        let parts = try SecretPrompt.ask("COMPTOIR_SELLER", .sellerName, in: language)
            .split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        func part(_ index: Int) -> String { index < parts.count ? parts[index] : "" }
        return SellerIdentity(
            name: try PersonName(typed: part(0), field: .sellerName),
            address: try ShortText(typed: part(1), field: .sellerAddress),
            document: try IdentityDocument(typed: part(2), field: .document),
            number: try ShortText(typed: part(3), field: .documentNumber, most: 40),
            issuedOn: try Day(typed: part(4), field: .issuedOn),
            issuedBy: try ShortText(typed: part(5), field: .issuedBy)
        )
    }
}

private struct Numbered: Output {
    let ordinal: Int64

    func words(in language: Language) -> String { language.choose("n° ", "no. ") + "\(ordinal)" }
}

private struct BatchAnswer: Output {
    let card: BatchCard

    func encode(to encoder: any Encoder) throws { try card.encode(to: encoder) }

    func words(in language: Language) -> String {
        let kinds = card.kinds.map { kind in
            "  \(kind.kind.name(in: language)): "
                + language.choose(
                    "promis \(kind.promised), reçus \(kind.received), entrés \(kind.takenIn)",
                    "promised \(kind.promised), received \(kind.received), taken in \(kind.takenIn)"
                )
        }
        let deliveries = card.deliveries.map { delivery in
            language.choose(
                "  Registre n° \(delivery.ordinal), \(delivery.receivedOn.printed)",
                "  Register no. \(delivery.ordinal), \(delivery.receivedOn.printed)"
            )
        }
        return ([card.batch.words(in: language)] + kinds + deliveries).joined(separator: "\n")
    }
}

extension BatchRow: Output {
    func words(in language: Language) -> String {
        [
            code, shownDonor(in: language), acquisition.name(in: language),
            language.choose(
                "\(receivedUnits) reçus sur \(promisedUnits) promis",
                "\(receivedUnits) received of \(promisedUnits) promised"
            ),
        ].joined(separator: "  ")
    }
}

extension RegisterRow: Output {
    func words(in language: Language) -> String {
        [
            "\(ordinal)", happenedOn.printed, kind.name(in: language), batch ?? "",
            provenance(in: language), summary(in: language), tickets.joined(separator: ", "),
        ].filter { !$0.isEmpty }.joined(separator: "  ")
    }
}

extension Registered: Output {
    func words(in language: Language) -> String {
        language.choose(
            "\(batch), registre n° \(ordinal)",
            "\(batch), register no. \(ordinal)"
        )
    }
}

extension ToldSeller: Output {
    func words(in language: Language) -> String {
        [
            name, address, "\(document.name(in: language)) \(number)",
            "\(issuedOn.printed) \(issuedBy)",
        ].joined(separator: "\n")
    }
}
