-- The "never"s that span rows, each raised under a name of its own over rows that the writer has locked,
-- and the journal that nobody edits.

create function raise_gate(name text, told text) returns void
    language plpgsql stable as $$
begin
    raise exception using errcode = '23514', constraint = name, message = told;
end $$;

-- The shop's day of an instant, whatever the session's zone.
create function paris_day(at timestamptz) returns date
    language sql immutable as $$ select (at at time zone 'Europe/Paris')::date $$;

-- The three that follow are plpgsql because it keeps their plans: an SQL function plans anew at each call, which cost a
-- sale 1.2 ms.
-- Since when the shop has had the machine in its hands: the last time it left, or came back from whoever it was sold or
-- given to. What was done to it before that instant is of a former life. `-infinity` for one that never left.
-- A price that changed undoes no work: the machine stood where it stood.
-- Only stays before `stay` count, so that a stay and its exit are judged by what came before them.
create function here_since(machine uuid, stay int default 2147483647) returns timestamptz
    language plpgsql stable as $$
begin
    return (select coalesce(max(at), '-infinity') from (
            select left_at from exits where device_id = machine and ordinal < stay and kind <> 'repricing'
            union all
            select r.refunded_at
            from sale_lines l join refund_lines b using (sale_id, position) join refunds r on r.id = b.refund_id
            where l.device_id = machine and l.stay_ordinal < stay) known (at));
end $$;

-- Whether the last inspection between `since` and `until` passed every item asked of the machine's kind on `day`.
create function passed_inspection(machine uuid, day date, since timestamptz, until timestamptz default 'infinity')
    returns boolean
    language plpgsql stable as $$
begin
    return (select coalesce((
            select not exists (
                select from inspection_items i
                where i.device_kind = d.kind and i.starts_on <= day and (i.ends_on is null or i.ends_on > day)
                  and not exists (select from inspection_results r
                                  where r.inspection_id = n.id and r.item = i.item and r.passed))
            from inspections n join devices d on d.id = n.device_id
            where n.device_id = machine and n.inspected_at > since and n.inspected_at <= until
            order by n.inspected_at desc, n.id desc limit 1), false));
end $$;

-- Whether every disk in the machine was erased and checked between `since` and `until`.
create function all_erased(machine uuid, since timestamptz, until timestamptz default 'infinity') returns boolean
    language plpgsql stable as $$
begin
    return (select not exists (
            select from device_disks k
            where k.device_id = machine and k.removed_at is null
              and not exists (select from erasures e
                              where e.disk_id = k.id and e.verified and e.erased_at > since and e.erased_at <= until)));
end $$;

-- A machine goes on the shelf only when it was inspected since it is here, passed every item asked of its kind that
-- day, and every disk in it was erased since then and checked; when it comes back from a buyer, only after a refund.
-- The machine's row is locked, so that no disk is fitted meanwhile.
create function check_stay() returns trigger
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

    if left_by.kind in ('sale', 'gift') and not exists (
        select from refund_lines r join sale_lines l using (sale_id, position)
        where l.device_id = new.device_id and l.sale_id = left_by.sale_id) then
        perform raise_gate('stays_follow_a_refund', 'the machine belongs to whoever it was sold or given to');
    end if;
    if left_by.kind in ('recycling', 'loss') then
        perform raise_gate('stays_never_follow_recycling', 'the machine was recycled or lost');
    end if;

    if not passed_inspection(new.device_id, paris_day(new.shelved_at), since, new.shelved_at) then
        perform raise_gate('stays_need_an_inspection', 'not inspected, or an item of the list did not pass');
    end if;
    if not all_erased(new.device_id, since, new.shelved_at) then
        perform raise_gate('stays_need_an_erasure', 'a disk in the machine was not erased');
    end if;

    if device.from_public_body then
        select cents_max into ceiling from price_ceilings
        where device_kind = device.kind and starts_on <= paris_day(new.shelved_at) order by starts_on desc limit 1;
        if new.price_cents > ceiling then
            perform raise_gate('stays_keep_under_the_legal_ceiling', 'a public body gave it: the law caps its price');
        end if;
    end if;
    return new;
end $$;
create constraint trigger stays_are_gated after insert on stays
    for each row execute function check_stay();

-- What was erased is what is sold: no disk is put into a machine on the shelf, or taken out of it.
create function check_disk() returns trigger
    language plpgsql as $$
begin
    perform from devices where id = new.device_id for no key update;
    if exists (select from stays y where y.device_id = new.device_id
               and not exists (select from exits x where x.device_id = y.device_id and x.ordinal = y.ordinal)) then
        perform raise_gate('device_disks_change_off_the_shelf', 'the machine is on the shelf');
    end if;
    return new;
end $$;
create constraint trigger device_disks_are_gated after insert or update on device_disks
    for each row execute function check_disk();

-- Nobody takes a machine home with a disk that was not erased since the shop has it.
create function check_exit() returns trigger
    language plpgsql as $$
begin
    if new.kind in ('sale', 'gift')
       and not all_erased(new.device_id, here_since(new.device_id, new.ordinal), new.left_at) then
        perform raise_gate('exits_need_an_erasure', 'a disk in the machine was not erased');
    end if;
    return new;
end $$;
create constraint trigger exits_are_gated after insert on exits
    for each row execute function check_exit();

-- A disk that was written over is not purged when it is flash: what a cell keeps aside stays readable.
create function check_erasure() returns trigger
    language plpgsql as $$
begin
    if new.method = 'overwrite' and new.level <> 'clear'
       and (select kind from device_disks where id = new.disk_id) in ('ssd', 'nvme') then
        perform raise_gate('erasures_of_flash_are_not_purged_by_overwriting', 'an overwritten SSD is cleared, not purged');
    end if;
    return new;
end $$;
create constraint trigger erasures_are_gated after insert on erasures
    for each row execute function check_erasure();

-- Lines and payments add up to the ticket, whoever writes them.
create function check_ticket() returns trigger
    language plpgsql as $$
declare
    lines record;
    paid  bigint;
begin
    select count(*) as count, coalesce(sum(person_cents), 0) as person, coalesce(sum(value_cents), 0) as value,
           coalesce(sum(vat_cents), 0) as vat
      into lines from sale_lines where sale_id = new.id;
    select coalesce(sum(amount_cents), 0) into paid from payments where sale_id = new.id;
    if lines.count <> new.line_count or lines.person <> new.total_cents or lines.value <> new.value_cents
       or lines.vat <> new.vat_cents or paid <> new.total_cents then
        perform raise_gate('sales_add_up', 'lines, payments and total differ');
    end if;
    return new;
end $$;
create constraint trigger sales_are_gated after insert on sales deferrable initially deferred
    for each row execute function check_ticket();

create function check_refund() returns trigger
    language plpgsql as $$
declare
    lines record;
begin
    select count(*) as count, coalesce(sum(amount_cents), 0) as amount, coalesce(sum(vat_cents), 0) as vat
      into lines from refund_lines where refund_id = new.id;
    if lines.count <> new.line_count or lines.amount <> new.total_cents or lines.vat <> new.vat_cents then
        perform raise_gate('refunds_add_up', 'lines and total differ');
    end if;
    return new;
end $$;
create constraint trigger refunds_are_gated after insert on refunds deferrable initially deferred
    for each row execute function check_refund();

create function check_refund_line() returns trigger
    language plpgsql as $$
begin
    if new.unit > (select quantity from sale_lines where sale_id = new.sale_id and position = new.position) then
        perform raise_gate('refund_lines_never_exceed_the_sale', 'more units than were sold');
    end if;
    return new;
end $$;
create constraint trigger refund_lines_are_gated after insert on refund_lines
    for each row execute function check_refund_line();

-- The second lock behind the missing privilege: not even the owner edits what was sealed without taking this off first.
create function refuse_edit() returns trigger
    language plpgsql as $$
begin
    raise exception using errcode = '42501', constraint = 'journal_is_never_edited',
        message = format('%s is append-only', tg_table_name);
end $$;
do $$
declare
    sealed text;
begin
    foreach sealed in array array['journal_entries', 'drawers', 'closings', 'sales', 'sale_lines', 'payments', 'uses',
                                  'refunds', 'refund_lines', 'exits', 'stock_movements', 'erasures', 'inspections',
                                  'inspection_results', 'attendances', 'voucher_revocations'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_edit()',
                       sealed || '_are_never_edited', sealed);
    end loop;
end $$;
