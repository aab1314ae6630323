import ArgumentParser
import Foundation
import Shop
import Store

/// What is tried on machines of each kind.
struct InspectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspection",
        abstract: "The lists of what is tried on machines of each kind, dated.",
        subcommands: [List.self, Show.self, Set.self, Withdraw.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every version of every list, by kind, the newest first.",
            discussion: PagedHelp.whole
        )
        @OptionGroup var shared: Shared
        @Flag(help: "Only those in force today.") var inForce = false

        func run() async throws {
            try await shared.run { store, _ in
                let lists = try await store.inspectionLists()
                let present = DeviceKind.allCases.compactMap { kind in
                    lists.inForce(for: kind, on: store.today)
                }
                return PagedAnswer(
                    whole: lists.filter { !inForce || present.contains($0.list) }
                        .map { ListedInspectionList(document: InspectionListDocument($0)) }
                )
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The list that is in force for a kind, today or on another day."
        )
        @OptionGroup var shared: Shared
        @Argument(help: "laptop, desktop, all_in_one, tablet, smartphone, screen or other.")
        var kind: DeviceKind
        @Option(help: "On another day.") var on: String?

        func run() async throws {
            try await shared.run { store, _ in
                let list = try await store.inspectionList(
                    of: kind,
                    on: on.map { try Day(typed: $0, field: .startsOn) }
                )
                return ListedInspectionList(document: InspectionListDocument(list))
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a version of the list of a kind down, from a day on.",
            discussion: """
                The file is what `inspection show KIND --json` prints: device_kind, starts_on (today when absent), items (item, \
                name_fr, name_en, help_fr, help_en, must_pass). An item keeps its code from a version to the next. What \
                was inspected before is asked for what is new before it goes on the shelf.
                """
        )
        @OptionGroup var shared: Shared
        @Argument(help: "The file, in JSON.", completion: .file()) var file: String
        @Flag(help: "Say what would change, and write nothing.") var dryRun = false

        func run() async throws {
            try await shared.run { store, staff in
                let list = try document().list(today: store.today)
                return ToldChange(
                    change: dryRun
                        ? try await store.previewInspectionList(list, by: staff)
                        : try await store.setInspectionList(
                            list,
                            key: shared.requestKey(store),
                            by: staff
                        )
                )
            }
        }

        /// Throws `fileMissing`, `inputUnreadable`.
        private func document() throws -> InspectionListDocument {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let data = Data(try bytes(of: file).prefix(1 << 20))
            do {
                return try decoder.decode(InspectionListDocument.self, from: data)
            } catch is DecodingError {
                throw Refusal(.inputUnreadable)
            }
        }
    }
}

extension InspectionCommand {
    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes back a version of the list of a kind before its day; it is kept."
        )
        @OptionGroup var shared: Shared
        @OptionGroup var version: VersionArguments

        func run() async throws {
            try await shared.run { store, staff in
                try await store.withdrawInspectionList(
                    of: version.kind,
                    from: version.startsOn(),
                    key: shared.requestKey(store),
                    by: staff
                )
            }
        }
    }
}

/// A version of what holds for a kind of machine.
struct VersionArguments: ParsableArguments {
    @Argument(help: "laptop, desktop, all_in_one, tablet, smartphone, screen or other.")
    var kind: DeviceKind
    @Argument(help: "From which day it was to hold.") var from: String

    func startsOn() throws(Refusal) -> Day { try Day(typed: from, field: .startsOn) }
}

extension WithdrawnVersion: Output {
    func words(in language: Language) -> String {
        let (kind, day) = (deviceKind.name(in: language), startsOn.printed)
        return language.choose(
            "\(kind)\u{A0}: la version du \(day) est retirée.",
            "\(kind): the version of \(day) is withdrawn."
        )
    }
}

private struct ListedInspectionList: Output {
    let document: InspectionListDocument

    func encode(to encoder: any Encoder) throws { try document.encode(to: encoder) }

    func words(in language: Language) -> String {
        let withdrawn = document.withdrawn.map {
            language.choose(
                "  retirée le \($0.at.day.printed) \($0.operatorCode)",
                "  withdrawn on \($0.at.day.printed) \($0.operatorCode)"
            )
        }
        let origin = (document.operatorCode.map { "  \($0)" } ?? "") + (withdrawn ?? "")
        let items = document.items.enumerated().map { index, item in
            let noted =
                item.mustPass == false
                ? language.choose("  (signalé seulement)", "  (only noted)") : ""
            return
                "  \(index + 1). \(language.choose(item.nameFr, item.nameEn))  \(item.item)\(noted)"
        }
        return
            ([
                "\(document.deviceKind.name(in: language))  \(document.startsOn?.printed ?? "")\(origin)"
            ]
            + items).joined(separator: "\n")
    }
}

private struct ToldChange: Output {
    let change: InspectionListChange

    func encode(to encoder: any Encoder) throws { try change.encode(to: encoder) }

    func words(in language: Language) -> String {
        let head = "\(change.deviceKind.name(in: language))  \(change.startsOn.printed)"
        return ([head] + change.sentences(in: language).map { "  " + $0 }).joined(separator: "\n")
    }
}
