-- What was exchanged is the shop's again, as what was refunded is.
create or replace function check_stay() returns trigger
    language plpgsql as $$
declare
    device   devices;
    since    timestamptz;
    left_by  exits;
    ceiling  bigint;
begin
    select * into device from devices where id = new.device_id for no key update;
    select * into left_by from exits where device_id = new.device_id and ordinal = new.previous_ordinal;
    since := here_since(new.device_id, new.ordinal);

    if left_by.kind in ('sale', 'gift') and not came_back(new.device_id, left_by.ordinal) then
        perform raise_gate('stays_follow_a_refund', 'the machine belongs to whoever it was sold or given to');
    end if;
    if removed_as(new.device_id) is not null or left_by.kind in ('recycling', 'loss') and not exists (
        select from removal_reversals where device_id = new.device_id and recorded_at >= left_by.left_at) then
        perform raise_gate('stays_never_follow_recycling', 'the machine was recycled or lost');
    end if;

    if not passed_inspection(new.device_id, paris_day(new.shelved_at), since, new.shelved_at) then
        perform raise_gate('stays_need_an_inspection', 'not inspected, or an item of the list did not pass');
    end if;
    if not all_erased(new.device_id, since, new.shelved_at) then
        perform raise_gate('stays_need_an_erasure', 'a disk in the machine was not erased');
    end if;

    if given_by_public_body(new.device_id) then
        select cents_max into ceiling from price_ceilings
        where device_kind = device.kind and starts_on <= paris_day(new.shelved_at) order by starts_on desc limit 1;
        if new.price_cents > ceiling then
            perform raise_gate('stays_keep_under_the_legal_ceiling', 'a public body gave it: the law caps its price');
        end if;
    end if;
    return new;
end $$;

-- Whether somebody has it by a ticket, and it has not come back.
create or replace function is_somebodys(machine uuid) returns boolean
    language plpgsql stable as $$
begin
    return (select x.kind in ('sale', 'gift') and not came_back(machine, x.ordinal)
            from exits x where x.device_id = machine order by x.ordinal desc limit 1);
end $$;

create or replace function check_removal() returns trigger
    language plpgsql as $$
begin
    perform from devices where id = new.device_id for no key update;
    if exists (select from stays y where y.device_id = new.device_id
               and not exists (select from exits x where x.device_id = y.device_id and x.ordinal = y.ordinal)) then
        perform raise_gate('removals_come_off_the_shelf', 'the machine is on the shelf');
    end if;
    if is_somebodys(new.device_id) then
        perform raise_gate('removals_are_of_what_is_here', 'the machine belongs to whoever it was sold or given to');
    end if;
    return new;
end $$;

create or replace function check_batch_device() returns trigger
    language plpgsql as $$
declare
    left_by exits;
begin
    perform from devices where id = new.device_id for no key update;
    if not exists (select from deliveries where batch_id = new.batch_id) then
        perform raise_gate('batch_devices_follow_a_delivery', 'nothing of the lot was received');
    end if;
    -- Off the shelf and back is no new coming: only what was sold or given comes with another lot.
    if new.after_ordinal is null
       and exists (select from batch_devices b where b.device_id = new.device_id and b.batch_id <> new.batch_id) then
        perform raise_gate('batch_devices_come_with_one_batch', 'the machine came with another lot');
    end if;
    if exists (select from stays y where y.device_id = new.device_id
               and not exists (select from exits x where x.device_id = y.device_id and x.ordinal = y.ordinal)) then
        perform raise_gate('batch_devices_come_before_the_shelf', 'the machine is on the shelf');
    end if;
    select * into left_by from exits where device_id = new.device_id order by ordinal desc limit 1;
    if new.after_ordinal is distinct from (
        case when left_by.kind in ('sale', 'gift') and not exists (
            select from refund_lines r join sale_lines l using (sale_id, position)
            where l.device_id = new.device_id and l.sale_id = left_by.sale_id)
             and not exists (select from after_sales_cases c join after_sales_ends e using (device_id, ordinal)
                             where c.device_id = new.device_id and c.stay_ordinal = left_by.ordinal and e.kind = 'exchanged')
             and not exists (select from batch_devices b where b.device_id = new.device_id and b.batch_id <> new.batch_id
                             and b.after_ordinal = left_by.ordinal) then left_by.ordinal end) then
        perform raise_gate('batch_devices_bring_back_what_left', 'the stay under which it left is another');
    end if;
    return new;
end $$;

-- What was exchanged is here since then, and a refund that follows, of the machine in its place, changes nothing of it.
-- Between two shops of the association a machine stays in its hands.
create or replace function here_since(machine uuid, stay int default 2147483647) returns timestamptz
    language plpgsql stable as $$
begin
    return (select coalesce(max(at), '-infinity') from (
            select left_at from exits
            where device_id = machine and ordinal < stay and kind not in ('repricing', 'transfer')
            union all
            select r.refunded_at
            from sale_lines l join refund_lines b using (sale_id, position) join refunds r on r.id = b.refund_id
            where l.device_id = machine and l.stay_ordinal < stay and not exists (
                select from after_sales_cases c join after_sales_ends e using (device_id, ordinal)
                where c.device_id = machine and c.stay_ordinal = l.stay_ordinal and e.kind = 'exchanged')
            union all
            select e.ended_at from after_sales_cases c join after_sales_ends e using (device_id, ordinal)
            where c.device_id = machine and c.stay_ordinal < stay and e.kind = 'exchanged'
            union all
            select recorded_at from batch_devices where device_id = machine and after_ordinal < stay
            union all
            select recorded_at from removal_reversals where device_id = machine) known (at));
end $$;
