import ArgumentParser
import Foundation
import Shop
import Store

/// What is done with the journal by whoever keeps the installation.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "The journal’s events, its signing key, and how to go on after an older backup.",
        subcommands: [Events.self, Key.self, Resume.self]
    )

    struct Events: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists sign-ins, settings, exports and other events, the latest first.",
            discussion: PagedHelp.parts
        )
        @OptionGroup var shared: Shared
        @Option(help: "Of one kind: signed_in, parameter_changed, exported…") var kind: String?
        @Option(help: "The part after the one whose `next` this is.") var after: String?
        @Option(help: "How many.") var limit = 50

        func run() async throws {
            try await shared.run { store, staff in
                let part = try await store.journalEvents(
                    kind: kind.map { text throws(Refusal) in
                        try JournalEvent(typed: text, field: .eventKind)
                    },
                    after: after,
                    limit: limit,
                    by: staff
                )
                return PagedAnswer(items: part.items.map { EventAnswer($0) }, next: part.next)
            }
        }
    }

    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a new key for signing; the journal names it under the old one.",
            discussion:
                "Start the service again afterwards: until then it signs with the old key, which stays believed."
        )
        @OptionGroup var shared: Shared

        func run() async throws {
            let folder = try await Settings.read().place.keys
            try await shared.run { store, staff in
                KeyAnswer(
                    key: try await store.changeJournalKey(
                        in: folder,
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Goes on after an older backup was put back: what is gone is written down.",
            discussion: "The copies of the heads are kept under another name."
        )
        @OptionGroup var shared: Shared
        @Option(help: "disk_lost, backup_older or other.") var reason: String

        func run() async throws {
            try await shared.run(behind: true) { store, staff in
                ResumeAnswer(
                    aside: try await store.resumeJournal(
                        ResumeReason(typed: reason, field: .reason),
                        key: shared.requestKey(store),
                        by: staff
                    )
                )
            }
        }
    }
}

private struct EventAnswer: Output {
    let row: JournalEventRow

    init(_ row: JournalEventRow) { self.row = row }

    func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }

    func words(in language: Language) -> String {
        [
            row.happenedAt.day.printed, row.happenedAt.clock, row.till ?? "–",
            JournalEvent(rawValue: row.event)?.name(in: language) ?? row.event, row.subject,
            row.detail,
            row.operatorCode ?? "–",
        ].filter { !$0.isEmpty }.joined(separator: "  ")
    }
}

private struct KeyAnswer: Output {
    let key: String

    func words(in language: Language) -> String {
        language.choose(
            "Nouvelle clé de signature\u{A0}: \(key). Redémarrez le service.",
            "New signing key: \(key). Start the service again."
        )
    }
}

private struct ResumeAnswer: Output {
    /// Where the copies of the heads are now.
    let aside: String

    func words(in language: Language) -> String {
        language.choose(
            "Consigné au journal. Les têtes d’avant sont dans \(aside).",
            "Written down in the journal. The heads of before are in \(aside)."
        )
    }
}
