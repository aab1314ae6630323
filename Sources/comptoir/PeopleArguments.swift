import Foundation
import Shop
import Store

// How commands find people and structures by what stands on paper.

/// A structure by its id or its name, accents and case aside. Throws `unknownThing`.
func foundStructure(_ named: String, _ store: Store) async throws -> ID<Structure> {
    if let id = ID<Structure>(named) { return id }
    let part = try await store.structures(matching: named, limit: 200)
    let exact = part.items.first {
        $0.name.compare(named, options: [.caseInsensitive, .diacriticInsensitive]) == .orderedSame
    }
    guard let row = exact ?? (part.items.count == 1 ? part.items.first : nil) else {
        throw Refusal(
            .unknownThing,
            ["field": .field(.structure), "text": .text(String(named.prefix(40)))]
        )
    }
    return row.id
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
