-- What a machine is worth in points, by dated sets of rules; what was found of each machine; and what each grade costs.

-- A set of rules from a day on. Another row of its code replaces it from its own day; gradings name the version they applied.
create table grading_rule_sets (
    code             text not null check (code ~ '^[a-z0-9-]{2,40}$'),
    starts_on        date not null,
    name_fr          text not null check (length(name_fr) between 1 and 200),
    name_en          text not null check (length(name_en) between 1 and 200),
    device_kinds     text[] not null check (device_kinds <@ '{laptop,desktop,all_in_one,tablet,smartphone,screen,other}'
                                            and cardinality(device_kinds) > 0),
    disk_points_most int not null check (disk_points_most between 0 and 100),
    whole_gigabytes  boolean not null,
    weight_least     int check (weight_least between -100 and 0),      -- these two absent: looks weigh nothing
    weight_most      int check (weight_most between 0 and 100),
    withdrawn        boolean not null,      -- from its day on nobody grades by it any more
    recorded_at      timestamptz not null,
    recorded_by      uuid references users (id) on delete restrict,     -- absent: it came with the installation
    constraint grading_rule_sets_change_once_a_day primary key (code, starts_on),
    check ((weight_least is null) = (weight_most is null))
);

-- A value under `below` is worth so many points; the row without `below` is for all that is left. The mark of a processor,
-- gigabytes of memory, gigabytes of a disk.
create table grading_points (
    code      text not null,
    starts_on date not null,
    part      text not null check (part in ('processor', 'memory', 'hdd', 'ssd', 'nvme')),
    below     int check (below > 0),
    points    int not null check (points between -100 and 100),
    constraint grading_points_say_a_value_once unique nulls not distinct (code, starts_on, part, below),
    foreign key (code, starts_on) references grading_rule_sets (code, starts_on) on delete restrict
);

create table grading_grades (
    code      text not null,
    starts_on date not null,
    below     int check (below between -1000 and 1000),     -- absent: every total that is left
    verdict   text not null check (verdict in ('premium', 'a', 'b', 'c', 'hc', 'unsellable')),
    constraint grading_grades_say_a_total_once unique nulls not distinct (code, starts_on, below),
    foreign key (code, starts_on) references grading_rule_sets (code, starts_on) on delete restrict
);

-- With a processor of a lower mark, the best grade that a machine may have.
create table grading_caps (
    code            text not null,
    starts_on       date not null,
    processor_below int not null check (processor_below > 0),
    storage         text not null check (storage in ('flash', 'hdd')),      -- hdd: nothing faster is in it
    best            text not null check (best in ('premium', 'a', 'b', 'c', 'hc')),
    constraint grading_caps_say_a_mark_once primary key (code, starts_on, processor_below, storage),
    foreign key (code, starts_on) references grading_rule_sets (code, starts_on) on delete restrict
);

-- What a processor does in a test that somebody ran, by the name that machines report, folded.
create table processor_marks (
    name        text not null check (length(name) between 1 and 200),
    starts_on   date not null,
    written     text not null check (length(written) between 1 and 200),
    mark        int not null check (mark between 1 and 1000000),
    source      text not null check (length(source) between 1 and 200),
    recorded_at timestamptz not null,
    recorded_by uuid not null references users (id) on delete restrict,
    constraint processor_marks_change_once_a_day primary key (name, starts_on)
);

-- What a machine was found to be worth: what went in, what came out, and what somebody gave it all the same. Never edited.
create table gradings (
    device_id      uuid not null references devices (id) on delete restrict,
    ordinal        int not null check (ordinal > 0),
    set_code       text not null,
    set_starts_on  date not null,
    processor_mark int not null check (processor_mark between 1 and 1000000),
    mark_source    text not null default '',    -- empty: typed by who graded
    memory_mb      int not null check (memory_mb > 0),
    weight         int not null,
    disk_points    int not null,
    total          int not null,
    cap_below      int,                         -- these two absent: no cap lowered it
    cap_storage    text,
    computed       text not null check (computed in ('premium', 'a', 'b', 'c', 'hc', 'unsellable')),
    given          text not null check (given in ('premium', 'a', 'b', 'c', 'hc', 'unsellable')),
    motive         text not null default '' check (length(motive) <= 500),
    graded_at      timestamptz not null,
    recorded_by    uuid not null references users (id) on delete restrict,
    constraint gradings_are_one_by_one primary key (device_id, ordinal),
    constraint gradings_say_why_they_differ check (given = computed or motive <> ''),
    check ((cap_below is null) = (cap_storage is null)),
    foreign key (set_code, set_starts_on) references grading_rule_sets (code, starts_on) on delete restrict,
    foreign key (set_code, set_starts_on, cap_below, cap_storage)
        references grading_caps (code, starts_on, processor_below, storage) on delete restrict
);

create table grading_parts (
    device_id uuid not null,
    ordinal   int not null,
    position  int not null check (position > 0),
    part      text not null check (part in ('processor', 'memory', 'hdd', 'ssd', 'nvme')),
    amount    int not null check (amount >= 0),
    points    int not null,
    primary key (device_id, ordinal, position),
    foreign key (device_id, ordinal) references gradings (device_id, ordinal) on delete restrict
);

create trigger gradings_are_never_edited before update or delete or truncate on gradings
    for each statement execute function refuse_edit();
create trigger grading_parts_are_never_edited before update or delete or truncate on grading_parts
    for each statement execute function refuse_edit();

-- What a machine of a kind and grade is offered at, from a day on.
create table grade_prices (
    device_kind text not null check (device_kind in ('laptop', 'desktop', 'all_in_one', 'tablet', 'smartphone', 'screen', 'other')),
    grade       text not null check (grade in ('premium', 'a', 'b', 'c', 'hc')),
    channel     text not null check (channel in ('standard', 'partner')),
    starts_on   date not null,
    price_cents bigint check (price_cents between 0 and 100000000),     -- absent: nothing is proposed any more
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,          -- absent: it came with the installation
    constraint grade_prices_change_once_a_day primary key (device_kind, grade, channel, starts_on)
);

-- Whether some set of rules is in force that day for machines of this kind.
create function is_graded(kind text, day date) returns boolean
    language plpgsql stable as $$
begin
    return exists (
        select from (select distinct on (code) withdrawn, device_kinds from grading_rule_sets
                     where starts_on <= day order by code, starts_on desc) present
        where not withdrawn and kind = any(device_kinds));
end $$;

-- What the last grading between `since` and `until` gave the machine; null when there is none, or a disk was put in or
-- taken out after it.
create function given_grade(machine uuid, since timestamptz, until timestamptz default 'infinity') returns text
    language plpgsql stable as $$
begin
    return (select case when exists (select from device_disks k where k.device_id = machine
                                     and (k.fitted_at > g.graded_at or k.removed_at > g.graded_at)) then null else g.given end
            from gradings g
            where g.device_id = machine and g.graded_at > since and g.graded_at <= until
            order by g.ordinal desc limit 1);
end $$;

-- Where machines of its kind are graded, a machine goes on the shelf with the grade that its last grading gave it. A price
-- that changed keeps the grade of the stay before. The machine's row is locked by `check_stay`, whose name sorts first.
create function check_stay_grade() returns trigger
    language plpgsql as $$
declare
    kept text;
begin
    select y.grade into kept from exits x join stays y using (device_id, ordinal)
    where x.device_id = new.device_id and x.ordinal = new.previous_ordinal and x.kind = 'repricing';
    if kept is null then
        if not is_graded((select kind from devices where id = new.device_id), paris_day(new.shelved_at)) then
            return new;
        end if;
        kept := given_grade(new.device_id, here_since(new.device_id, new.ordinal), new.shelved_at);
    end if;
    if new.grade is distinct from kept then
        perform raise_gate('stays_follow_a_grading', 'the grade is not the one that the machine was given');
    end if;
    return new;
end $$;
create constraint trigger stays_are_graded after insert on stays
    for each row execute function check_stay_grade();

-- An installation that was set up before has the rules and prices that set-up gives to a new one.
do $defaults$
begin
    if not exists (select from dated_numbers) then
        return;
    end if;
    insert into grading_rule_sets (code, starts_on, name_fr, name_en, device_kinds, disk_points_most, whole_gigabytes,
                                   withdrawn, recorded_at)
    values ('pc-2023-09', '2023-09-01', 'Ordinateurs, septembre 2023', 'Computers, September 2023',
            '{laptop,desktop,all_in_one}', 4, true, false, now()),
           ('pc-2025-06', '2025-06-01', 'Ordinateurs, juin 2025 (plafond à 3 500, autres nombres à nous)', 'Computers, June 2025 (cap at 3,500, other numbers our own)',
            '{laptop,desktop,all_in_one}', 4, true, false, now());
    insert into grading_points (code, starts_on, part, below, points)
    select s.code, s.starts_on, p.part, p.below, p.points
    from grading_rule_sets s, (values
        ('processor', 1200, -8), ('processor', 2500, 1), ('processor', 4000, 2), ('processor', 6000, 3), ('processor', null, 4),
        ('memory', 4, -8), ('memory', 5, 1), ('memory', 8, 2), ('memory', 16, 3), ('memory', null, 4),
        ('hdd', 160, -8), ('hdd', 256, 1), ('hdd', null, 2),
        ('ssd', 64, -8), ('ssd', 128, 1), ('ssd', 200, 2), ('ssd', 500, 3), ('ssd', null, 4),
        ('nvme', 64, -8), ('nvme', 128, 2), ('nvme', 200, 3), ('nvme', null, 4)) p (part, below, points);
    insert into grading_grades (code, starts_on, below, verdict)
    select s.code, s.starts_on, g.below, g.verdict
    from grading_rule_sets s, (values (2, 'unsellable'), (4, 'hc'), (6, 'c'), (8, 'b'), (11, 'a'), (null, 'premium'))
        g (below, verdict);
    insert into grading_caps (code, starts_on, processor_below, storage, best)
    select s.code, s.starts_on, case s.code when 'pc-2023-09' then 2500 else 3500 end, c.storage, c.best
    from grading_rule_sets s, (values ('flash', 'b'), ('hdd', 'c')) c (storage, best);
    insert into grade_prices (device_kind, grade, channel, starts_on, price_cents, recorded_at)
    select p.kind, g.grade, c.channel, '2000-01-01', p.cents[g.position], now()
    from (values ('laptop', array[7000, 8000, 10000, 12500, 15000]), ('desktop', array[3000, 5000, 7000, 9000, 12000]),
                 ('all_in_one', array[5000, 7000, 9000, 11000, 14000]), ('tablet', array[2000, 3000, 4500, 6000, 9000]),
                 ('smartphone', array[2000, 3000, 4500, 6000, 9000]), ('screen', array[500, 1000, 1500, 2000, 3000]))
            p (kind, cents),
         (values (1, 'hc'), (2, 'c'), (3, 'b'), (4, 'a'), (5, 'premium')) g (position, grade),
         (values ('standard'), ('partner')) c (channel);
end $defaults$;
