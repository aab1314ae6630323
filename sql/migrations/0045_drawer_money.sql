-- What goes through a drawer beside tickets, and how it is counted when it closes.

-- Cash put in and taken out, and the drawer opened for no ticket.
create table cash_moves (
    id             uuid primary key,
    till_id        uuid not null,
    drawer_ordinal int not null,
    kind           text not null check (kind in ('in', 'out', 'opened')),
    motive         text not null check (motive in ('change', 'float', 'deposit', 'expense', 'slip', 'check')),
    amount_cents   bigint not null,
    moved_at       timestamptz not null,
    moved_by       uuid not null references users (id) on delete restrict,
    chain_id       uuid not null references chain_heads (id) on delete restrict,
    position       bigint not null,
    unique (chain_id, position),
    foreign key (till_id, drawer_ordinal) references drawers (till_id, ordinal) on delete restrict,
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict,
    constraint cash_moves_move_something check (case kind when 'opened' then amount_cents = 0
        else amount_cents between 1 and 100000000 end)
);
create index cash_moves_of_drawer on cash_moves (till_id, drawer_ordinal);

-- Absent: closed before cash was moved by itself.
alter table closings add column moved_in_cents bigint check (moved_in_cents >= 0),
    add column moved_out_cents bigint check (moved_out_cents >= 0);

-- Coins and notes as they were counted, where they were counted one kind at a time.
create table closing_denominations (
    till_id uuid not null,
    ordinal int not null,
    cents   int not null check (cents in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000)),
    count   int not null check (count between 1 and 100000),
    primary key (till_id, ordinal, cents),
    foreign key (till_id, ordinal) references closings (till_id, ordinal) on delete restrict
);

-- Cheques as they lay in the drawer, one by one.
create table closing_cheques (
    till_id      uuid not null,
    ordinal      int not null,
    position     int not null check (position > 0),
    amount_cents bigint not null check (amount_cents > 0),
    primary key (till_id, ordinal, position),
    foreign key (till_id, ordinal) references closings (till_id, ordinal) on delete restrict
);

-- What left and came back in the drawer's time, by article: machines, cards and codes beside the money (X6).
create table closing_goods (
    till_id    uuid not null,
    ordinal    int not null,
    product_id uuid not null references products (id) on delete restrict,
    sold       int not null check (sold >= 0),
    given      int not null check (given >= 0),
    returned   int not null check (returned >= 0),
    primary key (till_id, ordinal, product_id),
    foreign key (till_id, ordinal) references closings (till_id, ordinal) on delete restrict,
    check (sold + given + returned > 0)
);

-- What was counted piece by piece is what was counted.
create function closings_count_adds_up() returns trigger language plpgsql as $$
begin
    if (select coalesce(sum(d.cents::bigint * d.count), new.cash_counted_cents) from closing_denominations d
        where d.till_id = new.till_id and d.ordinal = new.ordinal) <> new.cash_counted_cents
        or (select coalesce(sum(c.amount_cents), new.cheque_counted_cents) from closing_cheques c
            where c.till_id = new.till_id and c.ordinal = new.ordinal) <> new.cheque_counted_cents
    then
        raise exception using errcode = 'check_violation', constraint = 'closings_count_adds_up', table = tg_table_name,
            message = 'the pieces are not what was counted';
    end if;
    return null;
end $$;
create constraint trigger closings_count_adds_up after insert on closings deferrable initially deferred
    for each row execute function closings_count_adds_up();

create trigger cash_moves_are_never_edited before update or delete or truncate on cash_moves
    for each statement execute function refuse_edit();
create trigger closing_denominations_are_never_edited before update or delete or truncate on closing_denominations
    for each statement execute function refuse_edit();
create trigger closing_cheques_are_never_edited before update or delete or truncate on closing_cheques
    for each statement execute function refuse_edit();
create trigger closing_goods_are_never_edited before update or delete or truncate on closing_goods
    for each statement execute function refuse_edit();
