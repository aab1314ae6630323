import Postgres
public import Shop

/// Everything that a lot's page shows.
public struct BatchCard: Hashable, Sendable, Codable {
    public let batch: BatchRow
    public let agreement: String
    public let promisedGrams: Grams?
    public let receivedGrams: Grams?
    public let declaredValueCents: Cents?
    /// What was promised, what came and what was taken in, kind by kind.
    public let kinds: [Kind]
    /// In the order in which they came.
    public let receipts: [Receipt]
    public let yield: Yield

    public struct Kind: Hashable, Sendable, Codable {
        public let kind: DeviceKind
        public let promised: Int
        public let received: Int
        public let takenIn: Int
    }

    public struct Receipt: Hashable, Sendable, Codable {
        /// Its number in the second-hand register.
        public let ordinal: Int64
        public let receivedOn: Day
        public let units: Int
        public let grams: Grams?
        public let priceCents: Cents
        public let payment: AcquisitionPayment?
    }

    /// What became of the machines of a lot.
    public struct Yield: Hashable, Sendable, Codable {
        public let inWork: Int
        public let onShelf: Int
        /// Sold, or given for good.
        public let handedOver: Int
        public let recycled: Int
        public let lost: Int
    }
}

extension Store {
    /// Throws `batchUnknown`, also for a lot outside `reach`.
    public func batch(_ code: BatchCode, in reach: Reach = .everyShop) async throws -> BatchCard {
        try await transaction { tx in
            let here: SQL = "b.code = \(code.description)"
            let rows = try tx.pipeline([
                """
                select \(BatchRow.columns), b.agreement, b.promised_grams, b.declared_value_cents,
                       (select sum(grams)::bigint from batch_receipts r where r.batch_id = b.id) as received_grams
                from batches b \(BatchRow.joins) where \(here) and \(reach.condition("b.shop_id"))
                """,
                """
                select k.kind, sum(k.promised)::int as promised, sum(k.received)::int as received, sum(k.taken)::int as taken
                from batches b cross join lateral (
                    select device_kind as kind, units as promised, 0 as received, 0 as taken from batch_promises
                    where batch_id = b.id
                    union all
                    select l.device_kind, 0, l.units, 0 from batch_receipts r
                        join batch_receipt_lines l on l.receipt_id = r.id where r.batch_id = b.id
                    union all
                    select d.kind, 0, 0, 1 from batch_devices m join devices d on d.id = m.device_id
                    where m.batch_id = b.id) k
                where \(here) group by k.kind
                """,
                """
                select e.ordinal, r.received_on, r.grams, r.price_cents, r.payment,
                       (select coalesce(sum(units), 0) from batch_receipt_lines l where l.receipt_id = r.id) as units
                from batches b join batch_receipts r on r.batch_id = b.id join register_entries e on e.receipt_id = r.id
                where \(here) order by e.ordinal
                """,
                """
                select count(*) filter (where stage = 'in_work') as in_work,
                       count(*) filter (where stage = 'on_shelf') as on_shelf,
                       count(*) filter (where stage in ('sale', 'gift')) as handed_over,
                       count(*) filter (where stage = 'recycling') as recycled,
                       count(*) filter (where stage = 'loss') as lost
                from (select case
                        when exists (select from batch_devices n where n.device_id = m.device_id
                                     and n.recorded_at > m.recorded_at) then 'sale'
                        when y.ordinal is null then 'in_work'
                        when x.kind is null then 'on_shelf'
                        when x.kind in ('recycling', 'loss') then x.kind
                        when x.kind in ('sale', 'gift') and not \(LastStay.cameBack) then x.kind
                        else 'in_work' end as stage
                    from batches b join batch_devices m on m.batch_id = b.id join devices d on d.id = m.device_id
                    \(LastStay.joins) where \(here)) stages
                """,
            ])
            guard let row = rows[0].first else { throw Refusal.unknownBatch(code.description) }
            let promised: Int64? = try row["promised_grams"]
            let received: Int64? = try row["received_grams"]
            let kinds = try rows[1].map { try BatchCard.Kind($0) }
            return BatchCard(
                batch: try BatchRow(row),
                agreement: try row["agreement"],
                promisedGrams: promised.map { Grams(count: $0) },
                receivedGrams: received.map { Grams(count: $0) },
                declaredValueCents: try row["declared_value_cents"],
                kinds: DeviceKind.allCases.compactMap { kind in kinds.first { $0.kind == kind } },
                receipts: try rows[2].map { try BatchCard.Receipt($0) },
                yield: try BatchCard.Yield(rows[3][0])
            )
        }
    }

    /// The machines of a lot, the last taken in first. Throws `batchUnknown`.
    public func devices(
        of code: BatchCode,
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<DeviceRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<Device>($0) }
        let day = clock.now().day
        return try await transaction { tx in
            let rows = try tx.pipeline([
                """
                select id from batches o where o.code = \(code.description) and \(reach.condition("o.shop_id"))
                """,
                """
                select \(DeviceRow.columns(on: day)) from batches o join batch_devices m on m.batch_id = o.id
                join devices d on d.id = m.device_id \(DeviceRow.joins(on: day))
                where o.code = \(code.description) and \(reach.condition("o.shop_id"))
                  and (\(last)::uuid is null or d.id < \(last)) order by d.id desc limit \(limit + 1)
                """,
            ])
            guard !rows[0].isEmpty else { throw Refusal.unknownBatch(code.description) }
            return Paged(try rows[1].map { try DeviceRow($0) }, limit: limit) { $0.id.text }
        }
    }
}

extension BatchCard.Kind {
    fileprivate init(_ row: Row) throws {
        self.init(
            kind: try row["kind"],
            promised: try row["promised"],
            received: try row["received"],
            takenIn: try row["taken"]
        )
    }
}

extension BatchCard.Receipt {
    fileprivate init(_ row: Row) throws {
        let grams: Int64? = try row["grams"]
        self.init(
            ordinal: try row["ordinal"],
            receivedOn: try row["received_on"],
            units: try row["units"],
            grams: grams.map { Grams(count: $0) },
            priceCents: try row["price_cents"],
            payment: try row["payment"]
        )
    }
}

extension BatchCard.Yield {
    fileprivate init(_ row: Row) throws {
        self.init(
            inWork: try row["in_work"],
            onShelf: try row["on_shelf"],
            handedOver: try row["handed_over"],
            recycled: try row["recycled"],
            lost: try row["lost"]
        )
    }
}
