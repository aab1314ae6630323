-- Where in a shop a machine lies: rooms, and shelves in them, each with a number that is scanned.

create table locations (
    id        uuid primary key,
    code      text not null check (code ~ '^[A-Z]{2}RG[0-9]{2}-[0-9]{4,5}$'),
    shop_id   uuid not null references shops (id) on delete restrict,
    room      text not null check (length(room) between 1 and 40),
    shelf     text not null default '' check (length(shelf) <= 40),     -- empty: the room as a whole
    opened_at timestamptz not null,
    opened_by uuid not null references users (id) on delete restrict,
    closed_at timestamptz,                  -- absent: in use
    closed_by uuid references users (id) on delete restrict,
    constraint locations_code_names_one_location unique (code),
    check ((closed_at is null) = (closed_by is null))
);
create unique index locations_name_is_one_in_a_shop on locations (shop_id, room, shelf) where closed_at is null;
alter table label_counters drop constraint label_counters_prefix_check,
    add constraint label_counters_prefix_check check (prefix ~ '^[A-Z]{2}(PC|TA|SM|TE|EC|LO|TR|IN|AV|CM|RG)[0-9]{2}$');

-- Where a machine was put, each time; the last row tells where it lies, until it leaves the shop.
create table device_locations (
    device_id   uuid not null references devices (id) on delete restrict,
    ordinal     int not null check (ordinal > 0),
    location_id uuid not null references locations (id) on delete restrict,
    count_id    uuid references counts (id) on delete restrict,     -- absent: not found there by a count
    placed_at   timestamptz not null,
    placed_by   uuid not null references users (id) on delete restrict,
    primary key (device_id, ordinal)
);
create index device_locations_of_location on device_locations (location_id, device_id);

-- Nothing is put where there is no shelf any more.
create function check_location_is_open() returns trigger
    language plpgsql as $$
begin
    if (select closed_at from locations where id = new.location_id for share) is not null then
        perform raise_gate('device_locations_are_in_use', 'the location was closed');
    end if;
    return new;
end $$;
create constraint trigger device_locations_are_gated after insert on device_locations
    for each row execute function check_location_is_open();

-- Where somebody stands while they count: the last row of each.
create table count_places (
    count_id    uuid not null references counts (id) on delete restrict,
    counted_by  uuid not null references users (id) on delete restrict,
    ordinal     int not null check (ordinal > 0),
    location_id uuid not null references locations (id) on delete restrict,
    scanned_at  timestamptz not null,
    primary key (count_id, counted_by, ordinal)
);
create constraint trigger count_places_are_gated after insert on count_places
    for each row execute function check_count_goes_on();

alter table count_scans add column location_id uuid references locations (id) on delete restrict;   -- absent: nobody said where

create trigger device_locations_are_never_edited before update or delete or truncate on device_locations
    for each statement execute function refuse_edit();
create trigger count_places_are_never_edited before update or delete or truncate on count_places
    for each statement execute function refuse_edit();
