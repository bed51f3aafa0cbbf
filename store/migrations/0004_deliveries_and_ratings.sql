-- Deliveries, the quarter sums taken from them, and ratings. Nothing here is ever overwritten: a correction is a new delivery and a new run.

create table delivery (
    id               uuid primary key,
    bureau           text not null,
    period           text not null,               -- '2026Q2', or a month '2026-05'
    manifest_sha256  bytea not null unique,       -- the same delivery twice is the same row
    complete         boolean not null,
    restates_id      uuid references delivery,
    delivered_at     timestamptz not null,
    applied_at       timestamptz not null,
    applied_by       text not null,
    rows             jsonb not null,              -- {"balances.csv": 2469, ...} taken in
    rows_set_aside   integer not null default 0,
    accepted_by      text,                        -- who accepted that rows are set aside, so that it may be rated
    archive          text not null                -- folder below WEIHU_HOME
);
create index delivery_period on delivery (period, applied_at desc);

-- Sums of a delivery: by customer, outlet and product. days = days of the period.
-- Holdings and ratings are written by the million: their references are checked once a statement, below.
create table holding (
    delivery_id      uuid not null,               -- delivery
    customer_id      uuid not null,               -- customer
    unit_id          uuid not null,               -- unit
    product          text not null check (product in ('demand', 'time', 'insurance', 'wealth', 'bond', 'fund')),
    stock_fen        bigint not null,             -- end of the period's last day
    balance_days_fen bigint not null,             -- sum over the days of the end-of-day balance
    primary key (delivery_id, customer_id, unit_id, product)
);
create index holding_customer on holding (customer_id);

create table rating_run (
    id                uuid primary key,
    period            text not null,
    rule_book         text not null,
    rule_book_version integer not null,
    rule_book_sha256  bytea not null,
    inputs_sha256     bytea not null,             -- deliveries, the run before, the rule book: equal inputs give the same run
    delivery_ids      uuid[] not null default '{}', -- the deliveries in force when it was made, by period
    previous_id       uuid references rating_run, -- the run of the quarter before that this one continues
    days              integer not null,
    rated_at          timestamptz not null,
    rated_by          text not null,
    superseded_by_id  uuid references rating_run deferrable initially deferred, -- a restatement; null for the run in force
    counts            jsonb not null,             -- {"entered": 3, "risen": 1, ...}
    unique (rule_book, period, inputs_sha256)
);
create unique index rating_run_in_force on rating_run (rule_book, period) where superseded_by_id is null;

create table rating (
    run_id                uuid not null,          -- rating_run
    customer_id           uuid not null,          -- customer
    balance_days_fen      bigint not null,
    tier                  text not null,
    tier_rank             smallint not null,
    previous_tier         text not null,
    previous_rank         smallint not null,
    outcome               text not null check (outcome in ('entered', 'risen', 'kept', 'fallen', 'left', 'outside')),
    out_of_range          text not null check (out_of_range in ('in', 'below', 'above')),
    quarters_out_of_range smallint not null,
    home_unit_id          uuid,                   -- unit
    proposed_home_unit_id uuid,                   -- unit
    primary key (run_id, customer_id)
);
create index rating_customer on rating (customer_id);
create index rating_flow on rating (run_id, previous_rank, tier_rank);

create function ensure_holdings_refer() returns trigger language plpgsql as $$
begin
    if exists (select from (select distinct delivery_id from written) w
               where not exists (select from delivery d where d.id = w.delivery_id))
       or exists (select from written w left join customer c on c.id = w.customer_id where c.id is null)
       or exists (select from (select distinct unit_id from written) w
                  where not exists (select from unit u where u.id = w.unit_id)) then
        raise exception 'A holding refers to a delivery, customer or unit that is not there.'
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;
create trigger holding_inserted after insert on holding referencing new table as written for each statement execute function ensure_holdings_refer();
create trigger holding_updated after update on holding referencing new table as written for each statement execute function ensure_holdings_refer();

create function ensure_ratings_refer() returns trigger language plpgsql as $$
begin
    if exists (select from (select distinct run_id from written) w
               where not exists (select from rating_run r where r.id = w.run_id))
       or exists (select from written w left join customer c on c.id = w.customer_id where c.id is null)
       or exists (select from (select distinct home_unit_id as id from written
                               union select distinct proposed_home_unit_id from written) w
                  where w.id is not null and not exists (select from unit u where u.id = w.id)) then
        raise exception 'A rating refers to a run, customer or unit that is not there.'
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;
create trigger rating_inserted after insert on rating referencing new table as written for each statement execute function ensure_ratings_refer();
create trigger rating_updated after update on rating referencing new table as written for each statement execute function ensure_ratings_refer();
