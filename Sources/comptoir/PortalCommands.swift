import ArgumentParser
import Shop
import Store
import Till

/// What a prescriber does in the portal; `--as` names the prescriber's login.
struct PortalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portal",
        abstract:
            "A prescriber's own vouchers and people: signed, enrolled, taken back. --as names the prescriber.",
        subcommands: [
            Structure.self, Sign.self, Renew.self, List.self, Show.self, Paper.self, Send.self,
            Revoke.self, Runs.self, ShowRun.self, Enrol.self, Withdraw.self,
        ]
    )

    struct Structure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows the structure for which the prescriber signs, and its agreement."
        )
        @OptionGroup var shared: Shared

        func run() async throws {
            try await shared.run { store, staff in
                try await OwnStructureAnswer(store.ownStructure(by: staff))
            }
        }
    }

    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Signs a voucher with the structure's key."
        )
        @OptionGroup var shared: Shared
        @Option(help: "A person whom the structure named before: P-XXXXXX; may be repeated.")
        var person: [String] = []
        @Option(
            name: .customLong("new-person"),
            help: "Somebody new, GIVEN/FAMILY; may be repeated."
        )
        var newPersons: [String] = []
        @Flag(help: "The new people live with the first one named.") var livesWithFirst = false
        @Option(help: "How many live in the household.") var householdSize: Int
        @Option(
            name: .customLong("service"),
            help: "What it opens: equipment, connection, course, help_desk; may be repeated."
        )
        var services: [String]
        @Option(help: "Its last day; by default as long as rights last.") var validUntil: String?
        @OptionGroup var said: DetailArguments

        func run() async throws {
            try await shared.run { store, staff in
                var named: [NewReferral.Named] = []
                for text in person {
                    if let id = try await foundPerson(text, store) { named.append(.known(id)) }
                }
                for text in newPersons {
                    let new = try newPerson(typed: text, referredBy: nil)
                    named.append(.new(new, livesWithFirst: livesWithFirst && !named.isEmpty))
                }
                let referral = NewReferral(
                    persons: named,
                    householdSize: householdSize,
                    services: Set(try services.map { try Category(typed: $0, field: .services) }),
                    validUntil: try validUntil.map { try Day(typed: $0, field: .validUntil) },
                    details: try said.details()
                )
                return try await RecordedVoucherAnswer(
                    store.signVoucher(referral, key: shared.requestKey(store), by: staff)
                )
            }
        }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Renews a voucher of the structure's own: the same people and services."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The 12 digits of the voucher that is renewed.") var code: String
        @Option(help: "How many live in the household; as on that voucher by default.")
        var householdSize: Int?
        @Option(help: "Its last day; by default as long as rights last.") var validUntil: String?
        @OptionGroup var said: DetailArguments

        func run() async throws {
            try await shared.run { store, staff in
                let own = try await store.ownVoucher(VoucherCode(scanned: code), by: staff)
                let referral = try own.renewing(
                    householdSize: householdSize,
                    validUntil: validUntil.map { try Day(typed: $0, field: .validUntil) },
                    details: said.details()
                )
                return try await RecordedVoucherAnswer(
                    store.signVoucher(referral, key: shared.requestKey(store), by: staff)
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the structure's own vouchers, the last recorded first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.ownVouchers(by: staff, after: after, limit: limit)
                return PagedAnswer(items: part.items.map(ListedOwnVoucher.init), next: part.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a voucher of the structure's own: what is left, and when it served."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its 12 digits.") var code: String

        func run() async throws {
            try await shared.run { store, staff in
                try await OwnVoucherAnswer(
                    store.ownVoucher(VoucherCode(scanned: code), by: staff)
                )
            }
        }
    }

    struct Paper: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pdf",
            abstract: "Writes a voucher of the structure's own as a PDF, for paper."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var paper: PaperFile
        @Argument(help: "Its 12 digits.") var code: String

        func run() async throws {
            try await shared.run { store, staff in
                let own = try await store.ownVoucher(VoucherCode(scanned: code), by: staff)
                try own.checkServes()
                let structure = try staff.referring().structureName
                let association = try await store.association()?.name ?? ""
                return try await paper.write(store) {
                    try await $0.voucher(own, structure: structure, association: association)
                }
            }
        }
    }

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends a voucher of the structure's own by mail, as its PDF.",
            discussion: """
                Through COMPTOIR_MAIL_URL, from COMPTOIR_MAIL_FROM. The address is not kept. The same \
                --key again sends nothing that the mail server has taken.
                """
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its 12 digits.") var code: String
        @Option(help: "The address, as name@domain.fr.") var to: String

        func run() async throws {
            let mail = try await Settings.read().mail
            try await shared.run { store, staff in
                let code = try VoucherCode(scanned: code)
                try await Papers.french(store).mail(
                    code,
                    to: EmailAddress(typed: to),
                    through: mail,
                    store,
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await OwnVoucherAnswer(store.ownVoucher(code, by: staff))
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a voucher of the structure's own back, in every shop, from now on."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "Its 12 digits.") var code: String
        @Option(help: "Why, without anybody's name.") var motive: String

        func run() async throws {
            try await shared.run { store, staff in
                let code = try VoucherCode(scanned: code)
                _ = try await store.revokeOwnVoucher(
                    code,
                    motive: ShortText(typed: motive, field: .motive, most: 500),
                    key: shared.requestKey(store),
                    by: staff
                )
                return try await OwnVoucherAnswer(store.ownVoucher(code, by: staff))
            }
        }
    }

    struct Runs: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Lists the runs that take the structure's people, and those on which it has some, the latest first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.ownRuns(by: staff, after: after, limit: limit)
                return PagedAnswer(items: part.items.map(OwnRunAnswer.init), next: part.next)
            }
        }
    }

    struct ShowRun: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run",
            abstract: "Shows a run: where, when, seats left, and the structure's own people on it."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The run's code.") var run: String

        func run() async throws {
            try await shared.run { store, staff in
                OwnRunAnswer(try await store.ownRun(RunCode(typed: run), by: staff))
            }
        }
    }

    struct Enrol: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Enrols somebody whom a voucher of the structure names, or lets them wait where every seat is taken."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The run's code.") var run: String
        @Argument(help: "The person's code: P-72D3BX.") var person: String

        func run() async throws {
            try await shared.run { store, staff in
                EnrolledAnswer(
                    enrolled: try await store.enrolOwn(
                        PersonCode(typed: person),
                        in: RunCode(typed: run),
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Takes somebody whom the structure enrolled off a run, or off those who wait, until it begins."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The run's code.") var run: String
        @Argument(help: "The person's code: P-72D3BX.") var person: String
        @Option(help: "Why, without anybody's name.") var motive: String

        func run() async throws {
            try await shared.run { store, staff in
                OwnWithdrawnAnswer(
                    withdrawn: try await store.withdrawOwn(
                        PersonCode(typed: person),
                        from: RunCode(typed: run),
                        motive: ShortText(typed: motive, field: .motive, most: 500),
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }
}

private struct OwnRunAnswer: Output {
    let run: OwnRun

    init(_ run: OwnRun) {
        self.run = run
    }

    func encode(to encoder: any Encoder) throws { try run.encode(to: encoder) }

    func words(in language: Language) -> String {
        let day = run.firstSession?.day ?? run.startsOn
        let seats =
            !run.takesPeople
            ? language.choose("fermé aux inscriptions", "closed to enrolment")
            : run.isFull
                ? language.choose("liste d’attente", "waiting list")
                : run.seatsLeft.map {
                    $0 < 2
                        ? language.choose(
                            "\($0) place libre",
                            $0 == 1 ? "1 seat left" : "0 seats left"
                        )
                        : language.choose("\($0) places libres", "\($0) seats left")
                }
                    ?? language.choose("sans limite de places", "no limit of seats")
        let people = run.people.map { person in
            "  \(person.code)  \(person.name ?? "")  \(person.state.name(in: language))"
                + (person.place.map { language.choose(", rang \($0)", ", turn \($0)") } ?? "")
        }
        return
            ([
                "\(run.code)  \(day.printed) \(run.firstSession?.startsAt?.clock ?? "")  \(run.course), \(run.shop), \(run.address), \(seats)"
            ]
            + people).joined(separator: "\n")
    }
}

private struct OwnWithdrawnAnswer: Output {
    let withdrawn: OwnWithdrawn

    func encode(to encoder: any Encoder) throws { try withdrawn.encode(to: encoder) }

    func words(in language: Language) -> String {
        language.choose(
            "\(withdrawn.person) n’est plus sur la liste de \(withdrawn.run)",
            "\(withdrawn.person) is off the list of \(withdrawn.run)"
        )
    }
}

private struct ListedOwnVoucher: Output {
    let voucher: OwnVoucherRow

    init(_ voucher: OwnVoucherRow) {
        self.voucher = voucher
    }

    func encode(to encoder: any Encoder) throws { try voucher.encode(to: encoder) }

    func words(in language: Language) -> String {
        let revoked = voucher.revokedOn.map {
            language.choose("  annulé le ", "  revoked on ") + $0.printed
        }
        let left = voucher.left.map { left in
            "  \(left.category.name(in: language))" + (left.uses.map { " \($0)" } ?? "")
        }
        return "\(voucher.code)  \(voucher.signedOn.printed) → \(voucher.validUntil.printed)"
            + left.joined() + (revoked ?? "")
    }
}

private struct OwnStructureAnswer: Output {
    let structure: OwnStructure

    init(_ structure: OwnStructure) {
        self.structure = structure
    }

    func encode(to encoder: any Encoder) throws { try structure.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(structure.name)  \(structure.agreement.startsOn.printed) →"
            + (structure.agreement.endsOn.map { " \($0.printed)" } ?? "")
    }
}

private struct OwnVoucherAnswer: Output {
    let voucher: OwnVoucher

    init(_ voucher: OwnVoucher) {
        self.voucher = voucher
    }

    func encode(to encoder: any Encoder) throws { try voucher.encode(to: encoder) }

    func words(in language: Language) -> String {
        let persons = voucher.persons.map { "  \($0.code)  \($0.name ?? "")" }
        let rights = voucher.rights.map { right in
            "  \(right.category.name(in: language)) → \(right.endsOn.printed)"
                + (right.usesMax.map { "  \(right.used)/\($0)" } ?? "")
        }
        let uses = voucher.history.map { event in
            "  \(event.on.printed)  \(event.act.rawValue)  "
                + (event.category?.name(in: language) ?? event.code ?? "")
        }
        let said = voucher.details.lines(in: language)
        return
            ([ListedOwnVoucher(voucher.voucher).words(in: language)] + persons + rights + uses
            + said)
            .joined(separator: "\n")
    }
}
