-- Machines, one by one, and what is counted by quantity.

create table products (
    id          uuid primary key,
    code        text not null check (code ~ '^[a-z0-9-]{2,40}$'),
    kind        text not null check (kind in ('device', 'recharge', 'sim', 'accessory')),
    device_kind text check (device_kind in ('laptop', 'desktop', 'all_in_one', 'tablet', 'smartphone', 'screen', 'other')),
    category    text check (category in ('equipment', 'connection')),   -- absent: sold without a right
    name_fr     text not null check (length(name_fr) between 1 and 200),
    name_en     text not null check (length(name_en) between 1 and 200),
    operator    text not null default '',   -- who carries the recharge: SFR
    recorded_at timestamptz not null,
    constraint products_code_names_one_product unique (code),
    check ((kind = 'device') = (device_kind is not null)),
    check (kind = 'accessory' or category is not null)
);

-- Price, gigabytes and days from a day on. A line of sale freezes what it applied.
create table offers (
    product_id  uuid not null references products (id) on delete restrict,
    starts_on   date not null,
    price_cents bigint check (price_cents between 0 and 100000000),     -- absent: no longer sold
    volume_mb   int check (volume_mb > 0),
    valid_days  int check (valid_days > 0),
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,
    constraint offers_change_once_a_day primary key (product_id, starts_on)
);

-- What the law lets a shop ask for a machine that a public body gave (CG3P L.3212-2, decree of 7 November 2022).
create table price_ceilings (
    device_kind text not null,
    starts_on   date not null,
    cents_max   bigint not null check (cents_max >= 0),
    recorded_at timestamptz not null,
    primary key (device_kind, starts_on)
);

create table devices (
    id               uuid primary key,
    label            text not null check (label ~ '^[A-Z]{2}(PC|TA|SM|TE|EC)[0-9]{2}-[0-9]{4,5}$'),
    shop_id          uuid not null references shops (id) on delete restrict,    -- who took it in; where it stands is its stay
    kind             text not null check (kind in ('laptop', 'desktop', 'all_in_one', 'tablet', 'smartphone', 'screen', 'other')),
    maker            text not null,
    model            text not null,
    serial           text not null default '',      -- as read; empty when junk
    identity         text,                          -- maker, model and serial, normalised; absent without a true serial
    chassis          text not null default '',
    processor        text not null default '',
    memory_mb        int check (memory_mb > 0),
    battery_percent  int check (battery_percent between 0 and 100),
    screen           text not null default '',
    from_public_body boolean not null,
    recorded_at      timestamptz not null,
    recorded_by      uuid not null references users (id) on delete restrict,
    lock_marker      smallint not null default 0,
    search           text generated always as (fold(label || ' ' || maker || ' ' || model || ' ' || serial)) stored,
    constraint devices_label_names_one_device unique (label),
    constraint devices_serial_names_one_device unique (identity)
);
create index devices_of_shop on devices (shop_id);
create index devices_by_search on devices using gin (search gin_trgm_ops);

-- What tools said of a machine, each time it came in: the first made it, later ones found it known.
create table hardware_files (
    id          uuid primary key,
    device_id   uuid not null references devices (id) on delete restrict,
    sha256      bytea not null check (length(sha256) = 32),
    name        text not null check (length(name) <= 300),
    format      text not null,
    document    bytea not null,             -- as it came: what we do not read today is there tomorrow
    imported_at timestamptz not null,
    imported_by uuid not null references users (id) on delete restrict,
    constraint hardware_files_are_kept_once unique (sha256)
);
create index hardware_files_of_device on hardware_files (device_id);

-- Numbers on labels, a shop and a year a row; locked while the next one is taken.
create table label_counters (
    prefix text primary key check (prefix ~ '^[A-Z]{2}(PC|TA|SM|TE|EC)[0-9]{2}$'),
    last   int not null check (last between 0 and 99999)
);

create table device_disks (
    id          uuid primary key,
    device_id   uuid not null references devices (id) on delete restrict,
    kind        text not null check (kind in ('hdd', 'ssd', 'nvme', 'unknown')),
    size_gb     int not null check (size_gb >= 0),
    serial      text not null default '',
    fitted_at   timestamptz not null,
    removed_at  timestamptz                 -- absent: in the machine
);
create index device_disks_of_device on device_disks (device_id) where removed_at is null;

create table erasures (
    id           uuid primary key,
    disk_id      uuid not null references device_disks (id) on delete restrict,
    disk_serial  text not null,
    unit_serial  text not null,
    method       text not null check (method in ('overwrite', 'secure_erase', 'crypto_erase', 'block_erase', 'destruction')),
    level        text not null check (level in ('clear', 'purge', 'destroy')),
    tool         text not null check (length(tool) between 1 and 100),
    tool_version text not null default '',
    verified     boolean not null,
    file_sha256  bytea,                     -- absent: certificate on paper
    erased_at    timestamptz not null,
    recorded_at  timestamptz not null,
    recorded_by  uuid not null references users (id) on delete restrict
);
create index erasures_of_disk on erasures (disk_id, erased_at desc);

-- What must be tried on a machine of a kind before it may be called reconditionné.
create table inspection_items (
    device_kind text not null,
    item        text not null check (item ~ '^[a-z_]+$'),
    starts_on   date not null,
    ends_on     date,                       -- absent: still asked
    position    int not null,
    name_fr     text not null,
    name_en     text not null,
    primary key (device_kind, item, starts_on)
);

create table inspections (
    id           uuid primary key,
    device_id    uuid not null references devices (id) on delete restrict,
    inspected_at timestamptz not null,
    recorded_at  timestamptz not null,
    recorded_by  uuid not null references users (id) on delete restrict
);
create index inspections_of_device on inspections (device_id, inspected_at desc);

create table inspection_results (
    inspection_id uuid not null references inspections (id) on delete restrict,
    item          text not null,
    passed        boolean not null,
    primary key (inspection_id, item)
);

-- One stay on a shop's shelf. A machine that comes back begins a new one; each ends in one exit.
create table stays (
    device_id        uuid not null references devices (id) on delete restrict,
    ordinal          int not null check (ordinal > 0),
    previous_ordinal int,                   -- absent: the first
    shop_id          uuid not null references shops (id) on delete restrict,
    grade            text not null check (grade in ('premium', 'a', 'b', 'c', 'hc')),
    price_cents      bigint not null check (price_cents between 0 and 100000000),
    shelved_at       timestamptz not null,
    shelved_by       uuid not null references users (id) on delete restrict,
    constraint stays_are_open_once primary key (device_id, ordinal),
    check ((ordinal = 1 and previous_ordinal is null) or previous_ordinal = ordinal - 1)
);
create index stays_in_shop on stays (shop_id, device_id);

-- How a stay ended. Never edited: what comes back is a new stay.
create table exits (
    device_id uuid not null,
    ordinal   int not null,
    kind      text not null check (kind in ('sale', 'gift', 'transfer', 'after_sales', 'recycling', 'loss',
                                            'repricing', 'withdrawal')),    -- these two: it did not leave the shop
    left_at   timestamptz not null,
    sale_id   uuid,                         -- the ticket, when it left by one
    left_by   uuid references users (id) on delete restrict,    -- absent: the ticket says who
    motive    text not null default '' check (length(motive) <= 500),
    constraint exits_device_leaves_once primary key (device_id, ordinal),
    constraint exits_end_a_stay foreign key (device_id, ordinal) references stays (device_id, ordinal) on delete restrict,
    check ((kind in ('sale', 'gift')) = (sale_id is not null)),
    check (kind not in ('repricing', 'withdrawal') or left_by is not null)
);
create index exits_that_come_back on exits (device_id, ordinal) where kind in ('transfer', 'after_sales');
alter table stays add constraint stays_follow_an_exit
    foreign key (device_id, previous_ordinal) references exits (device_id, ordinal) on delete restrict;

create table reservations (
    id          uuid primary key,
    device_id   uuid not null references devices (id) on delete restrict,
    person_id   uuid not null references persons (id) on delete restrict,
    until_on    date not null,
    made_at     timestamptz not null,
    made_by     uuid not null references users (id) on delete restrict,
    ended_at    timestamptz,                -- absent: holds until its day
    ended_by    uuid references users (id) on delete restrict
);
create unique index reservations_hold_one_person on reservations (device_id) where ended_at is null;

-- What is counted. `free` is the sum of the movements; `comptoir verify stock` proves it.
create table stock_levels (
    shop_id    uuid not null references shops (id) on delete restrict,
    product_id uuid not null references products (id) on delete restrict,
    free       int not null,
    primary key (shop_id, product_id),
    constraint stock_levels_never_below_zero check (free >= 0)
);

create table stock_movements (
    id          uuid primary key,
    shop_id     uuid not null references shops (id) on delete restrict,
    product_id  uuid not null references products (id) on delete restrict,
    units       int not null check (units <> 0),        -- plus: came in
    kind        text not null check (kind in ('receipt', 'sale', 'gift', 'refund', 'transfer', 'loss', 'count')),
    sale_id     uuid,
    moved_at    timestamptz not null,
    moved_by    uuid not null references users (id) on delete restrict
);
create index stock_movements_of_level on stock_movements (shop_id, product_id);
