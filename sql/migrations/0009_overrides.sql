-- Exceptions to a limit (on screen: dérogation): the motives from which a second person chooses, what they granted at the
-- till, and the one use that took it.

-- A list that the association changes by rows. No motive tells of anybody's health, belief or origin.
create table override_motives (
    code       text not null check (code ~ '^[a-z0-9-]{2,40}$'),
    position   int not null check (position > 0),
    name_fr    text not null check (length(name_fr) between 1 and 200),
    name_en    text not null check (length(name_en) between 1 and 200),
    starts_on  date not null,
    ends_on    date,                        -- absent: may be chosen
    constraint override_motives_code_names_one_motive primary key (code)
);

-- So many units or cents of one ticket line beyond what a limit leaves: for one person, in one shop, until a day. What
-- comes back of that line gives the quota back as any other; the exception that it took stays used.
create table overrides (
    id         uuid primary key,
    till_id    uuid not null references tills (id) on delete restrict,
    shop_id    uuid not null references shops (id) on delete restrict,
    chain_id   uuid not null references chain_heads (id) on delete restrict,
    position   bigint not null,
    granted_at timestamptz not null,
    granted_by uuid not null references users (id) on delete restrict,
    asked_by   uuid not null references users (id) on delete restrict,
    person_id  uuid not null references persons (id) on delete restrict,
    rule       text not null check (rule ~ '^[a-z0-9-]{2,60}$'),     -- the limit's code, whatever its version
    units      int not null check (units between 0 and 1000),
    cents      bigint not null check (cents between 0 and 100000000),
    motive     text not null references override_motives (code) on delete restrict,
    expires_on date not null,               -- the last day on which it helps
    unique (chain_id, position),
    unique (id, person_id, shop_id),
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict,
    constraint overrides_need_a_second_person check (granted_by <> asked_by),
    check (units + cents > 0),
    check (expires_on >= paris_day(granted_at))
);
create index overrides_of_person on overrides (person_id, expires_on);
create index overrides_of_shop on overrides (shop_id, granted_at desc, id desc);
create index overrides_by_moment on overrides (granted_at desc, id desc);
create trigger overrides_are_never_edited before update or delete or truncate on overrides
    for each statement execute function refuse_edit();

-- Two tills never take the same exception, nobody takes another's, and none helps in another shop.
alter table uses
    add column override_id uuid,            -- absent: no exception was needed
    add constraint uses_take_an_override_once unique (override_id),
    add constraint uses_take_an_override_of_their_own foreign key (override_id, person_id, shop_id)
        references overrides (id, person_id, shop_id) on delete restrict;

-- What a limit may count besides: one product of its category, or a programme's whole period.
alter table quota_rules
    add column product_id uuid references products (id) on delete restrict,      -- absent: everything of its category
    add column programme_id uuid references programmes (id) on delete restrict,  -- absent: by months
    add check ((span = 'programme') = (programme_id is not null)),
    add check (product_id is null or device_kinds is null);
