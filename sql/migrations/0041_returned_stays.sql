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
