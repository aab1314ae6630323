-- What is tried on a machine of a kind before it may be called reconditionné: a list by kind, in dated versions. An
-- inspection keeps the version that it followed, and answers each of its items.

-- A list from a day on. Another row of its kind replaces it from its own day.
create table inspection_lists (
    device_kind text not null check (device_kind in ('laptop', 'desktop', 'all_in_one', 'tablet', 'smartphone', 'screen', 'other')),
    starts_on   date not null,
    item_count  int not null check (item_count between 1 and 60),
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,      -- absent: it came with the installation
    constraint inspection_lists_change_once_a_day primary key (device_kind, starts_on),
    constraint inspection_lists_never_begin_in_the_past check (recorded_by is null or starts_on >= paris_day(recorded_at))
);

-- An item keeps its name from a version to the next: what was tried under one counts under the other.
create table inspection_list_items (
    device_kind text not null,
    starts_on   date not null,
    item        text not null check (item ~ '^[a-z][a-z0-9_]{0,39}$'),
    position    int not null check (position > 0),
    name_fr     text not null check (length(name_fr) between 1 and 100),
    name_en     text not null check (length(name_en) between 1 and 100),
    help_fr     text not null default '' check (length(help_fr) <= 300),     -- how it is tried
    help_en     text not null default '' check (length(help_en) <= 300),
    must_pass   boolean not null,           -- false: a fault is told to the buyer, and keeps nothing off the shelf
    constraint inspection_list_items_ask_once primary key (device_kind, starts_on, item),
    constraint inspection_list_items_stand_in_order unique (device_kind, starts_on, position),
    foreign key (device_kind, starts_on) references inspection_lists (device_kind, starts_on) on delete restrict
);

-- The days on which something began or ended to be asked are the versions of what was asked until now.
insert into inspection_lists (device_kind, starts_on, item_count, recorded_at)
select v.device_kind, v.day, count(*), now()
from (select device_kind, starts_on as day from inspection_items
      union select device_kind, ends_on from inspection_items where ends_on is not null) v
join inspection_items i on i.device_kind = v.device_kind and i.starts_on <= v.day and (i.ends_on is null or i.ends_on > v.day)
group by v.device_kind, v.day;
insert into inspection_list_items (device_kind, starts_on, item, position, name_fr, name_en, must_pass)
select l.device_kind, l.starts_on, i.item, row_number() over (partition by l.device_kind, l.starts_on order by i.position, i.item),
       i.name_fr, i.name_en, true
from inspection_lists l
join inspection_items i on i.device_kind = l.device_kind and i.starts_on <= l.starts_on
 and (i.ends_on is null or i.ends_on > l.starts_on);
drop table inspection_items;

-- A list that came with the installation says how each item is tried, as that of a new installation does.
update inspection_list_items i set help_fr = h.fr, help_en = h.en
from inspection_lists l, (values
    ('starts', 'Allumez-le, attendez l’accueil, éteignez-le.',
     'Switch it on, wait for its welcome, shut it down.'),
    ('screen', 'Fond blanc puis noir : ni tache, ni ligne, ni coin sombre.',
     'White then black background: no stain, no line, no dark corner.'),
    ('keyboard', 'Tapez chaque touche dans un testeur de clavier, Maj et Fn compris.',
     'Press every key in a keyboard tester, Shift and Fn too.'),
    ('touchpad', 'Déplacez, cliquez à gauche et à droite, faites défiler à deux doigts.',
     'Move, click left and right, scroll with two fingers.'),
    ('touch', 'Faites glisser une icône jusqu’aux quatre coins.',
     'Drag an icon to all four corners.'),
    ('ports', 'Une clé USB dans chaque prise, un écran sur chaque sortie vidéo.',
     'A USB key in each port, a screen on each video output.'),
    ('video_output', 'Branchez un écran sur chaque sortie.',
     'Plug a screen into each output.'),
    ('video_input', 'Branchez un ordinateur sur chaque entrée.',
     'Plug a computer into each input.'),
    ('wifi', 'Rejoignez le réseau et ouvrez une page, à quelques mètres de la borne.',
     'Join the network and open a page, a few metres from the access point.'),
    ('network', 'Ouvrez une page par câble ; en Wi-Fi s’il en a.',
     'Open a page by cable; by Wi-Fi where it has one.'),
    ('sound', 'Écoutez à gauche et à droite, enregistrez votre voix, essayez la prise casque.',
     'Play a sound, listen left and right, record your voice, try the headphone socket.'),
    ('webcam', 'Ouvrez l’application photo : image nette et claire.',
     'Open the camera application: a sharp, bright picture.'),
    ('camera', 'Une photo avec chaque appareil, avant et arrière.',
     'A picture with each camera, front and back.'),
    ('battery', 'Débranchez-le un quart d’heure : il tient encore.',
     'Unplug it for a quarter of an hour: it still lasts.'),
    ('charger', 'Le bon modèle, le câble sain, la charge commence.',
     'The right model, a sound cable, and it charges.'),
    ('power_cable', 'Le bon câble, sain, sans faux contact.',
     'The right cable, sound, with no loose contact.'),
    ('calls', 'Appelez-le et faites-le appeler : on s’entend.',
     'Call it and have it call: both are heard.'),
    ('sim_reader', 'Glissez une carte SIM : le réseau s’affiche.',
     'Insert a SIM card: the network is shown.'),
    ('not_blocked', 'Aucun compte Google ou Apple demandé ; *#06# puis vérifiez l’IMEI.',
     'No Google or Apple account is asked for; *#06#, then check the IMEI.'),
    ('all_functions', 'Essayez tout ce que sa notice promet.',
     'Try everything that its manual promises.')) h (item, fr, en)
where l.device_kind = i.device_kind and l.starts_on = i.starts_on and l.recorded_by is null and h.item = i.item;

-- The version that is in force for a kind on a day; null where it has none.
create function inspection_list_on(kind text, day date) returns date
    language plpgsql stable as $$
begin
    return (select max(starts_on) from inspection_lists where device_kind = kind and starts_on <= day);
end $$;

alter table inspections
    add column device_kind    text,
    add column list_starts_on date;
alter table inspections disable trigger inspections_are_never_edited;
update inspections n set device_kind = d.kind, list_starts_on = inspection_list_on(d.kind, paris_day(n.inspected_at))
from devices d where d.id = n.device_id;
alter table inspections enable trigger inspections_are_never_edited;
alter table inspections
    alter column device_kind set not null,
    alter column list_starts_on set not null,
    add foreign key (device_kind, list_starts_on) references inspection_lists (device_kind, starts_on) on delete restrict,
    add constraint inspections_are_of_one_list unique (id, device_kind, list_starts_on);

alter table inspection_results
    add column device_kind    text,
    add column list_starts_on date,
    add column remark         text not null default '' check (length(remark) <= 200);     -- of a fault: what it is
alter table inspection_results disable trigger inspection_results_are_never_edited;
update inspection_results r set device_kind = n.device_kind, list_starts_on = n.list_starts_on
from inspections n where n.id = r.inspection_id;
alter table inspection_results enable trigger inspection_results_are_never_edited;
alter table inspection_results
    alter column device_kind set not null,
    alter column list_starts_on set not null,
    drop constraint inspection_results_inspection_id_fkey,
    add constraint inspection_results_are_of_the_list foreign key (inspection_id, device_kind, list_starts_on)
        references inspections (id, device_kind, list_starts_on) on delete restrict,
    add constraint inspection_results_answer_what_is_asked foreign key (device_kind, list_starts_on, item)
        references inspection_list_items (device_kind, starts_on, item) on delete restrict,
    add constraint inspection_results_remark_on_faults check (remark = '' or not passed);

-- A version is written whole, in the transaction that makes it: as many items as it says.
create function check_inspection_list() returns trigger
    language plpgsql as $$
begin
    if (select item_count from inspection_lists where device_kind = new.device_kind and starts_on = new.starts_on)
       <> (select count(*) from inspection_list_items where device_kind = new.device_kind and starts_on = new.starts_on) then
        perform raise_gate('inspection_lists_are_whole', 'a version has as many items as it says, and gets no other');
    end if;
    return new;
end $$;
create constraint trigger inspection_lists_are_gated after insert on inspection_lists deferrable initially deferred
    for each row execute function check_inspection_list();
create constraint trigger inspection_list_items_are_gated after insert on inspection_list_items deferrable initially deferred
    for each row execute function check_inspection_list();
create trigger inspection_lists_are_never_edited before update or delete or truncate on inspection_lists
    for each statement execute function refuse_edit();
create trigger inspection_list_items_are_never_edited before update or delete or truncate on inspection_list_items
    for each statement execute function refuse_edit();

-- An inspection follows the list of its machine's kind that is in force on its day.
create function check_inspection() returns trigger
    language plpgsql as $$
begin
    if new.device_kind <> (select kind from devices where id = new.device_id)
       or new.list_starts_on is distinct from inspection_list_on(new.device_kind, paris_day(new.inspected_at)) then
        perform raise_gate('inspections_follow_the_list_in_force', 'another list is in force for machines of this kind');
    end if;
    return new;
end $$;
create constraint trigger inspections_are_gated after insert on inspections
    for each row execute function check_inspection();

-- The keys let a result be of an item of the version alone, and once: as many as the version has are all of them.
create function check_inspection_is_whole() returns trigger
    language plpgsql as $$
begin
    if (select item_count from inspection_lists where device_kind = new.device_kind and starts_on = new.list_starts_on)
       <> (select count(*) from inspection_results where inspection_id = new.id) then
        perform raise_gate('inspections_try_every_item', 'an item of the list has no result');
    end if;
    return new;
end $$;
create constraint trigger inspections_are_whole after insert on inspections deferrable initially deferred
    for each row execute function check_inspection_is_whole();

-- Whether the last inspection between `since` and `until` tried every item of the list in force on `day`, and passed those
-- that must pass.
create or replace function passed_inspection(machine uuid, day date, since timestamptz, until timestamptz default 'infinity')
    returns boolean
    language plpgsql stable as $$
begin
    return (select coalesce((
            select not exists (
                select from inspection_list_items i
                where i.device_kind = n.device_kind and i.starts_on = inspection_list_on(n.device_kind, day)
                  and not exists (select from inspection_results r
                                  where r.inspection_id = n.id and r.item = i.item and (r.passed or not i.must_pass)))
            from inspections n
            where n.device_id = machine and n.inspected_at > since and n.inspected_at <= until
            order by n.inspected_at desc, n.id desc limit 1), false));
end $$;

-- Machines that are in the shop's hands: in work, on the shelf, on their way, or somebody's and here for after-sales. So few
-- of all that ever came that a board reads them alone. Moved with the rows that say so, in their own transaction; `comptoir
-- verify stock` proves it.
create table waiting_devices (
    device_id uuid primary key references devices (id) on delete restrict
);

create function is_waiting(machine uuid) returns boolean
    language plpgsql stable as $$
begin
    return is_in_after_sales(machine) or (removed_as(machine) is null and not exists (
        select from exits x
        where x.device_id = machine and x.kind in ('sale', 'gift', 'recycling', 'loss')
          and x.ordinal = (select max(ordinal) from stays where device_id = machine)
          and not came_back(machine, x.ordinal)
          and (x.kind in ('sale', 'gift') or not exists (
              select from removal_reversals v where v.device_id = machine and v.recorded_at >= x.left_at))));
end $$;

create function keep_waiting(machine uuid) returns void
    language plpgsql as $$
begin
    if is_waiting(machine) then
        insert into waiting_devices (device_id) values (machine) on conflict do nothing;
    else
        delete from waiting_devices where device_id = machine;
    end if;
end $$;

-- A sale asks nothing more: what is sold on the spot has not come back yet.
create function device_leaves() returns trigger
    language plpgsql as $$
begin
    delete from waiting_devices where device_id = new.device_id;
    return null;
end $$;
create function device_is_taken_in() returns trigger
    language plpgsql as $$
begin
    insert into waiting_devices (device_id) values (new.id);
    return null;
end $$;
create function device_may_wait() returns trigger
    language plpgsql as $$
begin
    perform keep_waiting(new.device_id);
    return null;
end $$;
create function device_is_refunded() returns trigger
    language plpgsql as $$
begin
    perform keep_waiting(l.device_id) from sale_lines l
    where l.sale_id = new.sale_id and l.position = new.position and l.device_id is not null;
    return null;
end $$;

create trigger exits_end_the_wait after insert on exits
    for each row when (new.kind in ('sale', 'gift', 'recycling', 'loss')) execute function device_leaves();
create trigger devices_wait after insert on devices for each row execute function device_is_taken_in();
create trigger refund_lines_move_the_wait after insert on refund_lines for each row execute function device_is_refunded();
create trigger batch_devices_move_the_wait after insert on batch_devices for each row execute function device_may_wait();
create trigger removals_move_the_wait after insert on removals for each row execute function device_may_wait();
create trigger removal_reversals_move_the_wait after insert on removal_reversals for each row execute function device_may_wait();
create trigger after_sales_cases_move_the_wait after insert on after_sales_cases for each row execute function device_may_wait();
create trigger after_sales_ends_move_the_wait after insert on after_sales_ends for each row execute function device_may_wait();

insert into waiting_devices (device_id) select id from devices where is_waiting(id);

-- An installation that was set up before has the numbers that set-up gives to a new one.
insert into dated_numbers (name, starts_on, amount, recorded_at)
select n.name, '2000-01-01', n.amount, now() from (values ('board_bench_days', 30), ('board_shelf_days', 60)) n (name, amount)
where exists (select from dated_numbers);
