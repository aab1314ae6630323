-- Where machines come from: donors, their lots as promised and as received, and the second-hand register that says so for good.

-- Who gives or sells machines to the shop. A private person is named on a card, which can be erased, and beside what
-- they gave, which the law keeps.
create table donors (
    id          uuid primary key,
    kind        text not null check (kind in ('company', 'public_body', 'shop', 'person')),
    name        text not null check (length(name) <= 200),
    siret       text not null default '' check (siret ~ '^([0-9]{14})?$'),
    recorded_at timestamptz not null,
    recorded_by uuid not null references users (id) on delete restrict,
    search      text generated always as (fold(name)) stored,
    check ((kind = 'person') = (name = '')),
    check (kind <> 'person' or siret = '')
);
create unique index donors_name_names_one_donor on donors (search) where kind <> 'person';

-- How a donor is reached. Nothing of it is in the register: it can be erased.
create table donor_cards (
    donor_id    uuid primary key references donors (id) on delete restrict,
    person_name text not null default '' check (length(person_name) <= 200),    -- of a private person
    contact     text not null default '' check (length(contact) <= 200),        -- whom to call in an organisation
    address     text not null default '' check (length(address) <= 200),
    phone       text not null default '',
    email       text not null default ''
);

-- A lot, from the promise on. Its code is printed: LILO26-0001 is the first that Lille was promised in 2026.
alter table label_counters drop constraint label_counters_prefix_check,
    add constraint label_counters_prefix_check check (prefix ~ '^[A-Z]{2}(PC|TA|SM|TE|EC|LO)[0-9]{2}$');
create table batches (
    id                   uuid primary key,
    code                 text not null check (code ~ '^[A-Z]{2}LO[0-9]{2}-[0-9]{4,5}$'),
    shop_id              uuid not null references shops (id) on delete restrict,
    donor_id             uuid not null references donors (id) on delete restrict,
    acquisition          text not null check (acquisition in ('gift', 'purchase')),
    agreement            text not null default '' check (length(agreement) <= 200),     -- its reference
    promised_on          date not null,
    promised_grams       bigint check (promised_grams > 0),                             -- absent: nobody said
    declared_value_cents bigint check (declared_value_cents between 0 and 100000000),   -- by the donor, for the tax receipt
    recorded_at          timestamptz not null,
    recorded_by          uuid not null references users (id) on delete restrict,
    lock_marker          smallint not null default 0,
    constraint batches_code_names_one_batch unique (code),
    unique (id, acquisition)
);
create index batches_of_donor on batches (donor_id, id desc);
create index batches_of_shop on batches (shop_id, id desc);

create table batch_promises (
    batch_id    uuid not null references batches (id) on delete restrict,
    device_kind text not null check (device_kind in ('laptop', 'desktop', 'all_in_one', 'tablet', 'smartphone', 'screen', 'other')),
    units       int not null check (units > 0),
    primary key (batch_id, device_kind)
);

-- What came, once or in several times. Who gave or sold it stands as it was that day: the register keeps it.
create table deliveries (
    id            uuid primary key,
    batch_id      uuid not null,
    received_on   date not null,
    donor_kind    text not null check (donor_kind in ('company', 'public_body', 'shop', 'person')),
    donor_name    text not null,
    donor_siret   text not null,
    seller_digest bytea check (length(seller_digest) = 32),     -- of a private person: the identity below, salted
    acquisition   text not null,
    price_cents   bigint not null check (price_cents between 0 and 100000000),
    payment       text check (payment in ('transfer', 'cheque', 'card', 'cash')),
    grams         bigint check (grams > 0),                     -- absent: not weighed
    recorded_at   timestamptz not null,
    recorded_by   uuid not null references users (id) on delete restrict,
    foreign key (batch_id, acquisition) references batches (id, acquisition) on delete restrict,
    constraint deliveries_name_the_seller check ((donor_kind = 'person') = (seller_digest is not null)),
    constraint deliveries_say_how_they_were_paid check ((acquisition = 'purchase') = (payment is not null)
                                                           and (acquisition = 'purchase' or price_cents = 0))
);
create index deliveries_of_batch on deliveries (batch_id, received_on, id);

create table delivery_lines (
    delivery_id  uuid not null references deliveries (id) on delete restrict,
    device_kind text not null check (device_kind in ('laptop', 'desktop', 'all_in_one', 'tablet', 'smartphone', 'screen', 'other')),
    units       int not null check (units > 0),
    primary key (delivery_id, device_kind)
);

-- What the law asks of a private person who gives or sells (Code pénal, R. 321-3). The register holds its salted digest alone.
create table seller_identities (
    delivery_id uuid primary key references deliveries (id) on delete restrict,
    salt       bytea not null check (length(salt) = 16),
    name       text not null check (length(name) between 1 and 200),
    address    text not null check (length(address) between 1 and 200),
    document   text not null check (document in ('identity_card', 'passport', 'residence_permit', 'driving_licence')),
    number     text not null check (length(number) between 1 and 40),
    issued_on  date not null,
    issued_by  text not null check (length(issued_by) between 1 and 200)
);

-- Which machines came with a lot. One that was sold or given comes back so: its record goes on.
create table batch_devices (
    batch_id      uuid not null references batches (id) on delete restrict,
    device_id     uuid not null references devices (id) on delete restrict,
    after_ordinal int,                      -- the stay under which it had left for good; absent: it had not
    recorded_at   timestamptz not null,
    recorded_by   uuid not null references users (id) on delete restrict,
    primary key (batch_id, device_id),
    constraint batch_devices_bring_a_stay_back_once unique (device_id, after_ordinal),
    foreign key (device_id, after_ordinal) references exits (device_id, ordinal) on delete restrict
);
create index batch_devices_of_device on batch_devices (device_id, recorded_at desc);

-- The second-hand register, one a shop: ordinal numbers without a gap, each entry chained to the one before.
create table registers (
    shop_id uuid primary key references shops (id) on delete restrict,
    ordinal bigint not null default 0 check (ordinal >= 0),
    hash    bytea not null default decode(repeat('00', 32), 'hex') check (length(hash) = 32)
);

create table register_entries (
    shop_id          uuid not null references registers (shop_id) on delete restrict,
    ordinal          bigint not null check (ordinal > 0),
    previous_ordinal bigint,                -- absent: the first
    kind             text not null check (kind in ('delivery', 'machine', 'correction')),
    happened_on      date not null,
    delivery_id       uuid references deliveries (id) on delete restrict,
    batch_id         uuid,
    device_id        uuid,
    corrects         bigint,
    correction       text check (length(correction) between 1 and 500),
    payload          bytea not null,
    previous_hash    bytea not null check (length(previous_hash) = 32),
    hash             bytea not null check (length(hash) = 32),
    key_id           text not null references journal_keys (id) on delete restrict,
    signature        bytea not null,
    recorded_at      timestamptz not null,
    recorded_by      uuid not null references users (id) on delete restrict,
    primary key (shop_id, ordinal),
    constraint register_entries_leave_no_gap foreign key (shop_id, previous_ordinal)
        references register_entries (shop_id, ordinal) on delete restrict,
    constraint register_entries_correct_what_stands foreign key (shop_id, corrects)
        references register_entries (shop_id, ordinal) on delete restrict,
    foreign key (batch_id, device_id) references batch_devices (batch_id, device_id) on delete restrict,
    unique (delivery_id),
    unique (batch_id, device_id),
    check ((ordinal = 1 and previous_ordinal is null) or previous_ordinal = ordinal - 1),
    check ((kind = 'delivery') = (delivery_id is not null)),
    check ((kind = 'machine') = (batch_id is not null and device_id is not null)),
    check ((kind = 'correction') = (corrects is not null and correction is not null)),
    check (corrects < ordinal)
);
create index register_entries_of_day on register_entries (shop_id, happened_on, ordinal);

do $$
declare
    sealed text;
begin
    foreach sealed in array array['batch_promises', 'deliveries', 'delivery_lines', 'seller_identities', 'batch_devices',
                                  'register_entries'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_edit()',
                       sealed || '_are_never_edited', sealed);
    end loop;
end $$;

-- What a donor is says whether the law caps prices: it is corrected until something was delivered, not after.
create function check_donor() returns trigger
    language plpgsql as $$
begin
    if new.kind <> old.kind and exists (
        select from batches b join deliveries d on d.batch_id = b.id where b.donor_id = new.id) then
        perform raise_gate('donors_keep_their_kind', 'something of this donor was delivered');
    end if;
    return new;
end $$;
create constraint trigger donors_are_gated after update on donors
    for each row execute function check_donor();

-- A machine comes with one lot each time that it comes, only with a lot that was received, and before it stands on the
-- shelf: the lot says whether the law caps its price.
create function check_batch_device() returns trigger
    language plpgsql as $$
declare
    left_by exits;
begin
    perform from devices where id = new.device_id for no key update;
    if not exists (select from deliveries where batch_id = new.batch_id) then
        perform raise_gate('batch_devices_follow_a_delivery', 'nothing of the lot was received');
    end if;
    -- Off the shelf and back is no new coming: only what was sold or given comes with another lot.
    if new.after_ordinal is null
       and exists (select from batch_devices b where b.device_id = new.device_id and b.batch_id <> new.batch_id) then
        perform raise_gate('batch_devices_come_with_one_batch', 'the machine came with another lot');
    end if;
    if exists (select from stays y where y.device_id = new.device_id
               and not exists (select from exits x where x.device_id = y.device_id and x.ordinal = y.ordinal)) then
        perform raise_gate('batch_devices_come_before_the_shelf', 'the machine is on the shelf');
    end if;
    select * into left_by from exits where device_id = new.device_id order by ordinal desc limit 1;
    if new.after_ordinal is distinct from (
        case when left_by.kind in ('sale', 'gift') and not exists (
            select from refund_lines r join sale_lines l using (sale_id, position)
            where l.device_id = new.device_id and l.sale_id = left_by.sale_id)
             and not exists (select from batch_devices b where b.device_id = new.device_id and b.batch_id <> new.batch_id
                             and b.after_ordinal = left_by.ordinal) then left_by.ordinal end) then
        perform raise_gate('batch_devices_bring_back_what_left', 'the stay under which it left is another');
    end if;
    return new;
end $$;
create constraint trigger batch_devices_are_gated after insert on batch_devices
    for each row execute function check_batch_device();

-- Whether the law caps the price: the lot of this life says it, or whoever took the machine in at first.
create function given_by_public_body(machine uuid) returns boolean
    language plpgsql stable as $$
begin
    return (
        select coalesce(b.of_public_body, false) or (b.after_ordinal is null and d.from_public_body)
        from devices d left join lateral (
            select o.kind = 'public_body' and l.acquisition = 'gift' as of_public_body, m.after_ordinal
            from batch_devices m join batches l on l.id = m.batch_id join donors o on o.id = l.donor_id
            where m.device_id = d.id order by m.after_ordinal desc nulls last limit 1) b on true
        where d.id = machine);
end $$;

-- What was given back with a lot is paid back no more.
create function check_given_back() returns trigger
    language plpgsql as $$
begin
    if exists (select from sale_lines l join batch_devices b on b.device_id = l.device_id and b.after_ordinal = l.stay_ordinal
               where l.sale_id = new.sale_id and l.position = new.position) then
        perform raise_gate('refund_lines_are_not_of_gifts', 'the machine was given back with a lot');
    end if;
    return new;
end $$;
create constraint trigger refund_lines_are_of_what_is_away after insert on refund_lines
    for each row execute function check_given_back();
