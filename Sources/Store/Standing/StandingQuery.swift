import Postgres
import Shop

/// Between the locks and the reading something came that they do not hold: the buyer's file became another's, or a
/// voucher was written down.
struct LockedTooLittle: Error {}

/// The statements that read what a decision needs, and the reading of their rows. The preview and the sale read the same;
/// the sale locks first.
struct StandingQuery {
    let buyer: SaleRequest.Buyer?
    let labels: [String]
    let codes: [String]
    /// How many codes of the vault are read of each product at most.
    let units: Int
    let shop: ID<Shop>
    /// The day before the locks: it only bounds how far back uses are read, a month more than any window.
    let around: Day

    private let voucherCode: String?
    /// The person who buys, as a subselect: nobody when the voucher names several and none was chosen.
    private let person: SQL
    /// Vouchers that name the person, and the one in hand.
    private let vouchers: SQL

    init(
        buyer: SaleRequest.Buyer?,
        labels: [String],
        codes: [String],
        units: [String: Int] = [:],
        shop: ID<Shop>,
        around: Day
    ) {
        self.buyer = buyer
        self.labels = labels
        self.codes = codes
        self.units = units.values.max() ?? 1
        self.shop = shop
        self.around = around
        let voucher: String? = if case .voucher(let code, _) = buyer { code } else { nil }
        self.voucherCode = voucher
        let person = Self.person(buyer)
        self.person = person
        self.vouchers = """
            select n.voucher_id from voucher_persons n where n.person_id = any(person_files(\(person)))
            union select v.id from vouchers v where v.code = \(voucher)
            """
    }

    private static func person(_ buyer: SaleRequest.Buyer?) -> SQL {
        switch buyer {
        case nil: "null::uuid"
        case .person(let id): "(select person_now(id) from persons where id = \(id))"
        case .completion(let code):
            "(select person_now(person_id) from completions where code = \(code))"
        case .voucher(let code, nil):
            """
            (select min(person_now(n.person_id)::text)::uuid from voucher_persons n join vouchers v on v.id = n.voucher_id
             where v.code = \(code) having count(distinct person_now(n.person_id)) = 1)
            """
        case .voucher(let code, let id?):
            """
            (select person_now(n.person_id) from voucher_persons n join vouchers v on v.id = n.voucher_id
             where v.code = \(code) and person_now(n.person_id) = person_now(\(id)) limit 1)
            """
        }
    }

    private var completionCode: String? {
        if case .completion(let code) = buyer { code } else { nil }
    }

    /// In the one lock order: vouchers and completions, persons, then their households, the structures on which a limit
    /// counts, devices, stock levels. The chain's head comes last, from the caller.
    var locks: [SQL] {
        var locks: [SQL] = []
        if buyer != nil {
            locks = [
                "select id from vouchers where id in (\(vouchers)) order by id for no key update",
                """
                select id from completions where person_id = any(person_files(\(person))) order by id for no key update
                """,
                "select id from persons where id = \(person) for no key update",
                """
                select id from households where id in (
                    select household_id from household_members where person_id = \(person) and left_on is null)
                order by id for no key update
                """,
                """
                select id from structures where exists (\(structureRules))
                  and id in (select structure_id from vouchers where id in (\(vouchers)))
                order by id for no key update
                """,
            ]
        }
        if !labels.isEmpty {
            locks.append(
                "select id from devices where label = any(\(labels)) order by id for no key update"
            )
        }
        if !codes.isEmpty {
            locks.append(
                """
                select product_id from stock_levels
                where shop_id = \(shop) and product_id in (select id from products where code = any(\(codes)))
                order by product_id for no key update
                """
            )
        }
        return locks
    }

    /// Limits that count on structures: of the categories of what is asked, of all where nothing is.
    private var structureRules: SQL {
        "select q.category from quota_rules q where q.holder = 'structure' and \(ofWhatIsAsked)"
    }

    private var ofWhatIsAsked: SQL {
        guard !labels.isEmpty || !codes.isEmpty else { return "true" }
        return """
            q.category in (select category from products where code = any(\(codes))
                           or device_kind in (select kind from devices where label = any(\(labels))))
            """
    }

    /// Versions that may have a say on what is asked, and those to come: not what a later version has followed for a day
    /// already. By code, since the version that follows may be of another category.
    private var rules: SQL {
        quotaRuleRows(
            """
            q.code in (select q.code from quota_rules q where \(ofWhatIsAsked)) and not exists (
                select from quota_rules n where n.code = q.code and n.starts_on > q.starts_on and n.starts_on < \(around))
            """
        )
    }

    /// Throws `LockedTooLittle` when a decision would rest on a row that the locks do not hold.
    func checkLocked(_ standing: Standing, _ goods: Goods, _ locked: ArraySlice<Rows>) throws {
        guard let buyer = standing.buyer else { return }
        func ids(_ lock: Lock) throws -> Set<String> {
            Set(try locked[locked.startIndex + lock.rawValue].map { try $0["id"] })
        }
        var (vouchers, completions, structures): (Set<String>, Set<String>, Set<String>) = (
            [], [], []
        )
        for right in standing.rights {
            switch right.origin {
            case .voucher(let voucher):
                vouchers.insert("\(voucher.id)")
                structures.insert("\(voucher.structureID)")
            case .completion(let completion, _, _): completions.insert("\(completion)")
            }
        }
        let asked = goods.categories
        let countsStructures = standing.rules.contains {
            $0.holder == .structure && asked.contains($0.category)
        }
        guard try ids(.persons).contains("\(buyer.person)"),
            try vouchers.isSubset(of: ids(.vouchers)),
            try completions.isSubset(of: ids(.completions)),
            try !countsStructures || structures.isSubset(of: ids(.structures))
        else { throw LockedTooLittle() }
    }

    /// Where each of `locks` stands in their order.
    private enum Lock: Int {
        case vouchers, completions, persons, households, structures
    }

    /// Thirteen reads; `standing` and `goods` take their rows in this order. What was taken on an attestation that was taken
    /// back counts for the right of the one that follows it.
    var reads: [SQL] {
        [
            """
            select m.person_id, m.household_id,
                   array(select o.person_id from household_members o
                         where o.household_id = m.household_id and o.left_on is null) as members,
                   before.households, before.since, before.until
            from household_members m cross join lateral (
                select array_agg(f.household_id order by f.id) as households, array_agg(f.joined_on order by f.id) as since,
                       array_agg(f.left_on order by f.id) as until
                from household_members o join household_members f on f.person_id = any(person_files(o.person_id))
                where o.household_id = m.household_id and o.left_on is null and f.left_on is not null) before
            where m.person_id = \(person) and m.left_on is null
            """,
            """
            select v.id, v.code, s.name as structure, v.structure_id, v.signed_on, v.valid_until, v.recorded_at,
                   least(r.revoked_at, k.ended_at) as revoked_at,
                   v.shop_id, h.name as shop_name, v.code = \(voucherCode) as in_hand
            from vouchers v join structures s on s.id = v.structure_id
            left join voucher_revocations r on r.voucher_id = v.id left join shops h on h.id = v.shop_id
            left join voucher_signatures g on g.voucher_id = v.id
            left join structure_keys k on k.id = g.key_id and k.ended_how = 'revoked'
            where v.id in (\(vouchers))
            """,
            """
            select c.id, c.code, c.code = \(completionCode) as in_hand, v.revoked_on
            from completions c left join completion_revocations v on v.completion_id = c.id
            where c.person_id = any(person_files(\(person)))
            """,
            """
            select id, voucher_id, completion_id, category, starts_on, ends_on, uses_max from rights
            where voucher_id in (\(vouchers))
            union all
            select id, voucher_id, completion_id, category, starts_on, ends_on, uses_max - (
                select coalesce(sum(u.units - (select count(*) from refund_lines b
                                               where b.sale_id = u.sale_id and b.position = u.position
                                                 and b.gives_right_back)), 0)::int
                from completions c join completions o on o.enrolment_id = c.enrolment_id and o.id <> c.id
                     join rights t on t.completion_id = o.id and t.category = rights.category
                     join uses u on u.right_id = t.id
                where c.id = rights.completion_id) as uses_max
            from rights
            where completion_id in (select id from completions where person_id = any(person_files(\(person))))
            """,
            uses,
            rules,
            "select name, starts_on, amount from dated_numbers",
            devices,
            products,
            """
            select o.product_id, o.starts_on, o.price_cents, o.volume_mb, o.valid_days
            from products p join offers o on o.product_id = p.id where p.code = any(\(codes))
            """,
            "select shop_id, kind, regime, rate_bp, starts_on from vat_rules where shop_id is null or shop_id = \(shop)",
            """
            select o.id, o.person_id, o.rule, o.shop_id, o.units, o.cents, o.expires_on from overrides o
            where o.person_id = \(person) and o.expires_on >= \(around)
              and not exists (select from override_uses u where u.override_id = o.id)
            """,
            """
            select f.code_id, f.product_id
            from products p cross join lateral (
                select code_id, product_id, expires_on from free_codes
                where shop_id = \(shop) and product_id = p.id and expires_on >= \(around)
                order by expires_on, code_id limit \(units)) f
            where p.code = any(\(codes)) and p.delivery = 'code' order by f.expires_on, f.code_id
            """,
        ]
    }

    /// `bound` is the day before which no limit counts anything, and `structure_bound` the same of those on structures.
    /// What others took under vouchers of the same structures comes summed by day, as one use under its last ticket.
    private var uses: SQL {
        """
        with bound as (
            select least((\(around)::date - make_interval(months => max(q.months) + 1))::date, min(p.starts_on) - 1) as day
            from quota_rules q left join programmes p on p.id = q.programme_id and p.ends_on >= \(around)::date - 31
        ), structure_bound as (
            select least((\(around)::date - make_interval(months => max(q.months) + 1))::date, min(p.starts_on) - 1) as day
            from quota_rules q left join programmes p on p.id = q.programme_id and p.ends_on >= \(around)::date - 31
            where q.holder = 'structure'
        ), used as (
            select * from uses where household_id = (
                select household_id from household_members where person_id = \(person) and left_on is null)
                and used_on > (select day from bound)
            union
            select * from uses where person_id in (
                select unnest(person_files(o.person_id)) from household_members m join household_members o using (household_id)
                where m.person_id = \(person) and m.left_on is null and o.left_on is null)
                and used_on > (select day from bound)
            union
            select u.* from household_members m
                join household_members o on o.household_id = m.household_id and o.left_on is null
                join household_members f on f.person_id = any(person_files(o.person_id)) and f.left_on is not null
                join uses u on u.household_id = f.household_id and u.used_on between f.joined_on and f.left_on
            where m.person_id = \(person) and m.left_on is null and u.used_on > (select day from bound)
            union
            select * from uses where right_id in (select id from rights where voucher_id in (\(vouchers)))
        ), others as (
            select * from uses where structure_id in (select structure_id from vouchers where id in (\(vouchers)))
                and used_on > (select day from structure_bound) and category in (\(structureRules))
            except select * from used
        )
        select \(useColumns) from used u \(useTables) where u.units > back.units
        union all
        select (array_agg(right_id order by number))[1], (array_agg(person_id order by number))[1],
               (array_agg(household_id order by number))[1], category, device_kind, origin, exit_kind, shop_id,
               sum(units)::int, sum(cents)::bigint, used_on, product_id, structure_id, till, kind, max(number),
               sum(units_back)::bigint, sum(cents_back)::bigint
        from (select \(useColumns) from others u \(useTables) where u.units > back.units) o
        group by category, device_kind, origin, exit_kind, shop_id, used_on, product_id, structure_id, kind, till
        \(visitUses)
        """
    }

    private var useColumns: SQL {
        """
        u.right_id, person_now(u.person_id) as person_id, u.household_id, u.category, u.device_kind, u.origin, u.exit_kind,
               u.shop_id, u.units, u.cents, u.used_on, l.product_id, u.structure_id, t.code as till, s.kind, s.number,
               back.units as units_back, back.cents as cents_back
        """
    }

    private var useTables: SQL {
        """
        join sales s on s.id = u.sale_id join tills t on t.id = s.till_id
        join sale_lines l on l.sale_id = u.sale_id and l.position = u.position
        cross join lateral (select count(*) as units, coalesce(sum(b.value_cents), 0)::bigint as cents
            from refund_lines b where b.sale_id = u.sale_id and b.position = u.position and b.gives_right_back) as back
        """
    }

    /// What visits to the help desk used of the person's vouchers, as rows of `uses`: no limit counts them, the rights do.
    /// A ticket takes nothing of these rights, and does not read it.
    private var visitUses: SQL {
        guard labels.isEmpty, codes.isEmpty else { return "" }
        return """
            union all
            select w.right_id, person_now(w.person_id), w.household_id, 'help_desk', null, 'voucher', 'gift', v.shop_id, 1, 0,
                   w.used_on, null, c.structure_id, null, null, null, 0, 0
            from rights r join vouchers c on c.id = r.voucher_id join visit_uses w on w.right_id = r.id
            join visits v on v.id = w.visit_id
            where r.voucher_id in (\(vouchers))
              and not exists (select from visit_take_backs b where b.visit_id = w.visit_id)
            """
    }

    /// Inspection and erasure are read of a machine that is off the shelf alone: what stands there passed its gate. A disk may
    /// have been said to fail since.
    private var devices: SQL {
        let inWork: SQL = "(y.ordinal is null or x.kind is not null)"
        return """
            select d.id, d.label, d.kind, d.maker, d.model, y.ordinal, y.shop_id, h.name as shop_name, y.grade,
                   y.price_cents, x.kind as exit_kind, x.left_at, s.kind as ticket, s.number, s.operator, t.code as till,
                   \(LastStay.cameBack) as came_back, \(LastStay.removal) as removed,
                   person_now(r.person_id) as reserved_for, r.until_on,
                   case when \(inWork) then passed_inspection(d.id, \(around), here_since(d.id)) end as inspected,
                   case when \(inWork) then all_erased(d.id, here_since(d.id)) end as erased,
                   failing_disk(d.id, \(around)) is not null as failing
            from devices d
            left join lateral (select * from stays where device_id = d.id order by ordinal desc limit 1) y on true
            left join exits x on x.device_id = y.device_id and x.ordinal = y.ordinal
            left join sales s on s.id = x.sale_id left join tills t on t.id = s.till_id
            left join shops h on h.id = y.shop_id
            left join reservations r on r.device_id = d.id and r.ended_at is null and r.until_on >= \(around)
            where d.label = any(\(labels))
            """
    }

    private var products: SQL {
        """
        select p.id, p.code, p.kind, p.device_kind, p.category, p.name_fr, p.delivery, l.free from products p
        left join stock_levels l on l.product_id = p.id and l.shop_id = \(shop)
        where p.code = any(\(codes))
        union all
        select p.id, p.code, p.kind, p.device_kind, p.category, p.name_fr, null, null from products p
        where p.device_kind in (select kind from devices where label = any(\(labels)))
        """
    }
}

extension Goods {
    fileprivate var categories: Set<Category> {
        Set(devices.values.compactMap(\.product.category) + products.values.compactMap(\.category))
    }
}
