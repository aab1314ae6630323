/// What one template shows. The stored fields of a page are exactly its template's tags: `{{name}}`
/// for a text, `{{#name}}` for an optional, a `Bool` or an array; nested values are structs of their own.
///
/// Around the fields every template also reads `{{w.key}}`, the words of the reader's language, and
/// `{{shell.…}}`, what the frame of the page shows. An optional that is nil makes swift-mustache look
/// for the same name further out: write `{{#.name}}` inside a list whose outer value has that name too.
protocol Page: Sendable {
    /// The file in Templates, without its extension.
    static var template: String { get }
}

/// Markup that is ours, such as the drawing of a barcode: the one thing a template may write
/// without escaping, with `{{{name}}}`.
struct Markup: Sendable, CustomStringConvertible {
    let description: String

    init(drawnByUs markup: String) {
        description = markup
    }
}
