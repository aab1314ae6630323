import Shop
import Store

// How commands find people and structures by what stands on paper.

/// A structure by its id or its name, accents and case aside. Throws `unknownThing`.
func foundStructure(_ named: String, _ store: Store) async throws -> ID<Structure> {
    if let id = ID<Structure>(named) { return id }
    guard let id = try await store.structure(named: named) else {
        throw Refusal(
            .unknownThing,
            ["field": .field(.structure), "text": .text(String(named.prefix(40)))]
        )
    }
    return id
}

/// A person by id or `P-XXXXXX`; nil for nobody. Throws `personUnknown`.
func foundPerson(_ named: String?, _ store: Store) async throws -> ID<Person>? {
    guard let named else { return nil }
    if let id = ID<Person>(named) { return id }
    guard let code = PersonCode(named) else { throw Refusal(.personUnknown) }
    return try await store.person(coded: code)
}

/// A shop by its code; nil for every shop. Throws `unknownThing`.
func foundShop(_ code: String?, _ store: Store) async throws -> ID<Shop>? {
    guard let code else { return nil }
    return try await store.shop(coded: code)
}
