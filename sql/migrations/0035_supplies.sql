-- What is kept by quantity: from how few on it is told to be low, what was ordered, and what of it goes with a machine.

-- From how few units on an article is low in a shop. The last row holds.
create table stock_thresholds (
    id         uuid primary key,
    shop_id    uuid not null references shops (id) on delete restrict,
    product_id uuid not null references products (id) on delete restrict,
    units      int check (units between 0 and 100000),  -- absent: from here on nothing is told
    set_at     timestamptz not null,
    set_by     uuid not null references users (id) on delete restrict
);
create index stock_thresholds_of_level on stock_thresholds (shop_id, product_id, set_at desc, id desc);
create trigger stock_thresholds_are_never_edited before update or delete or truncate on stock_thresholds
    for each statement execute function refuse_edit();
