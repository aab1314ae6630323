import Shop
import Store

/// A file of structures to look at, then to take in.
struct StructureImportPage: Page {
    static let template = "structure-import"

    /// What the page's script says, as JSON.
    let words: String

    init(_ words: Words) throws {
        self.words = try words.json(prefix: "structure_import_")
    }
}
