-- What ended stays ended, what was put with a machine goes back to the stock, and what was dated wrongly is withdrawn.

-- An interval is closed once: what ended neither goes on again nor ends at another time.
create function refuse_reopening() returns trigger
    language plpgsql as $$
begin
    perform raise_gate('intervals_are_closed_once', format('%s: it ended before', tg_table_name));
    return new;
end $$;
do $$
declare
    closing record;
begin
    for closing in
        select * from (values
            ('locations', 'closed_at', 'closed_at, closed_by'), ('device_pictures', 'ended_at', 'ended_at, ended_by'),
            ('waiting_files', 'ended_at', 'ended_at, ended_by, ended_how'), ('stations', 'revoked_at', 'revoked_at, revoked_by'),
            ('reservations', 'ended_at', 'ended_at, ended_by'), ('device_disks', 'removed_at', 'removed_at')) c (name, at, said)
    loop
        execute format('create constraint trigger %I after update of %s on %I for each row
                        when (old.%I is not null and old.* is distinct from new.*) execute function refuse_reopening()',
                       closing.name || '_are_closed_once', closing.said, closing.name, closing.at);
    end loop;
end $$;

-- A picture that stands keeps its files, and one that was taken off gets none.
create or replace function device_pictures_are_whole_or_gone() returns trigger
    language plpgsql as $$
declare
    picture uuid;
begin
    if tg_table_name = 'device_pictures' then
        picture := new.id;
    else
        picture := coalesce(new.picture_id, old.picture_id);
    end if;
    if exists (select from device_pictures p where p.id = picture
               and (select count(*) from device_picture_files f where f.picture_id = p.id)
                   <> case when p.ended_at is null then 2 else 0 end) then
        perform raise_gate('device_pictures_are_whole_or_gone', 'a picture has both its files, or none once it was taken off');
    end if;
    return null;
end $$;
create constraint trigger device_picture_files_are_whole_or_gone after insert or delete on device_picture_files
    deferrable initially deferred for each row execute function device_pictures_are_whole_or_gone();

-- Nothing is ordered with, or comes of, an order that is over, and how it ended is how it went.
create or replace function check_order() returns trigger
    language plpgsql as $$
begin
    perform from orders where id = new.order_id for no key update;
    if tg_table_name <> 'order_ends' then
        if exists (select from order_ends where order_id = new.order_id) then
            if tg_table_name = 'order_lines' then
                perform raise_gate('order_lines_come_before_the_end', 'the order is over');
            end if;
            perform raise_gate('order_receipts_come_before_the_end', 'the order is over');
        end if;
        return new;
    end if;
    if new.kind is distinct from (case
        when not exists (select from order_lines l
                         where l.order_id = new.order_id and received_of(l.order_id, l.product_id) < l.units) then 'complete'
        when exists (select from order_receipts where order_id = new.order_id) then 'short'
        else 'cancelled' end) then
        perform raise_gate('order_ends_say_what_came', 'an order ends as what came of it says');
    end if;
    return new;
end $$;
create constraint trigger order_lines_are_gated after insert on order_lines
    for each row execute function check_order();
create constraint trigger order_receipt_lines_are_gated after insert on order_receipt_lines
    for each row execute function check_order();
