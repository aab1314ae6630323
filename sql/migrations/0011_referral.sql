-- The prescribers' side in full: which of a structure's own rows they read, what a voucher says beyond its rights, and which
-- voucher it renews.

-- A structure reads when its keys ended, since vouchers that a revoked one signed open nothing.
alter table structure_keys enable row level security;
alter table structure_keys force row level security;
create policy everything on structure_keys to :owner, :app using (true) with check (true);
create policy own on structure_keys for select to :prescriber using (structure_id = own_structure());
