import Shop

/// The frame around a page: who is at work, where, and where they may go.
struct Shell: Sendable {
    /// The language of the screen, `fr` or `en`.
    let language: String
    /// The path of this page, where a form of the frame comes back to.
    let path: String
    /// The anti-forgery token of this sign-in, in every form as `csrf`.
    let csrf: String
    let demonstration: Bool
    let shop: String?
    let till: String?
    let user: User?
    let navigation: [Navigation.Link]
    let languages: [LanguageLink]
    /// What the page before did, said once: "Bon enregistré".
    let notice: String?

    struct User: Sendable {
        let name: String
        let role: String
    }

    struct LanguageLink: Sendable {
        let code: String
        let name: String
        let current: Bool
    }

    /// - Parameters:
    ///   - user: the name and the role's words of who signed in, nobody on the sign-in page.
    ///   - mayOpen: whether the reader's roles open a path; the routes' own table answers.
    init(
        _ words: Words,
        path: String,
        csrf: String,
        user: User? = nil,
        shop: String? = nil,
        till: String? = nil,
        demonstration: Bool = false,
        notice: String? = nil,
        mayOpen: (String) -> Bool = { _ in false }
    ) {
        language = words.language.rawValue
        self.path = path
        self.csrf = csrf
        self.demonstration = demonstration
        self.shop = shop
        self.till = till
        self.user = user
        self.notice = notice
        navigation = user == nil ? [] : Navigation.links(words, at: path, mayOpen: mayOpen)
        languages = Language.allCases.map {
            LanguageLink(code: $0.rawValue, name: $0.ownName, current: $0 == words.language)
        }
    }
}
