import Postgres
public import Shop

/// Price, gigabytes and days of an article from a day on.
public struct NewOffer: Hashable, Sendable, Encodable {
    public let product: ShortCode
    public let startsOn: Day
    /// Nil: no longer sold.
    public let price: Cents?
    public let volumeMB: Int?
    public let validDays: Int?

    /// Throws `quantityOutOfRange` for a volume or a number of days below one.
    public init(
        product: ShortCode,
        startsOn: Day,
        price: Cents?,
        volumeMB: Int? = nil,
        validDays: Int? = nil
    ) throws(Refusal) {
        let most = 100_000_000
        guard (1...most).contains(volumeMB ?? 1), (1...3660).contains(validDays ?? 1) else {
            throw Refusal(
                .quantityOutOfRange,
                [
                    "field": .field(.volume), "least": .number(1), "most": .number(Int64(most)),
                ]
            )
        }
        self.product = product
        self.startsOn = startsOn
        self.price = price
        self.volumeMB = volumeMB
        self.validDays = validDays
    }
}

extension Store {
    /// Writes an offer down; what was sold keeps the price, volume and days of its day.
    /// Throws `productUnknown`, `startsInPast` before today, `changeAlreadyDated` when it changes that day already.
    public func setOffer(
        _ offer: NewOffer,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Product> {
        let facts: [String: Refusal.Fact] = [
            "field": .field(.startsOn), "day": .day(offer.startsOn),
            "code": .text(offer.product.text),
        ]
        return try await command(
            "set-offer",
            key: key,
            input: offer,
            by: staff,
            facts: facts
        ) { tx, now in
            try checkNotPast(offer.startsOn, today: now.day)
            let product = try countedOrNot(offer.product, in: tx).id
            try tx.execute(
                """
                insert into offers (product_id, starts_on, price_cents, volume_mb, valid_days, recorded_at, recorded_by)
                values (\(product), \(offer.startsOn), \(offer.price), \(offer.volumeMB), \(offer.validDays), \(now),
                    \(staff.id))
                """
            )
            return product
        }
    }

    /// The article of this code, and its kind. Throws `productUnknown`.
    func countedOrNot(
        _ code: ShortCode,
        in tx: Transaction
    ) throws -> (id: ID<Product>, kind: ProductFacts.Kind) {
        guard
            let row = try tx.query("select id, kind from products where code = \(code)").first
        else {
            throw Refusal(
                .productUnknown,
                ["field": .field(.product), "code": .text(code.text)]
            )
        }
        return (try row["id"], try row["kind"])
    }
}
