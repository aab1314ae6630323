-- The parcours: what is taught, who came, who finished, and the right that finishing opens.

-- A template is never changed once a run follows it: a new version is a new row.
create table courses (
    id          uuid primary key,
    code        text not null check (code ~ '^[a-z0-9-]{2,40}$'),
    version     int not null check (version > 0),
    name        text not null check (length(name) between 1 and 200),
    recorded_at timestamptz not null,
    constraint courses_version_is_one unique (code, version)
);

create table modules (
    id              uuid primary key,
    course_id       uuid not null references courses (id) on delete restrict,
    position        int not null check (position > 0),
    kind            text not null check (kind in ('basic', 'thematic')),
    name            text not null check (length(name) between 1 and 200),
    planned_minutes int not null check (planned_minutes between 1 and 1440),
    constraint modules_position_is_one unique (course_id, position)
);

create table runs (
    id             uuid primary key,
    code           text not null check (code ~ '^[A-Z0-9-]{3,30}$'),
    course_id      uuid not null references courses (id) on delete restrict,
    programme_id   uuid not null references programmes (id) on delete restrict,
    structure_id   uuid not null references structures (id) on delete restrict,  -- who mobilises the parents
    shop_id        uuid not null references shops (id) on delete restrict,
    facilitator_id uuid not null references users (id) on delete restrict,
    place          text not null default '',
    starts_on      date not null,
    recorded_at    timestamptz not null,
    lock_marker    smallint not null default 0,
    constraint runs_code_names_one_run unique (code)
);
create index runs_of_programme on runs (programme_id, starts_on);

create table sessions (
    id                uuid not null,
    run_id            uuid not null references runs (id) on delete restrict,
    module_id         uuid not null references modules (id) on delete restrict,
    held_on           date not null,
    delivered_minutes int not null check (delivered_minutes between 0 and 1440),
    recorded_at       timestamptz not null,
    constraint sessions_are_held_once primary key (id)
);
create index sessions_of_run on sessions (run_id, held_on);
create index sessions_by_day on sessions (held_on);

create table enrolments (
    id           uuid primary key,
    run_id       uuid not null references runs (id) on delete restrict,
    person_id    uuid not null references persons (id) on delete restrict,
    structure_id uuid not null references structures (id) on delete restrict,
    enrolled_on  date not null,
    recorded_at  timestamptz not null,
    follows      uuid,                      -- absent: the first; else the withdrawal after which the person came back
    constraint enrolments_are_one_per_run unique nulls not distinct (run_id, person_id, follows)
);
create index enrolments_of_person on enrolments (person_id);

-- How an enrolment ended without a completion: a mistake, or somebody who left. Whoever came stays in the figures.
create table withdrawals (
    enrolment_id uuid not null references enrolments (id) on delete restrict,
    left_on      date not null,
    motive       text not null check (length(motive) between 1 and 500),
    recorded_at  timestamptz not null,
    recorded_by  uuid not null references users (id) on delete restrict,
    constraint withdrawals_end_an_enrolment_once primary key (enrolment_id)
);
alter table enrolments add constraint enrolments_come_back_after_a_withdrawal
    foreign key (follows) references withdrawals (enrolment_id) on delete restrict;

-- A correction is a new revision; the highest one counts. Somebody of another run of the same course who catches a module
-- up is there under the enrolment that they have.
create table attendances (
    session_id    uuid not null references sessions (id) on delete restrict,
    enrolment_id  uuid not null references enrolments (id) on delete restrict,
    revision      int not null check (revision > 0),
    status        text not null check (status in ('seen', 'excused', 'noshow')),
    minutes       int not null check (minutes between 0 and 1440),
    recorded_at   timestamptz not null,
    recorded_by   uuid not null references users (id) on delete restrict,
    check ((status = 'seen') = (minutes > 0)),
    constraint attendances_revision_is_one primary key (session_id, enrolment_id, revision)
);
create index attendances_of_enrolment on attendances (enrolment_id);

create table completion_rules (
    course_code          text not null,
    starts_on            date not null,
    modules_min          int not null check (modules_min >= 0),
    basic_modules_all    boolean not null,
    minutes_percent_min  int not null check (minutes_percent_min between 0 and 100),
    module_percent_min   int not null check (module_percent_min between 0 and 100),
    base                 text not null check (base in ('planned', 'delivered')),
    recorded_at          timestamptz not null,
    constraint completion_rules_change_once_a_day primary key (course_code, starts_on)
);

create table completions (
    id               uuid primary key,
    code             text not null check (code ~ '^[0-9]{13}$'),    -- printed on the attestation
    enrolment_id     uuid not null references enrolments (id) on delete restrict,
    person_id        uuid not null references persons (id) on delete restrict,
    completed_on     date not null,
    rule_starts_on   date not null,
    modules_counted  int not null,
    minutes_counted  int not null,          -- each module's capped
    minutes_attended int not null,          -- as they were: what the attestation says
    motive           text,                  -- absent: decided by the rule; present: by a named person
    recorded_at      timestamptz not null,
    recorded_by      uuid not null references users (id) on delete restrict,
    follows          uuid,                  -- absent: the first; else the one that was taken back before it
    lock_marker      smallint not null default 0,
    constraint completions_code_names_one_completion unique (code),
    constraint completions_are_one_per_enrolment unique nulls not distinct (enrolment_id, follows)
);
create index completions_of_person on completions (person_id);

-- An attestation that was taken back: from its day on it opens nothing, and whoever held it has not finished. What was
-- sold with it stays sold. Whoever takes it back locks the completion's row, as a sale does.
create table completion_revocations (
    completion_id uuid not null references completions (id) on delete restrict,
    revoked_on    date not null,
    motive        text not null check (length(motive) between 1 and 500),
    revoked_at    timestamptz not null,
    revoked_by    uuid not null references users (id) on delete restrict,
    constraint completion_revocations_happen_once primary key (completion_id)
);
alter table completions add constraint completions_come_back_after_a_revocation
    foreign key (follows) references completion_revocations (completion_id) on delete restrict;

-- What a voucher or a completion opens. The till does not care which.
create table rights (
    id            uuid primary key,
    voucher_id    uuid references vouchers (id) on delete restrict,
    completion_id uuid references completions (id) on delete restrict,
    category      text not null check (category in ('equipment', 'connection', 'course', 'help_desk')),
    starts_on     date not null,
    ends_on       date not null,
    uses_max      int check (uses_max > 0), -- absent: as often as the quotas allow
    recorded_at   timestamptz not null,
    constraint rights_have_one_origin check ((voucher_id is null) <> (completion_id is null)),
    constraint rights_end_after_their_start check (starts_on <= ends_on),
    constraint rights_are_one_per_voucher_and_category unique (voucher_id, category),
    constraint rights_are_one_per_completion_and_category unique (completion_id, category)
);
