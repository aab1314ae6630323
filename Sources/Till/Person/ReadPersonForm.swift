import Shop
import Store

extension Draft {
    /// A new person from a form; nil when something in it is wrong. `suffix` tells several people of one form apart.
    mutating func readPerson(
        _ store: Store,
        suffix: String = "",
        structure: ID<Structure>? = nil
    ) async throws -> NewPerson? {
        let before = wrong.count
        let today = store.today
        let given = read("given_name\(suffix)") { text throws(Refusal) in
            try PersonName.optional(typed: text, field: .givenName)
        }
        let family = read("family_name\(suffix)") { text throws(Refusal) in
            try PersonName(typed: text, field: .familyName)
        }
        let phone = read("phone\(suffix)") { text throws(Refusal) in
            try Phone.optional(typed: text)
        }
        let born = read("birth_year\(suffix)") { text throws(Refusal) in
            try BirthYear.optional(typed: text, today: today)
        }
        let quarter = read("quarter\(suffix)") { text throws(Refusal) in
            try ShortText.optional(typed: text, field: .quarter)
        }
        let language = read("language\(suffix)") { text throws(Refusal) in
            text.isEmpty ? SpokenLanguage.french : try SpokenLanguage(typed: text)
        }
        var referrer = structure
        var other: ID<Person>?
        if suffix.isEmpty {
            referrer = try await readStructure(store, isRequired: false)
            other = try await readPersonCode("lives_with", store)
        }
        guard wrong.count == before, let given, let family, let phone, let born, let quarter,
            let language
        else { return nil }
        return NewPerson(
            givenName: given,
            familyName: family,
            phone: phone,
            language: language,
            birthYear: born,
            quarter: quarter,
            structure: referrer,
            livesWith: other
        )
    }

    /// The structure whose name was typed, accents and case aside; nil for none, and when it is wrong.
    mutating func readStructure(
        _ store: Store,
        isRequired: Bool
    ) async throws -> ID<Structure>? {
        let typed = value(FieldName.structure.name)
        guard typed.contains(where: { !$0.isWhitespace }) else {
            if isRequired { refuse(Refusal(.fieldMissing).about(.structure)) }
            return nil
        }
        do {
            return try await store.structure(meantBy: typed)
        } catch let refusal as Refusal {
            refuse(refusal)
            return nil
        }
    }

    /// The person whose code was typed; nil for none, and when it is wrong.
    mutating func readPersonCode(_ name: String, _ store: Store) async throws -> ID<Person>? {
        let typed = value(name)
        guard typed.contains(where: { !$0.isWhitespace }) else { return nil }
        do {
            guard case .person(let code) = try Scan(scanned: typed) else {
                throw Refusal(.personUnknown)
            }
            return try await store.person(coded: code)
        } catch let refusal as Refusal {
            _ = read(name) { _ throws(Refusal) -> Void in throw refusal }
            return nil
        }
    }
}
