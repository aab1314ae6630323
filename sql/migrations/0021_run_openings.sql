-- Runs that take people from structures: which are open to every structure, and whom a structure enrolled itself.

-- A run is offered to the structure that mobilises it; while it is open, to every other one too. Whoever opens it, closes
-- it or enrols somebody has locked the run's row.
create table run_openings (
    id        uuid primary key,
    run_id    uuid not null references runs (id) on delete restrict,
    opened_at timestamptz not null,
    opened_by uuid not null references users (id) on delete restrict,
    ended_at  timestamptz,                  -- absent: open
    ended_by  uuid references users (id) on delete restrict,
    check ((ended_at is null) = (ended_by is null))
);
create unique index run_openings_are_open_once on run_openings (run_id) where ended_at is null;
create index runs_of_structure on runs (structure_id);

-- Who wrote it down, as waitings say already; and, of whom a structure enrolled in the portal, which of its prescribers did
-- and under which file its voucher names them: the list of the run is under the file that goes on, of which the structure
-- is told nothing. Whoever waited keeps both once on the list.
alter table prescribers add unique (id, structure_id);
alter table enrolments add column recorded_by uuid references users (id) on delete restrict;    -- absent: not kept then
alter table enrolments add column prescriber_id uuid;                                           -- absent: the shop enrolled
alter table enrolments add column referred_id uuid references persons (id) on delete restrict;
alter table enrolments add check ((prescriber_id is null) = (referred_id is null));
alter table enrolments add foreign key (prescriber_id, structure_id)
    references prescribers (id, structure_id) on delete restrict;
alter table waitings add column prescriber_id uuid;                                             -- absent: the shop did
alter table waitings add column referred_id uuid references persons (id) on delete restrict;
alter table waitings add check ((prescriber_id is null) = (referred_id is null));
alter table waitings add foreign key (prescriber_id, structure_id)
    references prescribers (id, structure_id) on delete restrict;
create index enrolments_by_structure on enrolments (structure_id, run_id) where prescriber_id is not null;
create index waitings_by_structure on waitings (structure_id, run_id) where prescriber_id is not null;

-- A structure sees whom it enrolled itself, in the portal. Whom the shop enrolled under its name it does not: that is the
-- shop's list, whoever mobilised the run.
alter table enrolments enable row level security;
alter table enrolments force row level security;
create policy everything on enrolments to :owner, :app using (true) with check (true);
create policy own on enrolments for select to :prescriber
    using (structure_id = own_structure() and prescriber_id is not null);

alter table waitings enable row level security;
alter table waitings force row level security;
create policy everything on waitings to :owner, :app using (true) with check (true);
create policy own on waitings for select to :prescriber
    using (structure_id = own_structure() and prescriber_id is not null);

alter table withdrawals enable row level security;
alter table withdrawals force row level security;
create policy everything on withdrawals to :owner, :app using (true) with check (true);
create policy own on withdrawals for select to :prescriber
    using (exists (select from enrolments e where e.id = enrolment_id));

alter table completions enable row level security;
alter table completions force row level security;
create policy everything on completions to :owner, :app using (true) with check (true);
create policy own on completions for select to :prescriber
    using (exists (select from enrolments e where e.id = enrolment_id));

alter table completion_revocations enable row level security;
alter table completion_revocations force row level security;
create policy everything on completion_revocations to :owner, :app using (true) with check (true);
create policy own on completion_revocations for select to :prescriber
    using (exists (select from completions c where c.id = completion_id));

-- What is open now is open to every structure that there is.
alter table run_openings enable row level security;
alter table run_openings force row level security;
create policy everything on run_openings to :owner, :app using (true) with check (true);
create policy own on run_openings for select to :prescriber
    using (ended_at is null and exists (select from structures s where s.id = own_structure()));

-- Those that it mobilises, those that are open, and those on which it has people.
alter table runs enable row level security;
alter table runs force row level security;
create policy everything on runs to :owner, :app using (true) with check (true);
create policy own on runs for select to :prescriber
    using (structure_id = own_structure()
           or exists (select from run_openings o where o.run_id = runs.id)
           or exists (select from enrolments e where e.run_id = runs.id)
           or exists (select from waitings w where w.run_id = runs.id));
