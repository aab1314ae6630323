-- Tickets and what proves them. Nothing here is ever edited but the heads of the chains and the results of the claims.

-- The first statement of every command: whoever inserts the key does the work, a twin waits and reads the result.
create table claims (
    key        uuid primary key,            -- UUIDv7, so that history does not slow the index
    verb       text not null,
    input_hash bytea not null check (length(input_hash) = 32),
    user_id    uuid not null references users (id) on delete restrict,
    till_id    uuid references tills (id) on delete restrict,       -- absent: not at a till
    claimed_at timestamptz not null,
    result     jsonb                        -- absent while the command runs
);

-- One chain of journal entries per till, and one for training. The head holds all counters and is locked last.
create table chain_heads (
    id                 uuid primary key,
    till_id            uuid not null references tills (id) on delete restrict,
    training           boolean not null,
    position           bigint not null check (position >= 0),
    hash               bytea not null check (length(hash) = 32),
    last_at            timestamptz not null,
    drawer_ordinal     int not null check (drawer_ordinal >= 0),
    sale_number        bigint not null check (sale_number >= 0),
    refund_number      bigint not null check (refund_number >= 0),
    gift_number        bigint not null check (gift_number >= 0),
    duplicate_number   bigint not null check (duplicate_number >= 0),
    closing_number     bigint not null check (closing_number >= 0),
    event_number       bigint not null check (event_number >= 0),
    archive_number     bigint not null check (archive_number >= 0),
    constraint chain_heads_are_one_per_till unique (till_id, training)
);

create table journal_keys (
    id         text primary key,            -- first 16 hex digits of the SHA-256 of the public key
    public_key bytea not null,              -- P-256, x963
    starts_at  timestamptz not null
);

-- The stored canonical bytes are the entry; what other tables say is compared with them.
create table journal_entries (
    chain_id      uuid not null references chain_heads (id) on delete restrict,
    position      bigint not null check (position > 0),
    kind          text not null check (kind in ('sale', 'refund', 'gift', 'duplicate', 'closing', 'event', 'archive')),
    number        bigint not null check (number > 0),
    happened_at   timestamptz not null,
    payload       bytea not null,
    previous_hash bytea not null check (length(previous_hash) = 32),
    hash          bytea not null check (length(hash) = 32),
    key_id        text not null references journal_keys (id) on delete restrict,
    signature     bytea not null,
    constraint journal_entries_have_no_fork primary key (chain_id, position),
    constraint journal_entries_number_is_one unique (chain_id, kind, number)
);

-- One stretch between opening and counted close. The next one begins from the closing of the one before.
create table drawers (
    till_id          uuid not null references tills (id) on delete restrict,
    ordinal          int not null check (ordinal > 0),
    previous_ordinal int,                   -- absent: the first
    training         boolean not null,
    float_cents      bigint not null check (float_cents between 0 and 100000000),
    opened_at        timestamptz not null,
    opened_by        uuid not null references users (id) on delete restrict,
    chain_id         uuid not null references chain_heads (id) on delete restrict,
    position         bigint not null,
    constraint drawers_open_once primary key (till_id, ordinal),
    unique (chain_id, position),
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict,
    check ((ordinal = 1 and previous_ordinal is null) or previous_ordinal = ordinal - 1)
);

create table closings (
    till_id               uuid not null,
    ordinal               int not null,
    cash_expected_cents   bigint not null,
    cash_counted_cents    bigint not null check (cash_counted_cents >= 0),
    card_expected_cents   bigint not null,
    card_counted_cents    bigint not null check (card_counted_cents >= 0),
    cheque_expected_cents bigint not null,
    cheque_counted_cents  bigint not null check (cheque_counted_cents >= 0),
    tickets               int not null check (tickets >= 0),
    sales_cents           bigint not null check (sales_cents >= 0),
    refunds_cents         bigint not null check (refunds_cents >= 0),
    gifts_cents           bigint not null check (gifts_cents >= 0),
    perpetual_cents       bigint not null check (perpetual_cents >= 0),   -- every sale ever at this till, nothing taken off
    reason                text not null default '',
    closed_at             timestamptz not null,
    closed_by             uuid not null references users (id) on delete restrict,
    chain_id              uuid not null references chain_heads (id) on delete restrict,
    position              bigint not null,
    constraint closings_close_once primary key (till_id, ordinal),
    unique (chain_id, position),
    foreign key (till_id, ordinal) references drawers (till_id, ordinal) on delete restrict,
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict,
    constraint closings_explain_a_difference check (reason <> '' or (cash_expected_cents = cash_counted_cents
        and card_expected_cents = card_counted_cents and cheque_expected_cents = cheque_counted_cents))
);
alter table drawers add constraint drawers_follow_a_closing
    foreign key (till_id, previous_ordinal) references closings (till_id, ordinal) on delete restrict;

-- A sale or a gift. Who bought is a random reference; the journal's entry holds the same facts.
create table sales (
    id               uuid primary key,
    key              uuid not null references claims (key) on delete restrict,
    kind             text not null check (kind in ('sale', 'gift')),
    till_id          uuid not null references tills (id) on delete restrict,
    shop_id          uuid not null references shops (id) on delete restrict,
    drawer_ordinal   int not null,
    chain_id         uuid not null references chain_heads (id) on delete restrict,
    position         bigint not null,
    number           bigint not null check (number > 0),
    sold_at          timestamptz not null,
    business_on      date not null,
    seller_id        uuid not null references users (id) on delete restrict,
    operator         text not null,
    person_id        uuid references persons (id) on delete restrict,     -- absent: nothing in it needs a right
    household_id     uuid references households (id) on delete restrict,
    programme_id     uuid references programmes (id) on delete restrict,  -- a gift: who pays
    total_cents      bigint not null check (total_cents >= 0),            -- what the person pays
    value_cents      bigint not null check (value_cents >= 0),            -- what it is worth, whoever pays
    vat_cents        bigint not null check (vat_cents >= 0),
    line_count       int not null check (line_count between 1 and 100),
    rules            text not null default '',                            -- versions applied: code@day, comma between
    software         text not null,
    constraint sales_are_claimed_once unique (key),
    constraint sales_number_is_one unique (chain_id, kind, number),
    unique (chain_id, position),
    foreign key (till_id, drawer_ordinal) references drawers (till_id, ordinal) on delete restrict,
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict,
    constraint sales_gifts_name_a_programme check ((kind = 'gift') = (programme_id is not null)),
    constraint sales_gifts_cost_nothing check (kind = 'sale' or total_cents = 0),
    check ((person_id is null) = (household_id is null))
);
create index sales_of_drawer on sales (till_id, drawer_ordinal);
create index sales_of_person on sales (person_id, sold_at) where person_id is not null;
create index sales_by_day on sales (business_on);
create index sales_of_shop on sales (shop_id, business_on, sold_at, id);
alter table exits add constraint exits_by_a_ticket foreign key (sale_id) references sales (id) on delete restrict
    deferrable initially deferred;
alter table stock_movements add constraint stock_movements_by_a_ticket foreign key (sale_id) references sales (id) on delete restrict
    deferrable initially deferred;

create table sale_lines (
    sale_id             uuid not null references sales (id) on delete restrict,
    position            int not null check (position > 0),
    product_id          uuid not null references products (id) on delete restrict,
    device_id           uuid references devices (id) on delete restrict,  -- absent: counted by quantity
    stay_ordinal        int,
    description         text not null,
    quantity            int not null check (quantity between 1 and 1000),
    unit_price_cents    bigint not null check (unit_price_cents >= 0),
    value_cents         bigint not null check (value_cents >= 0),         -- quantity × unit price
    person_cents        bigint not null check (person_cents >= 0),        -- what the person pays of it
    programme_cents     bigint not null check (programme_cents >= 0),     -- what a programme pays of it
    vat_regime          text not null,
    vat_rate_bp         int not null,
    vat_cents           bigint not null check (vat_cents >= 0),
    volume_mb           int,
    valid_days          int,
    guarantee_ends_on   date,
    presumption_ends_on date,
    right_id            uuid references rights (id) on delete restrict,   -- absent: needs none
    primary key (sale_id, position),
    foreign key (device_id, stay_ordinal) references stays (device_id, ordinal) on delete restrict,
    check ((device_id is null) = (stay_ordinal is null)),
    check (device_id is null or quantity = 1),
    constraint sale_lines_add_up check (value_cents = quantity * unit_price_cents and value_cents = person_cents + programme_cents)
);
create index sale_lines_of_device on sale_lines (device_id) where device_id is not null;

create table payments (
    sale_id        uuid not null references sales (id) on delete restrict,
    position       int not null check (position > 0),
    means          text not null check (means in ('cash', 'card', 'cheque')),
    amount_cents   bigint not null check (amount_cents > 0),
    tendered_cents bigint not null check (tendered_cents >= amount_cents),
    change_cents   bigint not null check (change_cents >= 0),
    primary key (sale_id, position),
    constraint payments_give_the_change check (tendered_cents = amount_cents + change_cents),
    check (means = 'cash' or change_cents = 0)
);

-- What counts against rights and quotas: stamped with person and household at the sale.
create table uses (
    sale_id      uuid not null,
    position     int not null,
    right_id     uuid not null references rights (id) on delete restrict,
    person_id    uuid not null references persons (id) on delete restrict,
    household_id uuid not null references households (id) on delete restrict,
    category     text not null check (category in ('equipment', 'connection')),
    device_kind  text check (device_kind in ('laptop', 'desktop', 'all_in_one', 'tablet', 'smartphone', 'screen', 'other')),  -- absent: no machine
    origin       text not null check (origin in ('voucher', 'completion')),
    exit_kind    text not null check (exit_kind in ('sale', 'gift')),
    shop_id      uuid not null references shops (id) on delete restrict,
    units        int not null check (units > 0),
    cents        bigint not null check (cents >= 0),
    used_on      date not null,
    primary key (sale_id, position),
    foreign key (sale_id, position) references sale_lines (sale_id, position) on delete restrict
);
create index uses_of_person on uses (person_id, used_on);
create index uses_of_household on uses (household_id, used_on);
create index uses_of_right on uses (right_id);

-- A refund mirrors a ticket. "Once" is a key: a unit of a line comes back at most once.
create table refunds (
    id             uuid primary key,
    key            uuid not null references claims (key) on delete restrict,
    sale_id        uuid not null references sales (id) on delete restrict,
    ordinal        int not null check (ordinal > 0),
    till_id        uuid not null references tills (id) on delete restrict,
    shop_id        uuid not null references shops (id) on delete restrict,
    drawer_ordinal int not null,
    chain_id       uuid not null references chain_heads (id) on delete restrict,
    position       bigint not null,
    number         bigint not null check (number > 0),
    refunded_at    timestamptz not null,
    business_on    date not null,
    seller_id      uuid not null references users (id) on delete restrict,
    operator       text not null,
    reason         text not null check (length(reason) between 1 and 300),
    means          text not null check (means in ('cash', 'card', 'cheque', 'none')),
    total_cents    bigint not null check (total_cents >= 0),
    vat_cents      bigint not null check (vat_cents >= 0),
    line_count     int not null check (line_count between 1 and 10000),
    software       text not null,
    constraint refunds_are_claimed_once unique (key),
    constraint refunds_number_is_one unique (chain_id, number),
    unique (chain_id, position),
    constraint refunds_of_a_ticket_are_one_by_one unique (sale_id, ordinal),
    foreign key (till_id, drawer_ordinal) references drawers (till_id, ordinal) on delete restrict,
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict
);
create index refunds_by_day on refunds (business_on);
create index refunds_of_drawer on refunds (till_id, drawer_ordinal);
create index refunds_of_shop on refunds (shop_id, business_on, refunded_at, id);

create table refund_lines (
    sale_id       uuid not null,
    position      int not null,
    unit          int not null check (unit > 0),
    refund_id     uuid not null references refunds (id) on delete restrict,
    amount_cents  bigint not null check (amount_cents >= 0),
    vat_cents     bigint not null check (vat_cents >= 0),
    value_cents   bigint not null check (value_cents >= 0),
    returned_on   date not null,            -- right and quota are back from this day
    constraint refund_lines_give_a_unit_back_once primary key (sale_id, position, unit),
    foreign key (sale_id, position) references sale_lines (sale_id, position) on delete restrict
);
create index refund_lines_of_refund on refund_lines (refund_id);

-- What was refused, counted without anybody's name; written after the rollback.
create table refusal_counts (
    refused_on date not null,
    shop_id    uuid not null references shops (id) on delete restrict,
    code       text not null,
    times      bigint not null check (times > 0),
    primary key (refused_on, shop_id, code)
);
