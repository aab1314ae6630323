-- What the buyer of a machine may read of it, and what its further use avoids.

-- The address of a machine's passport: whoever holds it may read the passport, and nobody guesses it. Printed in the QR of its
-- label, hence kept as it is.
create table passports (
    device_id uuid primary key references devices (id) on delete restrict,
    token     text not null check (token ~ '^[2-9BCDFGHJKLNPRSTVX]{30}$'),
    made_at   timestamptz not null,
    constraint passports_token_is_one unique (token)
);

insert into passports (device_id, token, made_at)
select d.id, (select string_agg(substr('23456789BCDFGHJKLNPRSTVX', get_byte(r.bytes, i) % 24 + 1, 1), '')
              from generate_series(0, 29) i), now()
from devices d
cross join lateral (select sha256(uuid_send(gen_random_uuid()) || uuid_send(d.id) || uuid_send(gen_random_uuid())) as bytes) r;

-- What one more year of use of a refurbished machine avoids, against a new one: the last row whose day has come is in force. A
-- number is absent where the source does not say it, a kind where no source does.
create table impact_factors (
    device_kind     text not null check (device_kind in ('laptop', 'desktop', 'all_in_one', 'tablet', 'smartphone', 'screen',
                                                         'other')),
    starts_on       date not null,
    carbon_grams    int check (carbon_grams > 0),       -- CO2 equivalent
    materials_grams int check (materials_grams > 0),    -- raw materials not extracted
    waste_grams     int check (waste_grams > 0),        -- electronic waste
    source          text not null check (length(source) between 1 and 300),
    recorded_at     timestamptz not null,
    recorded_by     uuid references users (id) on delete restrict,  -- absent: by set-up
    constraint impact_factors_change_once_a_day primary key (device_kind, starts_on),
    check (num_nonnulls(carbon_grams, materials_grams, waste_grams) > 0)
);

insert into impact_factors (device_kind, starts_on, carbon_grams, materials_grams, waste_grams, source, recorded_at)
select device_kind, '2022-09-09', carbon_grams, materials_grams, waste_grams,
       'ADEME, Évaluation de l’impact environnemental d’un ensemble de produits reconditionnés, septembre 2022', now()
from (values ('laptop', 27000, 127000, 314), ('smartphone', 24600, 76900, null), ('tablet', 20000, 80000, null))
     f (device_kind, carbon_grams, materials_grams, waste_grams)
where exists (select from dated_numbers);
