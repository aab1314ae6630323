-- Stretches of the journal that were written out, each with the fingerprint of what was written. The entry in the association's
-- chain seals the same.
create table archives (
    id              uuid primary key,
    from_on         date not null,
    to_on           date not null,
    entries         bigint not null check (entries >= 0),
    chains          int not null check (chains >= 0),
    manifest_digest bytea not null check (length(manifest_digest) = 32),
    made_at         timestamptz not null,
    made_by         uuid not null references users (id) on delete restrict,
    chain_id        uuid not null references chain_heads (id) on delete restrict,
    position        bigint not null,
    unique (chain_id, position),
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict,
    constraint archives_are_of_a_year_at_most check (to_on between from_on and from_on + 365)
);
create index archives_by_day on archives (to_on desc, id desc);

-- To which account something is booked. A chart of accounts is the accountant's: the rows are a start.
create table accounts (
    role        text not null check (role in ('cash', 'card', 'cheque', 'vat', 'sales_device', 'sales_recharge', 'sales_sim',
        'sales_accessory', 'transfer', 'expense', 'difference_loss', 'difference_gain')),
    starts_on   date not null,
    account     text not null check (account ~ '^[0-9]{3}[0-9A-Za-z]{0,17}$'),
    label       text not null check (length(label) between 1 and 100),
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,      -- absent: what set-up brought
    constraint accounts_change_once_a_day primary key (role, starts_on)
);
insert into accounts (role, starts_on, account, label, recorded_at)
select role, '2000-01-01', account, label, now()
from (values ('cash', '530000', 'Caisse'), ('card', '511500', 'Cartes bancaires à encaisser'), ('cheque', '511200', 'Chèques à encaisser'),
    ('vat', '445710', 'TVA collectée'), ('sales_device', '707100', 'Ventes d''équipements'), ('sales_recharge', '707200', 'Ventes de recharges'),
    ('sales_sim', '707300', 'Ventes de cartes SIM'), ('sales_accessory', '707400', 'Ventes d''accessoires'),
    ('transfer', '580000', 'Virements internes'), ('expense', '606800', 'Petites dépenses'),
    ('difference_loss', '658000', 'Différences de caisse'), ('difference_gain', '758000', 'Différences de caisse')) as a (role, account, label);

create trigger archives_are_never_edited before update or delete or truncate on archives
    for each statement execute function refuse_edit();
