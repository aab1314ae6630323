import ArgumentParser
import Foundation
import Shop
import Store

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in files that other tools wrote.",
        subcommands: [ImportHardwareCommand.self, ImportStructuresCommand.self]
    )
}

struct ImportHardwareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hardware",
        abstract:
            "Make devices of hardware files: lshw, GLPI, FusionInventory, dmidecode, Workbench.",
        discussion: """
            Read are lshw -json and -xml, inventories of GLPI and FusionInventory in JSON and XML, the text of \
            dmidecode, and snapshots of eReuse Workbench in JSON and YAML. A log of nwipe records the erasure of each \
            disk that it proves, found by the disk's own serial. A BOLC sheet of refurbishers, CSV or XLSX, makes a \
            device of each row. A report of smartctl -j tells the health of the disk whose serial it names. The kind is told by the content, not by the name. The same file, or another file of the same \
            machine, finds the device again. With --json, one object a file, one a line: file, format, \
            outcome (new, known, refused), reason, label, device, drives, rows. Exit status 1 when a file was refused.
            """
    )

    @OptionGroup var shared: Shared

    @Argument(help: "The files.", completion: .file())
    var files: [String]

    @Flag(help: "Say what would be done, and write nothing.")
    var dryRun = false

    @Option(help: "The shop that takes them in: its code.")
    var shop: String?

    @Flag(help: "A public body gave them: the law caps their price. A lot says it by its donor.")
    var fromPublicBody = false

    @Option(
        help: "The lot with which they came: its code. Each goes into the second-hand register."
    )
    var batch: String?

    func run() async throws {
        if dryRun {
            try await shared.runOpen { store in
                try await imported { try await store.previewHardware($0) }
            }
        } else {
            try await shared.run { store, staff in
                let shop = try await store.shop(coded: shop, where: .stockWorkers, of: staff)
                return try await imported {
                    try await store.importHardware(
                        $0,
                        into: shop,
                        fromPublicBody: fromPublicBody,
                        batch: batch.map { try BatchCode.typed($0) },
                        by: staff
                    )
                }
            }
        }
    }

    /// Reads the files that are there and hands them on together; the answers come in the files' order.
    private func imported(
        _ work: ([HardwareUpload]) async throws -> [HardwareImport]
    ) async throws -> Imported {
        let uploads = files.map { HardwareUpload(file: $0) }
        var results = try await work(uploads.compactMap { $0 })[...]
        return Imported(
            paths: files,
            files: zip(files, uploads).map { path, upload in
                let result = upload.flatMap { _ in results.popFirst() }
                return result ?? HardwareImport(missing: path)
            }
        )
    }
}

extension HardwareUpload {
    /// Nil when the file cannot be read. Of a file above the limit only so much is read that it is refused.
    fileprivate init?(file path: String) {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { handle.closeFile() }
        let size = Int(clamping: handle.seekToEndOfFile())
        handle.seek(toFileOffset: 0)
        // A folder opens and does not read: whatever the cause, there is no file to take in.
        guard let data = try? handle.read(upToCount: HardwareFile.bytesMax + 1) else { return nil }
        self.init(path: path, bytes: Array(data), size: max(size, data.count))
    }
}

private struct Imported: Output {
    let paths: [String]
    let files: [HardwareImport]

    var isFine: Bool { files.allSatisfy { !$0.isRefused } }

    func objects(in language: Language) -> [any Encodable & Sendable]? {
        zip(files, paths).map { ToldImport($0, path: $1, in: language) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(files.map { ToldImport($0, in: .french) })
    }

    func words(in language: Language) -> String {
        files.map { $0.words(in: language) }.joined(separator: "\n")
    }
}

extension HardwareImport {
    var isRefused: Bool { if case .refused = outcome { true } else { false } }

    /// The file, what became of it, and what a person should know.
    func words(in language: Language) -> String {
        switch outcome {
        case .new where !rows.isEmpty:
            return file + "\n"
                + rows.map { row in
                    "  "
                        + row.result.words(in: language).replacing("\n", with: "\n  ")
                }.joined(separator: "\n")
        case .new(let label):
            let name = [label, hardware?.shortName].compactMap { $0 }.joined(separator: " ")
            let remarks = hardware?.remarks.map { "\n  " + $0.words(in: language) }.joined() ?? ""
            let proven =
                (drives.map { $0.words(in: language) } + healths.map { $0.words(in: language) })
                .map { "\n  " + $0 }.joined()
            guard hardware != nil else {
                let kind =
                    healths.isEmpty
                    ? language.choose("journal d’effacement", "wipe log")
                    : language.choose("bilan de santé", "health report")
                return language.choose("\(file)\u{A0}: ", "\(file): ") + kind + proven
            }
            return language.choose("\(file)\u{A0}: nouveau, ", "\(file): new, ") + name + remarks
                + proven
        case .known(let known):
            return language.choose("\(file)\u{A0}: connu. ", "\(file): known. ")
                + known.words(in: language)
        case .refused(let refusal):
            return refusal.lines(in: language)
        }
    }
}

extension Hardware {
    /// Maker, model, memory and disks in one line.
    var shortName: String {
        let disks = disks.map { "\($0.kind.rawValue) \($0.sizeGB.map(String.init) ?? "?") GB" }
        return ([maker, model, memoryMB.map { "\($0) MiB" }].compactMap { $0 } + disks)
            .joined(separator: ", ")
    }
}
