-- Machines and articles that go from one shop to another: in transit from the slip on, until they are scanned in.

alter table label_counters drop constraint label_counters_prefix_check,
    add constraint label_counters_prefix_check check (prefix ~ '^[A-Z]{2}(PC|TA|SM|TE|EC|LO|TR|IN)[0-9]{2}$');

-- A slip. Its code is printed: LITR26-0001 is the first that Lille sent in 2026.
create table transfers (
    id          uuid primary key,
    code        text not null check (code ~ '^[A-Z]{2}TR[0-9]{2}-[0-9]{4,5}$'),
    shop_id     uuid not null references shops (id) on delete restrict,     -- who sends
    to_shop_id  uuid not null references shops (id) on delete restrict,
    sent_at     timestamptz not null,
    sent_by     uuid not null references users (id) on delete restrict,
    lock_marker smallint not null default 0,
    constraint transfers_code_names_one_transfer unique (code),
    constraint transfers_go_elsewhere check (to_shop_id <> shop_id)
);
create index transfers_of_shop on transfers (shop_id, id desc);
create index transfers_to_shop on transfers (to_shop_id, id desc);

-- Each time that a machine travels.
create table transfer_devices (
    device_id        uuid not null references devices (id) on delete restrict,
    ordinal          int not null check (ordinal > 0),
    previous_ordinal int,                   -- absent: the first
    transfer_id      uuid not null references transfers (id) on delete restrict,
    after_stay       int not null check (after_stay >= 0),  -- its last stay on a shelf; 0: it had none
    constraint transfer_devices_travel_once_at_a_time primary key (device_id, ordinal),
    unique (transfer_id, device_id),
    check ((ordinal = 1 and previous_ordinal is null) or previous_ordinal = ordinal - 1)
);

-- How it ended: scanned in where it was sent, taken back by who sent it, or never seen again.
create table transfer_ends (
    device_id uuid not null,
    ordinal   int not null,
    kind      text not null check (kind in ('arrival', 'return', 'loss')),
    shop_id   uuid not null references shops (id) on delete restrict,   -- where it stands since
    ended_at  timestamptz not null,
    ended_by  uuid not null references users (id) on delete restrict,
    constraint transfer_ends_happen_once primary key (device_id, ordinal),
    foreign key (device_id, ordinal) references transfer_devices (device_id, ordinal) on delete restrict
);
create index transfer_ends_of_shop on transfer_ends (shop_id, device_id);
alter table transfer_devices add constraint transfer_devices_follow_an_end
    foreign key (device_id, previous_ordinal) references transfer_ends (device_id, ordinal) on delete restrict;

-- What is counted travels too; what arrives of it is counted again.
create table transfer_products (
    transfer_id uuid not null references transfers (id) on delete restrict,
    product_id  uuid not null references products (id) on delete restrict,
    units       int not null check (units between 1 and 100000),
    primary key (transfer_id, product_id),
    unique (transfer_id, product_id, units)
);

create table transfer_arrivals (
    transfer_id uuid not null,
    product_id  uuid not null,
    sent        int not null,
    units       int not null check (units >= 0),
    shop_id     uuid not null references shops (id) on delete restrict,
    motive      text not null default '' check (length(motive) <= 500),     -- of what is missing
    arrived_at  timestamptz not null,
    arrived_by  uuid not null references users (id) on delete restrict,
    constraint transfer_arrivals_happen_once primary key (transfer_id, product_id),
    constraint transfer_arrivals_never_exceed_what_was_sent check (units <= sent),
    check (units = sent or motive <> ''),
    foreign key (transfer_id, product_id, sent) references transfer_products (transfer_id, product_id, units) on delete restrict
);
alter table stock_movements add column transfer_id uuid references transfers (id) on delete restrict,
    add check (transfer_id is null or kind = 'transfer');

do $$
declare
    sealed text;
begin
    foreach sealed in array array['transfer_devices', 'transfer_ends', 'transfer_products', 'transfer_arrivals'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_edit()',
                       sealed || '_are_never_edited', sealed);
    end loop;
end $$;

create function in_transit(machine uuid) returns boolean
    language plpgsql stable as $$
begin
    return exists (select from transfer_devices v where v.device_id = machine and not exists (
        select from transfer_ends e where e.device_id = v.device_id and e.ordinal = v.ordinal));
end $$;

-- Only what the shop has leaves it for another one, and off the shelf. Whether it is somebody's is said by a later migration.
create function check_transfer_device() returns trigger
    language plpgsql as $$
begin
    perform from devices where id = new.device_id for no key update;
    if exists (select from stays y where y.device_id = new.device_id
               and not exists (select from exits x where x.device_id = y.device_id and x.ordinal = y.ordinal)) then
        perform raise_gate('transfer_devices_come_off_the_shelf', 'the machine is on the shelf');
    end if;
    if removed_as(new.device_id) is not null or is_somebodys(new.device_id) then
        perform raise_gate('transfer_devices_are_of_what_is_here', 'the machine is out of the stock');
    end if;
    return new;
end $$;
create constraint trigger transfer_devices_are_gated after insert on transfer_devices
    for each row execute function check_transfer_device();

-- Nobody shelves, scraps or takes in with a lot what is on the road.
create function check_arrived() returns trigger
    language plpgsql as $$
begin
    if not in_transit(new.device_id) then
        return new;
    end if;
    case tg_table_name
        when 'stays' then perform raise_gate('stays_follow_an_arrival', 'the machine is on its way to another shop');
        when 'removals' then perform raise_gate('removals_follow_an_arrival', 'the machine is on its way to another shop');
        else perform raise_gate('batch_devices_follow_an_arrival', 'the machine is on its way to another shop');
    end case;
    return new;
end $$;
create constraint trigger stays_are_of_what_arrived after insert on stays
    for each row execute function check_arrived();
create constraint trigger removals_are_of_what_arrived after insert on removals
    for each row execute function check_arrived();
create constraint trigger batch_devices_are_of_what_arrived after insert on batch_devices
    for each row execute function check_arrived();
