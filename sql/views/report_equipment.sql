-- What the report of equipment counts, row by row, without a name. Views count and sum; what a row means is decided in
-- Shop/Report. They run as their owner, so that whoever reports reads them and not the tables below.

drop view if exists report_parents, report_completions, report_sessions, report_runs, report_equipment, report_quarters,
    report_households, report_merges;

-- Who is on the list of a run, or left it on a day. Started: the first session of which a minute was attended, by the latest
-- revision, one that was caught up with another run among them.
create view report_parents as
select e.id as enrolment_id, r.programme_id, e.run_id, e.person_id, p.code as person_code, s.name as structure,
       e.enrolled_on, w.left_on,
       (select min(h.held_on)
        from sessions h
             cross join lateral (select minutes from attendances
                                 where session_id = h.id and enrolment_id = e.id order by revision desc limit 1) a
        where h.id in (select session_id from attendances where enrolment_id = e.id) and a.minutes >= 1) as started_on
from enrolments e join runs r on r.id = e.run_id join persons p on p.id = e.person_id
     join structures s on s.id = e.structure_id
     left join withdrawals w on w.enrolment_id = e.id;

-- From which day an enrolment was finished, and until which, where the attestation was taken back.
create view report_completions as
select c.enrolment_id, c.completed_on, v.revoked_on
from completions c left join completion_revocations v on v.completion_id = c.id;

create view report_runs as
select r.id as run_id, r.programme_id, r.code, r.starts_on, s.name as structure, c.name as course,
       (select sum(planned_minutes) from modules where course_id = r.course_id) as planned_minutes
from runs r join structures s on s.id = r.structure_id join courses c on c.id = r.course_id;

create view report_sessions as
select run_id, held_on, delivered_minutes from sessions;

-- One row a machine that a person took against a right to equipment, with what came back. Training counts for nothing.
create view report_equipment as
select u.person_id, u.household_id, s.kind as exit_kind, s.business_on as acquired_on, t.code as till, s.number,
       d.label, d.kind as device_kind, l.person_cents, l.programme_cents,
       f.returned_on, coalesce(f.amount_cents, 0) as refunded_person_cents,
       coalesce(f.value_cents - f.amount_cents, 0) as refunded_programme_cents,
       paris_day(w.signed_at) as handed_over_on
from uses u join sales s on s.id = u.sale_id
     join sale_lines l on l.sale_id = u.sale_id and l.position = u.position
     join devices d on d.id = l.device_id
     join tills t on t.id = s.till_id
     join chain_heads h on h.id = s.chain_id
     left join refund_lines f on f.sale_id = l.sale_id and f.position = l.position and f.unit = 1
     left join hand_overs w on w.sale_id = l.sale_id
where u.category = 'equipment' and not h.training;

-- Where someone lived, by the day from which it was known.
create view report_quarters as
select person_id, starts_on, recorded_at, quarter from person_facts;

create view report_households as
select m.person_id, o.household_id, o.joined_on, o.left_on, m.joined_on as own_joined_on, m.left_on as own_left_on
from household_members m join household_members o on o.household_id = m.household_id;

-- Files that are one person's, by the day from which it was known.
create view report_merges as
select person_id, into_id, paris_day(merged_at) as merged_on from person_merges;
