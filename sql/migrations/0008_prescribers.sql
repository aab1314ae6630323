-- Prescribers who sign vouchers themselves: their accounts, the keys of their structures, and the lock in the database
-- that shows each structure its own alone.

create table prescriber_accounts (
    user_id       uuid primary key references users (id) on delete restrict,
    prescriber_id uuid not null references prescribers (id) on delete restrict,
    opened_at     timestamptz not null,
    opened_by     uuid not null references users (id) on delete restrict,
    constraint prescriber_accounts_are_one_a_prescriber unique (prescriber_id)
);

-- Who signs for a structure holds no role in a shop, where they would see everybody. The user's row is locked by whoever
-- gives a role or opens an account.
create function users_work_or_refer() returns trigger
    language plpgsql as $$
begin
    if exists (select from prescriber_accounts where user_id = new.user_id)
       and exists (select from user_roles where user_id = new.user_id and ended_at is null) then
        perform raise_gate('users_work_or_refer', 'a prescriber holds no role in a shop');
    end if;
    return null;
end $$;
create constraint trigger users_work_or_refer after insert on user_roles
    for each row execute function users_work_or_refer();
create constraint trigger users_work_or_refer after insert on prescriber_accounts
    for each row execute function users_work_or_refer();

-- With a structure's key its prescribers' vouchers are signed. One signs at a time; replaced, what it signed stays good;
-- revoked (somebody else may have had it), nothing that it signed is believed any more.
create table structure_keys (
    id           text primary key check (id ~ '^[0-9a-f]{8}$'),
    structure_id uuid not null references structures (id) on delete restrict,
    public_key   bytea not null,            -- P-256, x963
    wrapped_key  bytea not null,            -- AES-256-GCM under the installation's key; the id is authenticated with it
    begun_at     timestamptz not null,
    ended_at     timestamptz,               -- absent: signs
    ended_by     uuid references users (id) on delete restrict,
    ended_how    text check (ended_how in ('replaced', 'revoked')),
    check ((ended_at is null) = (ended_how is null))
);
create unique index structure_keys_sign_one_at_a_time on structure_keys (structure_id) where ended_at is null;

create table voucher_signatures (
    voucher_id uuid primary key references vouchers (id) on delete restrict,
    key_id     text not null references structure_keys (id) on delete restrict,
    digits     text not null check (digits ~ '^[0-9]{200}$'),    -- as its QR carries it
    signed_at  timestamptz not null
);

-- What a prescriber reads, on the rows of the structure that the service names for one transaction; without a name, nothing.
create function own_structure() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('comptoir.structure', true), '')::uuid;

-- The second lock (F2): these rows and no others, whatever a statement asks. The service and the owner see all; each
-- condition looks through the one above it.
alter table structures enable row level security;
alter table structures force row level security;
create policy everything on structures to :owner, :app using (true) with check (true);
create policy own on structures for select to :prescriber using (id = own_structure());

alter table prescribers enable row level security;
alter table prescribers force row level security;
create policy everything on prescribers to :owner, :app using (true) with check (true);
create policy own on prescribers for select to :prescriber using (structure_id = own_structure());

alter table vouchers enable row level security;
alter table vouchers force row level security;
create policy everything on vouchers to :owner, :app using (true) with check (true);
create policy own on vouchers for select to :prescriber using (structure_id = own_structure());

alter table voucher_persons enable row level security;
alter table voucher_persons force row level security;
create policy everything on voucher_persons to :owner, :app using (true) with check (true);
create policy own on voucher_persons for select to :prescriber
    using (exists (select from vouchers v where v.id = voucher_id));

alter table voucher_revocations enable row level security;
alter table voucher_revocations force row level security;
create policy everything on voucher_revocations to :owner, :app using (true) with check (true);
create policy own on voucher_revocations for select to :prescriber
    using (exists (select from vouchers v where v.id = voucher_id));

alter table voucher_signatures enable row level security;
alter table voucher_signatures force row level security;
create policy everything on voucher_signatures to :owner, :app using (true) with check (true);
create policy own on voucher_signatures for select to :prescriber
    using (exists (select from vouchers v where v.id = voucher_id));

alter table persons enable row level security;
alter table persons force row level security;
create policy everything on persons to :owner, :app using (true) with check (true);
create policy own on persons for select to :prescriber
    using (exists (select from voucher_persons c where c.person_id = id));

alter table identities enable row level security;
alter table identities force row level security;
create policy everything on identities to :owner, :app using (true) with check (true);
create policy own on identities for select to :prescriber
    using (exists (select from voucher_persons c where c.person_id = identities.person_id));

alter table rights enable row level security;
alter table rights force row level security;
create policy everything on rights to :owner, :app using (true) with check (true);
create policy own on rights for select to :prescriber
    using (exists (select from vouchers v where v.id = voucher_id));

alter table uses enable row level security;
alter table uses force row level security;
create policy everything on uses to :owner, :app using (true) with check (true);
create policy own on uses for select to :prescriber
    using (exists (select from rights r where r.id = right_id));

alter table refund_lines enable row level security;
alter table refund_lines force row level security;
create policy everything on refund_lines to :owner, :app using (true) with check (true);
create policy own on refund_lines for select to :prescriber
    using (exists (select from uses u where u.sale_id = refund_lines.sale_id and u.position = refund_lines.position));
