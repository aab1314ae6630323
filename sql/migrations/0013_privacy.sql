-- What people are told of what is kept about them, version by version, and what each of them said.
create table privacy_notices (
    starts_on   date not null,
    french      text not null check (length(french) between 1 and 10000),
    english     text not null check (length(english) between 1 and 10000),
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,     -- absent: by set-up
    constraint privacy_notices_change_once_a_day primary key (starts_on)
);

-- The last answer counts. Whoever refuses is served under a code alone: the identity goes, and year of birth
-- and quarter are not written down any more.
create table privacy_answers (
    id          uuid primary key,
    person_id   uuid not null references persons (id) on delete restrict,
    notice_on   date not null references privacy_notices (starts_on) on delete restrict,    -- its text is the copy
    answered_on date not null,
    told        text not null check (told in ('spoken', 'paper', 'screen')),
    accepted    boolean not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null references users (id) on delete restrict
);
create index privacy_answers_of_person on privacy_answers (person_id, id);
