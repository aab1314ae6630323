-- The association that keeps the shops, who works there, and the numbers that it may change without a deployment.

-- Accents, case, ligatures and typographic apostrophes aside. It names the extensions' schema, so that a dump restores.
create function fold(words text) returns text
    language sql immutable strict parallel safe
    return lower(extensions.unaccent('extensions.unaccent'::regdictionary, replace(words, '’', '''')));

-- One row. Demonstration and real data never share an installation.
create table association (
    one_row     boolean primary key default true check (one_row),
    name        text not null check (length(name) between 1 and 200),
    siret       text not null check (siret ~ '^[0-9]{14}$'),
    kind        text not null check (kind in ('real', 'demonstration')),
    founded_at  timestamptz not null
);

create table shops (
    id          uuid primary key,
    code        text not null check (code ~ '^[A-Z]{2}$'),
    name        text not null check (length(name) between 1 and 200),
    address     text not null,
    postal_code text not null,
    city        text not null,
    siret       text not null check (siret ~ '^[0-9]{14}$'),
    vat_number  text,                       -- absent: the shop has none, the receipt prints the mention of its regime
    opened_at   timestamptz not null,
    constraint shops_code_names_one_shop unique (code)
);

-- Which tax applies to what is sold, from a day on. A row for one product goes before a row for the whole shop.
create table vat_rules (
    id          uuid primary key,
    shop_id     uuid references shops (id) on delete restrict,      -- absent: every shop
    kind        text check (kind in ('device', 'recharge', 'sim', 'accessory')),  -- absent: every kind
    regime      text not null check (regime in ('exempt_261_7', 'franchise_293_b', 'margin', 'normal')),
    rate_bp     int not null check (rate_bp between 0 and 10000),   -- basis points: 2000 is 20 %
    starts_on   date not null,
    recorded_at timestamptz not null,
    check ((regime in ('exempt_261_7', 'franchise_293_b')) = (rate_bp = 0))
);

create table tills (
    id          uuid primary key,
    shop_id     uuid not null references shops (id) on delete restrict,
    code        text not null check (code ~ '^[A-Z]{2}[0-9]{1,3}$'),
    name        text not null check (length(name) between 1 and 100),
    opened_at   timestamptz not null,
    constraint tills_code_names_one_till unique (code)
);

create table users (
    id           uuid primary key,
    login        text not null check (login ~ '^[a-z0-9][a-z0-9._-]{1,39}$'),
    operator     text not null check (operator ~ '^[A-Z0-9]{2,8}$'),   -- what receipts and the journal say instead of a name
    name         text not null check (length(name) between 1 and 200),
    language     text not null check (language in ('fr', 'en')),
    first_day    boolean not null,          -- one line of help under each zone of the till
    recorded_at  timestamptz not null,
    constraint users_login_names_one_user unique (login),
    constraint users_operator_names_one_user unique (operator)
);

-- Stretches during which a user is shut out. Who is let in again has an end on the row, and the row stays.
create table disablements (
    id          uuid primary key,
    user_id     uuid not null references users (id) on delete restrict,
    disabled_at timestamptz not null,
    disabled_by uuid not null references users (id) on delete restrict,
    ended_at    timestamptz,                -- absent: shut out
    ended_by    uuid references users (id) on delete restrict,
    check ((ended_at is null) = (ended_by is null))
);
create unique index disablements_are_open_once on disablements (user_id) where ended_at is null;
create index disablements_of_user on disablements (user_id, disabled_at desc);

-- The last row of each kind is the one that counts. A secret is stored as its slow salted hash and nothing else.
create table credentials (
    id         uuid primary key,
    user_id    uuid not null references users (id) on delete restrict,
    kind       text not null check (kind in ('password', 'pin', 'badge')),
    hash       text,                        -- absent: taken back
    lookup     bytea,                       -- badge only: keyed hash that finds it without trying every one
    set_at     timestamptz not null,
    set_by     uuid references users (id) on delete restrict   -- absent: by set-up
);
create index credentials_of_user on credentials (user_id, kind, set_at desc);
create index credentials_by_lookup on credentials (lookup) where lookup is not null;

create table user_roles (
    id         uuid primary key,
    user_id    uuid not null references users (id) on delete restrict,
    role       text not null check (role in ('volunteer_seller', 'shop_manager', 'stock_manager', 'facilitator',
                                             'reporting', 'accountant', 'administrator')),
    shop_id    uuid references shops (id) on delete restrict,       -- absent: every shop
    granted_at timestamptz not null,
    granted_by uuid references users (id) on delete restrict,       -- absent: by set-up
    ended_at   timestamptz,                 -- absent: holds
    ended_by   uuid references users (id) on delete restrict
);
create index user_roles_of_user on user_roles (user_id) where ended_at is null;

-- A browser that stands at a till: whoever signs in there is at that till, and may change user by PIN or badge. The
-- token is in the browser's second cookie alone.
create table till_browsers (
    id          uuid primary key,
    token_hash  bytea not null,
    till_id     uuid not null references tills (id) on delete restrict,
    enrolled_at timestamptz not null,
    enrolled_by uuid not null references users (id) on delete restrict,
    ended_at    timestamptz,                -- absent: still there
    ended_by    uuid references users (id) on delete restrict,      -- absent: still there, or left by itself
    constraint till_browsers_token_is_one unique (token_hash)
);
create index till_browsers_of_till on till_browsers (till_id) where ended_at is null;

-- A user at work on a device, until signed out. The token itself is in the browser's cookie alone.
create table sign_ins (
    id           uuid primary key,
    token_hash   bytea not null,
    user_id      uuid not null references users (id) on delete restrict,
    till_id      uuid references tills (id) on delete restrict,     -- absent: not at a till
    browser_id   uuid references till_browsers (id) on delete restrict,  -- absent: not at a till
    started_at   timestamptz not null,
    seen_at      timestamptz not null,
    expires_at   timestamptz not null,
    locked_at    timestamptz,               -- absent: open; while locked it serves to unlock and to sign out, no more
    ended_at     timestamptz,               -- absent: goes on
    check ((till_id is null) = (browser_id is null)),
    constraint sign_ins_token_is_one unique (token_hash)
);
create index sign_ins_of_user on sign_ins (user_id) where ended_at is null;

-- Counts failures for the growing delay. Account and address are keyed hashes; rows older than a day are deleted.
create table sign_in_attempts (
    id           uuid primary key,
    account_hash bytea not null,
    address_hash bytea not null,
    tried_at     timestamptz not null,
    succeeded    boolean not null
);
create index sign_in_attempts_by_account on sign_in_attempts (account_hash, tried_at desc);
create index sign_in_attempts_by_address on sign_in_attempts (address_hash, tried_at desc);

-- Numbers that someone may change without a deployment: the last row whose day has come is in force.
create table dated_numbers (
    name        text not null check (name ~ '^[a-z_]+$'),
    starts_on   date not null,
    amount      bigint not null,
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,      -- absent: by set-up
    primary key (name, starts_on)
);
comment on table dated_numbers is 'units stand in the name: _months, _days, _cents, _percent, _minutes, _seconds';

create table programmes (
    id             uuid primary key,
    code           text not null check (code ~ '^[a-z0-9-]{2,40}$'),
    name           text not null check (length(name) between 1 and 200),
    territory      text not null,
    starts_on      date not null,
    ends_on        date not null,
    parents_target int not null check (parents_target >= 0),
    runs_target    int not null check (runs_target >= 0),
    recorded_at    timestamptz not null,
    constraint programmes_code_names_one_programme unique (code),
    check (starts_on <= ends_on)
);

create table programme_funders (
    programme_id uuid not null references programmes (id) on delete restrict,
    position     int not null check (position > 0),
    name         text not null,
    kind         text not null check (kind in ('commune', 'departement', 'region', 'etat', 'fondation', 'entreprise', 'autre')),
    note         text not null default '',
    primary key (programme_id, position)
);
