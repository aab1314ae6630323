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
        guard (1...100_000).contains(units) else {
            throw Refusal(
                .quantityOutOfRange,
                ["field": .field(.quantity), "least": .number(1), "most": .number(100_000)]
            )
        }
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
            let (id, kind) = try countedOrNot(product, in: tx)
            guard kind != .device else {
                throw Refusal(
                    .productNotCounted,
                    ["field": .field(.product), "code": .text(product.text)]
                )
            }
            let level = try tx.query(
                """
                insert into stock_levels (shop_id, product_id, free) values (\(shop), \(id), \(units))
                on conflict (shop_id, product_id) do update set free = stock_levels.free + excluded.free
                returning free
                """
            )[0]
            try tx.execute(
                """
                insert into stock_movements (id, shop_id, product_id, units, kind, moved_at, moved_by)
                values (\(newID(Movement.self)), \(shop), \(id), \(units), 'receipt', \(now), \(staff.id))
                """
            )
            return StockLevel(product: product.text, shop: shop, free: try level["free"])
        }
    }
}

/// One coming or going of counted articles.
enum Movement {}
