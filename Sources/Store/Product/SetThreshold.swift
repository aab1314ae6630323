import Postgres
public import Shop

/// From how few units on an article is low in a shop.
public struct StockThreshold: Hashable, Sendable, Codable {
    public let product: String
    public let shop: ID<Shop>
    /// Nil: nothing is told of it.
    public let threshold: Int?
    public let free: Int

    public var isLow: Bool { threshold.map { free <= $0 } ?? false }
}

extension Store {
    /// How many articles are low in a shop.
    public func countLowProducts(in shop: ID<Shop>) async throws -> Int {
        try await transaction { tx in
            try tx.query(
                """
                select count(*) as count from (
                    select distinct on (product_id) product_id, units from stock_thresholds where shop_id = \(shop)
                    order by product_id, set_at desc, id desc) h
                left join stock_levels l on l.product_id = h.product_id and l.shop_id = \(shop)
                where \(ProductRow.isLow)
                """
            )[0]["count"]
        }
    }

    /// Says from how few units on a counted article is low in a shop; nil: never. The former one stays on record.
    /// Throws `quantityOutOfRange`, `productUnknown`, `productNotCounted` for machines, `unknownThing` for the shop.
    public func setThreshold(
        of product: ShortCode,
        _ units: Int?,
        in shop: ID<Shop>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> StockThreshold {
        struct Input: Encodable {
            let product: ShortCode
            let units: Int?
            let shop: ID<Shop>
        }
        let counts = try ProductCounts([product: units ?? 0], least: 0)
        let input = Input(product: product, units: units, shop: shop)
        let facts: [String: Refusal.Fact] = ["field": .field(.shop), "text": .field(.shop)]
        return try await command(
            "set-threshold",
            key: key,
            input: input,
            by: staff,
            facts: facts
        ) { tx, now in
            try staff.checkHolds(.stockWorkers, in: shop)
            let counted = try tx.counted(counts)[0].product
            let rows = try tx.pipeline([
                """
                insert into stock_thresholds (id, shop_id, product_id, units, set_at, set_by)
                values (\(newID(StockThreshold.self)), \(shop), \(counted.id), \(units), \(now), \(staff.id))
                """,
                """
                select coalesce(max(free), 0) as free from stock_levels
                where shop_id = \(shop) and product_id = \(counted.id)
                """,
            ])
            return StockThreshold(
                product: product.text,
                shop: shop,
                threshold: units,
                free: try rows[1][0]["free"]
            )
        }
    }
}
