import Postgres
public import Shop

/// What happened to the codes of an article in a shop on one day, in units and face value: opening and what came in, less what
/// left, is closing (D8).
public struct CodeDay: Hashable, Sendable, Codable {
    public let shop: String
    public let product: String
    public let nameFr: String
    public let nameEn: String
    public let opening: Amount
    /// By batches that were approved.
    public let approved: Amount
    public let sold: Amount
    public let given: Amount
    /// Refunded unseen: free again.
    public let returned: Amount
    /// Refunded and free no more: of what was sold or given, on whatever day.
    public let disputed: Amount
    public let closing: Amount
    /// Of the closing: no longer to be entered, hence not to be sold.
    public let expired: Amount
    /// What the stock's movements say that there was at the end of the day, in units. It is the closing's, or a unit is lost.
    public let moved: Int
    /// What lies in the vault now, in units; nil for a day that is past.
    public let counted: Int?
    /// Codes that did not open on that day.
    public let broken: Int
    /// Units more, or fewer when below zero, than the codes account for: each is an alert. 0 where all adds up.
    public let difference: Int

    public struct Amount: Hashable, Sendable, Codable {
        public let units: Int
        public let faceValue: Cents

        enum CodingKeys: String, CodingKey {
            case units
            case faceValue = "face_value_cents"
        }
    }

    /// Whether every unit is accounted for, and every code opened.
    public var isFine: Bool { difference == 0 && broken == 0 }

    public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }

    enum CodingKeys: String, CodingKey {
        case shop, product
        case nameFr = "name_fr"
        case nameEn = "name_en"
        case opening, approved, sold, given, returned, disputed, closing, expired, moved, counted,
            broken, difference
    }
}

extension Store {
    /// A day of the vault, a shop and an article a row, by shop then article. Throws `dayInFuture`.
    public func reconcileCodes(
        on day: Day,
        in reach: Reach = .everyShop
    ) async throws -> [CodeDay] {
        let today = today
        guard day <= today else {
            throw Refusal(
                .dayInFuture,
                ["field": .field(.day), "day": .day(day), "today": .day(today)]
            )
        }
        return try await reports.transaction(isolation: .snapshot) { tx in
            try tx.query(
                """
                with happened as (
                    select c.shop_id, c.product_id, b.face_cents, paris_day(e.ended_at) as day, 'approved' as what, c.expires_on
                    from code_batch_ends e join code_batches b on b.id = e.batch_id join recharge_codes c on c.batch_id = b.id
                    where e.kind = 'approved'
                    union all
                    select c.shop_id, c.product_id, b.face_cents, paris_day(x.left_at), x.kind, c.expires_on
                    from code_exits x join recharge_codes c on c.id = x.code_id join code_batches b on b.id = c.batch_id
                    union all
                    select c.shop_id, c.product_id, b.face_cents, paris_day(r.returned_at), 'returned', c.expires_on
                    from code_returns r join recharge_codes c on c.id = r.code_id join code_batches b on b.id = c.batch_id
                    union all
                    select c.shop_id, c.product_id, b.face_cents, paris_day(q.disputed_at), 'disputed', c.expires_on
                    from code_disputes q join recharge_codes c on c.id = q.code_id join code_batches b on b.id = c.batch_id),
                signed as (
                    select *, case what when 'sale' then -1 when 'gift' then -1 when 'disputed' then 0 else 1 end as sign from happened
                    where day <= \(day) and shop_id in (select id from shops where \(reach.condition("id"))))
                select h.code as shop, p.code as product, p.name_fr, p.name_en, s.*,
                       (select coalesce(sum(m.units), 0)::int from stock_movements m
                        where m.shop_id = s.shop_id and m.product_id = s.product_id and paris_day(m.moved_at) <= \(day)) as moved,
                       case when \(day)::date = \(today) then (
                           select count(*)::int from free_codes f where f.shop_id = s.shop_id and f.product_id = s.product_id)
                       end as counted,
                       (select count(distinct a.code_id)::int from code_alarms a join recharge_codes c on c.id = a.code_id
                        where c.shop_id = s.shop_id and c.product_id = s.product_id and paris_day(a.raised_at) = \(day)) as broken
                from (select shop_id, product_id,
                             coalesce(sum(sign) filter (where day < \(day)), 0)::int as opening_units,
                             coalesce(sum(sign * face_cents) filter (where day < \(day)), 0)::bigint as opening_cents,
                             (count(*) filter (where day = \(day) and what = 'approved'))::int as approved_units,
                             coalesce(sum(face_cents) filter (where day = \(day) and what = 'approved'), 0)::bigint as approved_cents,
                             (count(*) filter (where day = \(day) and what = 'sale'))::int as sold_units,
                             coalesce(sum(face_cents) filter (where day = \(day) and what = 'sale'), 0)::bigint as sold_cents,
                             (count(*) filter (where day = \(day) and what = 'gift'))::int as given_units,
                             coalesce(sum(face_cents) filter (where day = \(day) and what = 'gift'), 0)::bigint as given_cents,
                             (count(*) filter (where day = \(day) and what = 'returned'))::int as returned_units,
                             coalesce(sum(face_cents) filter (where day = \(day) and what = 'returned'), 0)::bigint as returned_cents,
                             (count(*) filter (where day = \(day) and what = 'disputed'))::int as disputed_units,
                             coalesce(sum(face_cents) filter (where day = \(day) and what = 'disputed'), 0)::bigint as disputed_cents,
                             sum(sign)::int as closing_units, sum(sign * face_cents)::bigint as closing_cents,
                             coalesce(sum(sign) filter (where expires_on < \(day)), 0)::int as expired_units,
                             coalesce(sum(sign * face_cents) filter (where expires_on < \(day)), 0)::bigint as expired_cents
                      from signed group by shop_id, product_id) s
                join shops h on h.id = s.shop_id join products p on p.id = s.product_id order by h.code, p.code
                """
            ).map { row in
                func amount(_ name: String) throws -> CodeDay.Amount {
                    CodeDay.Amount(
                        units: try row[name + "_units"],
                        faceValue: try row[name + "_cents"]
                    )
                }
                let closing = try amount("closing")
                let (moved, counted): (Int, Int?) = (try row["moved"], try row["counted"])
                let byMovements = moved - closing.units
                return CodeDay(
                    shop: try row["shop"],
                    product: try row["product"],
                    nameFr: try row["name_fr"],
                    nameEn: try row["name_en"],
                    opening: try amount("opening"),
                    approved: try amount("approved"),
                    sold: try amount("sold"),
                    given: try amount("given"),
                    returned: try amount("returned"),
                    disputed: try amount("disputed"),
                    closing: closing,
                    expired: try amount("expired"),
                    moved: moved,
                    counted: counted,
                    broken: try row["broken"],
                    difference: byMovements != 0
                        ? byMovements : (counted ?? closing.units) - closing.units
                )
            }
        }
    }
}
