-- What the shop has again, and what it has, each said once: rows that a gate asks of one machine and `comptoir verify stock`
-- of all of them.

-- Stays after whose exit the shop has the machine again: the ticket was refunded for it, a lot brought it, another was given
-- in its place, or it was found.
create view returned_stays as
    select l.device_id, l.stay_ordinal as ordinal
    from refund_lines r join sale_lines l using (sale_id, position) where l.device_id is not null
    union all
    select device_id, after_ordinal from batch_devices where after_ordinal is not null
    union all
    select c.device_id, c.stay_ordinal
    from after_sales_cases c join after_sales_ends e using (device_id, ordinal) where e.kind = 'exchanged'
    union all
    select x.device_id, x.ordinal
    from exits x join removal_reversals v on v.device_id = x.device_id and v.recorded_at >= x.left_at
    where x.kind in ('recycling', 'loss');

create or replace function came_back(machine uuid, stay int) returns boolean
    language plpgsql stable as $$
begin
    return exists (select from returned_stays where device_id = machine and ordinal = stay);
end $$;

-- Machines in the shop's hands: in after-sales, or neither recycled, lost nor somebody's. `waiting_devices` lists them.
create view held_devices as
    select c.device_id
    from after_sales_cases c
    where not exists (select from after_sales_ends e where e.device_id = c.device_id and e.ordinal = c.ordinal)
    union
    select d.id
    from devices d
    where not exists (
            select from removals r
            where r.device_id = d.id and not exists (
                select from removal_reversals v where v.device_id = r.device_id and v.ordinal = r.ordinal))
      and not exists (
            select from exits x
            where x.device_id = d.id and x.kind in ('sale', 'gift', 'recycling', 'loss')
              and not exists (select from stays n where n.device_id = x.device_id and n.ordinal > x.ordinal)
              and not exists (select from returned_stays r where r.device_id = x.device_id and r.ordinal = x.ordinal));

create or replace function is_waiting(machine uuid) returns boolean
    language plpgsql stable as $$
begin
    return exists (select from held_devices where device_id = machine);
end $$;

-- Whether it stands on the shelf: a list of the shelf, and one of the workshop, each looks at its own machines.
create function is_on_shelf(machine uuid) returns boolean
    language plpgsql stable as $$
begin
    return exists (select from stays y where y.device_id = machine
                   and not exists (select from exits x where x.device_id = y.device_id and x.ordinal = y.ordinal));
end $$;
alter table waiting_devices add column on_shelf boolean not null default false;

-- Whatever the order in which rows come: what they say together holds.
create function keep_on_shelf() returns trigger
    language plpgsql as $$
begin
    update waiting_devices set on_shelf = is_on_shelf(new.device_id) where device_id = new.device_id;
    return null;
end $$;
create trigger stays_are_listed after insert on stays for each row execute function keep_on_shelf();
create trigger exits_are_listed after insert on exits
    for each row when (new.kind not in ('sale', 'gift', 'recycling', 'loss')) execute function keep_on_shelf();

-- What the list was to hold from the beginning.
delete from waiting_devices w where not exists (select from held_devices h where h.device_id = w.device_id);
insert into waiting_devices (device_id) select device_id from held_devices on conflict do nothing;
update waiting_devices w set on_shelf = true
from stays y left join exits x using (device_id, ordinal)
where y.device_id = w.device_id and x.device_id is null;
create index waiting_devices_on_shelf on waiting_devices (device_id) where on_shelf;
create index waiting_devices_in_work on waiting_devices (device_id) where not on_shelf;

-- A disk that was taken out tells too that a grade is not of the disks that are in it: every machine's disks are found, not
-- only those that are in one.
drop index device_disks_of_device;
create index device_disks_of_device on device_disks (device_id);
