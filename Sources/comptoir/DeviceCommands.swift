import ArgumentParser
import Foundation
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

struct DeviceListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Devices, the last taken in first, a part at a time.",
        discussion: """
            By what they wait for, or for how long, those that wait longest come first. \(PagedHelp.parts)
            """
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Words that are in the label, maker, model or serial.")
    var words: [String] = []

    @Option(help: "One of: \(DeviceFilter.names.joined(separator: ", ")).")
    var stage: DeviceFilter?

    @Option(help: "Only those that have waited for more days than this.")
    var olderThan: Int?

    @Option(help: "A shop's code; every shop by default.")
    var shop: String?

    @Option(help: "The last part's next.")
    var after: String?

    @Option(help: "How many, 200 at most.")
    var limit = 50

    func run() async throws {
        try await shared.runOpen { store in
            let reach: Reach =
                if let shop { .shops([try await store.shop(coded: shop)]) } else { .everyShop }
            let page = try await store.devices(
                matching: words.joined(separator: " "),
                at: stage,
                olderThan: olderThan,
                in: reach,
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

struct DeviceTakeInCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "take-in",
        abstract: "Write down a device by hand: a telephone, a screen."
    )

    @OptionGroup var shared: Shared

    @Option(help: "laptop, desktop, all_in_one, tablet, smartphone, screen or other.")
    var kind: DeviceKind

    @Option(help: "Who made it.")
    var maker: String

    @Option(help: "Its model.")
    var model: String

    @Option(help: "Its serial number or IMEI, if it has one.")
    var serial = ""

    @Option(help: "The label that it wears already; otherwise it gets the next one.")
    var label: String?

    @Option(
        help: "What stores data in it: ssd:128, hdd:500:SERIAL. Several times for several disks."
    )
    var disk: [String] = []

    @Option(help: "The shop that takes it in: its code.")
    var shop: String?

    @Flag(help: "A public body gave it: the law caps its price. A lot says it by its donor.")
    var fromPublicBody = false

    @Option(help: "The lot with which it came: its code.")
    var batch: String?

    func run() async throws {
        try await shared.run { store, staff in
            let device = try NewDevice(
                kind: kind,
                maker: ShortText(typed: maker, field: .maker),
                model: ShortText(typed: model, field: .model),
                serial: ShortText.optional(typed: serial, field: .serial),
                label: label,
                disks: disk.map { try NewDevice.NewDisk(typed: $0) },
                fromPublicBody: fromPublicBody
            )
            let shop = try await store.shop(coded: shop, where: .stockWorkers, of: staff)
            return Labelled(
                label: try await store.takeInDevice(
                    device,
                    into: shop,
                    of: batch.map { try BatchCode.typed($0) },
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct DeviceInspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Record what was tried on a device.",
        discussion: """
            Every item of the list in force is passed, save those named with --failed. An item is its code, as \
            `comptoir inspection show KIND` lists them; after a colon, what the fault is: screen:"a line at the top".
            """
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    @Option(
        help: "An item that did not pass, and what is wrong. Several times for several items."
    )
    var failed: [String] = []

    func run() async throws {
        try await shared.run { store, staff in
            let label = try DeviceLabel.typed(label)
            let asked = try await store.inspectionList(for: label).items.map(\.item)
            let faults = try failed.map { try fault($0) }
            let results = Dictionary(asked.map { ($0, InspectionFinding.passed) }) { first, _ in
                first
            }.merging(faults) { _, fault in fault }
            return Inspected(
                try await store.inspectDevice(
                    label,
                    results: results,
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }

    /// `screen`, or `screen:what is wrong with it`.
    private func fault(_ typed: String) throws -> (String, InspectionFinding) {
        let parts = typed.split(separator: ":", maxSplits: 1).map(String.init)
        let remark = try ShortText.optional(
            typed: parts.count > 1 ? parts[1] : nil,
            field: .remark,
            most: InspectionFinding.remarkMost
        )
        return (parts.first ?? "", try InspectionFinding(passed: false, remark: remark))
    }

    private struct Inspected: Output {
        let result: InspectionResult

        init(_ result: InspectionResult) { self.result = result }

        func encode(to encoder: any Encoder) throws { try result.encode(to: encoder) }

        func words(in language: Language) -> String {
            let label = result.label
            let head =
                result.failed.isEmpty
                ? language.choose(
                    "\(label)\u{A0}: contrôle réussi.",
                    "\(label): inspection passed."
                )
                : "\(label): \(result.failed.joined(separator: ", "))"
            guard !result.noted.isEmpty else { return head }
            let noted = result.noted.joined(separator: ", ")
            return head + language.choose(" Signalé\u{A0}: \(noted).", " Noted: \(noted).")
        }
    }
}

struct DeviceEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Record that a disk was erased, and how."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "The device's label.")
    var label: String

    @Option(help: "The disk's serial, when the device holds several.")
    var disk: String?

    @Option(help: "overwrite, secure_erase, crypto_erase, block_erase or destruction.")
    var method: ErasureMethod

    @Option(help: "clear, purge or destroy.")
    var level: ErasureLevel

    @Option(help: "What erased it, such as nwipe.")
    var tool: String

    @Option(help: "The tool's version.")
    var toolVersion = ""

    @Flag(inversion: .prefixedNo, help: "The disk was read afterwards and found empty.")
    var verified = true

    @Option(help: "When, such as 2026-11-20T14:05:00Z; now by default.")
    var at: Instant?

    @Option(help: "The certificate's file: its digest is kept.", completion: .file())
    var certificate: String?

    func run() async throws {
        try await shared.run { store, staff in
            let erasure = NewErasure(
                disk: disk,
                method: method,
                level: level,
                tool: try ShortText(typed: tool, field: .tool, most: 100),
                toolVersion: try ShortText.optional(typed: toolVersion, field: .tool, most: 40),
                verified: verified,
                erasedAt: at,
                certificate: try certificate.map { try bytes(of: $0) }
            )
            return Recorded(
                id: try await store.eraseDisk(
                    of: DeviceLabel.typed(label),
                    erasure,
                    key: shared.requestKey(store),
                    by: staff
                ).text
            )
        }
    }
}

struct DeviceRemoveDiskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove-disk",
        abstract: "Record that a disk was taken out, or that there is none."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "The device's label.")
    var label: String

    @Option(help: "The disk's serial, when the device holds several.")
    var disk: String?

    func run() async throws {
        try await shared.run { store, staff in
            Recorded(
                id: try await store.removeDisk(
                    disk,
                    of: DeviceLabel.typed(label),
                    key: shared.requestKey(store),
                    by: staff
                ).text
            )
        }
    }
}

struct DeviceGradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade",
        abstract: "Grade a device by a set of rules.",
        discussion: """
            What is left out is what the device's page knows: the mark of its processor from the table, its memory as \
            read. Without --grade it is given what the rules make of it.
            """
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    @Option(help: "The rules' code; the newest in force by default.")
    var set: String?

    @Option(help: "The PassMark mark of its processor.")
    var mark: Int?

    @Option(help: "Its memory in whole gigabytes.")
    var memory: Int?

    @Option(help: "Points for its looks, where the rules have some.")
    var weight: Int?

    @Option(help: "What it is given all the same: premium, a, b, c, hc or unsellable.")
    var grade: Verdict?

    @Option(help: "Why it is given another grade; it stays written.")
    var motive: String?

    func run() async throws {
        try await shared.run { store, staff in
            Graded(
                grading: try await store.gradeDevice(
                    DeviceLabel.typed(label),
                    NewGrading(
                        rules: set.map { try ShortCode(typed: $0, field: .rules) },
                        mark: mark,
                        memoryGB: memory,
                        weight: weight,
                        given: grade,
                        motive: motive.map {
                            try ShortText(typed: $0, field: .motive, most: 500)
                        }
                    ),
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }

    private struct Graded: Output {
        let grading: Grading

        func encode(to encoder: any Encoder) throws { try grading.encode(to: encoder) }

        func words(in language: Language) -> String {
            grading.lines(in: language).joined(separator: "\n")
        }
    }
}

struct DeviceShelveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shelve",
        abstract: "Put a device on the shelf with its grade and price.",
        discussion: """
            Where its kind is graded, the grade is that of its last grading; another one needs --motive. Elsewhere --grade \
            names it. Without --price it gets the one of the table, under the legal ceiling.
            """
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    @Option(help: "premium, a, b, c or hc; what it was graded by default.")
    var grade: Grade?

    @Option(help: "Why another grade than it was given; it stays written.")
    var motive: String?

    @Option(help: "Its price, such as 99,00; that of the table by default.")
    var price: String?

    @Option(help: "The price list: standard or partner.")
    var channel = PriceChannel.standard

    @Flag(help: "An unusual price is meant.")
    var unusual = false

    @Option(help: "The shop's code; by default where it stands.")
    var shop: String?

    func run() async throws {
        try await shared.run { store, staff in
            let shop: ID<Shop>? =
                if let shop {
                    try await store.shop(coded: shop, where: .stockWorkers, of: staff)
                } else { nil }
            let shelving = try await store.shelveDevice(
                DeviceLabel.typed(label),
                grade: grade,
                because: motive.map { try ShortText(typed: $0, field: .motive, most: 500) },
                price: price.map { try Cents(typed: $0) },
                of: channel,
                isUnusualMeant: unusual,
                in: shop,
                key: shared.requestKey(store),
                by: staff
            )
            return Shelved(
                label: shelving.label,
                ordinal: shelving.ordinal,
                grade: shelving.grade,
                priceCents: shelving.price
            )
        }
    }

    private struct Shelved: Output {
        let label: String
        let ordinal: Int
        let grade: Grade
        let priceCents: Cents

        func words(in language: Language) -> String {
            let (grade, price) = (
                grade.name(in: language), Written.cents(priceCents, in: language)
            )
            return language.choose(
                "\(label) est en rayon\u{A0}: catégorie \(grade), \(price).",
                "\(label) is on the shelf: grade \(grade), \(price)."
            )
        }
    }
}

struct DeviceRepriceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reprice",
        abstract: "Ask another price for a device on the shelf."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    @Option(help: "Its price, such as 99,00.")
    var price: String

    @Flag(help: "An unusual price is meant.")
    var unusual = false

    func run() async throws {
        try await shared.run { store, staff in
            let shelving = try await store.repriceDevice(
                DeviceLabel.typed(label),
                price: Cents(typed: price),
                isUnusualMeant: unusual,
                key: shared.requestKey(store),
                by: staff
            )
            return Repriced(
                label: shelving.label,
                ordinal: shelving.ordinal,
                priceCents: shelving.price.count
            )
        }
    }

    private struct Repriced: Output {
        let label: String
        let ordinal: Int
        let priceCents: Int64

        func words(in language: Language) -> String {
            let price = Written.cents(Cents(unchecked: priceCents), in: language)
            return language.choose("\(label) est à \(price).", "\(label) is at \(price).")
        }
    }
}

struct DeviceWithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Take a device off the shelf, back to the stock room."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    @Option(help: "Why; it stays written.")
    var motive: String

    func run() async throws {
        try await shared.run { store, staff in
            let off = try await store.takeOffShelf(
                DeviceLabel.typed(label),
                motive: ShortText(typed: motive, field: .motive, most: 500),
                key: shared.requestKey(store),
                by: staff
            )
            return Off(label: off.label)
        }
    }

    private struct Off: Output {
        let label: String

        func words(in language: Language) -> String {
            language.choose("\(label) n’est plus en rayon.", "\(label) is off the shelf.")
        }
    }
}

struct DeviceReserveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reserve",
        abstract: "Keep a device for a person until a day."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    @Option(help: "The person: P-XXXXXX.")
    var person: String

    @Option(help: "The last day, such as 2026-12-01.")
    var until: String

    func run() async throws {
        try await shared.run { store, staff in
            guard let person = try await foundPerson(person, store) else {
                throw Refusal(.personUnknown)
            }
            return Recorded(
                id: try await store.reserveDevice(
                    DeviceLabel.typed(label),
                    for: person,
                    until: Day(typed: until),
                    key: shared.requestKey(store),
                    by: staff
                ).text
            )
        }
    }
}

struct DeviceReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Let a device that was kept go before its day."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label.")
    var label: String

    func run() async throws {
        try await shared.run { store, staff in
            Recorded(
                id: try await store.endReservation(
                    of: DeviceLabel.typed(label),
                    key: shared.requestKey(store),
                    by: staff
                ).text
            )
        }
    }
}

struct DeviceRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Take a device out of the stock for good: recycled, or lost."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label, such as LIPC26-0008.")
    var label: String

    @Argument(help: "recycling or loss.")
    var removal: Removal.Kind

    @Option(help: "Why; it stays written.")
    var motive: String

    @Option(help: "Who takes it away, for recycling.")
    var collector: String?

    @Option(help: "The number of the waste slip, for recycling.")
    var slip: String?

    @Option(help: "Its weight in kilograms, for recycling.")
    var weight: String?

    @Option(help: "The day; today by default.")
    var on: String?

    func run() async throws {
        try await shared.run { store, staff in
            let removal = try Removal(
                removal,
                on: on.map { try Day(typed: $0, field: .removedOn) } ?? store.today,
                collector: collector,
                slip: slip,
                weight: .optional(typedKilograms: weight),
                motive: motive
            )
            return try await store.removeDevice(
                DeviceLabel.typed(label),
                removal,
                key: shared.requestKey(store),
                by: staff
            )
        }
    }
}

struct DeviceRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Take back that a device was recycled or lost."
    )

    @OptionGroup var shared: Shared

    @Argument(help: "Its label, such as LIPC26-0008.")
    var label: String

    @Option(help: "Why; it stays written.")
    var motive: String

    func run() async throws {
        try await shared.run { store, staff in
            try await store.reverseRemoval(
                of: DeviceLabel.typed(label),
                motive: ShortText(typed: motive, field: .motive, most: 500),
                key: shared.requestKey(store),
                by: staff
            )
        }
    }
}

extension RemovedDevice: Output {
    func words(in language: Language) -> String { label }
}
