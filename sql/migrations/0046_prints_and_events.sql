-- A ticket is printed once as itself, which is an event; each time after that it is a duplicate with a number of its own.
insert into dated_numbers (name, starts_on, amount, recorded_at)
select 'original_print_minutes', '2000-01-01', 60, now() where exists (select from dated_numbers);

create table receipt_prints (
    chain_id          uuid not null,
    original_position bigint not null,
    copy              int not null check (copy >= 0),   -- 0: the original
    printed_at        timestamptz not null,
    printed_by        uuid not null references users (id) on delete restrict,
    position          bigint not null,                  -- its own entry: of a duplicate, or the event of the original's print
    constraint receipt_prints_are_numbered primary key (chain_id, original_position, copy),
    unique (chain_id, position),
    foreign key (chain_id, original_position) references journal_entries (chain_id, position) on delete restrict,
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict
);

-- What is no ticket and yet belongs to the proof: who signed in and out, what was set, what was exported. Those of no till are
-- in a chain of the association's own.
alter table chain_heads alter column till_id drop not null;     -- absent: the association's
alter table chain_heads drop constraint chain_heads_are_one_per_till;
alter table chain_heads add constraint chain_heads_are_one_per_till unique nulls not distinct (till_id, training);

create table journal_events (
    chain_id    uuid not null,
    position    bigint not null,
    event       text not null check (event ~ '^[a-z_]{3,40}$'),
    subject     text not null default '' check (length(subject) <= 200),   -- a code or a number, never a person
    detail      text not null default '' check (length(detail) <= 500),
    happened_at timestamptz not null,
    user_id     uuid references users (id) on delete restrict,            -- absent: the installation by itself
    primary key (chain_id, position),
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict
);
create index journal_events_by_kind on journal_events (event, happened_at desc);
create index journal_events_by_moment on journal_events (happened_at desc, chain_id desc, position desc);

create trigger receipt_prints_are_never_edited before update or delete or truncate on receipt_prints
    for each statement execute function refuse_edit();
create trigger journal_events_are_never_edited before update or delete or truncate on journal_events
    for each statement execute function refuse_edit();
