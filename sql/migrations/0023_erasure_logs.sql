-- Wipe logs as they came, of which erasures keep the digest.
create table erasure_logs (
    sha256      bytea primary key check (sha256 = sha256(document)),
    name        text not null check (length(name) <= 300),
    document    bytea not null check (octet_length(document) <= 5000000),
    imported_at timestamptz not null,
    imported_by uuid not null references users (id) on delete restrict
);
create trigger erasure_logs_are_never_edited before update or delete or truncate on erasure_logs
    for each statement execute function refuse_edit();

-- A log finds its disks by their serial, whatever stands between its letters, and every machine that they were ever in.
create index device_disks_by_serial on device_disks (upper(regexp_replace(serial, '[^[:alnum:]]', '', 'g')));
