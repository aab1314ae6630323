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

/// A list, one line an item.
extension Array: Output where Element: Output {
    func words(in language: Language) -> String {
        map { $0.words(in: language) }.joined(separator: "\n")
    }
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
