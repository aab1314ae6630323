-- What a prescriber reads of the structure's own vouchers. They run as whoever reads, so that the rows below are those that
-- the policies let through: the structure's own, and none while no structure is named.

drop view if exists prescriber_events, prescriber_structure, prescriber_vouchers, prescriber_persons, prescriber_rights,
    prescriber_uses, prescriber_runs, prescriber_enrolments, agreements;

-- Every stretch of the structures' agreements.
create view agreements with (security_invoker) as
    select id as structure_id, agreement_starts_on as starts_on, agreement_ends_on as ends_on from structures
    union all
    select structure_id, starts_on, ends_on from agreement_renewals;

create view prescriber_structure with (security_invoker) as
    select s.id, s.name, a.starts_on, a.ends_on from structures s join agreements a on a.structure_id = s.id;

create view prescriber_vouchers with (security_invoker) as
    select v.id, v.code, v.prescriber_id, p.name as prescriber, v.household_size, v.signed_on, v.valid_until,
           r.revoked_at, k.ended_at as key_revoked_at, g.digits, v.renewal,
           (select o.code from vouchers o where o.id = v.renews) as renews,
           (select n.code from vouchers n where n.renews = v.id) as renewed_by,
           (select count(*) from voucher_persons c where c.voucher_id = v.id) as persons,
           (select trim(i.given_name || ' ' || i.family_name) from voucher_persons c join identities i using (person_id)
            where c.voucher_id = v.id order by i.family_name, i.person_id limit 1) as first_person
    from vouchers v join prescribers p on p.id = v.prescriber_id
    left join voucher_revocations r on r.voucher_id = v.id
    left join voucher_signatures g on g.voucher_id = v.id
    left join structure_keys k on k.id = g.key_id and k.ended_how = 'revoked';

create view prescriber_persons with (security_invoker) as
    select c.voucher_id, p.id, p.code, i.given_name, i.family_name
    from voucher_persons c join persons p on p.id = c.person_id left join identities i on i.person_id = p.id;

create view prescriber_rights with (security_invoker) as
    select r.id, r.voucher_id, r.category, r.ends_on, r.uses_max from rights r where r.voucher_id is not null;

-- Category and day: neither price nor what it was, nor where.
create view prescriber_uses with (security_invoker) as
    select r.voucher_id, u.right_id, u.category, u.used_on,
           u.units - (select count(*) from refund_lines b where b.sale_id = u.sale_id and b.position = u.position and b.gives_right_back) as units
    from uses u join rights r on r.id = u.right_id
    union all
    select r.voucher_id, u.right_id, r.category, u.used_on,
           1 - (select count(*) from visit_take_backs b where b.visit_id = u.visit_id) as units
    from visit_uses u join rights r on r.id = u.right_id;

-- What happened to a voucher, day by day: neither ticket nor place, nor who served.
create view prescriber_events with (security_invoker) as
    select v.id as voucher_id, 1 as place, case when g.voucher_id is null then 'recorded' else 'signed' end as act,
           v.signed_on as happened_on, null as category, null as code
    from vouchers v left join voucher_signatures g on g.voucher_id = v.id
    union all
    select r.voucher_id, 2, 'used', u.used_on, u.category, null from uses u join rights r on r.id = u.right_id
    union all
    select distinct r.voucher_id, 3, case when b.gives_right_back then 'given_back' else 'returned' end, b.returned_on, u.category, null
    from uses u join rights r on r.id = u.right_id
    join refund_lines b on b.sale_id = u.sale_id and b.position = u.position
    union all
    select r.voucher_id, 2, 'used', u.used_on, r.category, null from visit_uses u join rights r on r.id = u.right_id
    union all
    select r.voucher_id, 3, 'given_back', (b.taken_back_at at time zone 'Europe/Paris')::date, r.category, null
    from visit_uses u join rights r on r.id = u.right_id join visit_take_backs b on b.visit_id = u.visit_id
    union all
    select v.id, 4, 'renewed', n.signed_on, null, n.code from vouchers v join vouchers n on n.renews = v.id
    union all
    select r.voucher_id, 5, 'revoked', (r.revoked_at at time zone 'Europe/Paris')::date, null, null from voucher_revocations r
    union all
    select m.voucher_id, 1, 'mailed', (d.taken_at at time zone 'Europe/Paris')::date, null, null
    from voucher_mails m join voucher_mail_deliveries d on d.mail_id = m.id
    union all
    select g.voucher_id, 6, 'key_revoked', (k.ended_at at time zone 'Europe/Paris')::date, null, null
    from voucher_signatures g join structure_keys k on k.id = g.key_id and k.ended_how = 'revoked';

-- Runs of which a structure may know; what there is to say of one is the same for each.
create view prescriber_runs with (security_invoker) as select id, code from runs;

-- Whom the structure enrolled itself, and what became of it: neither attestation nor why somebody left. The name is that of
-- the file which its own voucher names, whatever other file the person has.
create view prescriber_enrolments with (security_invoker) as
    select e.run_id, p.id as person_id, p.code, i.given_name, i.family_name, e.enrolled_on as asked_on, e.recorded_at,
           null::int as turn, w.left_on,
           (select c.completed_on from completions c
            where c.enrolment_id = e.id and not exists (select from completion_revocations b where b.completion_id = c.id))
           as completed_on
    from enrolments e join persons p on p.id = e.referred_id left join identities i on i.person_id = p.id
    left join withdrawals w on w.enrolment_id = e.id
    union all
    select w.run_id, p.id, p.code, i.given_name, i.family_name, w.asked_on, w.recorded_at,
           case when w.ended_at is null then w.turn end, (w.ended_at at time zone 'Europe/Paris')::date, null
    from waitings w join persons p on p.id = w.referred_id left join identities i on i.person_id = p.id
    where w.ended_how is distinct from 'enrolled';
