import Shop
import Store

/// The search for a person, and whom it found.
struct PersonsPage: Page {
    static let template = "persons"

    let search: Field
    let refusal: RefusalCard?
    let rows: [Row]
    let hasRows: Bool
    /// What was typed found nobody.
    let isNobody: Bool
    /// The next part is asked for by a form, so that no name stands in an address.
    let more: More?

    struct Row: Sendable {
        let path: String
        let code: String
        let name: String
        let born: String
        let quarter: String
        let structure: String
        let phone: String

        init(_ person: PersonRow) {
            path = "/persons/\(person.code)"
            code = person.code
            name = person.name
            born = person.birthYear.map(String.init) ?? ""
            quarter = person.quarter
            structure = person.structure ?? ""
            phone = Phone.printed(person.phone)
        }
    }

    struct More: Sendable {
        let typed: String
        let after: String
    }

    init(
        _ words: Words,
        typed: String = "",
        found: Paged<PersonRow>? = nil,
        refusal: Refusal? = nil
    ) {
        search = Field(
            "q",
            label: words("person_search"),
            value: typed,
            hint: words("person_search_hint"),
            type: "search"
        )
        self.refusal = refusal.map { RefusalCard($0, in: words.language) }
        rows = found?.items.map(Row.init) ?? []
        hasRows = !rows.isEmpty
        isNobody = found?.items.isEmpty ?? false
        more = found?.next.map { More(typed: typed, after: $0) }
    }
}
