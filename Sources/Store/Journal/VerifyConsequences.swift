import Postgres
import Shop

extension Store {
    /// What the sealed tickets brought about is there, once, and nothing else is: uses of rights, machines gone, counted
    /// goods moved. Each is one statement, so that a sale under way is seen whole or not at all.
    func verifyConsequences(into found: inout Verification) async throws {
        for (kind, statement) in [
            ("use", uses), ("return", returns), ("exit", exits), ("movement", movements),
            ("movement", travels), ("movement", deliveries), ("movement", assemblies),
            ("claim", claims), ("exchange", exchanges), ("code_exit", codeExits),
            ("movement", codeArrivals),
            ("after_sales", refundedCases),
            ("closing", drawerClosings), ("closing", drawerGoods), ("closing", dayClosings),
            ("closing", ticketDays), ("closing", periodOrder), ("closing", periodParts),
            ("closing", periodRates), ("closing", periodMeans), ("closing", drawerOrder),
        ] {
            let places: [String] = try await reports.transaction { tx in
                try tx.query(statement).map { try $0["place"] }
            }
            for place in places { found.fault(kind, place) }
        }
    }
}

/// A line under a right is one use of it, by the ticket's person and household, of the machine's kind, by whose structure
/// signed.
private let uses: SQL = """
    select concat_ws(' ', coalesce(s.sale_id, u.sale_id), coalesce(s.position, u.position)) as place
    from (select l.sale_id, l.position, l.right_id, s.person_id, s.household_id, p.category, d.kind as device_kind,
                 s.kind, s.shop_id, l.quantity, l.value_cents, s.business_on,
                 case when r.completion_id is null then 'voucher' else 'completion' end as origin, v.structure_id
          from sale_lines l join sales s on s.id = l.sale_id join products p on p.id = l.product_id
          left join devices d on d.id = l.device_id
          left join rights r on r.id = l.right_id left join vouchers v on v.id = r.voucher_id
          where l.right_id is not null) s
    full join uses u on u.sale_id = s.sale_id and u.position = s.position
    where (s.right_id, s.person_id, s.household_id, s.category, s.device_kind, s.origin, s.kind, s.shop_id, s.quantity,
           s.value_cents, s.business_on, s.structure_id)
        is distinct from (u.right_id, u.person_id, u.household_id, u.category, u.device_kind, u.origin, u.exit_kind,
                          u.shop_id, u.units, u.cents, u.used_on, u.structure_id)
    limit 1
    """

/// What came back gave the right back, or did not, as the rule of its reason said.
private let returns: SQL = """
    select concat_ws(' ', b.sale_id, b.position, b.unit) as place
    from refund_lines b join refunds r on r.id = b.refund_id
    where b.gives_right_back is distinct from gives_right_back(r.reason, b.returned_on)
    limit 1
    """

/// A machine on a ticket left by it.
private let exits: SQL = """
    select concat_ws(' ', coalesce(s.device_id, x.device_id), coalesce(s.stay_ordinal, x.ordinal)) as place
    from (select l.device_id, l.stay_ordinal, s.id, s.kind, s.sold_at
          from sale_lines l join sales s on s.id = l.sale_id where l.device_id is not null) s
    full join (select device_id, ordinal, sale_id, kind, left_at, left_by, motive from exits
               where sale_id is not null or kind in ('sale', 'gift')) x
        on x.device_id = s.device_id and x.ordinal = s.stay_ordinal
    where (s.id, s.kind, s.sold_at) is distinct from (x.sale_id, x.kind, x.left_at)
        or x.left_by is not null or x.motive <> ''
    limit 1
    """

/// Motives whose goods are not sold again.
private let lostBy = RefundReason.allCases.filter { !$0.returnsToShelf }.map(\.rawValue)

/// Counted goods went out with the ticket, and came back with its refund; what came back broken was lost at once.
private let movements: SQL = """
    with said as (
        select s.id as sale_id, l.product_id, s.shop_id, s.kind, s.sold_at as moved_at, s.seller_id as moved_by,
               -sum(l.quantity) as units
        from sales s join sale_lines l on l.sale_id = s.id where l.device_id is null group by s.id, l.product_id
        union all
        select r.sale_id, l.product_id, r.shop_id, 'refund', r.refunded_at, r.seller_id, count(*)
        from refunds r join refund_lines u on u.refund_id = r.id
        join sale_lines l on l.sale_id = u.sale_id and l.position = u.position
        where l.device_id is null group by r.id, l.product_id
        union all
        select r.sale_id, l.product_id, r.shop_id, 'loss', r.refunded_at, r.seller_id, -count(*)
        from refunds r join refund_lines u on u.refund_id = r.id
        join sale_lines l on l.sale_id = u.sale_id and l.position = u.position
        left join code_exits x on x.sale_id = u.sale_id and x.position = u.position and x.unit = u.unit
        where l.device_id is null and case when x.code_id is null then r.reason = any(\(lostBy)) else exists (
            select from code_disputes q where q.code_id = x.code_id and q.ordinal = x.ordinal and q.refund_id = r.id) end
        group by r.id, l.product_id),
    moved as (
        select sale_id, product_id, shop_id, kind, moved_at, moved_by, sum(units) as units from stock_movements
        where sale_id is not null or kind in ('sale', 'gift', 'refund') group by 1, 2, 3, 4, 5, 6)
    select concat_ws(' ', sale_id, product_id) as place
    from said full join moved using (sale_id, product_id, shop_id, kind, moved_at, moved_by)
    where said.units is distinct from moved.units
    limit 1
    """

/// Counted goods went out with their slip, and came in with what was ticked off; what a count moved names it, and nothing else
/// does.
private let travels: SQL = """
    with said as (
        select transfer_id, product_id, shop_id, sum(units) as units from (
            select p.transfer_id, p.product_id, t.shop_id, -p.units as units
            from transfer_products p join transfers t on t.id = p.transfer_id
            union all
            select transfer_id, product_id, shop_id, units from transfer_arrivals) lines
        group by 1, 2, 3),
    moved as (
        select transfer_id, product_id, shop_id, sum(units) as units from stock_movements
        where transfer_id is not null or kind = 'transfer' group by 1, 2, 3)
    select concat_ws(' ', transfer_id, product_id) as place
    from said full join moved using (transfer_id, product_id, shop_id)
    where coalesce(said.units, 0) <> coalesce(moved.units, 0) or transfer_id is null
    union all
    select id::text from stock_movements
    where (kind = 'count') <> (count_id is not null) or transfer_id is not null and kind <> 'transfer'
    limit 1
    """

/// What came of an order is what moved for it, in its shop, when and by whom it was taken in.
private let deliveries: SQL = """
    with said as (
        select l.order_id, l.product_id, o.shop_id, r.received_at as moved_at, r.received_by as moved_by, sum(l.units) as units
        from order_receipt_lines l join order_receipts r using (order_id, ordinal) join orders o on o.id = l.order_id
        group by 1, 2, 3, 4, 5),
    moved as (
        select order_id, product_id, shop_id, moved_at, moved_by, sum(units) as units from stock_movements
        where order_id is not null group by 1, 2, 3, 4, 5)
    select concat_ws(' ', order_id, product_id) as place
    from said full join moved using (order_id, product_id, shop_id, moved_at, moved_by)
    where coalesce(said.units, 0) <> coalesce(moved.units, 0)
    union all
    select id::text from stock_movements where order_id is not null and kind <> 'receipt'
    limit 1
    """

/// What was put with a machine out of the stock left it then, one each, what was put back came in, and nothing else moved for
/// a machine.
private let assemblies: SQL = """
    select concat_ws(' ', coalesce(c.device_id, m.kit_device_id), coalesce(c.product_id, m.product_id)) as place
    from (select p.device_id, p.ordinal, p.product_id, 'kit' as kind, -1 as units, k.shop_id, k.checked_at as moved_at,
                 k.checked_by as moved_by
          from kit_check_parts p join kit_checks k using (device_id, ordinal) where p.found = 'stock'
          union all
          select device_id, ordinal, product_id, 'kit_return', 1, shop_id, returned_at, returned_by from kit_returns) c
    full join (select * from stock_movements
               where kind in ('kit', 'kit_return') or kit_device_id is not null or kit_ordinal is not null) m
        on m.kit_device_id = c.device_id and m.kit_ordinal = c.ordinal and m.product_id = c.product_id and m.kind = c.kind
    where (c.shop_id, c.units, c.moved_at, c.moved_by) is distinct from (m.shop_id, m.units, m.moved_at, m.moved_by)
        or c.device_id is null
    limit 1
    """

/// A ticket's key is claimed, with that ticket for its result.
private let claims: SQL = """
    select s.key::text as place from sales s left join claims c on c.key = s.key
    where c.result is null or (c.result ->> 'sale')::uuid is distinct from s.id
    limit 1
    """

/// A line that replaces another ended the case of the machine that it replaces.
private let exchanges: SQL = """
    select concat_ws(' ', coalesce(n.sale_id, e.sale_id)) as place
    from (select n.sale_id, n.replaces_sale_id, n.replaces_position, s.sold_at, s.seller_id
          from sale_lines n join sales s on s.id = n.sale_id where n.replaces_sale_id is not null) n
    full join (select e.sale_id, l.sale_id as replaces_sale_id, l.position as replaces_position, e.ended_at, e.ended_by,
                      e.refund_id
               from after_sales_ends e join after_sales_cases c using (device_id, ordinal)
               join sale_lines l on l.device_id = c.device_id and l.stay_ordinal = c.stay_ordinal
               where e.kind = 'exchanged') e on e.sale_id = n.sale_id
    where (n.replaces_sale_id, n.replaces_position, n.sold_at, n.seller_id, null::uuid)
        is distinct from (e.replaces_sale_id, e.replaces_position, e.ended_at, e.ended_by, e.refund_id)
    limit 1
    """

/// A machine that was refunded has no open case, and a case that a refund ended says when and by whom.
private let refundedCases: SQL = """
    select c.code as place
    from after_sales_cases c join sale_lines l on l.device_id = c.device_id and l.stay_ordinal = c.stay_ordinal
    join refund_lines b on b.sale_id = l.sale_id and b.position = l.position join refunds r on r.id = b.refund_id
    left join after_sales_ends e on e.device_id = c.device_id and e.ordinal = c.ordinal
    where e.kind is null
        or (e.kind = 'refunded' and (e.refund_id, e.ended_at, e.ended_by) is distinct from (r.id, r.refunded_at, r.seller_id))
    limit 1
    """

/// A code left with a line of its article, and says with whom it came back: free again, or disputed.
private let codeExits: SQL = """
    select concat_ws(' ', x.code_id, x.ordinal) as place
    from code_exits x left join sales s on s.id = x.sale_id
    left join sale_lines l on l.sale_id = x.sale_id and l.position = x.position
    left join recharge_codes c on c.id = x.code_id
    left join code_returns v on v.code_id = x.code_id and v.ordinal = x.ordinal
    left join code_disputes q on q.code_id = x.code_id and q.ordinal = x.ordinal
    left join refund_lines b on b.sale_id = x.sale_id and b.position = x.position and b.unit = x.unit
    left join refunds r on r.id = b.refund_id
    where (s.kind, s.sold_at, l.product_id) is distinct from (x.kind, x.left_at, c.product_id)
        or (x.unit <= l.quantity) is not true or x.previous_ordinal is distinct from nullif(x.ordinal - 1, 0)
        or num_nonnulls(v.code_id, q.code_id) <> num_nonnulls(b.refund_id)
        or (coalesce(v.refund_id, q.refund_id), coalesce(v.returned_at, q.disputed_at)) is distinct from (b.refund_id, r.refunded_at)
        or x.ordinal > 1 and not exists (
            select from code_returns p where p.code_id = x.code_id and p.ordinal = x.previous_ordinal)
    union all
    select concat_ws(' ', f.code_id, f.ordinal)
    from (select code_id, ordinal from code_returns union all select code_id, ordinal from code_disputes) f
    where not exists (select from code_exits x where x.code_id = f.code_id and x.ordinal = f.ordinal)
    limit 1
    """

/// A batch of codes came in when somebody approved it, as a whole, and nothing else came in so.
private let codeArrivals: SQL = """
    select coalesce(b.id, m.code_batch_id)::text as place
    from (select b.id, b.shop_id, b.product_id, b.units, e.ended_at, e.ended_by
          from code_batches b join code_batch_ends e on e.batch_id = b.id and e.kind = 'approved') b
    full join (select * from stock_movements where code_batch_id is not null or kind = 'codes') m on m.code_batch_id = b.id
    where (b.shop_id, b.product_id, b.units, b.ended_at, b.ended_by, 'codes')
        is distinct from (m.shop_id, m.product_id, m.units, m.moved_at, m.moved_by, m.kind)
    limit 1
    """

/// A drawer was closed over its own tickets, and what should have been in it is what they brought (P7).
private let drawerClosings: SQL = """
    select concat_ws(' ', 'drawer', c.till_id, c.ordinal) as place
    from closings c join drawers d using (till_id, ordinal)
    cross join lateral (
        select count(*) as tickets, coalesce(sum(s.value_cents) filter (where s.kind = 'sale'), 0) as sales,
               coalesce(sum(s.value_cents) filter (where s.kind = 'gift'), 0) as gifts
        from sales s where s.till_id = c.till_id and s.drawer_ordinal = c.ordinal) s
    cross join lateral (
        select count(*) as tickets, coalesce(sum(r.total_cents), 0) as cents,
               coalesce(sum(r.total_cents) filter (where r.means = 'cash'), 0) as cash,
               coalesce(sum(r.total_cents) filter (where r.means = 'card'), 0) as card,
               coalesce(sum(r.total_cents) filter (where r.means = 'cheque'), 0) as cheque
        from refunds r where r.till_id = c.till_id and r.drawer_ordinal = c.ordinal) r
    cross join lateral (
        select coalesce(sum(p.amount_cents) filter (where p.means = 'cash'), 0) as cash,
               coalesce(sum(p.amount_cents) filter (where p.means = 'card'), 0) as card,
               coalesce(sum(p.amount_cents) filter (where p.means = 'cheque'), 0) as cheque
        from sales o join payments p on p.sale_id = o.id
        where o.till_id = c.till_id and o.drawer_ordinal = c.ordinal) p
    cross join lateral (
        select coalesce(sum(v.amount_cents) filter (where v.kind = 'in'), 0) as moved_in,
               coalesce(sum(v.amount_cents) filter (where v.kind = 'out'), 0) as moved_out
        from cash_moves v where v.till_id = c.till_id and v.drawer_ordinal = c.ordinal) v
    where (c.tickets, c.sales_cents, c.gifts_cents, c.refunds_cents, c.cash_expected_cents, c.card_expected_cents,
           c.cheque_expected_cents, coalesce(c.moved_in_cents, 0), coalesce(c.moved_out_cents, 0))
        is distinct from (s.tickets + r.tickets, s.sales, s.gifts, r.cents, d.float_cents + p.cash - r.cash + v.moved_in - v.moved_out,
                          p.card - r.card, p.cheque - r.cheque, v.moved_in, v.moved_out)
    limit 1
    """

/// The articles that a closing counts are those of its tickets (X6).
private let drawerGoods: SQL = """
    select concat_ws(' ', 'drawer', c.till_id, c.ordinal) as place
    from closings c
    cross join lateral (
        select coalesce(jsonb_object_agg(g.product_id, array[g.sold, g.given, g.returned]), '{}') as goods
        from closing_goods g where g.till_id = c.till_id and g.ordinal = c.ordinal) told
    cross join lateral (
        select coalesce(jsonb_object_agg(g.product_id, array[g.sold, g.given, g.returned]), '{}') as goods
        from (\(goodsOf("s.till_id = c.till_id and s.drawer_ordinal = c.ordinal",
                       "r.till_id = c.till_id and r.drawer_ordinal = c.ordinal"))) g) moved
    where c.moved_in_cents is not null and told.goods <> moved.goods limit 1
    """

/// A day was closed over the tickets of its entries, and they are of its day.
private let dayClosings: SQL = """
    select concat_ws(' ', 'day', p.till_id, p.ends_on) as place
    from period_closings p
    cross join lateral (
        select count(*) filter (where s.kind = 'sale') as sales, count(*) filter (where s.kind = 'gift') as gifts,
               coalesce(sum(s.total_cents) filter (where s.kind = 'sale'), 0) as sales_cents,
               coalesce(sum(s.value_cents) filter (where s.kind = 'gift'), 0) as gifts_cents
        from sales s where s.chain_id = p.chain_id and s.position between p.first_position and p.last_position) s
    cross join lateral (
        select count(*) as refunds, coalesce(sum(r.total_cents), 0) as cents
        from refunds r where r.chain_id = p.chain_id and r.position between p.first_position and p.last_position) r
    where p.period = 'day' and (p.sales, p.gifts, p.refunds, p.sales_cents, p.gifts_cents, p.refunds_cents)
        is distinct from (s.sales, s.gifts, r.refunds, s.sales_cents, s.gifts_cents, r.cents)
    limit 1
    """

/// Everything in a drawer is of its day, since drawers are of a day: those that format 1 opened are of the day of their opening, and what
/// was sold in them past midnight bears its own.
private let ticketDays: SQL = """
    select concat_ws(' ', d.till_id, d.ordinal, d.business_on) as place
    from drawers d join journal_entries e on e.chain_id = d.chain_id and e.position = d.position
    where case when convert_from(substring(e.payload from 1 for 11), 'UTF8') = 'comptoir 1 '
        then d.business_on <> (d.opened_at at time zone 'Europe/Paris')::date
        else exists (select from sales s where s.till_id = d.till_id and s.drawer_ordinal = d.ordinal and s.business_on <> d.business_on)
          or exists (select from refunds r where r.till_id = d.till_id and r.drawer_ordinal = d.ordinal and r.business_on <> d.business_on)
        end
    limit 1
    """

/// Each closing goes on from the one before it, the first from the till's first entry: no entry is left out, and no total begins anew.
private let periodOrder: SQL = """
    select concat_ws(' ', period, till_id, ends_on) as place
    from (select p.*, lag(ends_on) over w as before_on, lag(last_position) over w as before_position,
                 lag(perpetual_cents) over w as before_cents, lag(perpetual_absolute_cents) over w as before_absolute
          from period_closings p window w as (partition by till_id, period order by ends_on)) p
    where previous_ends_on is distinct from before_on or first_position <> coalesce(before_position, 0) + 1
       or perpetual_cents <> coalesce(before_cents, 0) + sales_cents - refunds_cents
       or perpetual_absolute_cents <> coalesce(before_absolute, 0) + sales_cents + refunds_cents
    limit 1
    """

/// A month is its days, a year its months.
private let periodParts: SQL = """
    select concat_ws(' ', p.period, p.till_id, p.ends_on) as place
    from period_closings p
    cross join lateral (
        select coalesce(sum(d.sales), 0) as sales, coalesce(sum(d.gifts), 0) as gifts, coalesce(sum(d.refunds), 0) as refunds,
               coalesce(sum(d.sales_cents), 0) as sales_cents, coalesce(sum(d.gifts_cents), 0) as gifts_cents,
               coalesce(sum(d.refunds_cents), 0) as refunds_cents
        from period_closings d
        where d.till_id = p.till_id and d.period = case p.period when 'month' then 'day' else 'month' end
          and d.ends_on <= p.ends_on and (p.previous_ends_on is null or d.ends_on > p.previous_ends_on)) d
    where p.period <> 'day' and (p.sales, p.gifts, p.refunds, p.sales_cents, p.gifts_cents, p.refunds_cents)
        is distinct from (d.sales, d.gifts, d.refunds, d.sales_cents, d.gifts_cents, d.refunds_cents)
    limit 1
    """

/// What a day says of each rate of tax is what its lines say; what a month or a year says is what its parts do.
private let periodRates: SQL = """
    with said as (
        select p.till_id, p.period, p.ends_on, l.vat_regime, l.vat_rate_bp, l.person_cents as sold, 0 as back, l.vat_cents as vat
        from period_closings p
        join sales s on s.chain_id = p.chain_id and s.position between p.first_position and p.last_position and s.kind = 'sale'
        join sale_lines l on l.sale_id = s.id where p.period = 'day'
        union all
        select p.till_id, p.period, p.ends_on, l.vat_regime, l.vat_rate_bp, 0, b.amount_cents, -b.vat_cents
        from period_closings p
        join refunds r on r.chain_id = p.chain_id and r.position between p.first_position and p.last_position
        join sales s on s.id = r.sale_id and s.kind = 'sale' join refund_lines b on b.refund_id = r.id
        join sale_lines l on l.sale_id = b.sale_id and l.position = b.position where p.period = 'day'
        union all
        select p.till_id, p.period, p.ends_on, t.vat_regime, t.vat_rate_bp, t.sales_cents, t.refunds_cents, t.vat_cents
        from period_closings p join period_closing_rates t
            on t.till_id = p.till_id and t.period = case p.period when 'month' then 'day' else 'month' end
            and t.ends_on <= p.ends_on and (p.previous_ends_on is null or t.ends_on > p.previous_ends_on)
        where p.period <> 'day')
    select concat_ws(' ', coalesce(s.period, t.period), coalesce(s.till_id, t.till_id), coalesce(s.ends_on, t.ends_on)) as place
    from (select till_id, period, ends_on, vat_regime, vat_rate_bp, sum(sold) as sold, sum(back) as back, sum(vat) as vat
          from said group by 1, 2, 3, 4, 5) s
    full join period_closing_rates t using (till_id, period, ends_on, vat_regime, vat_rate_bp)
    where (s.sold, s.back, s.vat) is distinct from (t.sales_cents, t.refunds_cents, t.vat_cents) limit 1
    """

/// The same of means of payment.
private let periodMeans: SQL = """
    with said as (
        select p.till_id, p.period, p.ends_on, y.means, y.amount_cents as paid, 0 as back
        from period_closings p
        join sales s on s.chain_id = p.chain_id and s.position between p.first_position and p.last_position
        join payments y on y.sale_id = s.id where p.period = 'day'
        union all
        select p.till_id, p.period, p.ends_on, r.means, 0, r.total_cents
        from period_closings p
        join refunds r on r.chain_id = p.chain_id and r.position between p.first_position and p.last_position
        where p.period = 'day' and r.means <> 'none'
        union all
        select p.till_id, p.period, p.ends_on, t.means, t.in_cents, t.out_cents
        from period_closings p join period_closing_means t
            on t.till_id = p.till_id and t.period = case p.period when 'month' then 'day' else 'month' end
            and t.ends_on <= p.ends_on and (p.previous_ends_on is null or t.ends_on > p.previous_ends_on)
        where p.period <> 'day')
    select concat_ws(' ', coalesce(s.period, t.period), coalesce(s.till_id, t.till_id), coalesce(s.ends_on, t.ends_on)) as place
    from (select till_id, period, ends_on, means, sum(paid) as paid, sum(back) as back from said group by 1, 2, 3, 4) s
    full join period_closing_means t using (till_id, period, ends_on, means)
    where (s.paid, s.back) is distinct from (t.in_cents, t.out_cents) limit 1
    """

/// A drawer's total goes on from the one before, and what it began with is what was counted then and what was carried since.
private let drawerOrder: SQL = """
    select concat_ws(' ', 'drawer', d.till_id, d.ordinal) as place
    from drawers d left join closings c using (till_id, ordinal)
    left join closings b on b.till_id = d.till_id and b.ordinal = d.previous_ordinal
    cross join lateral (
        select coalesce(sum(s.total_cents), 0) as cents from sales s where s.till_id = d.till_id and s.drawer_ordinal = d.ordinal) s
    where c.perpetual_cents <> coalesce(b.perpetual_cents, 0) + s.cents
       or d.carried_cents <> d.float_cents - coalesce(b.cash_counted_cents, 0)
    limit 1
    """
