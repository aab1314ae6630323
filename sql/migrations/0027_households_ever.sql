-- A rehearsal asks who ever lived in some thousands of households: without this every batch read the whole table.
drop index household_members_of_household;
create index household_members_of_household on household_members (household_id);
