-- What leaves as a gift is handed over in one act for all that is on its ticket: terms in plain words with their version, the
-- items with their serials, one signature or a witnessed refusal, one sealed document.

-- The terms, version by version: a drawing a line. The sentences stand in the languages below.
create table hand_over_terms (
    starts_on   date not null,
    pictograms  text[] not null check (cardinality(pictograms) between 1 and 12 and pictograms <@ array[
                    'yours', 'home', 'not_for_sale', 'care', 'repair', 'guarantee', 'bring_back', 'memory', 'help', 'signature']),
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,     -- absent: by set-up
    constraint hand_over_terms_change_once_a_day primary key (starts_on)
);

-- A sentence for each drawing of the version, in its order; French comes with the version.
create table hand_over_texts (
    starts_on   date not null references hand_over_terms (starts_on) on delete restrict,
    language    text not null check (language ~ '^[a-z]{2}$'),
    sentences   text[] not null check (cardinality(sentences) between 1 and 12 and array_position(sentences, '') is null
                                       and length(array_to_string(sentences, '')) <= 4000),
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,     -- absent: by set-up
    constraint hand_over_texts_are_written_once primary key (starts_on, language)
);
create trigger hand_over_terms_are_never_edited before update or delete or truncate on hand_over_terms
    for each statement execute function refuse_edit();
create trigger hand_over_texts_are_never_edited before update or delete or truncate on hand_over_texts
    for each statement execute function refuse_edit();

-- The act: what was read, how it was signed, and the digest of its document. Who receives, the ticket says.
create table hand_overs (
    sale_id    uuid not null references sales (id) on delete restrict,
    shop_id    uuid not null references shops (id) on delete restrict,     -- the ticket's
    till_id    uuid not null references tills (id) on delete restrict,     -- where it was signed
    chain_id   uuid not null references chain_heads (id) on delete restrict,
    position   bigint not null,
    signed_at  timestamptz not null,
    signed_by  uuid not null references users (id) on delete restrict,     -- who handed over
    terms_on   date not null,
    language   text not null,               -- beside French
    way        text not null check (way in ('screen', 'paper', 'refused')),
    witness_id uuid references users (id) on delete restrict,              -- absent: signed
    digest     bytea not null check (length(digest) = 32),
    constraint hand_overs_happen_once primary key (sale_id),
    unique (sale_id, digest),
    unique (chain_id, position),
    foreign key (chain_id, position) references journal_entries (chain_id, position) on delete restrict,
    foreign key (terms_on, language) references hand_over_texts (starts_on, language) on delete restrict,
    check ((way = 'refused') = (witness_id is not null)),
    constraint hand_overs_need_a_second_person check (witness_id <> signed_by)
);
create index hand_overs_of_shop on hand_overs (shop_id, signed_at desc, sale_id desc);
create index hand_overs_by_moment on hand_overs (signed_at desc, sale_id desc);
create index sales_gifts_of_shop on sales (shop_id, sold_at desc, id desc) where kind = 'gift';
create index sales_gifts_by_moment on sales (sold_at desc, id desc) where kind = 'gift';
create trigger hand_overs_are_never_edited before update or delete or truncate on hand_overs
    for each statement execute function refuse_edit();

-- The document as it was drawn, with the signature’s strokes in it and nowhere else. It names a person: it goes with the
-- identity, and the digest above stays.
create table hand_over_documents (
    sale_id uuid not null primary key,
    digest  bytea not null check (digest = sha256(content)),
    content bytea not null check (octet_length(content) between 1 and 8388608),
    foreign key (sale_id, digest) references hand_overs (sale_id, digest) on delete restrict
);

-- The sheet that was signed on paper, as it was scanned.
create table hand_over_sheets (
    id          uuid primary key,
    sale_id     uuid not null references hand_overs (sale_id) on delete restrict,
    kind        text not null check (kind in ('application/pdf', 'image/jpeg', 'image/png')),
    content     bytea not null check (octet_length(content) between 1 and 8388608),
    digest      bytea not null check (digest = sha256(content)),
    attached_at timestamptz not null,
    attached_by uuid not null references users (id) on delete restrict,
    constraint hand_over_sheets_are_attached_once unique (sale_id, digest)
);

-- Whose document went with an identity: what is not here is missed.
create table hand_over_erasures (
    sale_id   uuid primary key references hand_overs (sale_id) on delete restrict,
    erased_at timestamptz not null
);

-- Whoever erases an identity erases what was signed under it, whichever of the person's files the ticket names.
create function take_the_acts(person uuid) returns void
    language plpgsql as $$
declare
    taken uuid[];
begin
    select array_agg(h.sale_id) into taken from hand_overs h join sales s on s.id = h.sale_id
        where s.person_id = any(person_files(person_now(person)));
    insert into hand_over_erasures (sale_id, erased_at) select unnest(taken), now() on conflict do nothing;
    delete from hand_over_documents where sale_id = any(taken);
    delete from hand_over_sheets where sale_id = any(taken);
end $$;
create function identities_take_the_acts() returns trigger
    language plpgsql as $$
begin
    perform take_the_acts(old.person_id);
    return null;
end $$;
create trigger identities_take_the_acts after delete on identities
    for each row execute function identities_take_the_acts();
-- Somebody may have refused, then accepted without a name, signed, and refused again: no identity goes then.
create function refusals_take_the_acts() returns trigger
    language plpgsql as $$
begin
    perform take_the_acts(new.person_id);
    return null;
end $$;
create trigger refusals_take_the_acts after insert on privacy_answers
    for each row when (not new.accepted) execute function refusals_take_the_acts();

-- An act is of a gift to a person, of which something is still with them. The ticket's claim is locked by whoever signs and
-- by whoever takes back.
create function check_hand_over() returns trigger
    language plpgsql as $$
begin
    if not exists (select from sales where id = new.sale_id and kind = 'gift' and person_id is not null) then
        perform raise_gate('hand_overs_are_of_gifts', 'no gift to a person');
    end if;
    if not exists (select from sale_lines l where l.sale_id = new.sale_id
                   and l.quantity > (select count(*) from refund_lines r
                                     where r.sale_id = l.sale_id and r.position = l.position)) then
        perform raise_gate('hand_overs_come_before_the_return', 'all of it came back');
    end if;
    return null;
end $$;
create constraint trigger hand_overs_are_gated after insert on hand_overs
    for each row execute function check_hand_over();
