import Postgres
public import Shop

/// A ticket or a refund, as a list shows it.
public struct TicketRow: Codable, Sendable {
    public let number: String
    public let kind: ReceiptDocument.Kind
    /// The ticket, or the one that a refund mirrors.
    public let sale: ID<Sale>
    public let at: Instant
    public let businessOn: Day
    public let till: String
    public let operatorCode: String
    /// The first article, in the reader's language.
    public let what: String
    public let lineCount: Int
    /// What the person paid, or was given back.
    public let totalCents: Cents
    /// What it is worth, whoever pays.
    public let valueCents: Cents
    /// Sorted by name; empty where no money moved.
    public let means: [Means]
    /// Units that came back since; nil on a refund.
    public let returned: Int?

    public init(
        number: String,
        kind: ReceiptDocument.Kind,
        sale: ID<Sale>,
        at: Instant,
        businessOn: Day,
        till: String,
        operatorCode: String,
        what: String,
        lineCount: Int,
        totalCents: Cents,
        valueCents: Cents,
        means: [Means],
        returned: Int?
    ) {
        self.number = number
        self.kind = kind
        self.sale = sale
        self.at = at
        self.businessOn = businessOn
        self.till = till
        self.operatorCode = operatorCode
        self.what = what
        self.lineCount = lineCount
        self.totalCents = totalCents
        self.valueCents = valueCents
        self.means = means
        self.returned = returned
    }
}

/// Which tickets are listed.
public struct TicketFilter: Sendable {
    public let reach: Reach
    public let till: ID<Till>?
    public let day: Day?

    public init(in reach: Reach, till: ID<Till>? = nil, day: Day? = nil) {
        self.reach = reach
        self.till = till
        self.day = day
    }
}

extension Store {
    /// Sales, gifts and refunds, the newest first. `after` is the last part's `next`. Reads as many rows as it shows, by
    /// the index of each shop, whatever was sold before.
    public func tickets(
        _ filter: TicketFilter,
        in language: Language,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<TicketRow> {
        let limit = min(max(limit, 1), 200)
        let last = after.flatMap(TicketKey.init)
        return try await transaction { tx in
            let shops: [ID<Shop>] =
                switch filter.reach {
                case .shops(let shops): Array(shops)
                case .everyShop: try tx.query("select id from shops").map { try $0["id"] }
                }
            // One read a shop and kind, each by its index: together they hold the newest rows of all.
            let parts = shops.flatMap { shop in
                [
                    sales(filter, in: shop, before: last, limit + 1),
                    refunds(filter, in: shop, before: last, limit + 1),
                ]
            }
            let found = try tx.pipeline(parts).flatMap { try $0.map { try Found($0) } }
                .sorted { $0.key > $1.key }.prefix(limit + 1)
            let shown = Array(found)
            let names = try tx.firstArticles(of: shown.map(\.firstLine), in: language)
            let rows = shown.map { ($0.key, $0.row(named: names[$0.firstLine] ?? "")) }
            return Paged(
                items: rows.prefix(limit).map(\.1),
                next: rows.count > limit ? rows[limit - 1].0.text : nil
            )
        }
    }
}

/// Where a part of the list ends: by day, then by moment, then by id.
struct TicketKey: Comparable {
    let day: Day
    let at: Instant
    let id: String

    init(day: Day, at: Instant, id: String) {
        self.day = day
        self.at = at
        self.id = id
    }

    init?(_ text: String) {
        let parts = text.split(separator: "_").map(String.init)
        guard parts.count == 3, let day = Day(iso: parts[0]), let at = Instant(iso: parts[1]),
            let id = ID<Sale>(parts[2])
        else { return nil }
        self.init(day: day, at: at, id: id.text)
    }

    var text: String { "\(day.iso)_\(at.iso)_\(id)" }

    static func < (left: TicketKey, right: TicketKey) -> Bool {
        (left.day, left.at, left.id) < (right.day, right.at, right.id)
    }
}

private struct Line: Hashable {
    let sale: ID<Sale>
    let position: Int
}

private struct Found {
    let key: TicketKey
    let firstLine: Line
    private let kind: ReceiptDocument.Kind
    private let code: ReceiptCode
    private let operatorCode: String
    private let lineCount: Int
    private let total: Cents
    private let value: Cents
    private let means: [Means]
    private let returned: Int?

    init(_ row: Row) throws {
        let id: ID<Sale> = try row["id"]
        let kind: String = try row["kind"]
        let means: String = try row["means"]
        self.key = TicketKey(day: try row["business_on"], at: try row["at"], id: id.text)
        self.firstLine = Line(sale: try row["sale_id"], position: try row["first_line"])
        self.kind = ReceiptDocument.Kind(rawValue: kind) ?? .sale
        self.code = ReceiptCode(
            till: try row["till"],
            kind: self.kind.code,
            number: try row["number"]
        )
        self.operatorCode = try row["operator"]
        self.lineCount = try row["line_count"]
        self.total = try row["total_cents"]
        self.value = try row["value_cents"]
        self.means = means.split(separator: ",").compactMap { Means(rawValue: String($0)) }
        self.returned = try row["returned"]
    }

    func row(named what: String) -> TicketRow {
        TicketRow(
            number: code.text,
            kind: kind,
            sale: firstLine.sale,
            at: key.at,
            businessOn: key.day,
            till: code.till,
            operatorCode: operatorCode,
            what: what,
            lineCount: lineCount,
            totalCents: total,
            valueCents: value,
            means: means,
            returned: returned
        )
    }
}

private func sales(_ filter: TicketFilter, in shop: ID<Shop>, before last: TicketKey?, _ limit: Int)
    -> SQL
{
    let conditions = conditions(filter, "s.sold_at", before: last)
    return """
        select s.id, s.id as sale_id, s.kind, s.number, s.sold_at as at, s.business_on, t.code as till, s.operator,
               1 as first_line, s.line_count, s.total_cents, s.value_cents,
               coalesce((select string_agg(distinct p.means, ',' order by p.means) from payments p
                         where p.sale_id = s.id), '') as means,
               (select count(*) from refund_lines l where l.sale_id = s.id)::int as returned
        from sales s join tills t on t.id = s.till_id
        where s.shop_id = \(shop) \(conditions)
        order by s.business_on desc, s.sold_at desc, s.id desc limit \(limit)
        """
}

private func refunds(
    _ filter: TicketFilter,
    in shop: ID<Shop>,
    before last: TicketKey?,
    _ limit: Int
) -> SQL {
    let conditions = conditions(filter, "s.refunded_at", before: last)
    return """
        select s.id, s.sale_id, 'refund' as kind, s.number, s.refunded_at as at, s.business_on, t.code as till, s.operator,
               (select min(l.position) from refund_lines l where l.refund_id = s.id) as first_line, s.line_count,
               s.total_cents, (select sum(l.value_cents) from refund_lines l where l.refund_id = s.id)::bigint as value_cents,
               case s.means when 'none' then '' else s.means end as means, null::int as returned
        from refunds s join tills t on t.id = s.till_id
        where s.shop_id = \(shop) \(conditions)
        order by s.business_on desc, s.refunded_at desc, s.id desc limit \(limit)
        """
}

private func conditions(
    _ filter: TicketFilter,
    _ at: SQL,
    before last: TicketKey?
) -> SQL {
    let till = filter.till.map { "and s.till_id = \($0)" as SQL } ?? ""
    let day = filter.day.map { "and s.business_on = \($0)" as SQL } ?? ""
    let before =
        last.map {
            "and (s.business_on, \(at), s.id) < (\($0.day), \($0.at)::timestamptz, \($0.id)::uuid)"
                as SQL
        } ?? ""
    return "\(till) \(day) \(before)"
}

extension Transaction {
    /// What the first article of each ticket is called.
    fileprivate func firstArticles(of lines: [Line], in language: Language) throws -> [Line: String]
    {
        guard !lines.isEmpty else { return [:] }
        let sales = "{" + Set(lines.map(\.sale.text)).sorted().joined(separator: ",") + "}"
        let rows = try query(
            """
            select l.sale_id, l.position, p.name_fr, p.name_en, d.label
            from sale_lines l join products p on p.id = l.product_id left join devices d on d.id = l.device_id
            where l.sale_id = any(\(sales)::uuid[])
            """
        )
        var names: [Line: String] = [:]
        for row in rows {
            let line = Line(sale: try row["sale_id"], position: try row["position"])
            let french: String = try row["name_fr"]
            let english: String = try row["name_en"]
            let label: String? = try row["label"]
            names[line] = [language.choose(french, english), label].compactMap(\.self)
                .joined(separator: " ")
        }
        return names
    }
}
