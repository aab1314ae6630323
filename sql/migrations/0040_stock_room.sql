-- A machine of which it is said that it lies nowhere, one that was found after all at the end of its journey, and disks that fail.

-- Where it was put, until somebody found that it is not there.
alter table device_locations
    alter column location_id drop not null,             -- absent: from here on nobody knows where it lies
    add check (location_id is not null or count_id is null);

-- A machine that was said to be missing on arrival, and was found after all in the shop that it was sent to: it stands there
-- since, and what took it out of the stock is taken back in the same act.
alter table transfer_ends add unique (device_id, ordinal, kind);
create table transfer_findings (
    device_id       uuid not null,
    ordinal         int not null,
    kind            text not null default 'loss' check (kind = 'loss'),
    removal_ordinal int not null,
    shop_id         uuid not null references shops (id) on delete restrict,     -- where it stands since
    found_at        timestamptz not null,
    found_by        uuid not null references users (id) on delete restrict,
    constraint transfer_findings_happen_once primary key (device_id, ordinal),
    foreign key (device_id, ordinal, kind) references transfer_ends (device_id, ordinal, kind) on delete restrict,
    foreign key (device_id, removal_ordinal) references removal_reversals (device_id, ordinal) on delete restrict
);
create index transfer_findings_of_shop on transfer_findings (shop_id, device_id);
create trigger transfer_findings_are_never_edited before update or delete or truncate on transfer_findings
    for each statement execute function refuse_edit();

-- Only what its last journey lost is found at that journey’s end, and only by taking back that loss, there and then.
create function check_finding() returns trigger
    language plpgsql as $$
begin
    perform from devices where id = new.device_id for no key update;
    if not exists (
        select from transfer_devices v join transfers r on r.id = v.transfer_id
        join transfer_ends e on e.device_id = v.device_id and e.ordinal = v.ordinal
        join removals m on m.device_id = v.device_id and m.ordinal = new.removal_ordinal and m.recorded_at = e.ended_at
        join removal_reversals b on b.device_id = m.device_id and b.ordinal = m.ordinal and b.recorded_at = new.found_at
            and b.recorded_by = new.found_by and b.motive = r.code
        where v.device_id = new.device_id and v.ordinal = new.ordinal and r.to_shop_id = new.shop_id
          and not exists (select from transfer_devices l where l.device_id = v.device_id and l.ordinal > v.ordinal)
          and not exists (select from stays y where y.device_id = v.device_id and y.ordinal > v.after_stay)) then
        perform raise_gate('transfer_findings_take_a_loss_back', 'the machine is not missing on this slip');
    end if;
    return new;
end $$;
create constraint trigger transfer_findings_are_gated after insert on transfer_findings
    for each row execute function check_finding();

-- A machine with a disk that is failing reaches nobody. A disk is failing once a report said that it does not pass, that the
-- writing which flash was made for is used up, or that as many sectors went bad as the shop's number of the day says; until
-- a later report of the same disk tells anew what that one complained of, and is fine. A disk that has run for fewer hours
-- is told by an older report, whenever somebody sent it.
create function complains(told disk_healths, percent bigint, sectors bigint) returns boolean
    language sql immutable as $$
    select coalesce(not told.passed, false) or coalesce(told.percentage_used >= percent, false)
        or coalesce(coalesce(told.reallocated_sectors, 0)::bigint + coalesce(told.pending_sectors, 0) >= sectors, false)
$$;

-- A disk, and what was written down before of the same one: by its serial, in whatever machine and by whatever size a tool
-- read it.
create function same_disks(disk uuid) returns uuid[]
    language plpgsql stable as $$
begin
    return (select array(
        select disk union
        select o.id from device_disks k join device_disks o
            on upper(regexp_replace(o.serial, '[^[:alnum:]]', '', 'g')) = upper(regexp_replace(k.serial, '[^[:alnum:]]', '', 'g'))
        where k.id = disk and regexp_replace(k.serial, '[^[:alnum:]]', '', 'g') <> ''));
end $$;

-- The last report that says so of a disk; null where it is not failing.
create function failing_report(disk uuid, day date) returns bytea
    language plpgsql stable as $$
declare
    disks   uuid[] := same_disks(disk);
    percent bigint;
    sectors bigint;
begin
    if not exists (select from disk_healths where disk_id = any(disks)) then
        return null;
    end if;
    percent := (select amount from dated_numbers where name = 'disk_replace_percent' and starts_on <= day
                order by starts_on desc limit 1);
    sectors := (select amount from dated_numbers where name = 'disk_replace_sectors' and starts_on <= day
                order by starts_on desc limit 1);
    return (select h.file_sha256 from disk_healths h
            where h.disk_id = any(disks) and complains(h, percent, sectors) and not exists (
                select from disk_healths l
                where l.disk_id = any(disks) and l.recorded_at > h.recorded_at and not complains(l, percent, sectors)
                  and (l.power_on_hours >= h.power_on_hours) is not false
                  and (h.passed is distinct from false or l.passed)
                  and ((h.percentage_used >= percent) is not true or l.percentage_used is not null)
                  and ((coalesce(h.reallocated_sectors, 0)::bigint + coalesce(h.pending_sectors, 0) >= sectors) is not true
                       or (coalesce(h.reallocated_sectors, 0) = 0 or l.reallocated_sectors is not null)
                          and (coalesce(h.pending_sectors, 0) = 0 or l.pending_sectors is not null)))
            order by h.recorded_at desc, h.file_sha256 limit 1);
end $$;

-- The first disk in a machine that is failing; null where none is.
create function failing_disk(machine uuid, day date) returns uuid
    language plpgsql stable as $$
begin
    return (select k.id from device_disks k
            where k.device_id = machine and k.removed_at is null and failing_report(k.id, day) is not null
            order by k.fitted_at, k.id limit 1);
end $$;

-- Whoever writes down a report locks the disk's machine too: none comes between.
create function check_sound_disks() returns trigger
    language plpgsql as $$
begin
    perform from devices where id = new.device_id for no key update;
    case tg_table_name
        when 'stays' then
            if failing_disk(new.device_id, paris_day(new.shelved_at)) is not null then
                perform raise_gate('stays_need_sound_disks', 'a disk in the machine is failing');
            end if;
        else
            if failing_disk(new.device_id, paris_day(new.left_at)) is not null then
                perform raise_gate('exits_need_sound_disks', 'a disk in the machine is failing');
            end if;
    end case;
    return new;
end $$;
create constraint trigger stays_are_of_sound_disks after insert on stays
    for each row execute function check_sound_disks();
create constraint trigger exits_are_of_sound_disks after insert on exits
    for each row when (new.kind in ('sale', 'gift')) execute function check_sound_disks();
