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
    public let deliveries: [Delivery]
    public let yield: Yield

    public struct Kind: Hashable, Sendable, Codable {
        public let kind: DeviceKind
        public let promised: Int
        public let received: Int
        public let takenIn: Int
    }

    public struct Delivery: Hashable, Sendable, Codable {
        /// Its number in the second-hand register.
        public let ordinal: Int64
        public let receivedOn: Day
        public let units: Int
        public let grams: Grams?
        public let priceCents: Cents
        public let payment: AcquisitionPayment?
        /// What was corrected of it in the register, the first first.
        public let corrections: [String]
    }

    /// What became of the machines of a lot.
    public struct Yield: Hashable, Sendable, Codable {
        public let inWork: Int
        public let onShelf: Int
        /// Sold, or given for good.
        public let handedOver: Int
        public let recycled: Int
        public let lost: Int

        /// Every machine of it that was taken in.
        public var total: Int { inWork + onShelf + handedOver + recycled + lost }

        /// Of all that were taken in, rounded; 0 where none was.
        public func percent(_ part: Int) -> Int {
            total == 0 ? 0 : (part * 200 + total) / (2 * total)
        }
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
                       (select sum(grams)::bigint from deliveries r where r.batch_id = b.id) as received_grams
                from batches b \(BatchRow.joins) where \(here) and \(reach.condition("b.shop_id"))
                """,
                """
                select k.kind, sum(k.promised)::int as promised, sum(k.received)::int as received, sum(k.taken)::int as taken
                from batches b cross join lateral (
                    select device_kind as kind, units as promised, 0 as received, 0 as taken from batch_promises
                    where batch_id = b.id
                    union all
                    select l.device_kind, 0, l.units, 0 from deliveries r
                        join delivery_lines l on l.delivery_id = r.id where r.batch_id = b.id
                    union all
                    select d.kind, 0, 0, 1 from batch_devices m join devices d on d.id = m.device_id
                    where m.batch_id = b.id) k
                where \(here) group by k.kind
                """,
                """
                select e.ordinal, r.received_on, r.grams, r.price_cents, r.payment,
                       (select coalesce(sum(units), 0) from delivery_lines l where l.delivery_id = r.id) as units,
                       (select array_agg(c.correction order by c.ordinal) from register_entries c
                        where c.shop_id = e.shop_id and c.corrects = e.ordinal) as corrections
                from batches b join deliveries r on r.batch_id = b.id join register_entries e on e.delivery_id = r.id
                where \(here) order by e.ordinal
                """,
                BatchCard.Yield.counts(of: here),
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
                deliveries: try rows[2].map { try BatchCard.Delivery($0) },
                yield: try BatchCard.Yield(Array(rows[3]))
            )
        }
    }

    /// The machines of a lot, the last known to the shop first. Throws `batchUnknown`.
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

extension BatchCard.Delivery {
    fileprivate init(_ row: Row) throws {
        let grams: Int64? = try row["grams"]
        self.init(
            ordinal: try row["ordinal"],
            receivedOn: try row["received_on"],
            units: try row["units"],
            grams: grams.map { Grams(count: $0) },
            priceCents: try row["price_cents"],
            payment: try row["payment"],
            corrections: try row["corrections"] ?? []
        )
    }
}

extension BatchCard.Yield {
    /// How many machines there are of each last stay and way out, by lot `b`.
    static func counts(of lots: SQL) -> SQL {
        """
        select batch_id, ordinal, exit, came_back, removed, transit is not null as in_transit, came_again,
               count(*)::int as machines from (
            select b.id as batch_id, \(LastStay.columns), exists (
                select from batch_devices n where n.device_id = m.device_id and n.recorded_at > m.recorded_at)
                    as came_again
            from batches b join batch_devices m on m.batch_id = b.id join devices d on d.id = m.device_id
            \(LastStay.joins) where \(lots)) k
        group by 1, 2, 3, 4, 5, 6, 7
        """
    }

    /// From those counts, of one lot. What came again with another lot had left.
    init(_ rows: [Row]) throws {
        var counts: [DeviceExit?: Int] = [:]
        var (inWork, onShelf) = (0, 0)
        for row in rows {
            let (exit, removed): (DeviceExit?, DeviceExit?) = (try row["exit"], try row["removed"])
            let machines: Int = try row["machines"]
            let stage = DeviceStage(
                stay: try row["ordinal"],
                exit: exit,
                cameBack: try row["came_back"],
                removed: removed != nil,
                inTransit: try row["in_transit"]
            )
            if try row["came_again"] {
                counts[.sale, default: 0] += machines
            } else {
                switch stage {
                case .inWork, .inTransit: inWork += machines
                case .onShelf: onShelf += machines
                case .left: counts[removed ?? exit, default: 0] += machines
                }
            }
        }
        self.init(
            inWork: inWork,
            onShelf: onShelf,
            handedOver: counts[.sale, default: 0] + counts[.gift, default: 0],
            recycled: counts[.recycling, default: 0],
            lost: counts[.loss, default: 0]
        )
    }
}
