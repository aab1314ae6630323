import HTTPTypes
import Shop
import Store

/// People for programs, and for the till's own search.
func personAPIRoutes(_ store: Store) -> [Route] {
    [
        Route(
            .post,
            "/api/v1/persons/search",
            for: receivers,
            "Finds people by any part of their names, a telephone number, a code. Sent and not asked for in the address, where a name would stand.",
            takes: AskedSearch.self,
            gives: ToldPersons.self
        ) { call, _ in
            let asked: AskedSearch = try call.json()
            let found = try await store.searchPersons(
                asked.q,
                after: asked.after,
                limit: asked.limit ?? 20
            )
            return try .json(
                ToldPersons(items: found.items.map(ToldPerson.init), next: found.next)
            )
        },
        Route(
            .post,
            "/api/v1/persons",
            for: receivers,
            "Opens a person’s file. Refused with the codes of likely files unless somebody_else is said.",
            takes: AskedPerson.self,
            gives: OpenedPerson.self
        ) { call, context in
            let asked: AskedPerson = try call.json()
            let opened = try await store.createPerson(
                try asked.person(today: store.today),
                isSomebodyElse: asked.somebodyElse ?? false,
                key: call.key(),
                by: context.staff
            )
            return try .json(opened, .created)
        },
        Route(
            .get,
            "/api/v1/persons/{id}",
            for: receivers,
            "A person, by id or code: household, vouchers, courses, tickets.",
            gives: PersonCard.self
        ) { call, _ in
            if let id = ID<Person>(call.piece("id")) {
                return try .json(try await store.person(id))
            }
            guard let code = PersonCode(call.piece("id")) else { throw Refusal(.personUnknown) }
            return try .json(try await store.person(try await store.person(coded: code)))
        },
        Route(
            .get,
            "/api/v1/persons/{id}/likely",
            for: receivers,
            "Files that may be of the same person, the closest first.",
            gives: ToldPersons.self
        ) { call, _ in
            let likely = try await store.likelyFiles(of: store.person(typed: call.piece("id")))
            return try .json(ToldPersons(items: likely.map(ToldPerson.init), next: nil))
        },
        Route(
            .post,
            "/api/v1/persons/{id}/merges",
            for: .roles(.shopManagers),
            "Makes another file one with this one, which goes on; for good.",
            takes: AskedMerge.self,
            gives: PersonCard.self
        ) { call, context in
            let asked: AskedMerge = try call.json()
            let merged = try await store.mergePersons(
                store.file(typed: asked.with),
                into: store.file(typed: call.piece("id")),
                key: call.key(),
                by: context.staff
            )
            return try .json(try await store.person(merged), .created)
        },
    ]
}

struct AskedSearch: Codable, Sendable {
    let q: String
    let after: String?
    let limit: Int?
}

struct AskedMerge: Codable, Sendable {
    /// The code or id of the file that ends.
    let with: String
}

struct AskedPerson: Codable, Sendable {
    let givenName: String?
    let familyName: String
    let phone: String?
    let language: String?
    let birthYear: Int?
    let quarter: String?
    let structure: ID<Structure>?
    let livesWith: ID<Person>?
    let somebodyElse: Bool?

    func person(today: Day, referredBy referrer: ID<Structure>? = nil) throws(Refusal) -> NewPerson
    {
        var born: BirthYear?
        if let birthYear { born = try BirthYear(birthYear, today: today) }
        var spoken = SpokenLanguage.french
        if let language { spoken = try SpokenLanguage(typed: language) }
        return NewPerson(
            givenName: try .optional(typed: givenName, field: .givenName),
            familyName: try PersonName(typed: familyName, field: .familyName),
            phone: try .optional(typed: phone),
            language: spoken,
            birthYear: born,
            quarter: try ShortText.optional(typed: quarter, field: .quarter),
            structure: structure ?? referrer,
            livesWith: livesWith
        )
    }
}

/// A person found.
struct ToldPerson: Codable, Sendable {
    let id: ID<Person>
    let code: String
    let name: String
    let birthYear: Int?
    let quarter: String
    let structure: String?

    init(_ person: PersonRow) {
        id = person.id
        code = person.code
        name = person.name
        birthYear = person.birthYear
        quarter = person.quarter
        structure = person.structure
    }
}

struct ToldPersons: Codable, Sendable {
    let items: [ToldPerson]
    let next: String?
}
