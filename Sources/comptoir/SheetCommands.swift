import ArgumentParser
import Foundation
import Shop
import Store

struct AttachCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Attaches a signed sheet to its session, which freezes the attendance."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The session's id.") var session: ID<Session>
    @Argument(help: "The sheet, scanned or photographed: PDF, JPEG or PNG.") var file: String

    func run() async throws {
        try await shared.run { store, staff in
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw Refusal(.fileMissing, ["file": .text(file)])
            }
            return SignedSheetAnswer(
                attached: try await store.attachSheet(
                    SignedSheet(bytes: Array(bytes)),
                    to: session,
                    key: shared.requestKey(store),
                    by: staff
                )
            )
        }
    }
}

struct SheetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheets",
        abstract: "Lists the signed sheets of a session.",
        discussion: PagedHelp.whole
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The session's id.") var session: ID<Session>

    func run() async throws {
        try await shared.run { store, _ in
            PagedAnswer(whole: try await store.sheets(of: session).map(SignedSheetAnswer.init))
        }
    }
}

struct OriginalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "original",
        abstract: "Writes a signed sheet to a file, as it was attached."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The session's id.") var session: ID<Session>
    @Argument(help: "The sheet's id.") var sheet: ID<SignedSheet>
    @Argument(help: "The file to write.") var file: String

    func run() async throws {
        try await shared.run { store, _ in
            let original = try await store.originalSheet(sheet, of: session)
            try Data(original.bytes).write(to: URL(filePath: file))
            return OriginalAnswer(
                file: file,
                kind: original.kind,
                bytes: original.bytes.count
            )
        }
    }
}

struct CorrectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Corrects attendance that a signed sheet froze, with a motive."
    )
    @OptionGroup var shared: Shared
    @Argument(help: "The session's id.") var session: ID<Session>
    @Argument(help: "PERSON=seen, =40, =late:15, =excused, =noshow; may be repeated.")
    var presence: [String]
    @Option(help: "Why; it stays written.") var motive: String

    func run() async throws {
        try await shared.run { store, staff in
            let recorded = try await store.correctAttendance(
                store.presences(typed: presence),
                at: session,
                motive: ShortText(typed: motive, field: .motive, most: 500),
                key: shared.requestKey(store),
                by: staff
            )
            return AttendanceAnswer(session: session.text, written: recorded.written)
        }
    }
}

private struct SignedSheetAnswer: Output {
    let attached: SheetAttached

    func encode(to encoder: any Encoder) throws { try attached.encode(to: encoder) }

    func words(in language: Language) -> String {
        "\(attached.sheet)  \(attached.kind.rawValue)  \(attached.sha256)"
    }
}

private struct OriginalAnswer: Output {
    let file: String
    let kind: SignedSheet.Kind
    let bytes: Int

    func words(in language: Language) -> String { file }
}
