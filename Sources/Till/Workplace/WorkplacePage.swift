import Shop
import Store

/// Asks in which shop one works.
struct WorkplacePage: Page {
    static let template = "workplace"

    let picker: WorkplacePicker
    /// Whether something was typed that waits for the choice.
    let isWaiting: Bool
}

/// One choice a shop: `{{#picker}}{{>workplace-picker}}{{/picker}}`.
struct WorkplacePicker: Sendable {
    /// Where the choice is sent.
    let action: String
    /// What is sent with it.
    let kept: [Kept]
    /// A button each while they are few; empty when they are many.
    let shops: [Offered]
    /// A list that opens, where buttons would fill the screen.
    let list: Choice?

    private static let most = 12

    struct Kept: Sendable {
        let name: String
        let value: String
    }

    struct Offered: Sendable {
        let code: String
        let name: String
        let isCurrent: Bool
    }

    /// - Parameter next: the page on which one goes on.
    init(_ words: Words, _ shops: Workplaces, next: String) {
        self.init(words, shops, action: "/workplace", kept: [Kept(name: "next", value: next)])
    }

    /// - Parameter form: what was sent to `path` without a shop, and is sent there again with one.
    init(_ words: Words, _ shops: Workplaces, sending form: Form, to path: String) {
        let kept = form.names.filter { $0 != "shop" && $0 != "csrf" }.flatMap { name in
            form.all(name).map { Kept(name: name, value: $0) }
        }
        self.init(words, shops, action: path, kept: kept)
    }

    private init(_ words: Words, _ shops: Workplaces, action: String, kept: [Kept]) {
        let isShort = shops.all.count <= Self.most
        self.action = action
        self.kept = kept
        self.shops =
            isShort
            ? shops.all.map {
                Offered(code: $0.code, name: $0.name, isCurrent: $0 == shops.current)
            }
            : []
        list =
            isShort
            ? nil
            : Choice(
                "shop",
                label: words("workplace_label"),
                options: shops.all.map { (value: $0.code, words: "\($0.name) (\($0.code))") },
                chosen: shops.current?.code
            )
    }
}

/// In which of several shops a page works, and the way to another: `{{#workplace}}{{>workplace-bar}}{{/workplace}}`.
/// A form of that page sends `code` as `shop`, so that it is done where the page said, whatever was chosen since.
struct WorkplaceBar: Sendable {
    let code: String
    let name: String
    let change: String

    /// Nil where there is but one, so that the page shows nothing.
    init?(_ shops: Workplaces, _ shop: Workplace, at path: String) {
        guard shops.areSeveral else { return nil }
        code = shop.code
        name = shop.name
        change = "/workplace?next=" + percentEncoded(path)
    }
}
