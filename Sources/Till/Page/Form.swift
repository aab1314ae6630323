import Shop

/// One input with its label, help and error: `{{#name}}{{>field}}{{/name}}`.
struct Field: Sendable {
    /// The name that is posted, and the id that an error links to.
    let name: String
    let label: String
    let value: String
    let hint: String?
    let error: String?
    /// The input's type: `text`, `date`, `number`, `password`, `email`, `tel`, `search`.
    let type: String
    /// What a browser may fill in, `off` where it should not.
    let autocomplete: String
    let isRequired: Bool
    /// Whether the label says that it may stay empty.
    let isOptional: Bool

    /// - Parameter isOptional: false where the browser is not to insist, and the form cannot do without all the same.
    init(
        _ name: String,
        label: String,
        value: String = "",
        hint: String? = nil,
        error: String? = nil,
        type: String = "text",
        autocomplete: String = "off",
        isRequired: Bool = true,
        isOptional: Bool? = nil
    ) {
        self.name = name
        self.label = label
        self.value = value
        self.hint = hint
        self.error = error
        self.type = type
        self.autocomplete = autocomplete
        self.isRequired = isRequired
        self.isOptional = isOptional ?? !isRequired
    }
}

/// One choice among several: `{{#name}}{{>choice}}{{/name}}` draws a list that opens,
/// `{{>choice-radios}}` radio buttons.
struct Choice: Sendable {
    let name: String
    let label: String
    let hint: String?
    let error: String?
    let options: [Option]

    struct Option: Sendable {
        /// Where the choice is radio buttons, each needs an id of its own.
        let id: String
        let group: String
        let value: String
        let words: String
        let isChosen: Bool
    }

    /// - Parameter options: value and words, in the order shown.
    init(
        _ name: String,
        label: String,
        options: [(value: String, words: String)],
        chosen: String? = nil,
        hint: String? = nil,
        error: String? = nil
    ) {
        self.name = name
        self.label = label
        self.hint = hint
        self.error = error
        self.options = options.enumerated().map { index, option in
            Option(
                id: "\(name)-\(index)",
                group: name,
                value: option.value,
                words: option.words,
                isChosen: option.value == chosen
            )
        }
    }
}

/// What was wrong with a form, on top of it and linked to each field: `{{#mistakes}}{{>mistakes}}{{/mistakes}}`.
struct Mistakes: Sendable {
    let list: [Mistake]

    struct Mistake: Sendable {
        let name: String
        let words: String
    }

    /// Nil when nothing is wrong, so that the page shows nothing.
    init?(_ list: [(name: String, words: String)]) {
        guard !list.isEmpty else { return nil }
        self.list = list.map { Mistake(name: $0.name, words: $0.words) }
    }
}

/// Why the answer is no, for a person: `{{#refusal}}{{>refusal-card}}{{/refusal}}`.
struct RefusalCard: Sendable {
    let what: String
    let why: String
    let now: String
    /// A short reference for support, such as `E-QUOTA-02`, or the request's id for an outage.
    let reference: String
}

extension RefusalCard {
    init(_ refusal: Refusal, in language: Language) {
        let told = refusal.told(in: language)
        self.init(what: told.what, why: told.why, now: told.now, reference: told.reference)
    }
}

/// Links to the pages before and after in a list paged by key: `{{#pager}}{{>pager}}{{/pager}}`.
struct Pager: Sendable {
    let first: String?
    let next: String?
    /// What is shown, such as "50 appareils".
    let words: String
}
