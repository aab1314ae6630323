-- The help desk: who was received, for what and for how long; what of a voucher it used; and who is expected.

-- What a visit was about, and where somebody was sent: two lists of the shop's own, plain words and nothing of a special
-- category. A newer row of the same code replaces the older one, or withdraws it. The codes that an installation begins
-- with are those of the national tool of digital mediation, so that a count can be carried over.
create table help_desk_codes (
    list        text not null check (list in ('theme', 'redirection')),
    code        text not null check (code ~ '^[a-z0-9_-]{2,60}$'),
    starts_on   date not null,
    name_fr     text not null check (length(name_fr) between 1 and 200),
    name_en     text not null check (length(name_en) between 1 and 200),
    withdrawn   boolean not null,
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,      -- absent: by set-up
    constraint help_desk_codes_change_once_a_day primary key (list, code, starts_on)
);

-- Somebody is expected. Whoever books, moves or ends one has locked the person's row, then the receiving user's.
create table appointments (
    id          uuid primary key,
    shop_id     uuid not null references shops (id) on delete restrict,
    person_id   uuid not null references persons (id) on delete restrict,
    kind        text not null check (kind in ('visit', 'diagnostic', 'sale')),
    lock_marker smallint not null default 0,
    recorded_at timestamptz not null,
    recorded_by uuid not null references users (id) on delete restrict
);
create index appointments_of_person on appointments (person_id);

-- When, and who receives. Moved, it has a further revision; the highest one counts.
create table appointment_times (
    appointment_id  uuid not null references appointments (id) on delete restrict,
    revision        int not null check (revision > 0),
    planned_on      date not null,
    starts_minute   int not null check (starts_minute between 0 and 1439),      -- since midnight, by the clock of Paris
    planned_minutes int not null check (planned_minutes between 1 and 480),
    user_id         uuid references users (id) on delete restrict,              -- absent: whoever is there
    recorded_at     timestamptz not null,
    recorded_by     uuid not null references users (id) on delete restrict,
    check (starts_minute + planned_minutes <= 1440),
    constraint appointment_times_revision_is_one primary key (appointment_id, revision)
);
create index appointment_times_by_day on appointment_times (planned_on);

-- Somebody was received. No word about anybody: codes, minutes and days alone. Taken back, it has a row that says so.
create table visits (
    id                    uuid primary key,
    shop_id               uuid not null references shops (id) on delete restrict,
    kind                  text not null check (kind in ('visit', 'diagnostic')),
    person_id             uuid references persons (id) on delete restrict,      -- absent: nobody was asked who they are
    held_on               date not null,
    minutes               int not null check (minutes between 1 and 480),
    autonomy              text check (autonomy in ('entierement_accompagne', 'partiellement_autonome', 'autonome')), -- absent: not said
    redirections          text not null default 'redirection' check (redirections = 'redirection'),
    redirection           text,                                                 -- absent: sent nowhere
    redirection_starts_on date,
    led_by                uuid not null references users (id) on delete restrict,
    recorded_at           timestamptz not null,
    recorded_by           uuid not null references users (id) on delete restrict,
    check ((redirection is null) = (redirection_starts_on is null)),
    check (held_on <= paris_day(recorded_at)),
    foreign key (redirections, redirection, redirection_starts_on)
        references help_desk_codes (list, code, starts_on) on delete restrict
);
create index visits_of_shop on visits (shop_id, held_on, id);
create index visits_of_person on visits (person_id, held_on) where person_id is not null;

-- In the words of the day.
create table visit_themes (
    visit_id        uuid not null references visits (id) on delete restrict,
    themes          text not null default 'theme' check (themes = 'theme'),
    theme           text not null,
    theme_starts_on date not null,
    primary key (visit_id, theme),
    foreign key (themes, theme, theme_starts_on) references help_desk_codes (list, code, starts_on) on delete restrict
);

create table visit_take_backs (
    visit_id      uuid not null references visits (id) on delete restrict,
    motive        text not null check (motive in ('slip', 'twice', 'wrong_person')),
    taken_back_at timestamptz not null,
    taken_back_by uuid not null references users (id) on delete restrict,
    constraint visit_take_backs_happen_once primary key (visit_id)
);

-- What a visit took of a right, beside the uses that tickets make: one unit, stamped with person and household. Of a visit
-- that was taken back it counts no more.
create table visit_uses (
    visit_id     uuid primary key references visits (id) on delete restrict,
    right_id     uuid not null references rights (id) on delete restrict,
    person_id    uuid not null references persons (id) on delete restrict,
    household_id uuid not null references households (id) on delete restrict,
    used_on      date not null
);
create index visit_uses_of_right on visit_uses (right_id);

-- How an appointment ended: once, unless the visit that came of it was taken back; then it waits for its end again.
create table appointment_ends (
    appointment_id uuid not null references appointments (id) on delete restrict,
    how            text not null check (how in ('came', 'missed', 'cancelled')),
    motive         text check (motive in ('person', 'shop', 'slip')),           -- of what was cancelled
    visit_id       uuid references visits (id) on delete restrict,              -- absent: no visit came of it
    follows        uuid references visit_take_backs (visit_id) on delete restrict,
    ended_at       timestamptz not null,
    ended_by       uuid not null references users (id) on delete restrict,
    check ((motive is not null) = (how = 'cancelled')),
    check (visit_id is null or how = 'came'),
    constraint appointments_end_once unique nulls not distinct (appointment_id, follows),
    constraint appointment_ends_bring_a_visit_once unique (visit_id),
    constraint appointment_ends_of_a_visit unique (appointment_id, visit_id),
    constraint appointment_ends_follow_their_own foreign key (appointment_id, follows)
        references appointment_ends (appointment_id, visit_id) on delete restrict
);

-- Each appointment as it stands: its last time, and its end, absent while it is open.
create view current_appointments as
    select a.id, a.shop_id, a.person_id, a.kind, t.revision, t.planned_on, t.starts_minute, t.planned_minutes, t.user_id,
           e.how, e.motive, e.visit_id, e.ended_at
    from appointments a join appointment_times t on t.appointment_id = a.id
    left join appointment_ends e on e.appointment_id = a.id
        and not exists (select from visit_take_backs b where b.visit_id = e.visit_id)
    where not exists (select from appointment_times l where l.appointment_id = a.id and l.revision > t.revision);

-- Nobody is expected at two places at once, and nobody receives two at once. The person's row is locked, under the file
-- that goes on, then the receiving user's: two that overlap come one after the other. What was cancelled or missed leaves
-- its time free.
create function check_appointment_time() returns trigger
    language plpgsql as $$
declare
    whose uuid := (select person_now(person_id) from appointments where id = new.appointment_id);
begin
    perform from persons where id = whose for no key update;
    perform from users where id = new.user_id for no key update;
    if exists (select from current_appointments where id = new.appointment_id and how is not null) then
        perform raise_gate('appointment_times_are_of_what_is_open', 'the appointment has ended');
    end if;
    if exists (select from current_appointments o
               where o.planned_on = new.planned_on and o.id <> new.appointment_id
                 and o.starts_minute < new.starts_minute + new.planned_minutes
                 and new.starts_minute < o.starts_minute + o.planned_minutes
                 and (o.how is null or o.how = 'came') and person_now(o.person_id) = whose) then
        perform raise_gate('appointments_of_a_person_never_overlap', 'the person is expected at that time');
    end if;
    if exists (select from current_appointments o
               where o.planned_on = new.planned_on and o.id <> new.appointment_id
                 and o.starts_minute < new.starts_minute + new.planned_minutes
                 and new.starts_minute < o.starts_minute + o.planned_minutes
                 and (o.how is null or o.how = 'came') and o.user_id = new.user_id) then
        perform raise_gate('appointments_of_a_user_never_overlap', 'the user receives at that time');
    end if;
    return null;
end $$;
create constraint trigger appointment_times_are_gated after insert on appointment_times
    for each row execute function check_appointment_time();

-- A right gives no more visits than it opens, whoever takes them. What opened it is locked, as a sale locks it.
create function check_visit_use() returns trigger
    language plpgsql as $$
declare
    opened record;
begin
    select r.category, r.uses_max, r.voucher_id, r.completion_id into opened from rights r where r.id = new.right_id;
    if opened.category <> 'help_desk' then
        perform raise_gate('visit_uses_are_of_the_help_desk', 'the right opens something else');
    end if;
    perform from vouchers where id = opened.voucher_id for no key update;
    perform from completions where id = opened.completion_id for no key update;
    if (select count(*) from visit_uses u where u.right_id = new.right_id
        and not exists (select from visit_take_backs b where b.visit_id = u.visit_id)) > opened.uses_max then
        perform raise_gate('visit_uses_never_exceed_the_right', 'more visits than the right opens');
    end if;
    return null;
end $$;
create constraint trigger visit_uses_are_gated after insert on visit_uses
    for each row execute function check_visit_use();

do $$
declare
    sealed text;
begin
    foreach sealed in array array['appointment_times', 'appointment_ends', 'visits', 'visit_themes', 'visit_take_backs',
                                  'visit_uses'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_edit()',
                       sealed || '_are_never_edited', sealed);
    end loop;
end $$;

-- A structure reads of its own vouchers that a visit used one, and that it came back.
alter table visit_uses enable row level security;
alter table visit_uses force row level security;
create policy everything on visit_uses to :owner, :app using (true) with check (true);
create policy own on visit_uses for select to :prescriber
    using (exists (select from rights r where r.id = right_id));

alter table visit_take_backs enable row level security;
alter table visit_take_backs force row level security;
create policy everything on visit_take_backs to :owner, :app using (true) with check (true);
create policy own on visit_take_backs for select to :prescriber
    using (exists (select from visit_uses u where u.visit_id = visit_take_backs.visit_id));

-- An installation that was set up before has the number that set-up gives to a new one.
insert into dated_numbers (name, starts_on, amount, recorded_at)
select 'right_voucher_help_desk_units', date '2000-01-01', 0, now() where exists (select from dated_numbers);
