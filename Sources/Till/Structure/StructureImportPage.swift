import Foundation
import Shop
import Store

/// A file of structures to look at, then to take in.
struct StructureImportPage: Page {
    static let template = "structure-import"

    /// What the page's script says, as JSON.
    let words: String
    /// What each kind is called, by its stored value, as JSON.
    let kinds: String

    init(_ words: Words) throws {
        self.words = try words.json(prefix: "structure_import_")
        let names = StructureKind.allCases.map { ($0.rawValue, $0.name(in: words.language)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        kinds = String(
            decoding: try encoder.encode(Dictionary(uniqueKeysWithValues: names)),
            as: UTF8.self
        )
    }
}
