import ArgumentParser
import Shop
import Store

struct DeviceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "device",
        abstract: "Machines, one by one: take in, inspect, erase, shelve, keep.",
        subcommands: [
            DeviceListCommand.self, DeviceExportCommand.self, DeviceBoardCommand.self,
            DeviceShowCommand.self,
            DeviceLabelCommand.self, DevicePictureCommand.self, DeviceTakeInCommand.self,
            DeviceInspectCommand.self, DeviceEraseCommand.self, DeviceRemoveDiskCommand.self,
            DeviceGradeCommand.self, DeviceShelveCommand.self, DeviceRepriceCommand.self,
            DeviceWithdrawCommand.self,
            DeviceReserveCommand.self, DeviceReleaseCommand.self,
            DeviceRemoveCommand.self, DeviceRestoreCommand.self,
        ]
    )
}

/// Which devices a list shows.
struct DeviceListOptions: ParsableArguments {
    @Argument(help: "Words that are in the label, maker, model or serial.")
    var words: [String] = []

    @Option(help: "One of: \(DeviceFilter.names.joined(separator: ", ")).")
    var stage: DeviceFilter?

    @Option(help: "Only those that have waited for more days than this.")
    var olderThan: Int?

    @Option(help: "A shop's code; every shop by default.")
    var shop: String?

    var matching: String { words.joined(separator: " ") }

    /// Throws `shopUnknown`.
    func reach(_ store: Store) async throws -> Reach {
        guard let shop else { return .everyShop }
        return .shops([try await store.shop(coded: shop)])
    }
}

struct DeviceListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Devices, the last taken in first, a part at a time.",
        discussion: """
            By what they wait for, or for how long, those that wait longest come first. \(PagedHelp.parts)
            """
    )

    @OptionGroup var shared: Shared

    @OptionGroup var list: DeviceListOptions

    @Option(help: "The last part's next.")
    var after: String?

    @Option(help: "How many, 200 at most.")
    var limit = 50

    func run() async throws {
        try await shared.runOpen { store in
            let page = try await store.devices(
                matching: list.matching,
                at: list.stage,
                olderThan: list.olderThan,
                in: list.reach(store),
                after: after,
                limit: limit
            )
            return PagedAnswer(items: page.items, next: page.next)
        }
    }
}

struct DeviceBoardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "board",
        abstract: "What waits, where, and since when: a section for each step on a device's way."
    )

    @OptionGroup var shared: Shared

    @Option(help: "A shop's code; every shop by default.")
    var shop: String?

    @Option(help: "How many of each section, 20 at most.")
    var few = 5

    func run() async throws {
        try await shared.runOpen { store in
            let reach: Reach =
                if let shop { .shops([try await store.shop(coded: shop)]) } else { .everyShop }
            return Shown(board: try await store.deviceBoard(in: reach, few: few))
        }
    }

    private struct Shown: Output {
        let board: DeviceBoard

        func encode(to encoder: any Encoder) throws { try board.encode(to: encoder) }

        func words(in language: Language) -> String {
            board.sections.filter { $0.count > 0 }.flatMap { section in
                let late = language.choose(
                    "dont \(section.late) depuis plus de \(section.lateDays) jours",
                    "\(section.late) for more than \(section.lateDays) days"
                )
                return ["\(section.step.name(in: language))  \(section.count)  (\(late))"]
                    + section.oldest.map { device in
                        "  \(device.since?.day.printed ?? "")  \(device.line(in: language))"
                    }
            }.joined(separator: "\n")
        }
    }
}

struct DeviceShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "A device with its disks, inspection and history."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label, such as LIPC26-0008.")
    var label: String

    func run() async throws {
        try await shared.runOpen { store in
            Shown(card: try await store.device(DeviceLabel.typed(label)))
        }
    }

    private struct Shown: Output {
        let card: DeviceCard

        func encode(to encoder: any Encoder) throws { try card.encode(to: encoder) }

        func words(in language: Language) -> String {
            let disks = card.disks.map { disk in
                let erased =
                    disk.erasure.map { $0.method.name(in: language) }
                    ?? language.choose("pas effacé", "not erased")
                let health = disk.health.map { health in
                    ", "
                        + [health.condition?.name(in: language), health.wear.words(in: language)]
                        .compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · ")
                }
                return "  \(disk.kind.rawValue) \(disk.sizeGB) GB \(disk.serial): \(erased)"
                    + (health ?? "")
            }
            let history = card.history.map {
                "  \($0.at.day.printed) \($0.at.clock) \($0.kind.words(in: language)) \($0.detail(in: language)) \($0.operatorCode)"
            }
            let grading = card.grading?.lines(in: language).map { "  " + $0 } ?? []
            return ([card.device.line(in: language)] + disks + grading + history).joined(
                separator: "\n"
            )
        }
    }
}
