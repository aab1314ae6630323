import Shop
import Store

/// Two files side by side, before they become one person's.
struct MergePage: Page {
    static let template = "person-merge"

    let key: String
    /// The page of the file that goes on.
    let path: String
    let code: String
    let name: String
    let with: Field
    let refusal: RefusalCard?
    let mistakes: Mistakes?
    /// Nil until the other file is known and the two may become one.
    let files: Files?

    struct Files: Sendable {
        let goesOn: File
        let ends: File
        /// The same two, the other way round.
        let turned: String
        let confirm: String
    }

    struct File: Sendable {
        let title: String
        let path: String
        let code: String
        let name: String
        let facts: [PersonPage.Line]
    }

    init(
        _ words: Words,
        _ person: PersonRow,
        preview: MergePreview? = nil,
        _ draft: Draft,
        key: String
    ) {
        let language = words.language
        self.key = key
        path = "/persons/\(person.code)"
        code = person.code
        name = person.name
        with = Field(
            FieldName("with", words("merge_with"), words("merge_with")),
            draft,
            in: language,
            hint: words("merge_with_hint")
        )
        mistakes = draft.mistakes(in: language, fields: ["with"])
        refusal = draft.card(in: language, fields: ["with"])
        files = preview.map { preview in
            let (on, ends) = (preview.goesOn.person.code, preview.ends.person.code)
            return Files(
                goesOn: File(preview.goesOn, words, title: words("merge_goes_on")),
                ends: File(preview.ends, words, title: words("merge_ends")),
                turned: "/persons/\(ends)/merge?with=\(on)",
                confirm: words("merge_confirm", ["ends": ends, "on": on])
            )
        }
    }
}

extension MergePage.File {
    fileprivate init(_ file: MergePreview.FileSummary, _ words: Words, title: String) {
        let person = file.person
        self.title = title
        path = "/persons/\(person.code)"
        code = person.code
        name = person.name
        facts = [
            ("merge_opened", file.openedOn.printed),
            ("person_phone", Phone.printed(person.phone)),
            ("person_born", person.birthYear.map(String.init) ?? ""),
            ("person_quarter", person.quarter),
            ("person_structure", person.structure ?? ""),
            ("person_vouchers", words.number(file.vouchers)),
            ("person_tickets", words.number(file.tickets)),
            ("person_courses", words.number(file.courses)),
            ("merge_lives_with", words.number(file.livesWith)),
        ].filter { !$0.1.isEmpty }.map { PersonPage.Line(label: words($0.0), value: $0.1) }
    }
}
