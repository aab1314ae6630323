-- What moved with a machine's kit says which look or return moved it; and machines on the shelf
-- with a failing disk are found among many.

-- Looked at when all is written: the movement comes before or after its part.
create function check_kit_movement() returns trigger
    language plpgsql as $$
begin
    if new.kind = 'kit' and not exists (
            select from kit_check_parts p
            where p.device_id = new.kit_device_id and p.ordinal = new.kit_ordinal and p.product_id = new.product_id
              and p.found = 'stock')
       or new.kind = 'kit_return' and not exists (
            select from kit_returns r
            where r.device_id = new.kit_device_id and r.ordinal = new.kit_ordinal and r.product_id = new.product_id
              and r.shop_id = new.shop_id) then
        perform raise_gate('stock_movements_of_a_kit_follow_it', 'no look took the part, or nobody put it back');
    end if;
    return null;
end $$;
create constraint trigger stock_movements_of_a_kit_are_gated after insert on stock_movements
    deferrable initially deferred for each row when (new.kind in ('kit', 'kit_return'))
    execute function check_kit_movement();

-- Machines that have a disk of which a report ever complained, in this machine or another: of these alone `failing_disk` has
-- something to say.
create function complained_of(day date) returns setof uuid
    language plpgsql stable as $$
declare
    percent bigint := (select amount from dated_numbers where name = 'disk_replace_percent' and starts_on <= day
                       order by starts_on desc limit 1);
    sectors bigint := (select amount from dated_numbers where name = 'disk_replace_sectors' and starts_on <= day
                       order by starts_on desc limit 1);
begin
    return query
        select distinct k.device_id from (
            select distinct o.disk from disk_healths h cross join unnest(same_disks(h.disk_id)) o (disk)
            where complains(h, percent, sectors)) c
        join device_disks k on k.id = c.disk where k.removed_at is null;
end $$;
