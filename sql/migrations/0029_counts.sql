-- Counts of what stands in a shop, blind and by several people while selling goes on, and applied by a second person.

create table counts (
    id               uuid primary key,
    code             text not null check (code ~ '^[A-Z]{2}IN[0-9]{2}-[0-9]{4,5}$'),
    shop_id          uuid not null references shops (id) on delete restrict,
    ordinal          int not null check (ordinal > 0),
    previous_ordinal int,                   -- absent: the first of the shop
    scope            text not null check (scope in ('all', 'shelf')),
    opened_at        timestamptz not null,
    opened_by        uuid not null references users (id) on delete restrict,
    lock_marker      smallint not null default 0,
    constraint counts_code_names_one_count unique (code),
    constraint counts_are_one_at_a_time unique (shop_id, ordinal),
    unique (id, shop_id, ordinal),
    check ((ordinal = 1 and previous_ordinal is null) or previous_ordinal = ordinal - 1)
);

-- What stood there when the count was opened. Nobody sees it before counting stops.
create table count_expected (
    count_id  uuid not null references counts (id) on delete restrict,
    device_id uuid not null references devices (id) on delete restrict,
    primary key (count_id, device_id)
);

create table count_scans (
    count_id   uuid not null references counts (id) on delete restrict,
    device_id  uuid not null references devices (id) on delete restrict,
    stood_here boolean not null,            -- as the stock said when it was scanned
    scanned_at timestamptz not null,
    scanned_by uuid not null references users (id) on delete restrict,
    primary key (count_id, device_id)
);

-- Codes that are the label of no machine.
create table count_strays (
    count_id   uuid not null references counts (id) on delete restrict,
    scanned    text not null check (length(scanned) between 1 and 40),
    scanned_at timestamptz not null,
    scanned_by uuid not null references users (id) on delete restrict,
    primary key (count_id, scanned)
);

-- Articles, by whoever counted some: their last number stands, and the numbers of all are added.
create table count_units (
    count_id   uuid not null references counts (id) on delete restrict,
    product_id uuid not null references products (id) on delete restrict,
    counted_by uuid not null references users (id) on delete restrict,
    ordinal    int not null check (ordinal > 0),
    units      int not null check (units between 0 and 100000),
    counted_at timestamptz not null,
    primary key (count_id, product_id, counted_by, ordinal)
);

-- Counting stops, and the differences are seen. What is found afterwards is still scanned.
create table count_closings (
    count_id  uuid not null references counts (id) on delete restrict,
    closed_at timestamptz not null,
    closed_by uuid not null references users (id) on delete restrict,
    constraint count_closings_happen_once primary key (count_id),
    unique (count_id, closed_by)
);

create table count_ends (
    count_id  uuid not null,
    shop_id   uuid not null,
    ordinal   int not null,
    kind      text not null check (kind in ('applied', 'abandoned')),
    closed_by uuid,                         -- who stopped the counting, of one that is applied
    motive    text not null default '' check (length(motive) <= 500),
    ended_at  timestamptz not null,
    ended_by  uuid not null references users (id) on delete restrict,
    constraint count_ends_happen_once primary key (count_id),
    unique (shop_id, ordinal),
    foreign key (count_id, shop_id, ordinal) references counts (id, shop_id, ordinal) on delete restrict,
    foreign key (count_id, closed_by) references count_closings (count_id, closed_by) on delete restrict,
    check ((kind = 'applied') = (closed_by is not null) and (kind = 'abandoned') = (motive <> '')),
    constraint counts_need_a_second_person check (kind <> 'applied' or ended_by <> closed_by)
);
alter table counts add constraint counts_follow_an_end
    foreign key (shop_id, previous_ordinal) references count_ends (shop_id, ordinal) on delete restrict;

-- What a count did: machines lost or found again, units that were more or fewer.
alter table removals add column count_id uuid references counts (id) on delete restrict;
alter table removal_reversals add column count_id uuid references counts (id) on delete restrict;
alter table stock_movements add column count_id uuid references counts (id) on delete restrict,
    add constraint stock_movements_tell_their_count check ((kind = 'count') = (count_id is not null)) not valid;
create index removals_of_count on removals (count_id) where count_id is not null;
create index removal_reversals_of_count on removal_reversals (count_id) where count_id is not null;
create index stock_movements_of_count on stock_movements (count_id) where count_id is not null;
-- What moved since somebody counted is read by its instant.
drop index stock_movements_of_level;
create index stock_movements_of_level on stock_movements (shop_id, product_id, moved_at);

do $$
declare
    sealed text;
begin
    foreach sealed in array array['count_expected', 'count_scans', 'count_strays', 'count_units', 'count_closings', 'count_ends'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_edit()',
                       sealed || '_are_never_edited', sealed);
    end loop;
end $$;

-- Nothing is added to a count that is over. Scanning takes the row shared, so that scanners never wait for each other;
-- ending it takes it alone.
create function check_count_goes_on() returns trigger
    language plpgsql as $$
begin
    perform from counts where id = new.count_id for share;
    if exists (select from count_ends where count_id = new.count_id) then
        perform raise_gate('count_scans_end_with_the_count', 'the count is over');
    end if;
    -- Who sees the differences writes no number any more.
    if tg_table_name = 'count_units' and exists (select from count_closings where count_id = new.count_id) then
        perform raise_gate('count_units_come_before_the_closing', 'the counting was stopped');
    end if;
    return new;
end $$;
create constraint trigger count_scans_are_gated after insert on count_scans
    for each row execute function check_count_goes_on();
create constraint trigger count_strays_are_gated after insert on count_strays
    for each row execute function check_count_goes_on();
create constraint trigger count_units_are_gated after insert on count_units
    for each row execute function check_count_goes_on();
create constraint trigger count_closings_are_gated after insert on count_closings
    for each row execute function check_count_goes_on();
