-- The course as a facilitator works with it each week.

-- A session before it is held, under the id that it keeps once it is. Whoever plans, moves, calls off or holds one has
-- locked the run's row.
create table planned_sessions (
    id          uuid primary key,
    run_id      uuid not null references runs (id) on delete restrict,
    recorded_at timestamptz not null
);
create index planned_sessions_of_run on planned_sessions (run_id);

-- When and where. Moved, it has a further revision; the highest one counts.
create table session_plans (
    session_id      uuid not null references planned_sessions (id) on delete restrict,
    revision        int not null check (revision > 0),
    module_id       uuid not null references modules (id) on delete restrict,
    planned_on      date not null,
    starts_minute   int not null check (starts_minute between 0 and 1439),      -- since midnight, by the clock of Paris
    planned_minutes int not null check (planned_minutes between 1 and 1440),
    place           text not null check (length(place) <= 200),
    recorded_at     timestamptz not null,
    recorded_by     uuid not null references users (id) on delete restrict,
    constraint session_plans_revision_is_one primary key (session_id, revision)
);
create index session_plans_by_day on session_plans (planned_on);

create table session_cancellations (
    session_id   uuid not null references planned_sessions (id) on delete restrict,
    motive       text not null check (length(motive) between 1 and 500),
    cancelled_at timestamptz not null,
    cancelled_by uuid not null references users (id) on delete restrict,
    constraint session_cancellations_happen_once primary key (session_id)
);
