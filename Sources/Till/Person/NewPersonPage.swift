import Shop
import Store

/// A file to open, with the files that may be the same person's.
struct NewPersonPage: Page {
    static let template = "person-new"

    let key: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let familyName: Field
    let givenName: Field
    let phone: Field
    let birthYear: Field
    let quarter: Field
    let language: Choice
    let structure: Listed
    let livesWith: Field
    /// Files that may be the same person's: shown before a second one is made.
    let likely: [PersonsPage.Row]
    let isLikelyKnown: Bool

    static let fields: Set<String> = [
        "family_name", "given_name", "phone", "birth_year", "quarter", "language", "structure",
        "lives_with",
    ]

    init(
        _ words: Words,
        _ draft: Draft,
        key: String,
        structures: [StructureRow],
        likely: [PersonRow] = []
    ) {
        let spoken = words.language
        self.key = key
        mistakes = draft.mistakes(in: spoken, fields: Self.fields)
        refusal =
            likely.isEmpty ? draft.card(in: spoken, fields: Self.fields) : nil
        familyName = Field(.familyName, draft, in: spoken, hint: words("person_family_hint"))
        givenName = Field(.givenName, draft, in: spoken, isRequired: false)
        phone = Field(.phone, draft, in: spoken, type: "tel", isRequired: false)
        birthYear = Field(
            .birthYear,
            draft,
            in: spoken,
            hint: words("person_born_hint"),
            isRequired: false
        )
        quarter = Field(.quarter, draft, in: spoken, isRequired: false)
        language = Choice(
            .language,
            draft,
            in: spoken,
            options: Self.languages("fr", in: spoken),
            chosen: "fr"
        )
        structure = Listed(
            Field(.structure, draft, in: spoken, isRequired: false),
            choices: structures.map(\.name)
        )
        livesWith = Field(
            FieldName("lives_with", words("person_lives_with"), words("person_lives_with")),
            draft,
            in: spoken,
            hint: words("person_lives_with_hint"),
            isRequired: false
        )
        self.likely = likely.map(PersonsPage.Row.init)
        isLikelyKnown = !likely.isEmpty
    }
}

extension Page {
    /// Languages among which one chooses, with the one that stands there whatever it is.
    static func languages(_ stands: String, in language: Language) -> [(
        value: String, words: String
    )] {
        let offered = SpokenLanguage.offered.map {
            (value: $0.letters, words: language.choose($0.french, $0.english))
        }
        return offered.contains { $0.value == stands } ? offered : offered + [(stands, stands)]
    }
}

/// An input that suggests: `{{#name}}{{>listed}}{{/name}}`.
struct Listed: Sendable {
    let field: Field
    let list: String
    let choices: [String]

    init(_ field: Field, choices: [String]) {
        self.field = field
        list = "\(field.name)-choices"
        self.choices = choices
    }
}
