-- A voucher that its prescriber sends by mail. Where it went is not kept: neither address nor words.
create table voucher_mails (
    id         uuid primary key,            -- in the message's own id, so that a mailbox tells a second copy
    voucher_id uuid not null references vouchers (id) on delete restrict,
    asked_at   timestamptz not null,
    asked_by   uuid not null references users (id) on delete restrict
);
create index voucher_mails_of_voucher on voucher_mails (voucher_id);
create index voucher_mails_of_user on voucher_mails (asked_by, asked_at);

-- One try at a time, so that two that ask at once send one message.
create table voucher_mail_attempts (
    mail_id  uuid not null references voucher_mails (id) on delete restrict,
    ordinal  int not null check (ordinal > 0),
    begun_at timestamptz not null,
    ended_at timestamptz,                   -- absent: under way, or broken off
    constraint voucher_mail_attempts_are_one_by_one primary key (mail_id, ordinal)
);

create table voucher_mail_deliveries (
    mail_id  uuid not null references voucher_mails (id) on delete restrict,
    taken_at timestamptz not null,          -- by the mail server
    constraint voucher_mail_deliveries_happen_once primary key (mail_id)
);

alter table voucher_mails enable row level security;
alter table voucher_mails force row level security;
create policy everything on voucher_mails to :owner, :app using (true) with check (true);
create policy own on voucher_mails for select to :prescriber
    using (exists (select from vouchers v where v.id = voucher_id));
alter table voucher_mail_deliveries enable row level security;
alter table voucher_mail_deliveries force row level security;
create policy everything on voucher_mail_deliveries to :owner, :app using (true) with check (true);
create policy own on voucher_mail_deliveries for select to :prescriber
    using (exists (select from voucher_mails m where m.id = mail_id));

insert into dated_numbers (name, starts_on, amount, recorded_at)
select n.name, date '2000-01-01', n.amount, now()
from (values ('voucher_mails_a_day_most', 5), ('prescriber_mails_a_day_most', 50), ('signed_sheets_most', 20)) n (name, amount)
where exists (select from dated_numbers);
