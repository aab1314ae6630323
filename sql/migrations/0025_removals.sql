-- Machines that leave for good otherwise than by a ticket: handed to a recycler, or lost. Never edited: what was written by
-- mistake, or is found again, is taken back by a row of its own.
create table removals (
    device_id        uuid not null references devices (id) on delete restrict,
    ordinal          int not null check (ordinal > 0),
    previous_ordinal int,                   -- absent: the first
    kind             text not null check (kind in ('recycling', 'loss')),
    removed_on       date not null,
    collector        text not null default '' check (length(collector) <= 200),
    slip             text not null default '' check (length(slip) <= 100),      -- the number of the waste slip
    grams            bigint check (grams > 0),
    motive           text not null check (length(motive) between 1 and 500),
    recorded_at      timestamptz not null,
    recorded_by      uuid not null references users (id) on delete restrict,
    constraint removals_happen_once primary key (device_id, ordinal),
    check ((ordinal = 1 and previous_ordinal is null) or previous_ordinal = ordinal - 1),
    constraint removals_name_the_collector check (
        (kind = 'recycling') = (collector <> '') and (kind = 'recycling') = (slip <> '') and (kind = 'recycling') = (grams is not null))
);

create table removal_reversals (
    device_id   uuid not null,
    ordinal     int not null,
    motive      text not null check (length(motive) between 1 and 500),
    recorded_at timestamptz not null,
    recorded_by uuid not null references users (id) on delete restrict,
    constraint removal_reversals_happen_once primary key (device_id, ordinal),
    foreign key (device_id, ordinal) references removals (device_id, ordinal) on delete restrict
);
alter table removals add constraint removals_follow_a_reversal
    foreign key (device_id, previous_ordinal) references removal_reversals (device_id, ordinal) on delete restrict;

create trigger removals_are_never_edited before update or delete or truncate on removals
    for each statement execute function refuse_edit();
create trigger removal_reversals_are_never_edited before update or delete or truncate on removal_reversals
    for each statement execute function refuse_edit();

-- How a machine is out of the stock; null while it is not.
create function removed_as(machine uuid) returns text
    language plpgsql stable as $$
begin
    return (select kind from removals r where r.device_id = machine
            and not exists (select from removal_reversals v where v.device_id = r.device_id and v.ordinal = r.ordinal)
            order by ordinal desc limit 1);
end $$;

-- What somebody bought is not the shop's to scrap, and nothing stands on the shelf that is gone.
create function check_removal() returns trigger
    language plpgsql as $$
declare
    last exits;
begin
    perform from devices where id = new.device_id for no key update;
    if exists (select from stays y where y.device_id = new.device_id
               and not exists (select from exits x where x.device_id = y.device_id and x.ordinal = y.ordinal)) then
        perform raise_gate('removals_come_off_the_shelf', 'the machine is on the shelf');
    end if;
    select * into last from exits where device_id = new.device_id order by ordinal desc limit 1;
    if last.kind in ('sale', 'gift') and not exists (
        select from refund_lines r join sale_lines l using (sale_id, position)
        where l.device_id = new.device_id and l.sale_id = last.sale_id) and not exists (
        select from batch_devices where device_id = new.device_id and after_ordinal = last.ordinal) then
        perform raise_gate('removals_are_of_what_is_here', 'the machine belongs to whoever it was sold or given to');
    end if;
    return new;
end $$;
create constraint trigger removals_are_gated after insert on removals
    for each row execute function check_removal();

-- What was recycled or lost comes with no lot, until that is taken back.
create function check_not_removed() returns trigger
    language plpgsql as $$
begin
    if removed_as(new.device_id) is not null then
        perform raise_gate('batch_devices_are_not_of_what_is_removed', 'the machine was recycled or lost');
    end if;
    return new;
end $$;
create constraint trigger batch_devices_are_of_what_is_there after insert on batch_devices
    for each row execute function check_not_removed();

-- What was recycled or lost is not shelved, until that is taken back; what a lot brought back is; and the lot says whether the
-- law caps the price.
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

    if left_by.kind in ('sale', 'gift') and not exists (
        select from refund_lines r join sale_lines l using (sale_id, position)
        where l.device_id = new.device_id and l.sale_id = left_by.sale_id) and not exists (
        select from batch_devices where device_id = new.device_id and after_ordinal = left_by.ordinal) then
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

-- What a lot brought back, or was found again, begins another life in the shop: where it was meanwhile nobody knows, and it is
-- inspected and erased anew.
create or replace function here_since(machine uuid, stay int default 2147483647) returns timestamptz
    language plpgsql stable as $$
begin
    return (select coalesce(max(at), '-infinity') from (
            select left_at from exits where device_id = machine and ordinal < stay and kind <> 'repricing'
            union all
            select r.refunded_at
            from sale_lines l join refund_lines b using (sale_id, position) join refunds r on r.id = b.refund_id
            where l.device_id = machine and l.stay_ordinal < stay
            union all
            select recorded_at from batch_devices where device_id = machine and after_ordinal < stay
            union all
            select recorded_at from removal_reversals where device_id = machine) known (at));
end $$;
