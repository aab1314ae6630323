-- Two files of one person. The one that was opened by mistake points at the one that goes on; neither's history moves, and
-- no ticket changes its reference. When that one is merged in turn, each earlier file gets a row of its own, so that one
-- step leads from any file to the person's.
create table person_merges (
    person_id uuid not null references persons (id) on delete restrict,
    into_id   uuid not null references persons (id) on delete restrict,
    through   uuid references persons (id) on delete restrict,  -- absent: merged by itself; else along with this one
    merged_at timestamptz not null,
    merged_by uuid not null references users (id) on delete restrict,
    primary key (person_id, into_id),
    constraint person_merges_join_two_files check (person_id <> into_id)
);
create unique index person_merges_happen_once on person_merges (person_id) where through is null;
-- Where somebody lived before: what was taken there then goes with them.
create index household_members_before on household_members (person_id) where left_on is not null;
create index person_merges_into on person_merges (into_id);

-- plpgsql, because it keeps its plan where an SQL function plans anew at each call.
-- The file that goes on, of whichever file of a person.
create function person_now(file uuid) returns uuid
    language plpgsql stable parallel safe as $$
begin
    return coalesce((select into_id from person_merges m
                     where m.person_id = file and not exists (select from person_merges o where o.person_id = m.into_id)),
                    file);
end $$;

-- Every file of a person, the one that goes on first.
create function person_files(person uuid) returns uuid[]
    language plpgsql stable parallel safe as $$
begin
    return array[person] || array(select person_id from person_merges where into_id = person);
end $$;
