import ArgumentParser
import Foundation
import Shop
import Store

/// The journal, written out for keeping.
struct ArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract:
            "Write the journal of closed days out, and check such a folder without the service.",
        subcommands: [Make.self, List.self, Verify.self]
    )

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Writes a new folder of at most a year, signs it and seals it in the journal.",
            discussion:
                "Every day in it is over and closed. A run that was stopped is begun again with the same words."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var days: DaysOption
        @Option(name: .customLong("into"), help: "The folder that is made.") var folder: String

        func run() async throws {
            try await shared.run { store, staff in
                try await makeArchive(.archive, days, folder, shared, store, staff)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists archives that were made, the last days first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.archives(after: after, limit: limit, by: staff)
                return PagedAnswer(items: part.items.map { ListedArchive($0) }, next: part.next)
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks such a folder with neither service nor network.",
            discussion:
                "Exit status 1 when something does not hold. Only with --key is it proved who made it."
        )
        @OptionGroup var printing: Printing
        @Argument(help: "The folder.") var folder: String
        @Option(
            name: .customLong("key"),
            help:
                "A public key that was kept elsewhere (the .p256.pub of the keys' folder); several times."
        )
        var keyFiles: [String] = []

        func run() async throws {
            try await printing.answer { _ in
                let trusted = try keyFiles.map { try Data(bytes(of: $0)) }
                return CheckedArchive(
                    ArchiveCheck(folder: folder, trusted: trusted, progress: showProgress)
                )
            }
        }
    }
}

/// From which day to which.
struct DaysOption: ParsableArguments {
    @Option(help: "The first day: YYYY-MM-DD.") var from: String
    @Option(help: "The last day: YYYY-MM-DD.") var to: String

    func days() throws(Refusal) -> (from: Day, to: Day) {
        (try Day(typed: from), try Day(typed: to))
    }
}

func makeArchive(
    _ kind: ArchiveManifest.Kind,
    _ option: DaysOption,
    _ folder: String,
    _ shared: Shared,
    _ store: Store,
    _ staff: Staff
) async throws -> MadeAnswer {
    let days = try option.days()
    return MadeAnswer(
        try await store.makeArchive(
            kind,
            from: days.from,
            to: days.to,
            into: folder,
            key: shared.requestKey(store),
            by: staff,
            progress: showProgress
        )
    )
}

/// On standard error, so that standard output holds one document: a line that grows on a terminal.
@Sendable func showProgress(_ done: Int, _ total: Int) {
    guard isatty(2) != 0, total > 0 else { return }
    let percent = done * 100 / total
    FileHandle.standardError.write(Data("\r\(done)/\(total)  \(percent) %".utf8))
    if done == total { FileHandle.standardError.write(Data("\n".utf8)) }
}

struct MadeAnswer: Output {
    let made: MadeArchive

    init(_ made: MadeArchive) { self.made = made }

    func encode(to encoder: any Encoder) throws { try made.encode(to: encoder) }

    func words(in language: Language) -> String {
        language.choose(
            "\(made.folder)\u{A0}: \(made.entries) écritures du \(made.from.printed) au \(made.to.printed).\nEmpreinte \(made.fingerprint)",
            "\(made.folder): \(made.entries) entries from \(made.from.printed) to \(made.to.printed).\nFingerprint \(made.fingerprint)"
        )
    }
}

private struct ListedArchive: Output {
    let row: ArchiveRow

    init(_ row: ArchiveRow) { self.row = row }

    func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(row.from.printed)–\(row.to.printed)  \(row.entries)  \(row.fingerprint.prefix(16))  \(row.madeBy)"
    }
}

private struct CheckedArchive: Output {
    let ok: Bool
    let entries: Int
    let chains: Int
    let files: Int
    let from: Day?
    let to: Day?
    let key: String
    let isTrusted: Bool
    let fingerprint: String
    let faults: [ArchiveCheck.Fault]

    init(_ found: ArchiveCheck) {
        ok = found.ok
        entries = found.entries
        chains = found.chains
        files = found.files
        from = found.from
        to = found.to
        key = found.key
        isTrusted = found.isTrusted
        fingerprint = found.fingerprint
        faults = found.faults
    }

    var isFine: Bool { ok }

    func words(in language: Language) -> String {
        let counts = language.choose(
            "\(entries) écritures, \(chains) chaînes, \(files) fichiers.",
            "\(entries) entries, \(chains) chains, \(files) files."
        )
        guard ok else {
            return counts + "\n"
                + faults.map { "✗ \($0.words(in: language))" }.joined(separator: "\n")
        }
        let origin =
            isTrusted
            ? language.choose(
                "Signé par la clé donnée, \(key).",
                "Signed by the given key, \(key)."
            )
            : language.choose(
                "Rien n’a changé depuis la signature par la clé \(key), que l’archive apporte elle-même\u{A0}: donnez --key pour prouver l’origine.",
                "Nothing changed since it was signed by key \(key), which the archive brings along: give --key to prove who made it."
            )
        return counts + "\n" + origin
    }
}
