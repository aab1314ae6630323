import Postgres
public import Shop

/// What is ordered, of whom, and when it is to come. A supplier is a word: who sells chargers is no donor, whom the register
/// and the certificates need by name and number.
public struct NewOrder: Hashable, Sendable, Encodable {
    public let supplier: ShortText
    /// The supplier's own number for it; empty when there is none.
    public let reference: String
    public let expectedOn: Day
    public let products: ProductCounts

    /// Throws `orderEmpty`.
    public init(
        supplier: ShortText,
        reference: String = "",
        expectedOn: Day,
        products: ProductCounts
    ) throws(Refusal) {
        guard !products.units.isEmpty else {
            throw Refusal(.orderEmpty, ["field": .field(.quantity)])
        }
        self.supplier = supplier
        self.reference = reference
        self.expectedOn = expectedOn
        self.products = products
    }
}

extension Store {
    /// Writes down what a shop ordered; nothing moves until it comes. Gives the order's code.
    /// Throws `productUnknown`, `productNotCounted` for machines, `unknownThing` for the shop.
    public func placeOrder(
        _ order: NewOrder,
        for shop: ID<Shop>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        struct Input: Encodable {
            let order: NewOrder
            let shop: ID<Shop>
        }
        let input = Input(order: order, shop: shop)
        return try await command("place-order", key: key, input: input, by: staff) { tx, now in
            try staff.checkHolds(.stockWorkers, in: shop)
            let counted = try tx.counted(order.products)
            let code = try tx.nextNumber(Order.mark, in: shop, on: now.day)
            let id = newID(Order.self)
            _ = try tx.pipeline(
                [
                    """
                    insert into orders (id, code, shop_id, supplier, reference, expected_on, ordered_at, ordered_by)
                    values (\(id), \(code), \(shop), \(order.supplier), \(order.reference), \(order.expectedOn), \(now),
                            \(staff.id))
                    """
                ]
                    + counted.map { product, units in
                        """
                        insert into order_lines (order_id, product_id, units) values (\(id), \(product.id), \(units))
                        """
                    }
            )
            return code
        }
    }
}
