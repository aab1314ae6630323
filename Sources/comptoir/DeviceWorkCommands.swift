import ArgumentParser
import Shop
import Store

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
