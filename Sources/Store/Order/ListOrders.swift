import Postgres
public import Shop

/// An order as lists show it.
public struct OrderRow: Hashable, Sendable, Codable {
    public let id: ID<Order>
    public let code: String
    public let shop: String
    public let supplier: String
    /// The supplier's own number; empty when none is known.
    public let reference: String
    public let expectedOn: Day
    /// By how many days it is late; nil once it is over, and until its day has passed.
    public let daysLate: Int?
    public let orderedAt: Instant
    public let operatorCode: String
    /// Units that were ordered, and that came.
    public let ordered: Int
    public let received: Int
    /// Nil while something is expected.
    public let ended: OrderEnd?

    init(_ row: Row) throws {
        id = try row["id"]
        code = try row["code"]
        shop = try row["shop"]
        supplier = try row["supplier"]
        reference = try row["reference"]
        expectedOn = try row["expected_on"]
        daysLate = try row["days_late"]
        orderedAt = try row["ordered_at"]
        operatorCode = try row["operator"]
        ordered = try row["ordered"]
        received = try row["received"]
        ended = try row["ended"]
    }

    static func columns(on day: Day) -> SQL {
        """
        o.id, o.code, h.name as shop, o.supplier, o.reference, o.expected_on, o.ordered_at, u.operator, l.ordered,
        l.received, e.kind as ended,
        case when e.kind is null and o.expected_on < \(day)::date then \(day)::date - o.expected_on end as days_late
        """
    }

    static let joins: SQL = """
        join shops h on h.id = o.shop_id join users u on u.id = o.ordered_by
        left join order_ends e on e.order_id = o.id
        cross join lateral (
            select sum(units)::int as ordered, sum(received_of(order_id, product_id))::int as received
            from order_lines where order_id = o.id) l
        """
}

/// How far orders have come. The words of the list's tabs; raw values are sent.
public enum OrderStage: String, CaseIterable, Sendable, Codable {
    case open, late, ended

    public func name(in language: Language) -> String {
        switch self {
        case .open: language.choose("Attendues", "Expected")
        case .late: language.choose("En retard", "Late")
        case .ended: language.choose("Terminées", "Over")
        }
    }

    fileprivate func condition(on day: Day) -> SQL {
        switch self {
        case .open: "e.kind is null"
        case .late: "e.kind is null and o.expected_on < \(day)"
        case .ended: "e.kind is not null"
        }
    }
}

/// Everything that an order's page shows.
public struct OrderCard: Hashable, Sendable, Codable {
    public let order: OrderRow
    public let shop: ID<Shop>
    /// By code.
    public let lines: [Line]
    /// The first first.
    public let receipts: [Receipt]
    /// Why no more is expected; empty while some is, and where all of it came.
    public let motive: String

    public struct Line: Hashable, Sendable, Codable {
        public let product: String
        public let nameFr: String
        public let nameEn: String
        public let ordered: Int
        public let received: Int

        public var open: Int { max(0, ordered - received) }
        public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }
    }

    /// A delivery: what came at once.
    public struct Receipt: Hashable, Sendable, Codable {
        public let at: Instant
        public let operatorCode: String
        /// By article.
        public let lines: [Units]
    }

    public struct Units: Hashable, Sendable, Codable {
        public let product: String
        public let units: Int
    }
}

extension Store {
    /// Orders, the last placed first. `after` is the last part's `next`.
    /// - Parameter shop: its code; nil for all in `reach`.
    public func orders(
        stage: OrderStage? = nil,
        in reach: Reach = .everyShop,
        of shop: String? = nil,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<OrderRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap { ID<Order>($0) }
        let day = today
        let staged = stage?.condition(on: day) ?? "true"
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select \(OrderRow.columns(on: day)) from orders o \(OrderRow.joins)
                where (\(last)::uuid is null or o.id < \(last)) and \(reach.condition("o.shop_id")) and \(staged)
                and (\(shop)::text is null or h.code = \(shop))
                order by o.id desc limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try OrderRow($0) }, limit: limit) { $0.id.text }
        }
    }

    /// Throws `orderUnknown`, also for one of a shop outside `reach`.
    public func order(
        _ code: OrderCode,
        in reach: Reach = .everyShop
    ) async throws -> OrderCard {
        let day = today
        return try await transaction { tx in
            let rows = try tx.pipeline([
                """
                select \(OrderRow.columns(on: day)), o.shop_id, coalesce(e.motive, '') as motive
                from orders o \(OrderRow.joins)
                where o.code = \(code.description) and \(reach.condition("o.shop_id"))
                """,
                """
                select p.code, p.name_fr, p.name_en, l.units as ordered, received_of(o.id, p.id) as received
                from orders o join order_lines l on l.order_id = o.id join products p on p.id = l.product_id
                where o.code = \(code.description) order by p.code
                """,
                """
                select r.received_at, u.operator, array_agg(p.code order by p.code) as products,
                       array_agg(l.units order by p.code) as units
                from orders o join order_receipts r on r.order_id = o.id join users u on u.id = r.received_by
                join order_receipt_lines l on l.order_id = r.order_id and l.ordinal = r.ordinal
                join products p on p.id = l.product_id
                where o.code = \(code.description) group by r.ordinal, r.received_at, u.operator order by r.ordinal
                """,
            ])
            guard let row = rows[0].first else { throw Order.unknown(code.description) }
            return OrderCard(
                order: try OrderRow(row),
                shop: try row["shop_id"],
                lines: try rows[1].map { row in
                    OrderCard.Line(
                        product: try row["code"],
                        nameFr: try row["name_fr"],
                        nameEn: try row["name_en"],
                        ordered: try row["ordered"],
                        received: try row["received"]
                    )
                },
                receipts: try rows[2].map { row in
                    OrderCard.Receipt(
                        at: try row["received_at"],
                        operatorCode: try row["operator"],
                        lines: zip(try row["products"] as [String], try row["units"] as [Int]).map {
                            OrderCard.Units(product: $0, units: $1)
                        }
                    )
                },
                motive: try row["motive"]
            )
        }
    }

    /// How many orders of a shop are late.
    public func countLateOrders(in shop: ID<Shop>) async throws -> Int {
        let day = today
        return try await transaction { tx in
            try tx.query(
                """
                select count(*) as count from orders o left join order_ends e on e.order_id = o.id
                where o.shop_id = \(shop) and \(OrderStage.late.condition(on: day))
                """
            )[0]["count"]
        }
    }
}
