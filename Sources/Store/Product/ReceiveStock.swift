import Postgres
public import Shop

/// How much of an article lies free in a shop after a movement.
public struct StockLevel: Hashable, Sendable, Codable {
    public let product: String
    public let shop: ID<Shop>
    public let free: Int
}

extension Store {
    /// Takes counted articles into a shop: the movement and the level it moves, in one transaction.
    /// Throws `quantityOutOfRange`, `productUnknown`, `productNotCounted` for machines, `unknownThing` for the shop.
    public func receiveStock(
        of product: ShortCode,
        units: Int,
        in shop: ID<Shop>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> StockLevel {
        struct Input: Encodable {
            let product: ShortCode
            let units: Int
            let shop: ID<Shop>
        }
        let counts = try ProductCounts([product: units])
        let input = Input(product: product, units: units, shop: shop)
        let facts: [String: Refusal.Fact] = ["field": .field(.shop), "text": .field(.shop)]
        return try await command(
            "receive-stock",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            try staff.checkHolds(.stockWorkers, in: shop)
            let counted = try tx.counted(counts)[0].product
            let free = try tx.move(
                units,
                of: counted,
                in: shop,
                .receipt,
                newID(StockMovement.self),
                by: staff,
                at: now
            )
            return StockLevel(product: product.text, shop: shop, free: free)
        }
    }
}
