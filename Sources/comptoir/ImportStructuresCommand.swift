import ArgumentParser
import Foundation
import Shop
import Store

struct ImportStructuresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "structures",
        abstract: "Write down the partner structures that a CSV file describes.",
        discussion: """
            Two kinds of table, told by the first line. Of your own: \(columns). Only name and kind are needed; a \
            kind is \(kinds). Or the national schema of digital-mediation places (MedNum 1.0), whose places are known \
            again by their id. Comma, semicolon or tab; UTF-8 or Windows-1252. What the file leaves empty changes \
            nothing, and agreements are taken from it for new structures alone. The same file again makes nothing; a line that is refused stops no other. With --json, one \
            document: file, format, encoding, delimiter, new, known, changed, refused, and rows with line, outcome, \
            name, structure, changes, field, value, refusal. Exit status 1 when a line was refused.
            """
    )

    private static var columns: String {
        OwnColumn.allCases.map { $0.names.joined(separator: "/") }.joined(separator: ", ")
    }
    private static var kinds: String {
        StructureKind.allCases.map(\.rawValue).joined(separator: ", ")
    }

    @OptionGroup var shared: Shared
    @Argument(help: "The file.", completion: .file()) var file: String
    @Flag(help: "Say what would be done, and write nothing.") var dryRun = false

    func run() async throws {
        let name = URL(fileURLWithPath: file).lastPathComponent
        if dryRun {
            try await shared.runOpen { store in
                try await ImportedStructures(
                    store.previewStructures(store.readStructures(bytes(name))),
                    name
                )
            }
        } else {
            try await shared.run { store, staff in
                let read = try await store.readStructures(bytes(name))
                return try await ImportedStructures(
                    store.importStructures(read, key: shared.requestKey(store), by: staff),
                    name
                )
            }
        }
    }

    /// Of a file above the limit only so much is read that it is refused. Throws `fileMissing`.
    private func bytes(_ name: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: file),
            let data = try? handle.read(upToCount: StructureFile.bytesMost + 1)
        else { throw Refusal(.fileMissing, ["file": .text(name)]) }
        try handle.close()
        return Array(data)
    }
}

private struct ImportedStructures: Output {
    let result: StructureImport
    let file: String

    init(_ result: StructureImport, _ file: String) {
        self.result = result
        self.file = file
    }

    var isFine: Bool { result.count(.refused) == 0 }

    func encode(to encoder: any Encoder) throws {
        try ToldStructureImport(result, file: file, in: .french).encode(to: encoder)
    }

    func objects(in language: Language) -> [any Encodable & Sendable]? {
        [ToldStructureImport(result, file: file, in: language)]
    }

    func words(in language: Language) -> String {
        let counts: [(String, StructureImport.Outcome.Kind)] = [
            (language.choose("nouvelles", "new"), .new),
            (language.choose("déjà là", "known"), .known),
            (language.choose("changées", "changed"), .changed),
            (language.choose("refusées", "refused"), .refused),
        ]
        let head = counts.map { "\(result.count($0.1)) \($0.0)" }.joined(separator: ", ")
        return ([head] + result.rows.compactMap { $0.words(in: language) }).joined(separator: "\n")
    }
}

extension StructureImport.Row {
    /// What a person should look at; nil where there is nothing.
    fileprivate func words(in language: Language) -> String? {
        let place = language.choose("ligne", "line") + " \(line)  "
        switch outcome {
        case .new, .known: return nil
        case .changed(let name, _, let changes):
            return place + name + "  "
                + changes.map { "\($0.field) → \($0.to)" }.joined(separator: ", ")
        case .refused(let fault):
            let told = fault.refusal.told(in: language)
            return place + "\(fault.field)  \(told.what) \(told.why)"
        }
    }
}
