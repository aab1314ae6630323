import ArgumentParser
import Foundation
import Shop
import Store

/// What is tried on machines of each kind.
struct InspectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspection",
        abstract: "The lists of what is tried on machines of each kind, dated.",
        subcommands: [List.self, Show.self, Set.self]
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
                    lists.map(\.list).inForce(for: kind, on: store.today)
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

private struct ListedInspectionList: Output {
    let document: InspectionListDocument

    func encode(to encoder: any Encoder) throws { try document.encode(to: encoder) }

    func words(in language: Language) -> String {
        let origin = document.operatorCode.map { "  \($0)" } ?? ""
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
