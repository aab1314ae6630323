import Shop
import Store

/// Where a form looks up an article that it does not show: `{{#articles}}{{>article-search}}{{/articles}}`.
struct ArticleSearch: Sendable {
    let field: Field
    /// The form's own address: it comes back with what was found.
    let path: String
    /// Of which kinds the browser suggests some while one types.
    let kinds: String
    /// What the search came to, where that is not seen by itself.
    let told: String?
    /// Whether what was found stands first, where one types next.
    let isFound: Bool

    static let name = "article"

    /// Nil where the form shows all there are.
    init?(
        _ words: Words,
        _ offered: OfferedProducts,
        of kinds: Set<ProductFacts.Kind>,
        _ draft: Draft,
        at path: String
    ) {
        guard offered.hasMore || offered.found != nil else { return nil }
        let typed = draft.value(Self.name)
        let isNone = offered.found?.isEmpty ?? false
        field = Field(
            Self.name,
            label: words("product_find"),
            value: isNone ? typed : "",
            hint: words("product_find_hint"),
            type: "search",
            isRequired: false,
            isOptional: false
        )
        self.path = path
        self.kinds = kinds.map(\.rawValue).sorted().joined(separator: " ")
        told =
            isNone
            ? words("product_find_none", ["text": typed])
            : offered.isCut
                ? words(
                    "product_find_cut",
                    ["count": words.number(OfferedProducts.foundMost)]
                ) : nil
        isFound = !isNone && offered.found != nil
    }
}

extension Set<ProductFacts.Kind> {
    /// What is kept by quantity.
    static let counted: Self = [.recharge, .sim, .accessory]
}

extension Draft {
    /// What is looked up before anything is recorded; nil where nothing is. Whoever presses Enter in the search searches, and
    /// whoever presses the form's own button records, whatever is left in the search.
    var article: String? {
        guard form["save"] == nil else { return nil }
        let typed = value(ArticleSearch.name)
        return typed.contains { !$0.isWhitespace } ? typed : nil
    }

    /// Articles beside which something was typed.
    var namedArticles: [String] {
        form.names.filter { $0.hasPrefix("units-") && !value($0).isEmpty }
            .map { String($0.dropFirst(6)) }
    }
}
