-- The prescribers' side in full: which of a structure's own rows they read, what a voucher says beyond its rights, and which
-- voucher it renews.

-- A structure reads when its keys ended, since vouchers that a revoked one signed open nothing.
alter table structure_keys enable row level security;
alter table structure_keys force row level security;
create policy everything on structure_keys to :owner, :app using (true) with check (true);
create policy own on structure_keys for select to :prescriber using (structure_id = own_structure());

-- Why people are referred: the shop's own list, plain words and nothing of a special category. A newer row of the same code
-- replaces the older one, or withdraws it.
create table motives (
    code        text not null check (code ~ '^[a-z0-9-]{2,40}$'),
    starts_on   date not null,
    name_fr     text not null check (length(name_fr) between 1 and 200),
    name_en     text not null check (length(name_en) between 1 and 200),
    withdrawn   boolean not null,
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,      -- absent: by set-up
    constraint motives_change_once_a_day primary key (code, starts_on)
);

-- In the words of the day. Motives and what follows are personal data: they go with the identity, below.
create table voucher_motives (
    voucher_id       uuid not null references vouchers (id) on delete restrict,
    motive           text not null,
    motive_starts_on date not null,
    primary key (voucher_id, motive),
    foreign key (motive, motive_starts_on) references motives (code, starts_on) on delete restrict
);

create table voucher_details (
    voucher_id uuid primary key references vouchers (id) on delete restrict,
    wish       text check (wish in ('laptop', 'desktop', 'tablet', 'smartphone')),  -- absent: not said
    remarks    text not null check (length(remarks) <= 500)
);

-- Whoever erases an identity erases what the vouchers that name it say, whichever way the identity goes.
create function identities_take_the_details() returns trigger
    language plpgsql as $$
begin
    delete from voucher_details d using voucher_persons n
        where n.voucher_id = d.voucher_id and n.person_id = old.person_id;
    delete from voucher_motives m using voucher_persons n
        where n.voucher_id = m.voucher_id and n.person_id = old.person_id;
    return null;
end $$;
create trigger identities_take_the_details after delete on identities
    for each row execute function identities_take_the_details();

alter table voucher_motives enable row level security;
alter table voucher_motives force row level security;
create policy everything on voucher_motives to :owner, :app using (true) with check (true);
create policy own on voucher_motives for select to :prescriber
    using (exists (select from vouchers v where v.id = voucher_id));

alter table motives enable row level security;
alter table motives force row level security;
create policy everything on motives to :owner, :app using (true) with check (true);
create policy own on motives for select to :prescriber
    using (exists (select from voucher_motives m where m.motive = code and m.motive_starts_on = starts_on));

alter table voucher_details enable row level security;
alter table voucher_details force row level security;
create policy everything on voucher_details to :owner, :app using (true) with check (true);
create policy own on voucher_details for select to :prescriber
    using (exists (select from vouchers v where v.id = voucher_id));

-- A voucher is renewed by another, which the structure signs anew; how many came before it bounds how often.
alter table vouchers
    add column renews uuid references vouchers (id) on delete restrict,        -- absent: a referral of its own
    add column renewal int not null default 0 check (renewal >= 0),
    add constraint vouchers_are_renewed_once unique (renews),
    add check ((renews is null) = (renewal = 0));

-- The agreement that follows a structure's first one, which stands with the structure: a new row each time.
create table agreement_renewals (
    structure_id uuid not null references structures (id) on delete restrict,
    starts_on    date not null,
    ends_on      date,                      -- absent: until further notice
    recorded_at  timestamptz not null,
    recorded_by  uuid not null references users (id) on delete restrict,
    constraint agreement_renewals_begin_once_a_day primary key (structure_id, starts_on),
    constraint agreement_renewals_end_after_their_start check (ends_on is null or starts_on <= ends_on)
);
alter table agreement_renewals enable row level security;
alter table agreement_renewals force row level security;
create policy everything on agreement_renewals to :owner, :app using (true) with check (true);
create policy own on agreement_renewals for select to :prescriber using (structure_id = own_structure());

-- Whom to call at a structure.
create table structure_contacts (
    id           uuid primary key,
    structure_id uuid not null references structures (id) on delete restrict,
    name         text not null check (length(name) between 1 and 200),
    post         text not null default '',
    phone        text not null default '',
    email        text not null default '',
    recorded_at  timestamptz not null,
    recorded_by  uuid not null references users (id) on delete restrict,
    ended_at     timestamptz,               -- absent: answers there
    ended_by     uuid references users (id) on delete restrict,
    check ((ended_at is null) = (ended_by is null))
);
create unique index structure_contacts_name_is_one_in_a_structure on structure_contacts (structure_id, name)
    where ended_at is null;

-- Which place of the national schema of digital mediation a structure is.
create table structure_references (
    reference    text primary key check (length(reference) between 1 and 200),
    structure_id uuid not null references structures (id) on delete restrict,
    recorded_at  timestamptz not null
);
create index structure_references_of_structure on structure_references (structure_id);
