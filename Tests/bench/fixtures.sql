-- A shop with a past: persons with a voucher each, machines on the shelf, and sales behind them.
-- psql -v persons=… -v history=… -v shelf=… -v head=… -f fixtures.sql, as the superuser, in the association's schema.
--
-- Every id is made from a number, so that load.c and pgbench can name the n-th voucher without reading it:
-- bench_id(kind, n) is 0190c0de-00KK-7000-8000-NNNNNNNNNNNN. `history` is a multiple of 1000. The heads of the
-- chains begin at `head`: at 0 what is sold from here on can be verified; far beyond the history, replay.py knows a position
-- when it sees one. Triggers and foreign keys rest while this loads
-- (it is set-up, not a sale); everything measured afterwards runs with all of them.
\set ON_ERROR_STOP on
set session_replication_role = replica;
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set client_min_messages = warning;

create or replace function bench_id(kind int, n bigint) returns uuid
    language sql immutable parallel safe
    return ('0190c0de-00' || lpad(kind::text, 2, '0') || '-7000-8000-' || lpad(n::text, 12, '0'))::uuid;

-- 12 digits, the last a Luhn check digit, as on paper.
create or replace function bench_voucher_code(n bigint) returns text
    language sql immutable parallel safe
    return (select digits || (10 - sum(case when i % 2 = 1 then (d * 2) / 10 + (d * 2) % 10 else d end) % 10) % 10
            from (select '9' || lpad(n::text, 10, '0') as digits) c,
                 lateral (select i, substr(digits, 12 - i, 1)::int as d from generate_series(1, 11) i) s
            group by digits);

-- Digits and letters that no keyboard layout moves.
create or replace function bench_code(n bigint, length int) returns text
    language sql immutable parallel safe
    return (select string_agg(substr('23456789BCDFGHJKLNPRSTVX', (n / (24 ^ i)::bigint % 24)::int + 1, 1), '' order by i desc)
            from generate_series(0, length - 1) i);

-- A name that one can say, out of 64,000; neighbours do not look alike.
create or replace function bench_name(n bigint) returns text
    language sql immutable parallel safe
    return (select initcap(string_agg((array['ba','be','bi','bo','ca','chi','cou','da','de','dou','fa','fi','ga','gui','ha','ja',
                'ka','la','le','lou','ma','me','mi','mou','na','ni','no','pa','pe','pi','ra','re','rou','sa','si','ta','ti','va','vi','za'])
                [(n * 7919 / (40 ^ i)::bigint % 40)::int + 1], '' order by i)) from generate_series(0, 2) i);

-- Indexes that hold no constraint are built after the load, in a third of the time.
create temporary table later as
select format('drop index %I', i.relname) as off, pg_get_indexdef(i.oid) as again
from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
where t.relnamespace = 'comptoir'::regnamespace and not x.indisunique;
select off from later \gexec

create temporary table bench as
select (select id from shops order by code limit 1) as shop_id,
       (select u.id from users u join user_roles r on r.user_id = u.id and r.ended_at is null
        order by r.role = 'volunteer_seller' desc, u.login limit 1) as user_id,
       (select id from products where kind = 'device' and device_kind = 'laptop' order by code limit 1) as laptop_id,
       (select id from products where kind = 'recharge' order by code limit 1) as recharge_id;

insert into tills (id, shop_id, code, name, opened_at)
select bench_id(1, n), shop_id, 'BE' || n, 'Caisse ' || n, '2015-01-01' from bench, generate_series(1, 20) n
on conflict do nothing;

insert into chain_heads (id, till_id, training, position, hash, last_at, drawer_ordinal, sale_number, refund_number,
                         gift_number, duplicate_number, closing_number, event_number, archive_number)
select bench_id(2, n), bench_id(1, n), false, :head, decode(repeat('00', 32), 'hex'), '2024-06-01', :history / 1000, :head, 0, 0, 0, 0, 0, 0
from generate_series(1, 20) n
on conflict do nothing;

insert into structures (id, name, kind, agreement_starts_on, recorded_at)
select bench_id(3, n), 'Structure ' || n, 'association', '2015-01-01', '2015-01-01' from generate_series(1, 200) n;
insert into prescribers (id, structure_id, name, recorded_at)
select bench_id(4, n), bench_id(3, n), 'Prescripteur ' || n, '2015-01-01' from generate_series(1, 200) n;

insert into households (id, recorded_at) select bench_id(5, n), '2015-01-01' from generate_series(1, :persons) n;
insert into persons (id, code, recorded_at)
select bench_id(6, n), 'P-' || bench_code(n + 100000000, 6), '2015-01-01' from generate_series(1, :persons) n;
insert into identities (person_id, given_name, family_name)
select bench_id(6, n), bench_name(n * 31 + 17), bench_name(n) || case when n % 9 = 0 then '-' || bench_name(n * 13 + 5) else '' end
from generate_series(1, :persons) n;
insert into person_facts (person_id, starts_on, recorded_at, birth_year, quarter, structure_id)
select bench_id(6, n), '2015-01-01', '2015-01-01', 1950 + n % 55, '', bench_id(3, n % 200 + 1) from generate_series(1, :persons) n;
insert into household_members (id, household_id, person_id, joined_on, recorded_at)
select bench_id(7, n), bench_id(5, n), bench_id(6, n), '2015-01-01', '2015-01-01' from generate_series(1, :persons) n;
insert into vouchers (id, code, structure_id, prescriber_id, household_size, signed_on, valid_until, original_kept,
                      signature_seen, recorded_at, recorded_by)
select bench_id(8, n), bench_voucher_code(n), bench_id(3, n % 200 + 1), bench_id(4, n % 200 + 1), n % 6 + 1,
       current_date - 3, current_date + 90, true, true, now() - interval '3 days', user_id
from bench, generate_series(1, :persons) n;
insert into voucher_persons (voucher_id, person_id) select bench_id(8, n), bench_id(6, n) from generate_series(1, :persons) n;
insert into rights (id, voucher_id, category, starts_on, ends_on, uses_max, recorded_at)
select bench_id(9, n), bench_id(8, n), 'equipment', current_date - 3, current_date + 90, 1, now() - interval '3 days'
from generate_series(1, :persons) n;
insert into rights (id, voucher_id, category, starts_on, ends_on, uses_max, recorded_at)
select bench_id(10, n), bench_id(8, n), 'connection', current_date - 3, current_date + 90, null, now() - interval '3 days'
from generate_series(1, :persons) n;

-- Machines 1 to history were sold; the next ones stand on the shelf.
insert into devices (id, label, shop_id, kind, maker, model, serial, identity, chassis, processor, memory_mb,
                     from_public_body, recorded_at, recorded_by)
select bench_id(11, n), 'ZZPC' || lpad((n / 90000)::text, 2, '0') || '-' || (n % 90000 + 10000), shop_id, 'laptop',
       'LENOVO', 'ThinkPad T430', 'BE' || n, 'lenovo/thinkpad t430/be' || n, 'Notebook', 'Intel Core i5-3320M', 8192, false,
       '2015-01-01', user_id
from bench, generate_series(1, :history + :shelf) n;
insert into device_disks (id, device_id, kind, size_gb, serial, fitted_at)
select bench_id(12, n), bench_id(11, n), 'ssd', 256, 'SSD' || n, '2015-01-01' from generate_series(:history + 1, :history + :shelf) n;
insert into erasures (id, disk_id, disk_serial, unit_serial, method, level, tool, verified, erased_at, recorded_at, recorded_by)
select bench_id(13, n), bench_id(12, n), 'SSD' || n, 'BE' || n, 'secure_erase', 'purge', 'nwipe', true, now() - interval '30 days',
       now() - interval '30 days', user_id
from bench, generate_series(:history + 1, :history + :shelf) n;
insert into inspections (id, device_id, device_kind, list_starts_on, inspected_at, recorded_at, recorded_by)
select bench_id(14, n), bench_id(11, n), 'laptop', inspection_list_on('laptop', current_date), now() - interval '29 days', now() - interval '29 days', user_id
from bench, generate_series(:history + 1, :history + :shelf) n;
insert into inspection_results (inspection_id, device_kind, list_starts_on, item, passed)
select bench_id(14, n), device_kind, starts_on, item, true
from generate_series(:history + 1, :history + :shelf) n, inspection_list_items
where device_kind = 'laptop' and starts_on = inspection_list_on('laptop', current_date);
insert into gradings (device_id, ordinal, set_code, set_starts_on, processor_mark, memory_mb, weight, disk_points, total, cap_below,
                      cap_storage, computed, given, graded_at, recorded_by)
select bench_id(11, n), 1, 'pc-2025-06', '2025-06-01', 3000, 8192, 0, 3, 8, 3500, 'flash', 'b', 'b', now() - interval '29 days', user_id
from bench, generate_series(:history + 1, :history + :shelf) n;
insert into grading_parts (device_id, ordinal, position, part, amount, points)
select bench_id(11, n), 1, position, part, amount, points
from generate_series(:history + 1, :history + :shelf) n,
     (values (1, 'processor', 3000, 2), (2, 'memory', 8, 3), (3, 'ssd', 256, 3)) p (position, part, amount, points);
insert into stays (device_id, ordinal, previous_ordinal, shop_id, grade, price_cents, shelved_at, shelved_by)
select bench_id(11, n), 1, null, shop_id, 'b', 14900, now() - interval '28 days', user_id
from bench, generate_series(1, :history + :shelf) n;

-- The sales behind: a machine each, spread over 2015 to mid-2024, so that no quota of today counts them.
insert into claims (key, verb, input_hash, user_id, till_id, claimed_at, result)
select bench_id(15, n), 'sell', sha256(n::text::bytea), user_id, bench_id(1, (n - 1) % 20 + 1), '2015-01-01'::timestamptz + n * interval '290 seconds',
       jsonb_build_object('sale', bench_id(16, n), 'number', (n - 1) / 20 + 1)
from bench, generate_series(1, :history) n;
insert into journal_keys (id, public_key, starts_at) values ('00000000000bench', '\x00', '2015-01-01') on conflict do nothing;
insert into journal_entries (chain_id, position, kind, number, happened_at, payload, previous_hash, hash, key_id, signature)
select bench_id(2, (n - 1) % 20 + 1), (n - 1) / 20 + 1, 'sale', (n - 1) / 20 + 1, '2015-01-01'::timestamptz + n * interval '290 seconds',
       convert_to(repeat(md5(n::text), 20), 'utf8'), sha256(n::text::bytea), sha256((n + 1)::text::bytea), '00000000000bench',
       sha256(n::text::bytea) || sha256((n + 1)::text::bytea)
from generate_series(1, :history) n;
-- Fifty sales a day at each till.
insert into drawers (till_id, ordinal, previous_ordinal, training, float_cents, opened_at, opened_by, business_on, chain_id, position)
select bench_id(1, t), d, nullif(d - 1, 0), false, 5000, '2015-01-01'::timestamptz + d * interval '80 hours', user_id,
       ('2015-01-01'::timestamptz + d * interval '80 hours')::date, bench_id(2, t), (d - 1) * 50 + 1
from bench, generate_series(1, 20) t, generate_series(1, :history / 1000) d;
insert into closings (till_id, ordinal, cash_expected_cents, cash_counted_cents, card_expected_cents, card_counted_cents,
                      cheque_expected_cents, cheque_counted_cents, tickets, sales_cents, refunds_cents, gifts_cents,
                      perpetual_cents, closed_at, closed_by, chain_id, position)
select bench_id(1, t), d, 750000, 750000, 0, 0, 0, 0, 50, 745000, 0, 0, d * 745000, '2015-01-01'::timestamptz + d * interval '80 hours',
       user_id, bench_id(2, t), d * 50
from bench, generate_series(1, 20) t, generate_series(1, :history / 1000) d;
insert into sales (id, key, kind, till_id, shop_id, drawer_ordinal, chain_id, position, number, sold_at, business_on, seller_id,
                   operator, person_id, household_id, total_cents, value_cents, vat_cents, line_count, software)
select bench_id(16, n), bench_id(15, n), 'sale', bench_id(1, (n - 1) % 20 + 1), shop_id, (n - 1) / 1000 + 1, bench_id(2, (n - 1) % 20 + 1), (n - 1) / 20 + 1, (n - 1) / 20 + 1,
       '2015-01-01'::timestamptz + n * interval '290 seconds', ('2015-01-01'::timestamptz + n * interval '290 seconds')::date, user_id,
       'B1', bench_id(6, (n - 1) % :persons + 1), bench_id(5, (n - 1) % :persons + 1), 14900, 14900, 0, 1, 'bench'
from bench, generate_series(1, :history) n;
insert into sale_lines (sale_id, position, product_id, device_id, stay_ordinal, description, quantity, unit_price_cents, value_cents,
                        person_cents, programme_cents, vat_regime, vat_rate_bp, vat_cents, right_id)
select bench_id(16, n), 1, laptop_id, bench_id(11, n), 1, 'LENOVO ThinkPad T430', 1, 14900, 14900, 14900, 0, 'exempt_261_7', 0, 0,
       bench_id(9, (n - 1) % :persons + 1)
from bench, generate_series(1, :history) n;
insert into payments (sale_id, position, means, amount_cents, tendered_cents, change_cents)
select bench_id(16, n), 1, 'cash', 14900, 14900, 0 from generate_series(1, :history) n;
-- Under a right of an older voucher: the voucher of today has not been used.
insert into uses (sale_id, position, right_id, person_id, household_id, category, device_kind, origin, exit_kind, shop_id,
                  structure_id, units, cents, used_on)
select bench_id(16, n), 1, bench_id(17, n), bench_id(6, (n - 1) % :persons + 1), bench_id(5, (n - 1) % :persons + 1), 'equipment',
       'laptop', 'voucher', 'sale', shop_id, bench_id(3, ((n - 1) % :persons + 1) % 200 + 1), 1, 14900, ('2015-01-01'::timestamptz + n * interval '290 seconds')::date
from bench, generate_series(1, :history) n;
insert into exits (device_id, ordinal, kind, left_at, sale_id)
select bench_id(11, n), 1, 'sale', '2015-01-01'::timestamptz + n * interval '290 seconds', bench_id(16, n)
from generate_series(1, :history) n;

insert into waiting_devices (device_id, on_shelf) select bench_id(11, n), true from generate_series(:history + 1, :history + :shelf) n;

insert into stock_movements (id, shop_id, product_id, units, kind, moved_at, moved_by)
select bench_id(18, 1), shop_id, recharge_id, 1000000, 'receipt', '2015-01-01', user_id from bench;
insert into stock_levels (shop_id, product_id, free) select shop_id, recharge_id, 1000000 from bench
on conflict (shop_id, product_id) do update set free = stock_levels.free + excluded.free;

select again from later \gexec
set session_replication_role = origin;
vacuum analyze;
