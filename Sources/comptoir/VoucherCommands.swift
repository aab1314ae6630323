import ArgumentParser
import Shop
import Store

/// The signed referral.
struct VoucherCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voucher",
        abstract: "Vouchers: recorded from paper, checked, revoked.",
        subcommands: [Record.self, List.self, Show.self, VoucherCheck.self, Revoke.self]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records a voucher from its paper, with the people it names."
        )
        @OptionGroup var shared: Shared
        @Option(help: "The structure: id or name.") var structure: String
        @Option(help: "Who signed; a name that the structure does not know yet is added to it.")
        var prescriber: String
        @Option(help: "What a new prescriber is there.") var post: String?
        @Option(help: "A person it names: P-XXXXXX; may be repeated.") var person: [String] = []
        @Option(help: "A person without a file, GIVEN/FAMILY; may be repeated.")
        var newPerson: [String] = []
        @Flag(help: "The likely files were looked at: the new people are somebody else.")
        var somebodyElse = false
        @Flag(help: "The new people live with the first one named.") var livesWithFirst = false
        @Option(help: "How many live in the household.") var householdSize: Int
        @Option(
            name: .customLong("service"),
            help: "What it opens: equipment, connection, course, help_desk; may be repeated."
        )
        var services: [String]
        @Option(help: "The day it was signed.") var signedOn: String
        @Option(help: "Its last day; by default as long as rights last.") var validUntil: String?
        @Option(help: "The one shop where it holds, by its code; every shop by default.")
        var shop: String?
        @Option(help: "Units of equipment it opens; one a person by default.")
        var equipment: Int?
        @Flag(help: "The signature was seen.") var signatureSeen = false
        @Flag(help: "The paper is kept.") var originalKept = false
        @OptionGroup var said: DetailArguments

        func run() async throws {
            try await shared.run { store, staff in
                let structure = try await foundStructure(structure, store)
                let card = try await store.structure(structure)
                let known = card.prescribers.first { $0.name == prescriber }
                let signatory: NewVoucher.Signatory =
                    if let known { .known(known.id) } else {
                        .new(
                            NewPrescriber(
                                name: try PersonName(typed: prescriber, field: .prescriber),
                                post: try ShortText.optional(typed: post, field: .post)
                            )
                        )
                    }
                let voucher = try NewVoucher(
                    structure: structure,
                    prescriber: signatory,
                    persons: try await named(store, structure),
                    householdSize: householdSize,
                    services: Set(services.map { try Category(typed: $0, field: .services) }),
                    signedOn: Day(typed: signedOn, field: .signedOn),
                    validUntil: validUntil.map { try Day(typed: $0, field: .validUntil) },
                    shop: try await foundShop(shop, store),
                    originalKept: originalKept,
                    signatureSeen: signatureSeen,
                    equipmentUnits: equipment,
                    details: said.details()
                )
                return try await RecordedVoucherAnswer(
                    store.recordVoucher(voucher, key: shared.requestKey(store), by: staff)
                )
            }
        }

        private func named(
            _ store: Store,
            _ structure: ID<Structure>
        ) async throws -> [NewVoucher.Named] {
            var named: [NewVoucher.Named] = []
            for text in person {
                guard let id = try await foundPerson(text, store) else { continue }
                named.append(.known(id))
            }
            for text in newPerson {
                let new = try comptoir.newPerson(typed: text, referredBy: structure)
                named.append(
                    .new(new, isSomebodyElse: somebodyElse, livesWithFirst: livesWithFirst)
                )
            }
            return named
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists vouchers, the last recorded first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "Of one structure: id or name.") var structure: String?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, _ in
                let signed = try await structure.asyncMap { try await foundStructure($0, store) }
                let part = try await store.vouchers(of: signed, after: after, limit: limit)
                return PagedAnswer(items: part.items.map(ListedVoucher.init), next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a voucher: whom it names, who signed, what it opens."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its 12 digits.") var code: String

        func run() async throws {
            try await shared.run { store, _ in
                try await VoucherAnswer(store.voucher(VoucherCode(scanned: code)))
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a voucher back, in every shop, from now on."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its 12 digits.") var code: String
        @Option(help: "Why.") var motive: String

        func run() async throws {
            try await shared.run { store, staff in
                let code = try VoucherCode(scanned: code)
                let motive = try ShortText(typed: motive, field: .motive, most: 500)
                _ = try await store.revokeVoucher(
                    code,
                    motive: motive,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await VoucherAnswer(store.voucher(code))
            }
        }
    }
}

/// Someone without a file, as `GIVEN/FAMILY`, or the family name alone.
func newPerson(typed text: String, referredBy structure: ID<Structure>?) throws -> NewPerson {
    let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    return NewPerson(
        givenName: halves.count == 2
            ? try .optional(typed: String(halves[0]), field: .givenName) : nil,
        familyName: try PersonName(typed: String(halves[halves.count - 1]), field: .familyName),
        structure: structure
    )
}
