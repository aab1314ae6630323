import Foundation
import Shop

/// What the screens say in one language, from `Words/<noun>.<language>.json`: flat tables whose
/// keys begin with the noun. A template reads `{{w.noun_key}}`, Swift calls `words("noun_key")`.
struct Words: Sendable {
    let language: Language
    let table: [String: String]

    /// Reads and joins the tables of one language.
    /// - Throws: `WordsFault` when two tables hold the same key.
    init(_ language: Language, in folder: URL) throws {
        self.language = language
        var table: [String: String] = [:]
        let files = try FileManager.default.contentsOfDirectory(
            at: folder,
            includingPropertiesForKeys: nil
        )
        for file in files where file.lastPathComponent.hasSuffix(".\(language.rawValue).json") {
            let words = try JSONDecoder().decode(
                [String: String].self,
                from: Data(contentsOf: file)
            )
            for (key, text) in words {
                guard table.updateValue(text, forKey: key) == nil else {
                    throw WordsFault.keyTwice(key, file: file.lastPathComponent)
                }
            }
        }
        self.table = table
    }

    /// The words under `key`, each `{name}` in them replaced by its value.
    func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        guard var text = table[key] else { preconditionFailure("no words under \(key)") }
        for (name, value) in values {
            text = text.replacingOccurrences(of: "{\(name)}", with: value)
        }
        return text
    }

    /// The words for `count` of something, from `key_one`, `key_many` or `key_other`, with
    /// `{count}` replaced. French counts 0 and 1 as one, and whole millions apart ("de").
    func counted(_ key: String, _ count: Int, _ values: [String: String] = [:]) -> String {
        let form =
            switch language {
            case .french where count == 0 || count == 1: "one"
            case .french where count % 1_000_000 == 0: "many"
            case .english where count == 1: "one"
            case .french, .english: "other"
            }
        let values = values.merging(["count": number(count)]) { given, _ in given }
        return self("\(key)_\(form)", values)
    }

    /// A whole number with its thousands apart: `1 234`, `1,234`.
    func number(_ value: Int) -> String {
        let digits = String(value.magnitude)
        let separator = language == .french ? "\u{202F}" : ","
        var grouped = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset) % 3 == 0 { grouped += separator }
            grouped.append(digit)
        }
        return value < 0 ? "\u{2212}" + grouped : grouped
    }

    /// A count of hundredths with its decimals: `5,50`, `5.50`.
    func decimal(hundredths: Int) -> String {
        let rest = hundredths % 100
        return
            "\(number(hundredths / 100))\(language.choose(",", "."))\(rest < 10 ? "0" : "")\(rest)"
    }

    /// The table of the keys that begin with `prefix`, as JSON for a script.
    func json(prefix: String) throws -> String {
        let chosen = table.filter { $0.key.hasPrefix(prefix) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(chosen), as: UTF8.self)
    }
}

enum WordsFault: Error {
    case keyTwice(String, file: String)
}
