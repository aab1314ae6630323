-- Acts whose sheet may be missing are found without walking the others.
create index hand_overs_on_paper on hand_overs (signed_at desc, sale_id desc) where way = 'paper';

-- How many people one structure may have on a run that another one mobilises, enrolled or waiting.
insert into dated_numbers (name, starts_on, amount, recorded_at)
select name, '2000-01-01', amount, now()
from (values ('structure_enrolments_most', 10)) n (name, amount)
where exists (select from dated_numbers);
