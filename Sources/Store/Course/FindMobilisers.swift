import Postgres
public import Shop

/// Who takes part in a run besides the parents.
public struct Mobilisers: Sendable {
    public let structure: ID<Structure>
    public let shop: ID<Shop>
    public let facilitator: ID<User>
}

extension Store {
    /// Finds them as people call them: the structure by its name (accents and case aside) or its id, the shop by its
    /// code, the facilitator by login. Throws `unknownThing`.
    public func findMobilisers(
        structure: String,
        shop: String,
        facilitator: String
    ) async throws -> Mobilisers {
        try await transaction { tx in
            let rows = try tx.pipeline([
                """
                select id from structures where search = fold(\(structure)) or id::text = lower(\(structure))
                """,
                "select id from shops where code = upper(\(shop))",
                "select id from users where login = lower(\(facilitator))",
            ])
            func found<Noun>(_ index: Int, _ text: String) throws -> ID<Noun> {
                guard let row = rows[index].first else {
                    throw Refusal(.unknownThing, ["text": .text(String(text.prefix(80)))])
                }
                return try row["id"]
            }
            return Mobilisers(
                structure: try found(0, structure),
                shop: try found(1, shop),
                facilitator: try found(2, facilitator)
            )
        }
    }

    /// The code of the shop that opened first. Throws `notSetUp`.
    public func firstShop() async throws -> String {
        try await transaction { tx in
            let rows = try tx.query("select code from shops order by opened_at, code limit 1")
            guard let row = rows.first else { throw Refusal(.notSetUp) }
            return try row["code"]
        }
    }
}
