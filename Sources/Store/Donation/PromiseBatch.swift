import Postgres
public import Shop

/// A lot that a donor promises.
public struct NewBatch: Hashable, Sendable, Encodable {
    public let donor: ID<Donor>
    public let acquisition: Acquisition
    /// The reference of what was agreed; empty where there is none.
    public let agreement: String
    public let promisedOn: Day
    /// Nothing: the donor gave no numbers.
    public let promised: KindCounts
    public let weight: Grams?
    /// For the donor's tax receipt; the donor sets it.
    public let declaredValue: Cents?

    public init(
        donor: ID<Donor>,
        acquisition: Acquisition,
        agreement: String,
        promisedOn: Day,
        promised: KindCounts,
        weight: Grams?,
        declaredValue: Cents?
    ) {
        self.donor = donor
        self.acquisition = acquisition
        self.agreement = agreement
        self.promisedOn = promisedOn
        self.promised = promised
        self.weight = weight
        self.declaredValue = declaredValue
    }
}

extension Store {
    /// Writes a promised lot down and gives its code. Throws `unknownThing` without such a donor, or for a shop where `staff`
    /// does not work the stock.
    public func promiseBatch(
        _ batch: NewBatch,
        to shop: ID<Shop>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> String {
        struct Input: Encodable {
            let batch: NewBatch
            let shop: ID<Shop>
        }
        let input = Input(batch: batch, shop: shop)
        return try await command("promise-batch", key: key, input: input, by: staff) { tx, now in
            try staff.checkHolds(.stockWorkers, in: shop)
            let known = try tx.query(
                """
                select from donors d where d.id = \(batch.donor) and \(isKnown(in: staff.reach(.stockWorkers)))
                """
            )
            guard !known.isEmpty else { throw Refusal.unknown(batch.donor) }
            let id = newID(Batch.self)
            let code = try tx.nextNumber(Batch.mark, in: shop, on: now.day)
            _ = try tx.pipeline(
                [
                    """
                    insert into batches (id, code, shop_id, donor_id, acquisition, agreement, promised_on, promised_grams,
                                         declared_value_cents, recorded_at, recorded_by)
                    values (\(id), \(code), \(shop), \(batch.donor), \(batch.acquisition), \(batch.agreement),
                            \(batch.promisedOn), \(batch.weight?.count), \(batch.declaredValue), \(now), \(staff.id))
                    """
                ]
                    + batch.promised.listed.map { kind, units in
                        """
                        insert into batch_promises (batch_id, device_kind, units) values (\(id), \(kind), \(units))
                        """
                    }
            )
            return code
        }
    }
}
