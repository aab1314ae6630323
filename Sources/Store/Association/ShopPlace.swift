import Postgres
public import Shop

/// Where a shop is, as a letter's head says it.
public struct ShopPlace: Hashable, Sendable {
    public let name: String
    /// Street, postal code and city.
    public let address: String

    public init(name: String, address: String) {
        self.name = name
        self.address = address
    }
}

extension Store {
    /// Throws `unknownThing`.
    public func place(of shop: ID<Shop>) async throws -> ShopPlace {
        try await transaction { tx in
            let rows = try tx.query(
                "select name, address || ', ' || postal_code || ' ' || city as address from shops where id = \(shop)"
            )
            guard let row = rows.first else { throw Refusal(.unknownThing).about(.shop) }
            return ShopPlace(name: try row["name"], address: try row["address"])
        }
    }
}
