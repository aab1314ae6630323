-- Which structure signed the right that a use took: stamped with it, as person and household are, so that a limit on a
-- structure reads its window alone, however many vouchers it ever signed. `verify` compares it with the voucher's.
alter table uses add column structure_id uuid references structures (id) on delete restrict;
alter table uses disable trigger uses_are_never_edited;
update uses u set structure_id = v.structure_id from rights r join vouchers v on v.id = r.voucher_id where r.id = u.right_id;
alter table uses enable trigger uses_are_never_edited;
alter table uses add constraint uses_of_a_voucher_are_its_structures check ((structure_id is not null) = (origin = 'voucher'));
create index uses_of_structure on uses (structure_id, used_on) where structure_id is not null;
