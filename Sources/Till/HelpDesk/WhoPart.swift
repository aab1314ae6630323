import Shop
import Store

/// Whom a form names: a code, a scanned voucher, a telephone number or a name; where several fit, one of those found is
/// chosen. `{{#who}}{{>who}}{{/who}}`.
struct WhoPart: Sendable {
    let typed: Field
    /// Empty until a search found some.
    let found: [Found]
    let isFound: Bool
    /// What found them: once something else is typed, nobody is chosen any more.
    let searched: String
    let error: String?

    struct Found: Sendable {
        let id: String
        let code: String
        let name: String
        let facts: String
        let isChosen: Bool
    }

    init(
        _ words: Words,
        _ draft: Draft,
        value: String? = nil,
        _ found: [PersonRow],
        isRequired: Bool
    ) {
        typed = Field(
            .who,
            draft,
            in: words.language,
            value: value,
            hint: words(isRequired ? "desk_who_hint" : "desk_who_hint_visit"),
            isRequired: isRequired
        )
        let chosen = draft.form["person"] ?? (found.count == 1 ? found[0].code : nil)
        self.found = found.enumerated().map { place, person in
            Found(
                id: "person-\(place)",
                code: person.code,
                name: person.name,
                facts: [
                    person.code, person.birthYear.map(String.init) ?? "", person.quarter,
                    person.structure ?? "",
                ].filter { !$0.isEmpty }.joined(separator: " · "),
                isChosen: person.code == chosen
            )
        }
        isFound = !found.isEmpty
        searched = draft.value("who")
        error = draft.error("person", in: words.language)
    }
}

/// What a form says of whom it is about.
enum Who: Sendable {
    case nobody
    case person(ID<Person>)
    /// One of these is to be chosen first.
    case several([PersonRow])
    /// What was typed finds nobody: told beside the field.
    case unknown
}

extension Draft {
    /// Who was chosen among those found counts as long as what found them is still typed there.
    mutating func readWho(_ store: Store) async throws -> Who {
        let typed = value("who").filter { !$0.isNewline }
        guard typed.contains(where: { !$0.isWhitespace }) else { return .nobody }
        do {
            if !value("person").isEmpty, value("searched") == value("who") {
                return .person(try await store.person(typed: value("person")))
            }
            let found = try await store.searchPersons(typed).items
            if found.count == 1, isExact(typed) { return .person(found[0].id) }
            if found.isEmpty { throw Refusal(.personUnknown) }
            return .several(found)
        } catch let refusal as Refusal {
            refuse(Refusal(refusal.reason, refusal.facts.filter { $0.key != "field" }).about(.who))
            return .unknown
        }
    }
}

/// Whether a text is one person’s own code or paper rather than a name.
private func isExact(_ typed: String) -> Bool {
    guard let scan = try? Scan(scanned: typed) else { return false }
    return switch scan {
    case .person, .voucher, .signedVoucher, .completion: true
    case .device, .receipt: false
    }
}
