import Shop
import Store

// How commands find people and structures by what stands on paper.

/// A structure by its id, its name or a part of it that no other bears. Throws `unknownThing`, `structureUnclear`.
func foundStructure(_ named: String, _ store: Store) async throws -> ID<Structure> {
    if let id = ID<Structure>(named) { return id }
    return try await store.structure(meantBy: named)
}

/// A person by id or `P-XXXXXX`; nil for nobody. Throws `personUnknown`.
func foundPerson(_ named: String?, _ store: Store) async throws -> ID<Person>? {
    guard let named else { return nil }
    return try await store.person(typed: named)
}

/// A shop by its code; nil for every shop. Throws `unknownThing`.
func foundShop(_ code: String?, _ store: Store) async throws -> ID<Shop>? {
    guard let code else { return nil }
    return try await store.shop(coded: code)
}
