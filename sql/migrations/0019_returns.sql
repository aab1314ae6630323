-- Whether what comes back for a reason gives the right and the limit back: dated rows, by reason.
create table return_rules (
    reason           text not null check (reason in ('changed_mind', 'defective', 'wrong_item', 'seller_slip', 'other')),
    starts_on        date not null,
    gives_right_back boolean not null,
    recorded_at      timestamptz not null,
    recorded_by      uuid references users (id) on delete restrict,     -- absent: by set-up
    constraint return_rules_change_once_a_day primary key (reason, starts_on)
);

insert into return_rules (reason, starts_on, gives_right_back, recorded_at)
select reason, date '2000-01-01', true, now() from unnest(array['changed_mind', 'defective', 'wrong_item', 'seller_slip', 'other']) reason;
create trigger return_rules_are_never_edited before update or delete or truncate on return_rules
    for each statement execute function refuse_edit();

-- As a refund of that day finds it: a rule begins on a day to come.
create function gives_right_back(why text, returned date) returns boolean
    language plpgsql stable parallel safe as $$
begin
    return (select r.gives_right_back from return_rules r where r.reason = why and r.starts_on <= returned
            order by r.starts_on desc limit 1);
end $$;

-- Stamped on what came back, so that a newer rule changes nothing that was. `verify` compares it with the rule.
alter table refund_lines add column gives_right_back boolean not null default true;
alter table refund_lines alter column gives_right_back drop default;
