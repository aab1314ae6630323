-- A line that several limits refuse takes an exception to each of them: which exceptions a use took are rows of their own.
create table override_uses (
    override_id uuid not null references overrides (id) on delete restrict,
    sale_id     uuid not null,
    position    int not null,
    -- Two tills never take the same exception.
    constraint override_uses_take_each_once primary key (override_id),
    foreign key (sale_id, position) references uses (sale_id, position) on delete restrict
);
create index override_uses_of_line on override_uses (sale_id, position);

-- Nobody takes another's exception, none helps in another shop, and one limit asks for one exception.
create function check_override_use() returns trigger
    language plpgsql as $$
begin
    if not exists (select from overrides o join uses u on u.person_id = o.person_id and u.shop_id = o.shop_id
                   where o.id = new.override_id and u.sale_id = new.sale_id and u.position = new.position) then
        perform raise_gate('override_uses_are_of_the_person_and_shop', 'granted to somebody else, or in another shop');
    end if;
    if exists (select from overrides o join override_uses w on w.sale_id = new.sale_id and w.position = new.position
               join overrides p on p.id = w.override_id
               where o.id = new.override_id and p.id <> o.id and p.rule = o.rule) then
        perform raise_gate('override_uses_are_of_different_limits', 'the line took an exception to this limit already');
    end if;
    return new;
end $$;

insert into override_uses (override_id, sale_id, position)
select override_id, sale_id, position from uses where override_id is not null;
alter table uses drop column override_id;

create constraint trigger override_uses_are_gated after insert on override_uses
    for each row execute function check_override_use();
create trigger override_uses_are_never_edited before update or delete or truncate on override_uses
    for each statement execute function refuse_edit();
