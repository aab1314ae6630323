-- How slowly the scanner at a till may type: the longest pause between two characters of one scan. The last row counts.
create table till_scan_gaps (
    id       uuid primary key,
    till_id  uuid not null references tills (id) on delete restrict,
    gap_ms   int not null check (gap_ms between 20 and 250),    -- more, and what a person types would be taken for a scan
    set_at   timestamptz not null,
    set_by   uuid not null references users (id) on delete restrict
);
create index till_scan_gaps_of_till on till_scan_gaps (till_id, set_at desc, id desc);
