import Postgres
public import Shop

/// An article with the offer in force and what comes next.
public struct ProductRow: Hashable, Sendable, Codable {
    public let id: ID<Product>
    public let code: String
    public let kind: ProductFacts.Kind
    public let deviceKind: String?
    public let category: Category?
    public let nameFrench: String
    public let nameEnglish: String
    public let operatorName: String
    /// Nil: not sold today, or priced machine by machine.
    public let priceCents: Cents?
    public let volumeMB: Int?
    public let validDays: Int?
    public let startsOn: Day?
    /// The first later change; nil when none is written down.
    public let changesOn: Day?
    /// Free units in the shop asked about; nil where none was, and for machines.
    public let free: Int?
    /// From how few units on it is low there; nil where nothing is told of it, and for who does not keep that stock.
    public let threshold: Int?

    /// Units that are ordered and still to come there, the first day on which some are, and the order's code; nil where none
    /// are, and for who does not keep that stock.
    public let expectedUnits: Int?
    public let expectedOn: Day?
    public let order: String?

    public var isLow: Bool { threshold.map { (free ?? 0) <= $0 } ?? false }

    public func name(in language: Language) -> String { language.choose(nameFrench, nameEnglish) }

    static let columns: SQL = """
        p.id, p.code, p.kind, p.device_kind, p.category, p.name_fr, p.name_en, p.operator,
        o.price_cents, o.volume_mb, o.valid_days, o.starts_on,
        (select min(n.starts_on) from offers n where n.product_id = p.id and n.starts_on > t.today) as changes_on,
        l.free, h.units as threshold, w.units as expected_units, w.expected_on, w.code as order_code
        """

    static let isLow: SQL = "coalesce(l.free, 0) <= h.units"

    /// Whether each word that was typed is in the code, a name or the carrier's of a `products p`.
    static func matches(_ typed: String, in tx: Transaction) throws -> SQL {
        try foldedWords(String(typed.prefix(200)), in: tx).reduce("true") { condition, word in
            """
            \(condition) and fold(concat_ws(' ', p.code, p.name_fr, p.name_en, p.operator)) like \(holdsPattern(word))
            """
        }
    }

    /// From `products p`, for a day and a shop or none; `keptIn` where the reader keeps its stock.
    static func joins(on day: Day, in shop: ID<Shop>?, keptIn kept: ID<Shop>?) -> SQL {
        """
        cross join (select \(day)::date as today) t
        left join lateral (select price_cents, volume_mb, valid_days, starts_on from offers
            where product_id = p.id and starts_on <= t.today order by starts_on desc limit 1) o on true
        left join stock_levels l on l.product_id = p.id and l.shop_id = \(shop)
        left join lateral (select units from stock_thresholds where product_id = p.id and shop_id = \(kept)
            order by set_at desc, id desc limit 1) h on true
        left join lateral (
            select sum(open.units)::int as units, min(open.expected_on) as expected_on,
                   (array_agg(open.code order by open.expected_on, open.id))[1] as code
            from (select g.id, g.code, g.expected_on, i.units - received_of(g.id, p.id) as units
                  from orders g join order_lines i on i.order_id = g.id
                  where g.shop_id = \(kept) and i.product_id = p.id
                    and not exists (select from order_ends e where e.order_id = g.id)) open
            where open.units > 0) w on true
        """
    }

    init(_ row: Row) throws {
        id = try row["id"]
        code = try row["code"]
        kind = try row["kind"]
        deviceKind = try row["device_kind"]
        category = try row["category"]
        nameFrench = try row["name_fr"]
        nameEnglish = try row["name_en"]
        operatorName = try row["operator"]
        priceCents = try row["price_cents"]
        volumeMB = try row["volume_mb"]
        validDays = try row["valid_days"]
        startsOn = try row["starts_on"]
        changesOn = try row["changes_on"]
        free = try row["free"]
        threshold = try row["threshold"]
        expectedUnits = try row["expected_units"]
        expectedOn = try row["expected_on"]
        order = try row["order_code"]
    }
}

extension Store {
    /// The price list of a day, by code, with what is free in `shop`. `after` is the last part's `next`.
    /// - Parameters:
    ///   - staff: who reads; whoever keeps the stock of `shop` is told from how few units on an article is low.
    ///   - typed: each word of it is in the code, a name or the carrier's.
    ///   - kind: those alone of a kind; nil for all.
    ///   - isLow: those alone that are.
    public func products(
        on day: Day? = nil,
        in shop: ID<Shop>? = nil,
        for staff: Staff? = nil,
        matching typed: String = "",
        of kind: ProductFacts.Kind? = nil,
        isLow: Bool = false,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<ProductRow> {
        let limit = min(max(limit, 1), 200)
        let day = day ?? today
        let last = try after.map { text throws(Refusal) in try ShortCode(typed: text) }
        let later = last.map { "p.code > \($0)" as SQL } ?? "true"
        let low = isLow ? ProductRow.isLow : "true"
        let ofKind = kind.map { "p.kind = \($0)" as SQL } ?? "true"
        let kept = shop.flatMap { staff?.holds(anyOf: .stockWorkers, in: $0) == true ? $0 : nil }
        return try await transaction { tx in
            let matches = try ProductRow.matches(typed, in: tx)
            let rows = try tx.query(
                """
                select \(ProductRow.columns) from products p
                \(ProductRow.joins(on: day, in: shop, keptIn: kept))
                where \(later) and \(low) and \(ofKind) and \(matches) order by p.code limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try ProductRow($0) }, limit: limit) { $0.code }
        }
    }
}
