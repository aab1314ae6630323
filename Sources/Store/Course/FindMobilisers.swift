import Postgres
public import Shop

/// Who takes part in a run besides the parents.
public struct Mobilisers: Sendable {
    public let structure: ID<Structure>
    public let shop: ID<Shop>
    public let facilitator: ID<User>
}

extension Store {
    /// Finds them as people call them: the structure by its name, a part of it that no other bears, or its id, the
    /// facilitator by login. Throws `unknownThing`, `structureUnclear`.
    public func findMobilisers(
        structure: String,
        shop: ID<Shop>,
        facilitator: String
    ) async throws -> Mobilisers {
        try await transaction { tx in
            let logins = try tx.query("select id from users where login = lower(\(facilitator))")
            guard let login = logins.first else {
                throw Refusal(.unknownThing, ["text": .text(String(facilitator.prefix(80)))])
            }
            return Mobilisers(
                structure: try tx.structure(meantBy: structure),
                shop: shop,
                facilitator: try login["id"]
            )
        }
    }
}
