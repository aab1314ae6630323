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

-- How many a run takes; the highest revision counts. Whoever sets it or counts against it has locked the run's row.
create table run_seats (
    run_id      uuid not null references runs (id) on delete restrict,
    revision    int not null check (revision > 0),
    seats       int check (seats between 1 and 1000),   -- absent: as many as come
    recorded_at timestamptz not null,
    recorded_by uuid not null references users (id) on delete restrict,
    constraint run_seats_revision_is_one primary key (run_id, revision)
);

-- Who leads a run beside its facilitator, and which volunteers help.
create table run_helpers (
    id         uuid primary key,
    run_id     uuid not null references runs (id) on delete restrict,
    user_id    uuid not null references users (id) on delete restrict,
    part       text not null check (part in ('facilitator', 'volunteer')),
    started_at timestamptz not null,
    started_by uuid not null references users (id) on delete restrict,
    ended_at   timestamptz,                 -- absent: helps
    ended_by   uuid references users (id) on delete restrict,
    check ((ended_at is null) = (ended_by is null))
);
create unique index run_helpers_help_once on run_helpers (run_id, user_id) where ended_at is null;

-- Who waits for a seat; the lowest turn of those who still wait comes first. Turns are drawn with the run's row locked.
create table waitings (
    id           uuid primary key,
    run_id       uuid not null references runs (id) on delete restrict,
    person_id    uuid not null references persons (id) on delete restrict,
    structure_id uuid not null references structures (id) on delete restrict,
    asked_on     date not null,
    turn         int not null check (turn > 0),
    recorded_at  timestamptz not null,
    recorded_by  uuid not null references users (id) on delete restrict,
    ended_at     timestamptz,               -- absent: waits
    ended_by     uuid references users (id) on delete restrict,
    ended_how    text check (ended_how in ('enrolled', 'left')),
    motive       text check (length(motive) between 1 and 500),      -- of whoever left
    check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_how is null)),
    check ((motive is not null) = (ended_how is not null and ended_how = 'left')),
    constraint waitings_turn_is_one unique (run_id, turn)
);
create unique index waitings_wait_once on waitings (run_id, person_id) where ended_at is null;

-- The signing sheet of a session as it was scanned once signed. The first one freezes the attendance.
create table session_sheets (
    id          uuid primary key,
    session_id  uuid not null references sessions (id) on delete restrict,
    kind        text not null check (kind in ('application/pdf', 'image/jpeg', 'image/png')),
    content     bytea not null check (octet_length(content) between 1 and 8388608),
    digest      bytea not null check (digest = sha256(content)),
    attached_at timestamptz not null,
    attached_by uuid not null references users (id) on delete restrict,
    constraint session_sheets_are_attached_once unique (session_id, digest)
);

-- Why attendance was corrected after its sheet was signed.
create table attendance_corrections (
    id           uuid primary key,
    session_id   uuid not null references sessions (id) on delete restrict,
    motive       text not null check (length(motive) between 1 and 500),
    corrected_at timestamptz not null,
    corrected_by uuid not null references users (id) on delete restrict,
    unique (id, session_id)
);
alter table attendances add column correction_id uuid;     -- absent: an ordinary revision
alter table attendances add foreign key (correction_id, session_id)
    references attendance_corrections (id, session_id) on delete restrict;
create trigger completion_revocations_are_never_edited before update or delete or truncate on completion_revocations
    for each statement execute function refuse_edit();
create trigger attendance_corrections_are_never_edited before update or delete or truncate on attendance_corrections
    for each statement execute function refuse_edit();

-- Nobody is there for longer than the session was, or at a session of a course that they do not follow; and nothing is
-- changed under a signed sheet but by a correction. The run's row is locked, so that no sheet is attached meanwhile.
create function check_attendance() returns trigger
    language plpgsql as $$
declare
    held record;
begin
    select s.delivered_minutes, s.run_id, r.course_id into held
    from sessions s join runs r on r.id = s.run_id where s.id = new.session_id for no key update of r;
    if new.correction_id is null and exists (select from session_sheets where session_id = new.session_id) then
        perform raise_gate('attendances_are_frozen_by_the_signed_sheet', 'the signed sheet is attached');
    end if;
    if new.minutes > held.delivered_minutes then
        perform raise_gate('attendances_fit_the_session', 'longer than the session');
    end if;
    if not exists (select from enrolments e join runs r on r.id = e.run_id
                   where e.id = new.enrolment_id and r.course_id = held.course_id) then
        perform raise_gate('attendances_are_of_the_course', 'enrolled in another course');
    end if;
    return null;
end $$;
create constraint trigger attendances_are_gated after insert on attendances
    for each row execute function check_attendance();
