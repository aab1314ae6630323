-- Recharge codes: where they came from, in which ticket they left, who was shown them. What stands here of a code is sealed by
-- a key that lies outside the database; in clear are its last characters alone.

-- How a recharge reaches its line: a card that is handed over, or a code of the vault.
alter table products add column delivery text check (delivery in ('card', 'code'));
update products set delivery = 'card' where kind = 'recharge';
alter table products
    add constraint products_deliver_recharges check ((kind = 'recharge') = (delivery is not null)),
    add constraint products_name_the_operator_of_codes check (delivery is distinct from 'code' or operator <> ''),
    add unique (id, delivery);

-- How an operator writes its files of codes. A column is its number from 1, or its name in the last heading line.
create table code_formats (
    code          text not null check (code ~ '^[a-z0-9-]{2,40}$'),
    name          text not null check (length(name) between 1 and 200),
    encoding      text not null check (encoding in ('utf-8', 'windows-1252')),
    delimiter     text not null check (delimiter in ('comma', 'semicolon', 'tab')),
    heading_lines int not null check (heading_lines between 0 and 20),
    code_length   int not null check (code_length between 8 and 32),
    code_column   text not null check (length(code_column) between 1 and 100),
    serial_column text not null default '' check (length(serial_column) <= 100),
    value_column  text not null default '' check (length(value_column) <= 100),
    expiry_column text not null default '' check (length(expiry_column) <= 100),
    -- Of the last line, which then holds no code.
    check_units_column text not null default '' check (length(check_units_column) <= 100),
    check_value_column text not null default '' check (length(check_value_column) <= 100),
    recorded_at   timestamptz not null,
    recorded_by   uuid not null references users (id) on delete restrict,
    constraint code_formats_code_names_one_format primary key (code)
);

-- Codes that came in one file, as its delivery slip declares them. `LIRC26-0001` is Lille's first batch of 2026.
alter table label_counters drop constraint label_counters_prefix_check,
    add constraint label_counters_prefix_check check (prefix ~ '^[A-Z]{2}(PC|TA|SM|TE|EC|LO|TR|IN|AV|CM|RG|RC)[0-9]{2}$');
create table code_batches (
    id          uuid primary key,
    code        text not null check (code ~ '^[A-Z]{2}RC[0-9]{2}-[0-9]{4,5}$'),
    shop_id     uuid not null references shops (id) on delete restrict,
    product_id  uuid not null,
    delivery    text not null default 'code' check (delivery = 'code'),
    format      text not null references code_formats (code) on delete restrict,
    file_name   text not null check (length(file_name) <= 300),
    slip        text not null check (length(slip) between 1 and 100),
    units       int not null check (units between 1 and 20000),
    face_cents  bigint not null check (face_cents between 1 and 100000000),   -- of each code
    recorded_at timestamptz not null,
    recorded_by uuid not null references users (id) on delete restrict,
    lock_marker smallint not null default 0,
    constraint code_batches_code_names_one_batch unique (code),
    foreign key (product_id, delivery) references products (id, delivery) on delete restrict,
    unique (id, shop_id, product_id),
    unique (id, recorded_by)
);
create index code_batches_of_shop on code_batches (shop_id, id desc);

-- A file is taken in once, unless its batch was rejected: then it may come again. Its digest is keyed: a plain one of a few codes
-- would tell them to whoever tries them all.
create table code_files (
    mark     bytea not null check (length(mark) = 32),
    batch_id uuid not null references code_batches (id) on delete restrict,
    constraint code_files_are_taken_once primary key (mark),
    unique (batch_id)
);

-- Four eyes: who took a batch in neither approves nor rejects it.
create table code_batch_ends (
    batch_id    uuid not null,
    kind        text not null check (kind in ('approved', 'rejected')),
    motive      text not null default '' check (length(motive) <= 500),
    ended_at    timestamptz not null,
    ended_by    uuid not null references users (id) on delete restrict,
    imported_by uuid not null,
    constraint code_batches_are_decided_once primary key (batch_id),
    foreign key (batch_id, imported_by) references code_batches (id, recorded_by) on delete restrict,
    constraint code_batches_take_two check (ended_by <> imported_by),
    check ((kind = 'rejected') = (motive <> ''))
);

create table recharge_codes (
    id          uuid primary key,
    batch_id    uuid not null,
    line        int not null check (line > 0),              -- in its file
    shop_id     uuid not null,
    product_id  uuid not null,
    operator    text not null,
    key_id      text not null,                              -- which of the installation's keys seals it
    sealed      bytea not null check (length(sealed) between 36 and 60),   -- nonce, ciphertext, tag
    blind_index bytea not null check (length(blind_index) = 32),
    serial      text not null default '' check (length(serial) <= 40),
    tail        text not null check (length(tail) between 2 and 4),
    expires_on  date,                                       -- the last day on which it can be entered
    constraint recharge_codes_are_known_once unique (blind_index),
    constraint recharge_codes_line_is_one unique (batch_id, line),
    foreign key (batch_id, shop_id, product_id) references code_batches (id, shop_id, product_id) on delete restrict
);
create unique index recharge_codes_serial_is_one on recharge_codes (operator, serial) where serial <> '';

-- How a code left the vault. Never edited: what comes back unseen is free for a next exit.
create table code_exits (
    code_id          uuid not null references recharge_codes (id) on delete restrict,
    ordinal          int not null check (ordinal > 0),
    previous_ordinal int,                                   -- absent: the first
    kind             text not null check (kind in ('sale', 'gift')),
    sale_id          uuid not null references sales (id) on delete restrict deferrable initially deferred,
    position         int not null,
    unit             int not null check (unit > 0),         -- of the line
    left_at          timestamptz not null,
    constraint code_exits_happen_once primary key (code_id, ordinal),
    constraint code_exits_fill_a_unit_once unique (sale_id, position, unit),
    check ((ordinal = 1 and previous_ordinal is null) or previous_ordinal = ordinal - 1)
);
-- What came back of a ticket and nobody was shown.
create table code_returns (
    code_id     uuid not null,
    ordinal     int not null,
    refund_id   uuid not null references refunds (id) on delete restrict,
    returned_at timestamptz not null,
    constraint code_returns_happen_once primary key (code_id, ordinal),
    foreign key (code_id, ordinal) references code_exits (code_id, ordinal) on delete restrict
);
alter table code_exits add constraint code_exits_follow_a_return
    foreign key (code_id, previous_ordinal) references code_returns (code_id, ordinal) on delete restrict;

-- Who was shown a code. Each showing after the first says why.
create table code_reveals (
    code_id     uuid not null,
    ordinal     int not null,
    number      int not null check (number > 0),
    key         uuid not null references claims (key) on delete restrict,
    motive      text not null default '' check (length(motive) <= 500),
    revealed_at timestamptz not null,
    revealed_by uuid not null references users (id) on delete restrict,
    till_id     uuid references tills (id) on delete restrict,     -- absent: away from a till
    constraint code_reveals_are_counted primary key (code_id, ordinal, number),
    foreign key (code_id, ordinal) references code_exits (code_id, ordinal) on delete restrict,
    constraint code_reveals_say_why_again check (number = 1 or motive <> '')
);

-- The operator's proof that a code which somebody was shown was not used: only then its ticket is refunded, by somebody else.
create table code_clearances (
    code_id    uuid not null,
    ordinal    int not null,
    proof      text not null check (length(proof) between 1 and 500),
    cleared_at timestamptz not null,
    cleared_by uuid not null references users (id) on delete restrict,
    constraint code_clearances_happen_once primary key (code_id, ordinal),
    foreign key (code_id, ordinal) references code_exits (code_id, ordinal) on delete restrict
);

-- What was refunded and is free no more: somebody was shown it, or it does not work.
create table code_disputes (
    code_id     uuid not null,
    ordinal     int not null,
    refund_id   uuid not null references refunds (id) on delete restrict,
    disputed_at timestamptz not null,
    constraint code_disputes_happen_once primary key (code_id, ordinal),
    foreign key (code_id, ordinal) references code_exits (code_id, ordinal) on delete restrict
);

-- A code that does not open: it was moved, or its bytes are another's. Nobody was shown anything.
create table code_alarms (
    id        uuid primary key,
    code_id   uuid not null references recharge_codes (id) on delete restrict,
    raised_at timestamptz not null,
    raised_by uuid not null references users (id) on delete restrict,
    till_id   uuid references tills (id) on delete restrict
);
create index code_alarms_by_time on code_alarms (raised_at desc, id desc);

-- Codes that are in no ticket, the first to expire first; what has expired stays here, and is not sold. Kept by triggers; `comptoir verify codes` proves it.
create table free_codes (
    code_id    uuid primary key references recharge_codes (id) on delete restrict,
    batch_id   uuid not null,
    shop_id    uuid not null,
    product_id uuid not null,
    expires_on date not null                                -- infinity: never
);
create index free_codes_of_batch on free_codes (batch_id, expires_on);
create index free_codes_in_turn on free_codes (shop_id, product_id, expires_on, code_id);

-- Only what a second person approved is free, and what has not left.
create function check_free_code() returns trigger
    language plpgsql as $$
begin
    if not exists (
        select from recharge_codes c join code_batch_ends e on e.batch_id = c.batch_id and e.kind = 'approved'
        where c.id = new.code_id and c.batch_id = new.batch_id and c.shop_id = new.shop_id and c.product_id = new.product_id
          and coalesce(c.expires_on, 'infinity') = new.expires_on
          and not exists (select from code_exits x where x.code_id = c.id and not exists (
              select from code_returns r where r.code_id = x.code_id and r.ordinal = x.ordinal))) then
        perform raise_gate('free_codes_are_approved', 'the code is not approved, or it left');
    end if;
    return new;
end $$;
create trigger free_codes_are_gated before insert or update on free_codes
    for each row execute function check_free_code();

do $$
declare
    sealed text;
begin
    foreach sealed in array array['code_formats', 'code_batch_ends', 'code_exits', 'code_returns', 'code_reveals',
                                  'code_clearances', 'code_disputes', 'code_alarms'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_edit()',
                       sealed || '_are_never_edited', sealed);
    end loop;
end $$;

-- A batch holds as many codes as its slip says, until it is rejected.
create function check_code_batch() returns trigger
    language plpgsql as $$
declare
    batch code_batches;
begin
    select * into batch from code_batches where id = new.id;
    if (select count(*) from recharge_codes where batch_id = batch.id) <> batch.units
            and not exists (select from code_batch_ends where batch_id = batch.id and kind = 'rejected') then
        perform raise_gate('code_batches_hold_what_came', 'a code is missing or too many');
    end if;
    return null;
end $$;
create constraint trigger code_batches_are_whole after insert on code_batches deferrable initially deferred
    for each row execute function check_code_batch();

-- Codes and files go with a batch that was rejected, and with no other.
create function check_code_removal() returns trigger
    language plpgsql as $$
begin
    if not exists (select from code_batch_ends where batch_id = old.batch_id and kind = 'rejected') then
        perform raise_gate('codes_are_never_removed', 'its batch was not rejected');
    end if;
    return old;
end $$;
create trigger recharge_codes_are_never_removed before delete on recharge_codes
    for each row execute function check_code_removal();
create trigger code_files_are_never_removed before delete on code_files
    for each row execute function check_code_removal();

-- No code joins a batch that somebody decided of, or that is whole.
create function check_code_arrival() returns trigger
    language plpgsql as $$
declare
    batch code_batches;
begin
    for batch in select * from code_batches where id in (select batch_id from arrived) order by id for no key update loop
        if exists (select from code_batch_ends where batch_id = batch.id)
                or (select count(*) from recharge_codes where batch_id = batch.id) > batch.units then
            perform raise_gate('recharge_codes_come_with_their_batch', 'the batch is whole, or somebody decided of it');
        end if;
    end loop;
    return null;
end $$;
create trigger recharge_codes_are_gated after insert on recharge_codes
    referencing new table as arrived for each statement execute function check_code_arrival();
create trigger recharge_codes_are_never_edited before update or truncate on recharge_codes
    for each statement execute function refuse_edit();

-- An approval frees the batch's codes.
create function free_batch() returns trigger
    language plpgsql as $$
begin
    perform from code_batches where id = new.batch_id for no key update;
    if new.kind = 'approved' then
        insert into free_codes (code_id, batch_id, shop_id, product_id, expires_on)
        select id, batch_id, shop_id, product_id, coalesce(expires_on, 'infinity') from recharge_codes where batch_id = new.batch_id;
    end if;
    return null;
end $$;
create trigger code_batch_ends_free_codes after insert on code_batch_ends
    for each row execute function free_batch();

-- Only what is free leaves, in the shop and as the article of its ticket's line.
create function take_code() returns trigger
    language plpgsql as $$
declare
    taken free_codes;
begin
    delete from free_codes where code_id = new.code_id returning * into taken;
    if taken.code_id is null then
        perform raise_gate('code_exits_are_of_what_is_free', 'the code is not free');
    end if;
    if taken.expires_on < paris_day(new.left_at) then
        perform raise_gate('code_exits_come_before_the_expiry', 'the code can no longer be entered');
    end if;
    return new;
end $$;
create trigger code_exits_take_what_is_free before insert on code_exits
    for each row execute function take_code();

create function check_code_exit() returns trigger
    language plpgsql as $$
begin
    if not exists (select from sale_lines l join sales s on s.id = l.sale_id join recharge_codes c on c.id = new.code_id
                   where l.sale_id = new.sale_id and l.position = new.position and l.product_id = c.product_id
                     and s.shop_id = c.shop_id and s.kind = new.kind and new.unit <= l.quantity) then
        perform raise_gate('code_exits_are_of_their_line', 'no line of that ticket sold it');
    end if;
    return null;
end $$;
create constraint trigger code_exits_are_gated after insert on code_exits deferrable initially deferred
    for each row execute function check_code_exit();

-- A line of an article that is a code holds a code a unit.
create function check_line_codes() returns trigger
    language plpgsql as $$
begin
    if exists (select from products where id = new.product_id and delivery = 'code')
            and (select count(*) from code_exits where sale_id = new.sale_id and position = new.position) <> new.quantity then
        perform raise_gate('sale_lines_hold_their_codes', 'a unit of the line has no code');
    end if;
    return null;
end $$;
create constraint trigger sale_lines_hold_their_codes after insert on sale_lines deferrable initially deferred
    for each row when (new.device_id is null) execute function check_line_codes();

-- What nobody was shown comes back and is free; what somebody was shown never is.
create function give_code_back() returns trigger
    language plpgsql as $$
begin
    perform from claims c join sales s on s.key = c.key join code_exits x on x.sale_id = s.id
        where x.code_id = new.code_id and x.ordinal = new.ordinal for no key update of c;
    if exists (select from code_reveals where code_id = new.code_id and ordinal = new.ordinal) then
        perform raise_gate('code_returns_are_of_what_nobody_saw', 'somebody was shown the code');
    end if;
    insert into free_codes (code_id, batch_id, shop_id, product_id, expires_on)
    select id, batch_id, shop_id, product_id, coalesce(expires_on, 'infinity') from recharge_codes where id = new.code_id;
    return null;
end $$;
create trigger code_returns_free_codes after insert on code_returns
    for each row execute function give_code_back();

-- A code is shown once its ticket is sold, and no more once the ticket came back. The ticket's claim is locked, so that a refund
-- waits or is seen.
create function check_reveal() returns trigger
    language plpgsql as $$
begin
    perform from claims c join sales s on s.key = c.key join code_exits x on x.sale_id = s.id
        where x.code_id = new.code_id and x.ordinal = new.ordinal for no key update of c;
    if exists (select from code_returns where code_id = new.code_id and ordinal = new.ordinal)
            or exists (select from code_disputes where code_id = new.code_id and ordinal = new.ordinal) then
        perform raise_gate('code_reveals_come_before_the_refund', 'the ticket was refunded');
    end if;
    if exists (select from code_clearances where code_id = new.code_id and ordinal = new.ordinal) then
        perform raise_gate('code_reveals_come_before_the_proof', 'the operator said that it was not used');
    end if;
    if new.number <> 1 + (select count(*) from code_reveals where code_id = new.code_id and ordinal = new.ordinal) then
        perform raise_gate('code_reveals_are_counted', 'a showing is missing before it');
    end if;
    return new;
end $$;
create trigger code_reveals_are_gated before insert on code_reveals
    for each row execute function check_reveal();

-- The operator is asked of what somebody was shown, and of what did not come back.
create function check_clearance() returns trigger
    language plpgsql as $$
begin
    perform from claims c join sales s on s.key = c.key join code_exits x on x.sale_id = s.id
        where x.code_id = new.code_id and x.ordinal = new.ordinal for no key update of c;
    if not exists (select from code_reveals where code_id = new.code_id and ordinal = new.ordinal)
            or exists (select from code_returns where code_id = new.code_id and ordinal = new.ordinal)
            or exists (select from code_disputes where code_id = new.code_id and ordinal = new.ordinal) then
        perform raise_gate('code_clearances_are_of_what_was_seen', 'nobody was shown it, or it came back');
    end if;
    return new;
end $$;
create trigger code_clearances_are_gated before insert on code_clearances
    for each row execute function check_clearance();

-- What came back came back with its unit, and became one thing.
create function check_code_fate() returns trigger
    language plpgsql as $$
begin
    if not exists (
            select from code_exits x join refund_lines b on b.sale_id = x.sale_id and b.position = x.position and b.unit = x.unit
            where x.code_id = new.code_id and x.ordinal = new.ordinal and b.refund_id = new.refund_id)
       or (exists (select from code_returns where code_id = new.code_id and ordinal = new.ordinal)
           and exists (select from code_disputes where code_id = new.code_id and ordinal = new.ordinal)) then
        perform raise_gate('codes_come_back_with_their_unit', 'the refund gave back another unit');
    end if;
    return null;
end $$;
create constraint trigger code_returns_are_of_their_refund after insert on code_returns deferrable initially deferred
    for each row execute function check_code_fate();
create constraint trigger code_disputes_are_of_their_refund after insert on code_disputes deferrable initially deferred
    for each row execute function check_code_fate();

-- A unit that came back says what became of its code; one that somebody was shown comes back by another person than the one
-- who has the operator's proof.
create function check_code_refund() returns trigger
    language plpgsql as $$
declare
    taken code_exits;
    back  refunds;
begin
    select * into taken from code_exits where sale_id = new.sale_id and position = new.position and unit = new.unit;
    if taken.code_id is null then
        return null;
    end if;
    select * into back from refunds where id = new.refund_id;
    if back.shop_id <> (select shop_id from recharge_codes where id = taken.code_id) then
        perform raise_gate('refunds_of_codes_are_made_in_their_shop', 'the code is another shop''s');
    end if;
    if not exists (select from code_returns where code_id = taken.code_id and ordinal = taken.ordinal and refund_id = new.refund_id)
       and not exists (select from code_disputes where code_id = taken.code_id and ordinal = taken.ordinal
                       and refund_id = new.refund_id) then
        perform raise_gate('refunds_say_what_became_of_codes', 'the code is neither back nor disputed');
    end if;
    if exists (select from code_reveals where code_id = taken.code_id and ordinal = taken.ordinal)
       and not exists (select from code_clearances where code_id = taken.code_id and ordinal = taken.ordinal
                       and cleared_by <> back.seller_id) then
        perform raise_gate('refunds_of_codes_take_two', 'nobody else has the operator''s proof');
    end if;
    return null;
end $$;
create constraint trigger refund_lines_say_what_became_of_codes after insert on refund_lines deferrable initially deferred
    for each row execute function check_code_refund();

-- Codes move with their batches and tickets, and in no other way.
alter table stock_movements
    drop constraint stock_movements_kind_check,
    add constraint stock_movements_kind_check
        check (kind in ('receipt', 'sale', 'gift', 'refund', 'transfer', 'loss', 'count', 'kit', 'kit_return', 'codes')),
    add column code_batch_id uuid references code_batches (id) on delete restrict,
    add constraint stock_movements_tell_their_codes check ((kind = 'codes') = (code_batch_id is not null)) not valid,
    add constraint stock_movements_take_a_batch_once unique (code_batch_id);
create function check_code_movement() returns trigger
    language plpgsql as $$
begin
    if (select delivery from products where id = new.product_id) is not distinct from 'code'
            and new.kind not in ('codes', 'sale', 'gift', 'refund', 'loss') then
        perform raise_gate('stock_movements_leave_codes_alone', 'codes come in with their batch');
    end if;
    return null;
end $$;
create constraint trigger stock_movements_of_codes_are_gated after insert on stock_movements
    for each row execute function check_code_movement();

insert into dated_numbers (name, starts_on, amount, recorded_at)
select 'code_retry_minutes', '2000-01-01', 10, now() where exists (select from dated_numbers);
