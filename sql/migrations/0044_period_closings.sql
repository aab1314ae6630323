-- Days, months and years that are over are closed at each till: what was sold, given back and paid, for ever, with two totals
-- that no period begins anew (CGI 286 I 3° bis; BOI-TVA-DECLA-30-10-30).

-- A drawer is of one day. Until when after midnight a day lasts is a number.
insert into dated_numbers (name, starts_on, amount, recorded_at)
select 'day_ends_minutes', '2000-01-01', 0, now() where exists (select from dated_numbers);

alter table drawers add column business_on date;
alter table drawers disable trigger drawers_are_never_edited;
update drawers set business_on = (opened_at at time zone 'Europe/Paris')::date;
alter table drawers enable trigger drawers_are_never_edited;
alter table drawers alter column business_on set not null;
-- Cash that came from the safe since the drawer before was counted; below zero, what went there or to the bank.
alter table drawers add column carried_cents bigint;        -- absent: opened before that was told
create index drawers_by_day on drawers (till_id, business_on);

create table period_closings (
    till_id                  uuid not null references tills (id) on delete restrict,
    period                   text not null check (period in ('day', 'month', 'year')),
    starts_on                date not null,
    ends_on                  date not null,
    previous_ends_on         date,              -- absent: the first of its kind at this till
    -- The entries of the chain that it covers: all since the closing before it.
    first_position           bigint not null check (first_position > 0),
    last_position            bigint not null,
    sales                    int not null check (sales >= 0),
    gifts                    int not null check (gifts >= 0),
    refunds                  int not null check (refunds >= 0),
    sales_cents              bigint not null check (sales_cents >= 0),
    gifts_cents              bigint not null check (gifts_cents >= 0),    -- what was given is worth; in no total
    refunds_cents            bigint not null check (refunds_cents >= 0),
    perpetual_cents          bigint not null,   -- sales less refunds, since the till's first ticket
    perpetual_absolute_cents bigint not null check (perpetual_absolute_cents >= 0),   -- sales and refunds, nothing taken off
    software                 text not null,
    closed_at                timestamptz not null,
    closed_by                uuid not null references users (id) on delete restrict,
    chain_id                 uuid not null references chain_heads (id) on delete restrict,
    position                 bigint not null,
    constraint period_closings_close_once primary key (till_id, period, ends_on),
    constraint period_closings_follow_one unique nulls not distinct (till_id, period, previous_ends_on),
    unique (chain_id, position),
    foreign key (till_id, period, previous_ends_on) references period_closings (till_id, period, ends_on) on delete restrict,
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict,
    constraint period_closings_come_in_order check (previous_ends_on < starts_on and starts_on <= ends_on
        and first_position <= last_position and last_position < position),
    -- The first one at a till takes in all that was before.
    constraint period_closings_are_whole_periods check (previous_ends_on is null or starts_on = case period
        when 'day' then ends_on when 'month' then date_trunc('month', ends_on)::date else starts_on end)
);
create index period_closings_by_end on period_closings (ends_on desc, period desc, till_id desc);
create index period_closings_of_chain on period_closings (chain_id, ends_on);

-- What was sold and given back by rate of tax. Prices hold the tax.
create table period_closing_rates (
    till_id       uuid not null,
    period        text not null,
    ends_on       date not null,
    vat_regime    text not null,
    vat_rate_bp   int not null,
    sales_cents   bigint not null check (sales_cents >= 0),
    refunds_cents bigint not null check (refunds_cents >= 0),
    vat_cents     bigint not null,              -- of the sales, less that of the refunds
    primary key (till_id, period, ends_on, vat_regime, vat_rate_bp),
    foreign key (till_id, period, ends_on) references period_closings (till_id, period, ends_on) on delete restrict
);

-- What was paid and given back by means.
create table period_closing_means (
    till_id   uuid not null,
    period    text not null,
    ends_on   date not null,
    means     text not null,
    in_cents  bigint not null check (in_cents >= 0),
    out_cents bigint not null check (out_cents >= 0),
    primary key (till_id, period, ends_on, means),
    foreign key (till_id, period, ends_on) references period_closings (till_id, period, ends_on) on delete restrict
);

-- A drawer opens on a day that is not closed, once every day before it is. The till's head is locked by whoever opens or closes.
create function drawers_open_on_a_day_that_is_open() returns trigger language plpgsql as $$
begin
    if exists (select from period_closings p where p.till_id = new.till_id and p.period = 'day' and p.ends_on >= new.business_on) then
        raise exception using errcode = 'check_violation', constraint = 'drawers_open_on_a_day_that_is_open', table = tg_table_name,
            message = 'the day of the drawer is closed';
    end if;
    if exists (
        select from drawers d
        where d.chain_id = new.chain_id and d.business_on <> new.business_on
          and d.position > coalesce((select max(p.last_position) from period_closings p where p.till_id = new.till_id and p.period = 'day'), 0))
    then
        raise exception using errcode = 'check_violation', constraint = 'drawers_follow_a_closed_day', table = tg_table_name,
            message = 'a day before that of the drawer is not closed';
    end if;
    return null;
end $$;
create constraint trigger drawers_open_on_a_day_that_is_open after insert on drawers
    for each row execute function drawers_open_on_a_day_that_is_open();

-- A day is closed over all its tickets, a month over its days, a year over its months, and the two totals go on from those before.
create function period_closings_add_up() returns trigger language plpgsql as $$
declare
    before period_closings;
    parts text := case new.period when 'month' then 'day' when 'year' then 'month' end;
    sold record;
    given_back record;
begin
    select * into before from period_closings p
    where p.till_id = new.till_id and p.period = new.period and p.ends_on = new.previous_ends_on;
    if new.first_position <> coalesce(before.last_position, 0) + 1
        or new.perpetual_cents <> coalesce(before.perpetual_cents, 0) + new.sales_cents - new.refunds_cents
        or new.perpetual_absolute_cents <> coalesce(before.perpetual_absolute_cents, 0) + new.sales_cents + new.refunds_cents
    then
        raise exception using errcode = 'check_violation', constraint = 'period_closings_go_on', table = tg_table_name,
            message = 'the totals do not go on from the closing before';
    end if;
    if parts is null then
        if exists (select from drawers d where d.chain_id = new.chain_id and d.position between new.first_position and new.last_position
                   and not exists (select from closings c where c.till_id = d.till_id and c.ordinal = d.ordinal)) then
            raise exception using errcode = 'check_violation', constraint = 'period_closings_wait_for_the_drawer',
                table = tg_table_name, message = 'a drawer of the day is open';
        end if;
        select count(*) filter (where s.kind = 'sale') as sales, count(*) filter (where s.kind = 'gift') as gifts,
               coalesce(sum(s.total_cents) filter (where s.kind = 'sale'), 0) as sales_cents,
               coalesce(sum(s.value_cents) filter (where s.kind = 'gift'), 0) as gifts_cents into sold
        from sales s where s.chain_id = new.chain_id and s.position between new.first_position and new.last_position;
        select count(*) as refunds, coalesce(sum(r.total_cents), 0) as refunds_cents into given_back
        from refunds r where r.chain_id = new.chain_id and r.position between new.first_position and new.last_position;
    else
        select coalesce(sum(p.sales), 0) as sales, coalesce(sum(p.gifts), 0) as gifts,
               coalesce(sum(p.sales_cents), 0) as sales_cents, coalesce(sum(p.gifts_cents), 0) as gifts_cents into sold
        from period_closings p where p.till_id = new.till_id and p.period = parts
          and p.ends_on <= new.ends_on and p.ends_on > coalesce(new.previous_ends_on, '-infinity');
        select coalesce(sum(p.refunds), 0) as refunds, coalesce(sum(p.refunds_cents), 0) as refunds_cents into given_back
        from period_closings p where p.till_id = new.till_id and p.period = parts
          and p.ends_on <= new.ends_on and p.ends_on > coalesce(new.previous_ends_on, '-infinity');
    end if;
    if (new.sales, new.gifts, new.sales_cents, new.gifts_cents, new.refunds, new.refunds_cents)
        is distinct from (sold.sales, sold.gifts, sold.sales_cents, sold.gifts_cents, given_back.refunds, given_back.refunds_cents)
        or new.sales_cents - new.refunds_cents <> (
            select coalesce(sum(r.sales_cents - r.refunds_cents), 0) from period_closing_rates r
            where r.till_id = new.till_id and r.period = new.period and r.ends_on = new.ends_on)
        or new.sales_cents - new.refunds_cents <> (
            select coalesce(sum(m.in_cents - m.out_cents), 0) from period_closing_means m
            where m.till_id = new.till_id and m.period = new.period and m.ends_on = new.ends_on)
    then
        raise exception using errcode = 'check_violation', constraint = 'period_closings_add_up', table = tg_table_name,
            message = 'a closing is not the sum of what it covers';
    end if;
    return null;
end $$;
create constraint trigger period_closings_add_up after insert on period_closings deferrable initially deferred
    for each row execute function period_closings_add_up();

create trigger period_closings_are_never_edited before update or delete or truncate on period_closings
    for each statement execute function refuse_edit();
create trigger period_closing_rates_are_never_edited before update or delete or truncate on period_closing_rates
    for each statement execute function refuse_edit();
create trigger period_closing_means_are_never_edited before update or delete or truncate on period_closing_means
    for each statement execute function refuse_edit();
