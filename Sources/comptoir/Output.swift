import Foundation
import Shop

/// What a command answers: its coded form with `--json`, its words otherwise.
protocol Output: Encodable, Sendable {
    func words(in language: Language) -> String
    /// Whether all is well; exit status 1 otherwise, for checks that find a fault.
    var isFine: Bool { get }
    /// With `--json`, one object a line instead of one document, where the help says so.
    func objects(in language: Language) -> [any Encodable & Sendable]?
}

extension Output {
    var isFine: Bool { true }
    func objects(in language: Language) -> [any Encodable & Sendable]? { nil }
}

/// What every command that lists answers: `items`, and `next`, what `--after` takes for the part that follows.
struct PagedAnswer<Item: Output>: Output {
    let items: [Item]
    /// Nil at the end of the list, and written as null: a program asks for the same two fields everywhere.
    let next: String?

    init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    /// A list that comes in one part.
    init(whole items: [Item]) { self.init(items: items, next: nil) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
    }

    private enum CodingKeys: CodingKey { case items, next }

    func words(in language: Language) -> String {
        let more = next.map { ["… --after \($0)"] } ?? []
        return (items.map { $0.words(in: language) } + more).joined(separator: "\n")
    }
}

/// What the help of a command that lists says of its document.
enum PagedHelp {
    static let parts = """
        With --json: items, and next, which --after takes for the part that follows; null at the end.
        """
    static let whole = "With --json: items, every one of them, and next, which is null."
}

/// Writes for programs and for people, each to its own stream.
enum Printed {
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        line(text, to: .standardOutput)
    }

    static func line(_ text: String, to file: FileHandle) {
        file.write(Data((text + "\n").utf8))
    }
}

/// A refusal as programs read it.
struct RefusalDocument: Encodable {
    let refusal: Refusal.Told
}

/// A fault as programs read it: what happened is in the log, under this reference.
struct FaultDocument: Encodable {
    let fault: Fault

    struct Fault: Encodable {
        let reference: String
        let what: String
    }
}

extension Refusal {
    /// Three lines and the reference, for the terminal.
    func lines(in language: Language) -> String {
        let told = told(in: language)
        return "\(told.what) \(told.why)\n→ \(told.now)\n(\(told.reference))"
    }
}
