-- Short questionnaires of the course, at entry, at the end and six months after, version by version, and what each answered.

-- A version is never changed: a correction is a further version, from a day on.
create table questionnaires (
    id          uuid primary key,
    moment      text not null check (moment in ('entry', 'end', 'six_months')),
    starts_on   date not null,
    recorded_at timestamptz not null,
    recorded_by uuid references users (id) on delete restrict,     -- absent: by set-up
    unique (id, moment),
    constraint questionnaires_change_once_a_day unique (moment, starts_on)
);

-- Nothing is answered in free words, so that nobody types health, origin or income.
create table questions (
    questionnaire_id uuid not null references questionnaires (id) on delete restrict,
    position         int not null check (position between 1 and 30),
    code             text not null check (code ~ '^[a-z0-9_]{2,40}$'),     -- the same in every version that asks the same
    kind             text not null check (kind in ('one_of', 'several_of', 'scale_1_to_5', 'number')),
    french           text not null check (length(french) between 1 and 300),
    english          text not null check (length(english) between 1 and 300),
    least            int,                   -- of a number
    most             int,
    check ((kind = 'number') = (least is not null and most is not null)),
    check (least between 0 and most and most <= 10000),
    primary key (questionnaire_id, position),
    unique (questionnaire_id, position, kind),
    unique (questionnaire_id, code)
);

create table question_choices (
    questionnaire_id uuid not null,
    question         int not null,
    position         int not null check (position between 1 and 20),
    code             text not null check (code ~ '^[a-z0-9_]{1,40}$'),
    french           text not null check (length(french) between 1 and 200),
    english          text not null check (length(english) between 1 and 200),
    primary key (questionnaire_id, question, code),
    unique (questionnaire_id, question, position),
    foreign key (questionnaire_id, question) references questions (questionnaire_id, position) on delete restrict
);

-- One an enrolment and a moment; corrected, it has a further revision, and the highest one counts. Whoever writes one has locked
-- the person's row. Who does not want to answer has said so, and is not asked again.
create table responses (
    enrolment_id     uuid not null references enrolments (id) on delete restrict,
    moment           text not null,
    revision         int not null check (revision > 0),
    questionnaire_id uuid not null,
    answered_on      date not null,
    means            text not null check (means in ('paper', 'phone', 'screen')),
    declined         boolean not null,
    recorded_at      timestamptz not null,
    recorded_by      uuid not null references users (id) on delete restrict,
    foreign key (questionnaire_id, moment) references questionnaires (id, moment) on delete restrict,
    unique (enrolment_id, moment, revision, questionnaire_id, declined),
    constraint responses_revision_is_one primary key (enrolment_id, moment, revision)
);
create index responses_of_questionnaire on responses (questionnaire_id);

-- One row a choice that was made, or a number that was given; a question without a row was not answered.
create table answers (
    enrolment_id     uuid not null,
    moment           text not null,
    revision         int not null,
    questionnaire_id uuid not null,
    declined         boolean not null default false check (not declined),
    question         int not null,
    kind             text not null,
    choice           text,                  -- absent: a number
    amount           int,
    check ((kind in ('one_of', 'several_of')) = (choice is not null)),
    check ((choice is null) <> (amount is null)),
    check (kind <> 'scale_1_to_5' or amount between 1 and 5),
    foreign key (enrolment_id, moment, revision, questionnaire_id, declined)
        references responses (enrolment_id, moment, revision, questionnaire_id, declined) on delete restrict,
    foreign key (questionnaire_id, question, kind) references questions (questionnaire_id, position, kind) on delete restrict,
    foreign key (questionnaire_id, question, choice)
        references question_choices (questionnaire_id, question, code) on delete restrict,
    unique nulls not distinct (enrolment_id, moment, revision, question, choice)
);
create unique index answers_choose_one on answers (enrolment_id, moment, revision, question) where kind <> 'several_of';

create trigger questionnaires_are_never_edited before update or delete or truncate on questionnaires
    for each statement execute function refuse_edit();
create trigger questions_are_never_edited before update or delete or truncate on questions
    for each statement execute function refuse_edit();
create trigger question_choices_are_never_edited before update or delete or truncate on question_choices
    for each statement execute function refuse_edit();
create trigger responses_are_never_edited before update or delete or truncate on responses
    for each statement execute function refuse_edit();
create trigger answers_are_never_edited before update or delete or truncate on answers
    for each statement execute function refuse_edit();

-- Who is due is looked for by these days.
create index completions_by_day on completions (completed_on);

-- An installation that was set up before has the numbers that set-up gives to a new one.
insert into dated_numbers (name, starts_on, amount, recorded_at)
select n.name, '2000-01-01', n.amount, now()
from (values ('questionnaire_entry_days', 14), ('questionnaire_months', 6), ('questionnaire_window_months', 2),
             ('questionnaire_quiet_days', 30), ('cell_least', 11)) n (name, amount)
where exists (select from dated_numbers);
