-- What test benches send by themselves: their stations, the files that wait for a person, and what disks say of their own
-- wear.

-- A bench that sends its files by itself. Its station is a user who holds no role and has nothing to sign in with, so that
-- what it takes in bears its operator code. The token is at the bench alone.
create table stations (
    user_id    uuid primary key references users (id) on delete restrict,
    shop_id    uuid not null references shops (id) on delete restrict,
    token_hash bytea not null check (length(token_hash) = 32),
    opened_at  timestamptz not null,
    opened_by  uuid not null references users (id) on delete restrict,
    seen_at    timestamptz,                 -- absent: it has sent nothing yet
    revoked_at timestamptz,                 -- absent: it may send
    revoked_by uuid references users (id) on delete restrict,
    check ((revoked_at is null) = (revoked_by is null)),
    constraint stations_token_is_one unique (token_hash)
);
create index stations_of_shop on stations (shop_id);

-- A station sends files and does nothing else: it holds no role, signs for no structure, and has neither password nor badge.
create function stations_only_send() returns trigger
    language plpgsql as $$
begin
    if exists (select from stations where user_id = new.user_id)
       and (exists (select from user_roles where user_id = new.user_id)
            or exists (select from prescriber_accounts where user_id = new.user_id)
            or exists (select from credentials where user_id = new.user_id)) then
        perform raise_gate('stations_only_send', 'a station holds no role and signs in with nothing');
    end if;
    return null;
end $$;
create constraint trigger stations_only_send after insert on stations
    for each row execute function stations_only_send();
create constraint trigger stations_only_send after insert on user_roles
    for each row execute function stations_only_send();
create constraint trigger stations_only_send after insert on prescriber_accounts
    for each row execute function stations_only_send();
create constraint trigger stations_only_send after insert on credentials
    for each row execute function stations_only_send();

-- A file of a station that the importer would ask a person about. It is kept as it came until somebody takes it in or puts it
-- aside, and after.
create table waiting_files (
    id          uuid primary key,
    station_id  uuid not null references stations (user_id) on delete restrict,
    shop_id     uuid not null references shops (id) on delete restrict,
    sha256      bytea not null check (sha256 = sha256(document)),
    name        text not null check (length(name) <= 300),
    format      text not null,
    document    bytea not null check (octet_length(document) <= 5000000),
    doubt       text not null check (doubt in ('sheet', 'elsewhere', 'other_disks', 'virtual_machine', 'no_true_serial',
                                               'serial_known')),
    label       text not null default '',   -- the machine that it may be of; empty where none is known
    summary     text not null default '',   -- what it describes, in a line
    received_at timestamptz not null,
    ended_at    timestamptz,                -- absent: waits
    ended_by    uuid references users (id) on delete restrict,
    ended_how   text check (ended_how in ('taken', 'aside')),
    check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_how is null)),
    constraint waiting_files_wait_once unique (shop_id, sha256)
);
create index waiting_files_that_wait on waiting_files (shop_id, id) where ended_at is null;

-- A file of another maker and model, and of a serial that the shop has.
create index devices_by_serial on devices (upper(regexp_replace(serial, '[^[:alnum:]]', '', 'g'))) where serial <> '';

-- The reports of disks as they came, of which their healths keep the digest.
create table health_files (
    sha256      bytea primary key check (sha256 = sha256(document)),
    name        text not null check (length(name) <= 300),
    document    bytea not null check (octet_length(document) <= 5000000),
    imported_at timestamptz not null,
    imported_by uuid not null references users (id) on delete restrict
);
create trigger health_files_are_never_edited before update or delete or truncate on health_files
    for each statement execute function refuse_edit();

-- What a disk said of its own wear, each time that a file told it; the last one counts. A number is absent where the disk
-- does not say it.
create table disk_healths (
    disk_id             uuid not null references device_disks (id) on delete restrict,
    file_sha256         bytea not null check (length(file_sha256) = 32),
    passed              boolean,            -- absent: the disk gave no verdict
    power_on_hours      int check (power_on_hours >= 0),
    reallocated_sectors int check (reallocated_sectors >= 0),
    pending_sectors     int check (pending_sectors >= 0),
    percentage_used     int check (percentage_used >= 0),
    recorded_at         timestamptz not null,
    recorded_by         uuid not null references users (id) on delete restrict,
    constraint disk_healths_are_kept_once primary key (disk_id, file_sha256)
);
create index disk_healths_of_disk on disk_healths (disk_id, recorded_at desc);
create trigger disk_healths_are_never_edited before update or delete or truncate on disk_healths
    for each statement execute function refuse_edit();

-- From when a disk is to be watched, and replaced: how much of the writing that flash was made for is used up, and how many
-- of its sectors went bad.
insert into dated_numbers (name, starts_on, amount, recorded_at)
select name, '2000-01-01', amount, now()
from (values ('disk_watch_percent', 80), ('disk_replace_percent', 100), ('disk_replace_sectors', 50)) n (name, amount)
where exists (select from dated_numbers);
