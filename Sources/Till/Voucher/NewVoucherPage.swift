import Shop
import Store

/// A voucher as it is read from paper: what the paper says, whom it names, what it opens, in one form.
struct NewVoucherPage: Page {
    static let template = "voucher-new"

    let key: String
    let mistakes: Mistakes?
    let refusal: RefusalCard?
    let structure: Listed
    let prescriber: Field
    let post: Field
    let signedOn: Field
    let validUntil: Field
    let householdSize: Field
    let services: [Service]
    let servicesError: String?
    let details: DetailsPart
    let signatureError: String?
    let isSigned: Bool
    let isKept: Bool
    /// Holds in this shop alone.
    let isHereOnly: Bool
    let here: String?
    let isTogether: Bool
    let persons: [PersonPart]
    let count: Int
    /// The number that one more person would have.
    let next: Int

    struct Service: Sendable {
        let value: String
        let words: String
        let isChosen: Bool
    }

    /// One of the people it names: somebody who has a file, or what a new file needs.
    struct PersonPart: Sendable {
        let number: Int
        let title: String
        let find: Field
        /// Whom the search found, and nobody of them; nil before a search, and when it found nobody.
        let found: Choice?
        let isNobodyFound: Bool
        /// Whether the file was chosen: a new one needs nothing then.
        let isKnown: Bool
        let givenName: Field
        let familyName: Field
        let phone: Field
        let birthYear: Field
        /// Files that may be this person's, among which the seller chooses.
        let likely: Choice?
    }

    /// As many as a voucher may name.
    static let most = 30

    init(
        _ words: Words,
        _ draft: Draft,
        key: String,
        structures: [StructureRow],
        motives: [Motive],
        likely: [Int: [PersonRow]] = [:],
        found: [Int: [PersonRow]] = [:],
        here: String?,
        today: Day
    ) {
        let language = words.language
        let count = Self.count(draft)
        let names = Self.names(count)
        self.key = key
        self.count = count
        next = count + 1
        self.here = here
        mistakes = draft.mistakes(in: language, fields: names)
        refusal = draft.card(in: language, fields: names)
        structure = Listed(
            Field(.structure, draft, in: language, hint: words("voucher_structure_hint")),
            choices: structures.filter { ($0.agreementEndsOn ?? today) >= today }.map(\.name)
        )
        prescriber = Field(
            .prescriber,
            draft,
            in: language,
            hint: words("voucher_prescriber_hint")
        )
        post = Field(.post, draft, in: language, isRequired: false)
        signedOn = Field(.signedOn, draft, in: language, type: "date")
        validUntil = Field(
            .validUntil,
            draft,
            in: language,
            hint: words("voucher_valid_hint"),
            type: "date",
            isRequired: false
        )
        householdSize = Field(.householdSize, draft, in: language, value: "1", type: "number")
        services = Self.services(draft, in: language)
        servicesError = draft.error("services", in: language)
        details = DetailsPart(words, draft, motives)
        signatureError = draft.error("signature", in: language)
        isSigned = draft.isTicked("signature")
        isKept = draft.isTicked("original")
        isHereOnly = draft.isTicked("here")
        isTogether = draft.isTicked("together")
        persons = (1...count).map { number in
            PersonPart(
                words,
                draft,
                number: number,
                likely: likely[number] ?? [],
                found: found[number]
            )
        }
    }

    /// A box a service, in the order of their cases.
    static func services(_ draft: Draft, in language: Language) -> [Service] {
        let chosen = draft.form.all("services")
        return Category.allCases.map { category in
            Service(
                value: category.rawValue,
                words: category.title(in: language),
                isChosen: chosen.contains(category.rawValue)
            )
        }
    }

    /// How many people the form has room for.
    static func count(_ draft: Draft) -> Int {
        let there = min(max(Int(draft.value("count")) ?? 1, 1), most)
        return min(there + (draft.isTicked("more") ? 1 : 0), most)
    }

    private static func names(_ count: Int) -> Set<String> {
        var names = DetailsPart.fields.union([
            "structure", "prescriber", "post", "signed_on", "valid_until", "household_size",
            "services", "signature",
        ])
        for number in 1...count {
            for name in [
                "person", "find", "given_name", "family_name", "phone", "birth_year", "likely",
            ] {
                names.insert("\(name)_\(number)")
            }
        }
        return names
    }
}

extension NewVoucherPage.PersonPart {
    init(
        _ words: Words,
        _ draft: Draft,
        number: Int,
        likely: [PersonRow],
        found: [PersonRow]?
    ) {
        let language = words.language
        func field(
            _ field: FieldName,
            _ type: String = "text",
            hint: String? = nil,
            isOptional: Bool = true
        ) -> Field {
            Field(
                field,
                draft,
                in: language,
                name: "\(field.name)_\(number)",
                hint: hint,
                type: type,
                isRequired: false,
                isOptional: isOptional
            )
        }
        self.number = number
        title = words("voucher_person_number", ["number": String(number)])
        find = field(
            FieldName("find", words("voucher_find"), words("voucher_find")),
            "search",
            hint: number == 1 ? words("voucher_find_hint") : nil,
            isOptional: false
        )
        let name = "person_\(number)"
        // One alone is surely the one, unless somebody says otherwise.
        let chosen = draft.form[name] ?? (found?.count == 1 ? found?[0].code : nil)
        self.found = found.flatMap { rows in
            rows.isEmpty
                ? nil
                : Choice(
                    name,
                    label: words("voucher_found"),
                    options: rows.map { ($0.code, Self.described($0)) }
                        + [("", words("voucher_nobody_of_these"))],
                    chosen: chosen,
                    error: draft.error(name, in: language)
                )
        }
        isNobodyFound = found?.isEmpty ?? false
        isKnown = !(chosen ?? "").isEmpty && !(found ?? []).isEmpty
        givenName = field(.givenName)
        familyName = field(.familyName, isOptional: false)
        phone = field(.phone, "tel")
        birthYear = field(.birthYear)
        self.likely =
            likely.isEmpty
            ? nil
            : Choice(
                "likely_\(number)",
                label: words("person_likely"),
                options: likely.map { ($0.code, Self.described($0)) }
                    + [("other", words("person_somebody_else"))],
                chosen: draft.form["likely_\(number)"] ?? likely[0].code,
                hint: words("person_likely_help")
            )
    }

    private static func described(_ person: PersonRow) -> String {
        [
            person.name, person.code, person.birthYear.map(String.init) ?? "", person.quarter,
            person.structure ?? "",
        ].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
