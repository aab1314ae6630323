import ArgumentParser
import Foundation
import Shop
import Store

/// What leaves the house for whoever inspects and for the accountant.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract:
            "The journal for an inspector, the accounting entries (FEC), and a check of any FEC.",
        subcommands: [Inspector.self, Fec.self, FecVerify.self, Account.self, Accounts.self]
    )

    struct Inspector: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Writes the journal of some days into a new folder: CSV, JSON, a French page that explains them, a signature.",
            discussion: "Of any days, closed or not. `archive verify` checks the folder."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var days: DaysOption
        @Option(name: .customLong("into"), help: "The folder that is made.") var folder: String

        func run() async throws {
            try await shared.run { store, staff in
                try await makeArchive(.export, days, folder, shared, store, staff)
            }
        }
    }

    struct Fec: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Writes the till’s accounting entries of closed days in the form of a FEC, checked before it is written.",
            discussion:
                "One entry a day and till: the till’s journal, to be taken into the association’s own books."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var days: DaysOption
        @Option(name: .customLong("into"), help: "The folder that the file goes into.") var folder:
            String
        @Flag(help: "Say what would be written; write nothing.") var dryRun = false

        func run() async throws {
            try await shared.run { store, staff in
                let days = try days.days()
                let made = try await store.fec(from: days.from, to: days.to, by: staff)
                let path = folder + "/" + made.export.name
                if !dryRun {
                    guard !FileManager.default.fileExists(atPath: path) else {
                        throw Refusal(.folderThere, ["text": .text(path)])
                    }
                    try FileManager.default.createDirectory(
                        atPath: folder,
                        withIntermediateDirectories: true
                    )
                    try Data(made.bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
                    try await store.noteFec(made.export, key: shared.requestKey(store), by: staff)
                }
                return FecAnswer(made.export, at: dryRun ? nil : path)
            }
        }
    }

    struct FecVerify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fec-verify",
            abstract: "Checks any FEC: its form, its dates, its balance.",
            discussion: "Exit status 1 when something is wrong. Needs no installation."
        )
        @OptionGroup var printing: Printing
        @Argument(help: "The file.") var file: String

        func run() async throws {
            try await printing.answer { settings in
                let found = FecCheck(try bytes(of: file))
                return FecVerdict(found, in: settings.language)
            }
        }
    }

    struct Account: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets to which account something is booked from a day on."
        )
        @OptionGroup var shared: Shared
        @Argument(
            help:
                "cash, card, cheque, vat, sales_device, sales_recharge, sales_sim, sales_accessory, transfer, expense, difference_loss or difference_gain."
        )
        var role: String
        @Argument(help: "The account: three digits at least.") var account: String
        @Option(help: "What it is called.") var label: String
        @Option(name: .customLong("from"), help: "From which day on; today by default.") var from:
            String?

        func run() async throws {
            try await shared.run { store, staff in
                let role = try AccountRole(typed: role, field: .accountRole)
                let code: AccountCode
                do { code = try AccountCode(typed: account) } catch {
                    throw Refusal(.accountUnreadable, ["text": .text(String(account.prefix(40)))])
                }
                let day =
                    try from.map { text throws(Refusal) in try Day(typed: text) } ?? store.today
                try await store.setAccount(
                    role,
                    code,
                    label: ShortText(typed: label, field: .accountLabel, most: 100),
                    startsOn: day,
                    key: shared.requestKey(store),
                    by: staff
                )
                return AccountAnswer(role: role, startsOn: day, account: code.text, label: label)
            }
        }
    }

    struct Accounts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists to which accounts things are booked, and since when."
        )
        @OptionGroup var shared: Shared

        func run() async throws {
            try await shared.run { store, staff in
                let rows = try await store.accounts()
                return PagedAnswer(
                    items: rows.map {
                        AccountAnswer(
                            role: $0.role,
                            startsOn: $0.startsOn,
                            account: $0.account,
                            label: $0.label
                        )
                    },
                    next: nil
                )
            }
        }
    }
}

private struct FecAnswer: Output {
    let name: String
    /// Absent where nothing was written.
    let path: String?
    let from: Day
    let to: Day
    let days: Int
    let entries: Int
    let lines: Int
    let debitCents: Int64
    let creditCents: Int64

    init(_ export: FecExport, at path: String?) {
        name = export.name
        self.path = path
        from = export.from
        to = export.to
        days = export.days
        entries = export.entries
        lines = export.lines
        debitCents = export.debitCents
        creditCents = export.creditCents
    }

    func words(in language: Language) -> String {
        let sums = Written.cents(Cents(unchecked: debitCents), in: language)
        return language.choose(
            "\(path ?? name)\u{A0}: \(days) journées, \(entries) écritures, \(lines) lignes, \(sums) au débit et au crédit. Journal de caisse, à reprendre dans la comptabilité de l’association.",
            "\(path ?? name): \(days) days, \(entries) entries, \(lines) lines, \(sums) debit and credit. The till’s journal, to be taken into the association’s books."
        )
    }
}

private struct FecVerdict: Output {
    let ok: Bool
    let lines: Int
    let entries: Int
    let debitCents: Int64
    let creditCents: Int64
    let faultCount: Int
    let faults: [Fault]

    struct Fault: Codable, Sendable {
        let code: String
        let line: Int?
        let column: String?
        let value: String
        let words: String
    }

    init(_ found: FecCheck, in language: Language) {
        ok = found.faultCount == 0
        lines = found.lines
        entries = found.entries
        debitCents = found.debitCents
        creditCents = found.creditCents
        faultCount = found.faultCount
        faults = found.faults.map {
            Fault(
                code: $0.code.rawValue,
                line: $0.line,
                column: $0.column?.name,
                value: $0.value,
                words: $0.words(in: language)
            )
        }
    }

    var isFine: Bool { ok }

    func words(in language: Language) -> String {
        let counts = language.choose(
            "\(lines) lignes, \(entries) écritures, \(faultCount) défauts.",
            "\(lines) lines, \(entries) entries, \(faultCount) faults."
        )
        return ([counts] + faults.map { "✗ \($0.words)" }).joined(separator: "\n")
    }
}

private struct AccountAnswer: Output {
    let role: AccountRole
    let startsOn: Day
    let account: String
    let label: String

    func words(in language: Language) -> String {
        "\(role.rawValue)  \(account)  \(label)  \(startsOn.printed)"
    }
}
