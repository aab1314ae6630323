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
            ('reservations', 'ended_at', 'ended_at, ended_by'), ('device_disks', 'removed_at', 'removed_at'),
            ('sign_ins', 'ended_at', 'ended_at'), ('user_roles', 'ended_at', 'ended_at, ended_by'),
            ('disablements', 'ended_at', 'ended_at, ended_by'), ('till_browsers', 'ended_at', 'ended_at, ended_by'),
            ('run_helpers', 'ended_at', 'ended_at, ended_by'), ('run_openings', 'ended_at', 'ended_at, ended_by'),
            ('structure_keys', 'ended_at', 'ended_at, ended_by, ended_how'),
            ('structure_contacts', 'ended_at', 'ended_at, ended_by'), ('waitings', 'ended_at', 'ended_at, ended_by, ended_how'),
            ('voucher_mail_attempts', 'ended_at', 'ended_at')) c (name, at, said)
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

-- What was taken from the stock for a machine and went back to it, in the shop where the machine stands: it was scrapped, or
-- the part was taken by mistake.
alter table kit_check_parts add unique (device_id, ordinal, product_id, found);
create table kit_returns (
    device_id   uuid not null,
    ordinal     int not null,               -- of the look that took it
    product_id  uuid not null,
    found       text not null default 'stock' check (found = 'stock'),
    after_check int not null,               -- the last look then: a later one alone finds it with the machine again
    shop_id     uuid not null references shops (id) on delete restrict,
    motive      text not null check (length(motive) between 1 and 500),
    returned_at timestamptz not null,
    returned_by uuid not null references users (id) on delete restrict,
    constraint kit_returns_happen_once primary key (device_id, ordinal, product_id),
    constraint kit_returns_are_of_what_was_taken foreign key (device_id, ordinal, product_id, found)
        references kit_check_parts (device_id, ordinal, product_id, found) on delete restrict,
    foreign key (device_id, after_check) references kit_checks (device_id, ordinal) on delete restrict,
    check (after_check >= ordinal)
);
create trigger kit_returns_are_never_edited before update or delete or truncate on kit_returns
    for each statement execute function refuse_edit();

alter table stock_movements
    drop constraint stock_movements_kind_check,
    add constraint stock_movements_kind_check
        check (kind in ('receipt', 'sale', 'gift', 'refund', 'transfer', 'loss', 'count', 'kit', 'kit_return')),
    drop constraint stock_movements_tell_their_kit,
    add constraint stock_movements_tell_their_kit
        check ((kind in ('kit', 'kit_return')) = (kit_device_id is not null)
               and (kit_device_id is null) = (kit_ordinal is null)) not valid,
    drop constraint stock_movements_of_a_kit_take_one,
    add constraint stock_movements_of_a_kit_move_one
        check ((kind <> 'kit' or units = -1) and (kind <> 'kit_return' or units = 1)) not valid,
    drop constraint stock_movements_take_a_part_once,
    add constraint stock_movements_take_a_part_once unique (kit_device_id, kit_ordinal, product_id, kind);

-- The look in which the part that lies with a machine was taken from the stock; null where none was, where it went back, and
-- where the machine was sold or given with it since somebody saw it.
create function part_from_stock(machine uuid, article uuid) returns int
    language plpgsql stable as $$
begin
    return (select t.ordinal
            from kit_check_parts t
            where t.device_id = machine and t.product_id = article and t.found = 'stock'
              and not exists (select from kit_check_parts l where l.device_id = machine and l.product_id = article
                              and l.found = 'stock' and l.ordinal > t.ordinal)
              and not exists (select from kit_returns r
                              where r.device_id = machine and r.ordinal = t.ordinal and r.product_id = article)
              and exists (
                  select from kit_check_parts c join kit_checks k using (device_id, ordinal)
                  where c.device_id = machine and c.product_id = article and c.found <> 'missing'
                    and c.ordinal = (select max(ordinal) from kit_check_parts where device_id = machine and product_id = article)
                    and not exists (select from exits x where x.device_id = machine and x.kind in ('sale', 'gift')
                                    and x.left_at >= k.checked_at)
                    and not exists (select from kit_returns r where r.device_id = machine and r.product_id = article
                                    and r.after_check >= c.ordinal)));
end $$;

-- What stands on the shelf keeps its kit, and what somebody has, what is on the road or lost gives nothing back. Looked at
-- before the row, which would hide what it is about.
create function check_kit_return() returns trigger
    language plpgsql as $$
begin
    perform from devices where id = new.device_id for no key update;
    if exists (select from stays y where y.device_id = new.device_id
               and not exists (select from exits x where x.device_id = y.device_id and x.ordinal = y.ordinal)) then
        perform raise_gate('kit_returns_come_off_the_shelf', 'the machine is on the shelf');
    end if;
    if is_somebodys(new.device_id) or in_transit(new.device_id) or removed_as(new.device_id) = 'loss' then
        perform raise_gate('kit_returns_are_of_what_is_here', 'the machine is not here');
    end if;
    if new.ordinal is distinct from part_from_stock(new.device_id, new.product_id)
       or new.after_check is distinct from (select max(ordinal) from kit_checks where device_id = new.device_id) then
        perform raise_gate('kit_returns_are_of_what_is_with_it', 'the last look did not find it with the machine');
    end if;
    return new;
end $$;
create trigger kit_returns_are_gated before insert on kit_returns
    for each row execute function check_kit_return();

-- The first part of the kit in force on `day` that the last look between `since` and `until` did not find with the machine, or
-- that was put back since; null where none is missing.
create or replace function missing_part(machine uuid, day date, since timestamptz, until timestamptz default 'infinity')
    returns uuid
    language plpgsql stable as $$
begin
    return (select p.product_id
            from devices d
            join kit_parts p on p.device_kind = d.kind and p.starts_on = kit_on(d.kind, day)
            join products g on g.id = p.product_id
            where d.id = machine and not exists (
                select from kit_check_parts c
                where c.device_id = d.id and c.product_id = p.product_id and c.found <> 'missing' and c.ordinal = (
                    select max(k.ordinal) from kit_checks k
                    where k.device_id = d.id and k.checked_at > since and k.checked_at <= until)
                  and not exists (
                    select from kit_returns r
                    where r.device_id = d.id and r.product_id = p.product_id and r.after_check >= c.ordinal
                      and r.returned_at <= until))
            order by g.code limit 1);
end $$;

-- A version that is not yet in force is withdrawn: it is kept, and never comes into force.
create table inspection_list_withdrawals (
    device_kind  text not null,
    starts_on    date not null,
    withdrawn_at timestamptz not null,
    withdrawn_by uuid not null references users (id) on delete restrict,
    constraint inspection_list_withdrawals_happen_once primary key (device_kind, starts_on),
    constraint inspection_list_withdrawals_come_before_their_day check (paris_day(withdrawn_at) < starts_on),
    foreign key (device_kind, starts_on) references inspection_lists (device_kind, starts_on) on delete restrict
);
create table kit_withdrawals (
    device_kind  text not null,
    starts_on    date not null,
    withdrawn_at timestamptz not null,
    withdrawn_by uuid not null references users (id) on delete restrict,
    constraint kit_withdrawals_happen_once primary key (device_kind, starts_on),
    constraint kit_withdrawals_come_before_their_day check (paris_day(withdrawn_at) < starts_on),
    foreign key (device_kind, starts_on) references kits (device_kind, starts_on) on delete restrict
);
create trigger inspection_list_withdrawals_are_never_edited before update or delete or truncate on inspection_list_withdrawals
    for each statement execute function refuse_edit();
create trigger kit_withdrawals_are_never_edited before update or delete or truncate on kit_withdrawals
    for each statement execute function refuse_edit();

-- What somebody followed was in force, whatever the row says of its day.
create function check_withdrawal() returns trigger
    language plpgsql as $$
begin
    if tg_table_name = 'inspection_list_withdrawals' then
        if exists (select from inspections where device_kind = new.device_kind and list_starts_on = new.starts_on) then
            perform raise_gate('inspection_list_withdrawals_are_of_what_nobody_followed', 'a machine was inspected by it');
        end if;
    elsif exists (select from kit_checks k join devices d on d.id = k.device_id
                  where d.kind = new.device_kind and paris_day(k.checked_at) >= new.starts_on) then
        perform raise_gate('kit_withdrawals_are_of_what_nobody_followed', 'a machine was looked at while it was in force');
    end if;
    return new;
end $$;
create constraint trigger inspection_list_withdrawals_are_gated after insert on inspection_list_withdrawals
    for each row execute function check_withdrawal();
create constraint trigger kit_withdrawals_are_gated after insert on kit_withdrawals
    for each row execute function check_withdrawal();

-- The version that is in force for a kind on a day; null where it has none.
create or replace function inspection_list_on(kind text, day date) returns date
    language plpgsql stable as $$
begin
    return (select l.starts_on from inspection_lists l
            where l.device_kind = kind and l.starts_on <= day and not exists (
                select from inspection_list_withdrawals w where w.device_kind = kind and w.starts_on = l.starts_on)
            order by l.starts_on desc limit 1);
end $$;
create or replace function kit_on(kind text, day date) returns date
    language plpgsql stable as $$
begin
    return (select k.starts_on from kits k
            where k.device_kind = kind and k.starts_on <= day and not exists (
                select from kit_withdrawals w where w.device_kind = kind and w.starts_on = k.starts_on)
            order by k.starts_on desc limit 1);
end $$;
