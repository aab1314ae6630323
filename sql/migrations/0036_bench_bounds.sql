-- What a test bench may send before somebody looks, and the lot that stands on it.

-- With which lot the new machines of a bench come; the last row counts.
create table station_batches (
    station_id  uuid not null references stations (user_id) on delete restrict,
    ordinal     int not null check (ordinal > 0),
    batch_id    uuid references batches (id) on delete restrict,    -- absent: with none
    recorded_at timestamptz not null,
    recorded_by uuid not null references users (id) on delete restrict,
    primary key (station_id, ordinal)
);

-- What one bench took in and sent on a day.
create index devices_taken_in_by on devices (recorded_by, recorded_at);
create index hardware_files_imported_by on hardware_files (imported_by, imported_at);
create index health_files_imported_by on health_files (imported_by, imported_at);
create index erasure_logs_imported_by on erasure_logs (imported_by, imported_at);
create index waiting_files_of_station on waiting_files (station_id) where ended_at is null;

-- How many files of a bench may wait for somebody, how many machines it takes in and how many megabytes it sends on a day: a
-- token that was stolen, or a bench gone mad, fills neither the disk nor the numbers of labels.
insert into dated_numbers (name, starts_on, amount, recorded_at)
select name, '2000-01-01', amount, now()
from (values ('station_files_waiting', 500), ('station_devices_a_day', 2000),
             ('station_megabytes_a_day', 1000)) n (name, amount)
where exists (select from dated_numbers);
