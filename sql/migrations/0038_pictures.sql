-- Pictures of machines, drawn anew as they come, so that nothing of the telephone that took them is kept.

create table device_pictures (
    id        uuid primary key,
    device_id uuid not null references devices (id) on delete restrict,
    sha256    bytea not null check (length(sha256) = 32),       -- of the file as it was sent, which is not kept
    width     int not null check (width between 1 and 1600),
    height    int not null check (height between 1 and 1600),
    caption   text check (caption in ('front', 'keyboard', 'screen', 'fault', 'label')),    -- absent: none
    taken_at  timestamptz not null,
    taken_by  uuid not null references users (id) on delete restrict,
    ended_at  timestamptz,                                      -- absent: it is on the machine's page
    ended_by  uuid references users (id) on delete restrict,
    check ((ended_at is null) = (ended_by is null))
);
create unique index device_pictures_are_kept_once on device_pictures (device_id, sha256) where ended_at is null;

-- What is seen, large and small. Deleted when the picture is taken off: a person may be on it, or a sticker with a name.
create table device_picture_files (
    picture_id uuid not null references device_pictures (id) on delete restrict,
    size       text not null check (size in ('full', 'thumbnail')),
    jpeg       bytea not null check (octet_length(jpeg) between 1 and 5000000 and substr(jpeg, 1, 3) = '\xffd8ff'),
    primary key (picture_id, size)
);
alter table device_picture_files alter column jpeg set storage external;     -- JPEG is pressed already

-- Whether whoever holds the machine sees it on the passport; the last row counts, and where there is none nobody does.
create table device_picture_showings (
    picture_id  uuid not null references device_pictures (id) on delete restrict,
    ordinal     int not null check (ordinal > 0),
    is_shown    boolean not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null references users (id) on delete restrict,
    primary key (picture_id, ordinal)
);

-- A picture that was taken off leaves nothing to be seen, and one that was not is there in both sizes.
create function device_pictures_are_whole_or_gone() returns trigger
    language plpgsql as $$
begin
    if exists (select from device_pictures p where p.id = new.id
               and (select count(*) from device_picture_files f where f.picture_id = p.id)
                   <> case when p.ended_at is null then 2 else 0 end) then
        perform raise_gate('device_pictures_are_whole_or_gone', 'a picture has both its files, or none once it was taken off');
    end if;
    return null;
end $$;
create constraint trigger device_pictures_are_whole_or_gone after insert or update on device_pictures
    deferrable initially deferred for each row execute function device_pictures_are_whole_or_gone();

-- How many pictures a machine may have: its faces, its keyboard, its label and a fault or two.
insert into dated_numbers (name, starts_on, amount, recorded_at)
select 'device_pictures', '2000-01-01', 6, now()
where exists (select from dated_numbers);
