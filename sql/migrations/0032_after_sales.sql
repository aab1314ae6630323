-- What is brought back while it is still somebody's: symptoms, a short tree of questions, cases, and what was done.

-- Symptoms and questions change together, from a day on; a case keeps the tree by which it was opened.
create table diagnosis_trees (
    starts_on   date not null,
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,     -- absent: it came with the installation
    constraint diagnosis_trees_change_once_a_day primary key (starts_on)
);

create table diagnosis_questions (
    tree_on  date not null references diagnosis_trees (starts_on) on delete restrict,
    question int not null check (question between 1 and 1000),
    text_fr  text not null check (length(text_fr) between 1 and 300),
    text_en  text not null check (length(text_en) between 1 and 300),
    primary key (tree_on, question)
);

-- An answer leads to a later question, so that no walk goes round, or to what is the matter.
create table diagnosis_answers (
    tree_on       date not null,
    question      int not null,
    answer        int not null check (answer between 1 and 9),
    text_fr       text not null check (length(text_fr) between 1 and 300),
    text_en       text not null check (length(text_en) between 1 and 300),
    next_question int,                      -- absent: it ends here
    outcome       text check (outcome in ('covered', 'misuse', 'battery', 'transport', 'software', 'settings',
                                          'noted_at_sale', 'self_help')),     -- absent: it leads on
    advice_fr     text not null default '' check (length(advice_fr) <= 500),
    advice_en     text not null default '' check (length(advice_en) <= 500),
    primary key (tree_on, question, answer),
    foreign key (tree_on, question) references diagnosis_questions (tree_on, question) on delete restrict,
    foreign key (tree_on, next_question) references diagnosis_questions (tree_on, question) on delete restrict,
    constraint diagnosis_answers_lead_on check ((next_question is null) = (outcome is not null) and next_question > question)
);

create table diagnosis_symptoms (
    tree_on        date not null,
    symptom        text not null check (symptom ~ '^[a-z_]{2,40}$'),
    position       int not null check (position > 0),
    name_fr        text not null check (length(name_fr) between 1 and 200),
    name_en        text not null check (length(name_en) between 1 and 200),
    first_question int not null,
    primary key (tree_on, symptom),
    unique (tree_on, position),
    foreign key (tree_on, first_question) references diagnosis_questions (tree_on, question) on delete restrict
);

-- A machine that was sold or given, and whose owner says that something is wrong. `LIAV26-0001` is the first of Lille in 2026.
alter table label_counters drop constraint label_counters_prefix_check,
    add constraint label_counters_prefix_check check (prefix ~ '^[A-Z]{2}(PC|TA|SM|TE|EC|LO|TR|IN|AV)[0-9]{2}$');
create table after_sales_cases (
    id               uuid primary key,
    code             text not null check (code ~ '^[A-Z]{2}AV[0-9]{2}-[0-9]{4,5}$'),
    device_id        uuid not null,
    ordinal          int not null check (ordinal > 0),      -- the how-manyth of its machine
    previous_ordinal int,                   -- absent: the first
    stay_ordinal     int not null,          -- under which it left
    tree_on          date not null,
    symptom          text not null,
    opened_at        timestamptz not null,
    opened_by        uuid not null references users (id) on delete restrict,
    constraint after_sales_cases_code_names_one_case unique (code),
    constraint after_sales_cases_are_open_once unique (device_id, ordinal),
    foreign key (device_id, stay_ordinal) references exits (device_id, ordinal) on delete restrict,
    foreign key (tree_on, symptom) references diagnosis_symptoms (tree_on, symptom) on delete restrict,
    check ((ordinal = 1 and previous_ordinal is null) or previous_ordinal = ordinal - 1)
);

create table after_sales_steps (
    case_id     uuid not null references after_sales_cases (id) on delete restrict,
    ordinal     int not null check (ordinal > 0),
    kind        text not null check (kind in ('received', 'diagnosed', 'repaired', 'refused')),
    work        text not null default '' check (length(work) <= 300),       -- what was done to the machine
    months      int not null default 0 check (months between 0 and 120),    -- by which a repair makes the guarantee longer
    happened_at timestamptz not null,
    recorded_by uuid not null references users (id) on delete restrict,
    constraint after_sales_steps_are_one_by_one primary key (case_id, ordinal),
    check (kind = 'repaired' or (work = '' and months = 0))
);

-- What was answered, question by question. What it comes to is the last answer's.
create table after_sales_answers (
    case_id  uuid not null,
    ordinal  int not null,
    position int not null check (position > 0),
    tree_on  date not null,
    question int not null,
    answer   int not null,
    primary key (case_id, ordinal, position),
    foreign key (case_id, ordinal) references after_sales_steps (case_id, ordinal) on delete restrict,
    foreign key (tree_on, question, answer) references diagnosis_answers (tree_on, question, answer) on delete restrict
);

-- How a case ended, once. The next one of its machine refers to this row, so that two are never open.
create table after_sales_ends (
    device_id uuid not null,
    ordinal   int not null,
    kind      text not null check (kind in ('handed_back', 'closed', 'exchanged', 'refunded')),
    sale_id   uuid references sales (id) on delete restrict,        -- the ticket of the machine that replaces it
    refund_id uuid references refunds (id) on delete restrict,
    ended_at  timestamptz not null,
    ended_by  uuid not null references users (id) on delete restrict,
    constraint after_sales_ends_end_once primary key (device_id, ordinal),
    foreign key (device_id, ordinal) references after_sales_cases (device_id, ordinal) on delete restrict,
    check ((kind = 'exchanged') = (sale_id is not null)),
    check ((kind = 'refunded') = (refund_id is not null))
);
create unique index after_sales_ends_by_a_ticket_once on after_sales_ends (sale_id) where sale_id is not null;
alter table after_sales_cases add constraint after_sales_cases_follow_an_end
    foreign key (device_id, previous_ordinal) references after_sales_ends (device_id, ordinal) on delete restrict;

-- A line that replaces another costs nothing and takes no right: what was paid, and what was used, stay with the first.
alter table sale_lines
    add column replaces_sale_id  uuid,
    add column replaces_position int,
    add constraint sale_lines_replace_a_line foreign key (replaces_sale_id, replaces_position)
        references sale_lines (sale_id, position) on delete restrict,
    add constraint sale_lines_replace_for_nothing check (
        (replaces_sale_id is null) = (replaces_position is null)
        and (replaces_sale_id is null or (value_cents = 0 and right_id is null and device_id is not null)));
create unique index sale_lines_are_replaced_once on sale_lines (replaces_sale_id, replaces_position)
    where replaces_sale_id is not null;

do $$
declare
    sealed text;
begin
    foreach sealed in array array['diagnosis_trees', 'diagnosis_questions', 'diagnosis_answers', 'diagnosis_symptoms',
                                  'after_sales_cases', 'after_sales_steps', 'after_sales_answers', 'after_sales_ends'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_edit()',
                       sealed || '_are_never_edited', sealed);
    end loop;
end $$;

-- Whether the shop has a machine again that left under this stay: the ticket was refunded for it, a lot brought it, or
-- another was given in its place.
create function came_back(machine uuid, stay int) returns boolean
    language plpgsql stable as $$
begin
    return exists (select from refund_lines r join sale_lines l using (sale_id, position)
                   where l.device_id = machine and l.stay_ordinal = stay)
        or exists (select from batch_devices where device_id = machine and after_ordinal = stay)
        or exists (select from after_sales_cases c join after_sales_ends e using (device_id, ordinal)
                   where c.device_id = machine and c.stay_ordinal = stay and e.kind = 'exchanged');
end $$;

create function is_in_after_sales(machine uuid) returns boolean
    language plpgsql stable as $$
begin
    return exists (select from after_sales_cases c
                   where c.device_id = machine
                     and not exists (select from after_sales_ends e
                                     where e.device_id = c.device_id and e.ordinal = c.ordinal));
end $$;

-- Until when a machine that left under this stay is guaranteed: as its ticket says, and longer by every repair until then.
-- Months are added at once, so that two repairs of six months are a year, whatever the month's last day.
create function guaranteed_until(machine uuid, stay int, before timestamptz default 'infinity') returns date
    language plpgsql stable as $$
begin
    return (select (l.guarantee_ends_on + make_interval(months => (
                select coalesce(sum(s.months), 0) from after_sales_cases c join after_sales_steps s on s.case_id = c.id
                where c.device_id = machine and c.stay_ordinal = stay and s.happened_at < before)::int))::date
            from sale_lines l where l.device_id = machine and l.stay_ordinal = stay);
end $$;

-- What the last diagnosis of a case came to; null before there is one.
create function diagnosed_as(asked uuid) returns text
    language plpgsql stable as $$
begin
    return (select a.outcome
            from after_sales_steps s join after_sales_answers w using (case_id, ordinal)
            join diagnosis_answers a on a.tree_on = w.tree_on and a.question = w.question and a.answer = w.answer
            where s.case_id = asked and s.kind = 'diagnosed'
            order by s.ordinal desc, w.position desc limit 1);
end $$;

-- Only what somebody has, and had from the shop, is brought to after-sales.
create function check_case() returns trigger
    language plpgsql as $$
declare
    last exits;
begin
    perform from devices where id = new.device_id for no key update;
    select x.* into last from stays y left join exits x using (device_id, ordinal)
    where y.device_id = new.device_id order by y.ordinal desc limit 1;
    if last.ordinal is distinct from new.stay_ordinal or last.kind not in ('sale', 'gift')
       or came_back(new.device_id, new.stay_ordinal) or removed_as(new.device_id) is not null then
        perform raise_gate('after_sales_cases_are_of_what_is_away', 'the machine is not with whoever it was sold or given to');
    end if;
    return new;
end $$;
create constraint trigger after_sales_cases_are_gated after insert on after_sales_cases
    for each row execute function check_case();

-- Nothing is done once a case ended; only what is here is repaired; and a repair makes the guarantee longer that was covered
-- and asked for before the guarantee's end.
create function check_step() returns trigger
    language plpgsql as $$
declare
    asked after_sales_cases;
begin
    select * into asked from after_sales_cases where id = new.case_id;
    perform from devices where id = asked.device_id for no key update;
    if exists (select from after_sales_ends where device_id = asked.device_id and ordinal = asked.ordinal) then
        perform raise_gate('after_sales_steps_come_before_the_end', 'the case ended');
    end if;
    if new.kind in ('repaired', 'refused') and not exists (
        select from after_sales_steps where case_id = new.case_id and kind = 'received' and ordinal < new.ordinal) then
        perform raise_gate('after_sales_steps_need_the_machine', 'the machine is not here');
    end if;
    if new.months > 0 and exists (
        select from after_sales_steps where case_id = new.case_id and ordinal <> new.ordinal and months > 0) then
        perform raise_gate('after_sales_repairs_extend_once_a_case', 'a repair of this case made the guarantee longer before');
    end if;
    if new.months > 0 and (diagnosed_as(new.case_id) is distinct from 'covered'
        or paris_day(asked.opened_at) > guaranteed_until(asked.device_id, asked.stay_ordinal, new.happened_at)) then
        perform raise_gate('after_sales_repairs_extend_what_is_covered', 'not covered, or after the end of the guarantee');
    end if;
    return new;
end $$;
create constraint trigger after_sales_steps_are_gated after insert on after_sales_steps
    for each row execute function check_step();

-- What is handed back is here, what is closed is not; an exchange names the ticket of the machine that replaces this one,
-- a refund the one that paid it back.
create function check_case_end() returns trigger
    language plpgsql as $$
declare
    asked after_sales_cases;
    sold  sale_lines;
    here  boolean;
begin
    perform from devices where id = new.device_id for no key update;
    select * into asked from after_sales_cases where device_id = new.device_id and ordinal = new.ordinal;
    select * into sold from sale_lines where device_id = asked.device_id and stay_ordinal = asked.stay_ordinal;
    here := exists (select from after_sales_steps where case_id = asked.id and kind = 'received');
    if (new.kind in ('handed_back', 'exchanged') and not here) or (new.kind = 'closed' and here) then
        perform raise_gate('after_sales_ends_say_where_the_machine_is', 'the machine is elsewhere');
    end if;
    if (new.kind = 'exchanged' and not exists (
            select from sale_lines n where n.sale_id = new.sale_id
                and n.replaces_sale_id = sold.sale_id and n.replaces_position = sold.position))
       or (new.kind = 'refunded' and not exists (
            select from refund_lines b where b.refund_id = new.refund_id
                and b.sale_id = sold.sale_id and b.position = sold.position)) then
        perform raise_gate('after_sales_ends_name_their_ticket', 'the ticket is of another machine');
    end if;
    return new;
end $$;
create constraint trigger after_sales_ends_are_gated after insert on after_sales_ends
    for each row execute function check_case_end();

-- A machine in after-sales is neither shelved, nor removed, nor taken in with a lot, until its case ended.
create function check_no_case() returns trigger
    language plpgsql as $$
begin
    perform from devices where id = new.device_id for no key update;
    if is_in_after_sales(new.device_id) then
        perform raise_gate('after_sales_keeps_the_machine', 'the machine is in after-sales');
    end if;
    return new;
end $$;
create constraint trigger stays_are_free after insert on stays
    for each row execute function check_no_case();
create constraint trigger removals_are_free after insert on removals
    for each row execute function check_no_case();
create constraint trigger batch_devices_are_free after insert on batch_devices
    for each row execute function check_no_case();

-- Money goes back for a machine that was replaced once the one that replaces it is back.
create function check_replaced() returns trigger
    language plpgsql as $$
begin
    if exists (
        with recursive chain as (
            select n.sale_id, n.position, n.device_id, n.stay_ordinal from sale_lines n
            where n.replaces_sale_id = new.sale_id and n.replaces_position = new.position
            union all
            select n.sale_id, n.position, n.device_id, n.stay_ordinal
            from chain c join sale_lines n on n.replaces_sale_id = c.sale_id and n.replaces_position = c.position)
        select from chain c where not came_back(c.device_id, c.stay_ordinal)
            -- What was given back with a lot is paid back no more.
            or exists (select from batch_devices b where b.device_id = c.device_id and b.after_ordinal = c.stay_ordinal)) then
        perform raise_gate('refund_lines_wait_for_the_replacement', 'the machine that replaces it is not back');
    end if;
    return new;
end $$;
create constraint trigger refund_lines_are_of_the_last_machine after insert on refund_lines
    for each row execute function check_replaced();

-- How long a repair and an exchange guarantee, in an installation that was set up before.
insert into dated_numbers (name, starts_on, amount, recorded_at)
select n.name, date '2000-01-01', n.amount, now()
from (values ('repair_guarantee_months', 6), ('exchange_guarantee_months', 24)) n (name, amount)
where exists (select from dated_numbers);

-- The tree with which every installation begins; another one replaces it from its day on.
insert into diagnosis_trees (starts_on, recorded_at) values ('2000-01-01', now());
insert into diagnosis_questions (tree_on, question, text_fr, text_en)
select date '2000-01-01', q.* from (values
    (1, 'Avec son chargeur, sur une prise qui marche, s’allume-t-il après dix secondes d’appui sur le bouton ?', 'With its charger, at a socket that works, does it start after the button was held for ten seconds?'),
    (2, 'Fonctionne-t-il normalement branché sur le secteur ?', 'Does it work normally while it is plugged in?'),
    (3, 'Après un redémarrage, la luminosité montée, l’image revient-elle ?', 'After a restart, with the brightness turned up, does the picture come back?'),
    (4, 'Après un redémarrage et les mises à jour, la panne disparaît-elle ?', 'After a restart and the updates, is the fault gone?'),
    (5, 'Un logiciel a-t-il été installé ou changé avant la panne ?', 'Was some software installed or changed before the fault?'),
    (6, 'Au même endroit, un autre appareil se connecte-t-il ?', 'In the same place, does another device connect?'),
    (7, 'Mode avion coupé et mot de passe du réseau retapé, se connecte-t-il ?', 'With flight mode off and the network’s password typed again, does it connect?'),
    (8, 'Après un redémarrage, les réglages vérifiés, fonctionne-t-il ?', 'After a restart, with the settings checked, does it work?'),
    (9, 'Le mot de passe est-il seulement oublié ?', 'Is the password only forgotten?'),
    (10, 'Voit-on des traces de choc, de liquide ou d’ouverture ?', 'Are there traces of a blow, of liquid, or of opening?'),
    (11, 'Ce défaut est-il écrit sur le ticket ou noté à la vente ?', 'Is this defect written on the receipt, or noted at the sale?')) q;
insert into diagnosis_answers (tree_on, question, answer, text_fr, text_en, next_question, outcome, advice_fr, advice_en)
select date '2000-01-01', a.* from (values
    (1, 1, 'Oui', 'Yes', null::int, 'self_help', 'Le chargeur ou la prise étaient en cause : gardez ce chargeur, et essayez une autre prise.', 'The charger or the socket was the cause: keep this charger, and try another socket.'),
    (1, 2, 'Non', 'No', 10, null, '', ''),
    (2, 1, 'Oui, la batterie seule ne tient pas', 'Yes, the battery alone does not last', null::int, 'battery', '', ''),
    (2, 2, 'Non, ou il ne charge pas du tout', 'No, or it does not charge at all', 10, null, '', ''),
    (3, 1, 'Oui', 'Yes', null::int, 'self_help', 'La luminosité se règle avec les touches du soleil, en haut du clavier.', 'The brightness is set with the sun keys at the top of the keyboard.'),
    (3, 2, 'Non', 'No', 10, null, '', ''),
    (4, 1, 'Oui', 'Yes', null::int, 'self_help', 'Redémarrez une fois par semaine, et laissez les mises à jour se terminer.', 'Restart once a week, and let the updates finish.'),
    (4, 2, 'Non', 'No', 5, null, '', ''),
    (5, 1, 'Oui', 'Yes', null::int, 'software', '', ''),
    (5, 2, 'Non', 'No', 10, null, '', ''),
    (6, 1, 'Non, rien ne se connecte là', 'No, nothing connects there', null::int, 'self_help', 'Le réseau est en cause : redémarrez la box, ou essayez un autre lieu.', 'The network is the cause: restart the router, or try another place.'),
    (6, 2, 'Oui', 'Yes', 7, null, '', ''),
    (7, 1, 'Oui', 'Yes', null::int, 'settings', '', ''),
    (7, 2, 'Non', 'No', 10, null, '', ''),
    (8, 1, 'Oui', 'Yes', null::int, 'settings', '', ''),
    (8, 2, 'Non', 'No', 10, null, '', ''),
    (9, 1, 'Oui', 'Yes', null::int, 'settings', '', ''),
    (9, 2, 'Non, la session ne s’ouvre plus', 'No, the account does not open any more', null::int, 'software', '', ''),
    (10, 1, 'Oui : choc, liquide ou ouverture', 'Yes: a blow, liquid or opening', null::int, 'misuse', '', ''),
    (10, 2, 'Oui : transport, orage ou mauvais rangement', 'Yes: transport, a surge or poor storage', null::int, 'transport', '', ''),
    (10, 3, 'Non', 'No', 11, null, '', ''),
    (11, 1, 'Oui', 'Yes', null::int, 'noted_at_sale', '', ''),
    (11, 2, 'Non', 'No', null::int, 'covered', '', '')) a;
insert into diagnosis_symptoms (tree_on, symptom, position, name_fr, name_en, first_question)
select date '2000-01-01', s.* from (values
    ('no_power', 1, 'Ne s’allume pas', 'Does not switch on', 1),
    ('no_charge', 2, 'Ne charge pas, ou la batterie ne tient pas', 'Does not charge, or the battery does not last', 2),
    ('screen', 3, 'Écran noir, taché ou cassé', 'Screen black, stained or broken', 3),
    ('slow', 4, 'Lent, bloqué, ou messages d’erreur', 'Slow, stuck, or error messages', 4),
    ('network', 5, 'Pas de Wi-Fi ni d’internet', 'Neither Wi-Fi nor internet', 6),
    ('keyboard', 6, 'Clavier, pavé tactile ou prises', 'Keyboard, touchpad or sockets', 8),
    ('sound', 7, 'Son, micro ou caméra', 'Sound, microphone or camera', 8),
    ('password', 8, 'Mot de passe ou session', 'Password or account', 9),
    ('other', 9, 'Autre panne', 'Another fault', 10)) s;
