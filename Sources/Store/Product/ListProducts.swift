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

    public func name(in language: Language) -> String { language.choose(nameFrench, nameEnglish) }

    static let columns: SQL = """
        p.id, p.code, p.kind, p.device_kind, p.category, p.name_fr, p.name_en, p.operator,
        o.price_cents, o.volume_mb, o.valid_days, o.starts_on,
        (select min(n.starts_on) from offers n where n.product_id = p.id and n.starts_on > t.today) as changes_on,
        l.free
        """

    /// From `products p`, for a day and a shop or none.
    static func joins(on day: Day, in shop: ID<Shop>?) -> SQL {
        """
        cross join (select \(day)::date as today) t
        left join lateral (select price_cents, volume_mb, valid_days, starts_on from offers
            where product_id = p.id and starts_on <= t.today order by starts_on desc limit 1) o on true
        left join stock_levels l on l.product_id = p.id and l.shop_id = \(shop)
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
    }
}

extension Store {
    /// The price list of a day, by code, with what is free in `shop`. `after` is the last part's `next`.
    public func products(
        on day: Day? = nil,
        in shop: ID<Shop>? = nil,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<ProductRow> {
        let limit = min(max(limit, 1), 200)
        let day = day ?? today
        let last = try after.map { text throws(Refusal) in try ShortCode(typed: text) }
        let later = last.map { "where p.code > \($0)" as SQL } ?? ""
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select \(ProductRow.columns) from products p \(ProductRow.joins(on: day, in: shop))
                \(later) order by p.code limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try ProductRow($0) }, limit: limit) { $0.code }
        }
    }
}
