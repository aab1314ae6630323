-- Who refers, who is served. Identity stands apart from everything that money touches, so that it can be erased.

create table structures (
    id                  uuid primary key,
    name                text not null check (length(name) between 1 and 200),
    kind                text not null check (kind in ('programme_public', 'etablissement_scolaire', 'centre_social',
                             'prevention_specialisee', 'association', 'federation_de_parents', 'ccas', 'departement',
                             'caf', 'emploi', 'hebergement', 'autre')),
    quarter             text not null default '',
    address             text not null default '',
    phone               text not null default '',
    email               text not null default '',
    agreement_starts_on date not null,
    agreement_ends_on   date,               -- absent: until further notice
    recorded_at         timestamptz not null,
    search              text collate "C" generated always as (fold(name)) stored,
    constraint structures_name_names_one_structure unique (name),
    constraint structures_agreement_ends_after_its_start
        check (agreement_ends_on is null or agreement_starts_on <= agreement_ends_on)
);
create index structures_by_name on structures (search, id);

create table prescribers (
    id           uuid primary key,
    structure_id uuid not null references structures (id) on delete restrict,
    name         text not null check (length(name) between 1 and 200),
    post         text not null default '',  -- what the prescriber is in the structure: éducatrice spécialisée
    phone        text not null default '',
    email        text not null default '',
    recorded_at  timestamptz not null,
    constraint prescribers_name_is_one_in_a_structure unique (structure_id, name)
);

-- Who lives together. Its rows of members say since when and until when.
create table households (
    id          uuid primary key,
    recorded_at timestamptz not null,
    lock_marker smallint not null default 0     -- never read: the one column whose UPDATE lets the service lock the row
);

-- A random reference: what sales, uses and the journal carry. It stays when the identity is erased.
create table persons (
    id          uuid primary key,
    code        text not null check (code ~ '^P-[23456789BCDFGHJKLNPRSTVX]{6}$'),
    recorded_at timestamptz not null,
    lock_marker smallint not null default 0,
    constraint persons_code_names_one_person unique (code)
);

-- Searched with hyphens as spaces and without apostrophes, so that “jean pierre” finds Jean-Pierre and “darc” D’Arc.
create table identities (
    person_id   uuid primary key references persons (id) on delete restrict,
    given_name  text not null check (length(given_name) <= 200),
    family_name text not null check (length(family_name) between 1 and 200),
    phone       text not null default '',   -- E.164, or nothing
    language    text not null default 'fr' check (language ~ '^[a-z]{2}$'),
    search      text collate "C" generated always as
                (fold(translate(family_name || ' ' || given_name, '-‐‑–''’ʼ', '    '))) stored,
    given_first text collate "C" generated always as
                (fold(translate(given_name || ' ' || family_name, '-‐‑–''’ʼ', '    '))) stored
);
create index identities_by_family_name on identities (search, person_id);
create index identities_by_given_name on identities (given_first, person_id);
create index identities_by_any_part on identities using gin (search gin_trgm_ops);
create index identities_by_phone on identities (phone) where phone <> '';

-- What reports need of a person, from a day on; the last row counts.
create table person_facts (
    person_id    uuid not null references persons (id) on delete restrict,
    starts_on    date not null,
    recorded_at  timestamptz not null,
    birth_year   int check (birth_year between 1900 and 2100),       -- absent: not asked, or not said
    quarter      text not null default '',
    structure_id uuid references structures (id) on delete restrict, -- absent: came without one
    primary key (person_id, recorded_at)
);

create table household_members (
    id           uuid primary key,
    household_id uuid not null references households (id) on delete restrict,
    person_id    uuid not null references persons (id) on delete restrict,
    joined_on    date not null,
    left_on      date,                      -- absent: lives there
    recorded_at  timestamptz not null,
    check (left_on is null or joined_on <= left_on)
);
create unique index household_members_live_in_one_household on household_members (person_id) where left_on is null;
create index household_members_of_household on household_members (household_id) where left_on is null;

-- The signed referral. Revoked, it has a row of revocation; used, it has uses.
create table vouchers (
    id             uuid primary key,
    code           text not null check (code ~ '^[0-9]{12}$'),
    structure_id   uuid not null references structures (id) on delete restrict,
    prescriber_id  uuid not null references prescribers (id) on delete restrict,
    shop_id        uuid references shops (id) on delete restrict,    -- absent: holds in every shop
    household_size int not null check (household_size between 1 and 30),
    signed_on      date not null,
    valid_until    date not null,
    original_kept  boolean not null,
    signature_seen boolean not null,
    recorded_at    timestamptz not null,
    recorded_by    uuid not null references users (id) on delete restrict,
    lock_marker    smallint not null default 0,
    constraint vouchers_code_names_one_voucher unique (code),
    constraint vouchers_end_after_their_signature check (signed_on <= valid_until)
);
create index vouchers_by_day on vouchers (recorded_at);
create index vouchers_of_structure on vouchers (structure_id, signed_on);

create table voucher_persons (
    voucher_id uuid not null references vouchers (id) on delete restrict,
    person_id  uuid not null references persons (id) on delete restrict,
    constraint voucher_persons_names_a_person_once primary key (voucher_id, person_id)
);
create index voucher_persons_of_person on voucher_persons (person_id);

create table voucher_revocations (
    voucher_id  uuid not null references vouchers (id) on delete restrict,
    revoked_at  timestamptz not null,
    revoked_by  uuid not null references users (id) on delete restrict,
    motive      text not null check (length(motive) between 1 and 500),
    constraint voucher_revocations_happen_once primary key (voucher_id)
);

-- Dated limits over a window. A newer row of the same code replaces the older one; one without a limit lifts it.
create table quota_rules (
    code           text not null check (code ~ '^[a-z0-9-]{3,60}$'),
    starts_on      date not null,
    category       text not null check (category in ('equipment', 'connection')),
    holder         text not null check (holder in ('person', 'household', 'voucher', 'structure')),
    span           text not null check (span in ('calendar_month', 'sliding_months', 'programme')),
    months         int not null check (months between 1 and 120),
    units_max      int check (units_max >= 0),
    cents_max      bigint check (cents_max >= 0),
    origins        text[] not null check (origins <@ array['voucher', 'completion']),
    exits          text[] not null check (exits <@ array['sale', 'gift']),
    device_kinds   text[] check (cardinality(device_kinds) > 0       -- absent: everything of its category
        and device_kinds <@ array['laptop', 'desktop', 'all_in_one', 'tablet', 'smartphone', 'screen', 'other']),
    shop_id        uuid references shops (id) on delete restrict,    -- absent: counts everywhere
    recorded_at    timestamptz not null,
    recorded_by    uuid references users (id) on delete restrict,    -- absent: by set-up
    constraint quota_rules_change_once_a_day primary key (code, starts_on),
    check (span = 'sliding_months' or months = 1)
);
