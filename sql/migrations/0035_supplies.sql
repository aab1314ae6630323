-- What is kept by quantity: from how few on it is told to be low, what was ordered, and what of it goes with a machine.

-- From how few units on an article is low in a shop. The last row holds.
create table stock_thresholds (
    id         uuid primary key,
    shop_id    uuid not null references shops (id) on delete restrict,
    product_id uuid not null references products (id) on delete restrict,
    units      int check (units between 0 and 100000),  -- absent: from here on nothing is told
    set_at     timestamptz not null,
    set_by     uuid not null references users (id) on delete restrict
);
create index stock_thresholds_of_level on stock_thresholds (shop_id, product_id, set_at desc, id desc);
create trigger stock_thresholds_are_never_edited before update or delete or truncate on stock_thresholds
    for each statement execute function refuse_edit();

-- What was ordered of somebody, and is expected. `LICM26-0001` is the first order of Lille in 2026.
alter table label_counters drop constraint label_counters_prefix_check,
    add constraint label_counters_prefix_check check (prefix ~ '^[A-Z]{2}(PC|TA|SM|TE|EC|LO|TR|IN|AV|CM)[0-9]{2}$');
create table orders (
    id          uuid primary key,
    code        text not null check (code ~ '^[A-Z]{2}CM[0-9]{2}-[0-9]{4,5}$'),
    shop_id     uuid not null references shops (id) on delete restrict,
    supplier    text not null check (length(supplier) between 1 and 200),
    reference   text not null default '' check (length(reference) <= 100),     -- the supplier's
    expected_on date not null,
    ordered_at  timestamptz not null,
    ordered_by  uuid not null references users (id) on delete restrict,
    lock_marker smallint not null default 0,
    constraint orders_code_names_one_order unique (code)
);
create index orders_of_shop on orders (shop_id, id desc);

create table order_lines (
    order_id   uuid not null references orders (id) on delete restrict,
    product_id uuid not null references products (id) on delete restrict,
    units      int not null check (units between 1 and 100000),
    primary key (order_id, product_id)
);
create index order_lines_of_product on order_lines (product_id, order_id);

-- What came of it, one delivery after another; each moves the stock.
create table order_receipts (
    order_id    uuid not null references orders (id) on delete restrict,
    ordinal     int not null check (ordinal > 0),
    received_at timestamptz not null,
    received_by uuid not null references users (id) on delete restrict,
    constraint order_receipts_are_one_by_one primary key (order_id, ordinal)
);

create table order_receipt_lines (
    order_id   uuid not null,
    ordinal    int not null,
    product_id uuid not null,
    units      int not null check (units between 1 and 100000),
    primary key (order_id, product_id, ordinal),
    foreign key (order_id, ordinal) references order_receipts (order_id, ordinal) on delete restrict,
    foreign key (order_id, product_id) references order_lines (order_id, product_id) on delete restrict
);

-- Nothing more is expected: all of it came, the rest never will, or none of it.
create table order_ends (
    order_id uuid not null references orders (id) on delete restrict,
    kind     text not null check (kind in ('complete', 'short', 'cancelled')),
    motive   text not null default '' check (length(motive) <= 500),
    ended_at timestamptz not null,
    ended_by uuid not null references users (id) on delete restrict,
    constraint order_ends_happen_once primary key (order_id),
    check ((kind = 'complete') = (motive = ''))
);

alter table stock_movements add column order_id uuid references orders (id) on delete restrict,
    add check (order_id is null or kind = 'receipt');
create index stock_movements_of_order on stock_movements (order_id) where order_id is not null;

do $$
declare
    sealed text;
begin
    foreach sealed in array array['order_lines', 'order_receipts', 'order_receipt_lines', 'order_ends'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_edit()',
                       sealed || '_are_never_edited', sealed);
    end loop;
end $$;

-- What of an article of an order came so far.
create function received_of(an_order uuid, article uuid) returns int
    language plpgsql stable as $$
begin
    return (select coalesce(sum(units), 0)::int from order_receipt_lines where order_id = an_order and product_id = article);
end $$;

-- Nothing comes of an order that is over, and how it ended is how it went.
create function check_order() returns trigger
    language plpgsql as $$
begin
    perform from orders where id = new.order_id for no key update;
    if tg_table_name = 'order_receipts' then
        if exists (select from order_ends where order_id = new.order_id) then
            perform raise_gate('order_receipts_come_before_the_end', 'the order is over');
        end if;
        return new;
    end if;
    if new.kind is distinct from (case
        when not exists (select from order_lines l
                         where l.order_id = new.order_id and received_of(l.order_id, l.product_id) < l.units) then 'complete'
        when exists (select from order_receipts where order_id = new.order_id) then 'short'
        else 'cancelled' end) then
        perform raise_gate('order_ends_say_what_came', 'an order ends as what came of it says');
    end if;
    return new;
end $$;
create constraint trigger order_receipts_are_gated after insert on order_receipts
    for each row execute function check_order();
create constraint trigger order_ends_are_gated after insert on order_ends
    for each row execute function check_order();

-- What goes with a machine of a kind, from a day on. A kit without parts asks for none. A machine that a public body gave is
-- sold in working order with its charger (CG3P L.3212-2, decree of 7 November 2022).
create table kits (
    device_kind text not null check (device_kind in ('laptop', 'desktop', 'all_in_one', 'tablet', 'smartphone', 'screen', 'other')),
    starts_on   date not null,
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,     -- absent: it came with the installation
    constraint kits_change_once_a_day primary key (device_kind, starts_on)
);

create table kit_parts (
    device_kind text not null,
    starts_on   date not null,
    product_id  uuid not null references products (id) on delete restrict,
    primary key (device_kind, starts_on, product_id),
    foreign key (device_kind, starts_on) references kits (device_kind, starts_on) on delete restrict
);

-- Which parts are with a machine: somebody looked, and took from the stock what they put with it.
create table kit_checks (
    device_id  uuid not null references devices (id) on delete restrict,
    ordinal    int not null check (ordinal > 0),
    shop_id    uuid not null references shops (id) on delete restrict,
    checked_at timestamptz not null,
    checked_by uuid not null references users (id) on delete restrict,
    constraint kit_checks_are_one_by_one primary key (device_id, ordinal)
);

create table kit_check_parts (
    device_id  uuid not null,
    ordinal    int not null,
    product_id uuid not null references products (id) on delete restrict,
    found      text not null check (found in ('present', 'stock', 'missing')),
    primary key (device_id, ordinal, product_id),
    foreign key (device_id, ordinal) references kit_checks (device_id, ordinal) on delete restrict
);

alter table stock_movements drop constraint stock_movements_kind_check,
    add constraint stock_movements_kind_check
        check (kind in ('receipt', 'sale', 'gift', 'refund', 'transfer', 'loss', 'count', 'kit'));
alter table stock_movements add column kit_device_id uuid, add column kit_ordinal int,
    add constraint stock_movements_tell_their_kit
        check ((kind = 'kit') = (kit_device_id is not null) and (kit_device_id is null) = (kit_ordinal is null)) not valid,
    add constraint stock_movements_of_a_kit_take_one check (kind <> 'kit' or units = -1) not valid,
    add constraint stock_movements_take_a_part_once unique (kit_device_id, kit_ordinal, product_id),
    add foreign key (kit_device_id, kit_ordinal, product_id)
        references kit_check_parts (device_id, ordinal, product_id) on delete restrict;
create index stock_movements_of_kit on stock_movements (kit_device_id) where kit_device_id is not null;

do $$
declare
    sealed text;
begin
    foreach sealed in array array['kits', 'kit_parts', 'kit_checks', 'kit_check_parts'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_edit()',
                       sealed || '_are_never_edited', sealed);
    end loop;
end $$;

-- The rule that is in force for a kind on a day; null where it has none.
create function kit_on(kind text, day date) returns date
    language plpgsql stable as $$
begin
    return (select max(starts_on) from kits where device_kind = kind and starts_on <= day);
end $$;

-- The first part of the kit in force on `day` that the last look between `since` and `until` did not find with the machine;
-- null where none is missing.
create function missing_part(machine uuid, day date, since timestamptz, until timestamptz default 'infinity') returns uuid
    language plpgsql stable as $$
begin
    return (select p.product_id
            from devices d
            join kit_parts p on p.device_kind = d.kind and p.starts_on = kit_on(d.kind, day)
            join products g on g.id = p.product_id
            where d.id = machine and not exists (
                select from kit_check_parts c
                where c.device_id = d.id and c.product_id = p.product_id and c.found <> 'missing' and c.ordinal = (
                    select max(k.ordinal) from kit_checks k
                    where k.device_id = d.id and k.checked_at > since and k.checked_at <= until))
            order by g.code limit 1);
end $$;

-- A machine goes on the shelf with what belongs to it. One whose price alone changed stood there already.
create function check_kit() returns trigger
    language plpgsql as $$
begin
    if not exists (select from exits where device_id = new.device_id and ordinal = new.previous_ordinal and kind = 'repricing')
       and missing_part(new.device_id, paris_day(new.shelved_at), here_since(new.device_id, new.ordinal), new.shelved_at)
           is not null then
        perform raise_gate('stays_need_their_kit', 'a part of the kit is not with the machine');
    end if;
    return new;
end $$;
create constraint trigger stays_are_whole after insert on stays
    for each row execute function check_kit();

-- What goes with what, in an installation that was set up before.
insert into products (id, code, kind, name_fr, name_en, recorded_at)
select gen_random_uuid(), a.code, 'accessory', a.name_fr, a.name_en, now()
from (values ('laptop-charger', 'Chargeur d’ordinateur portable', 'Laptop charger'), ('usb-charger', 'Chargeur USB', 'USB charger'),
             ('power-cable', 'Câble d’alimentation', 'Power cable'), ('keyboard', 'Clavier', 'Keyboard'), ('mouse', 'Souris', 'Mouse')) a (code, name_fr, name_en)
where exists (select from dated_numbers)
on conflict do nothing;
insert into kits (device_kind, starts_on, recorded_at)
select k.kind, date '2000-01-01', now()
from (values ('laptop'), ('desktop'), ('all_in_one'), ('tablet'), ('smartphone')) k (kind)
where exists (select from dated_numbers);
insert into kit_parts (device_kind, starts_on, product_id)
select k.kind, date '2000-01-01', p.id
from (values ('laptop', 'laptop-charger'), ('desktop', 'power-cable'), ('desktop', 'keyboard'), ('desktop', 'mouse'),
             ('all_in_one', 'power-cable'), ('all_in_one', 'keyboard'), ('all_in_one', 'mouse'), ('tablet', 'usb-charger'),
             ('smartphone', 'usb-charger')) k (kind, code)
join products p on p.code = k.code and p.kind = 'accessory'
where exists (select from dated_numbers);
