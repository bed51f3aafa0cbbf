-- One file per customer. Sensitive text is sealed (vault/registry.py); amounts are integer fen in clear (ADR), masked on the way out.

create table customer (
    id                  uuid primary key,
    customer_no         text not null unique,
    kind                text not null check (kind in ('person', 'company', 'institution')),
    name_sealed         bytea not null,
    sex                 text check (sex in ('female', 'male')),
    birth_date_sealed   bytea,
    id_type             text,
    id_number_sealed    bytea,
    id_number_index     bytea,
    phone_sealed        bytea,
    phone_index         bytea,
    address_sealed      bytea,
    occupation_sealed   bytea,
    home_unit_id        uuid references unit,          -- home outlet (art. 9)
    manager_id          uuid references staff,
    tier                text not null default 'none',  -- by the main rule book; the history is in rating
    tier_rank           smallint not null default 0,
    tier_since_on       date,
    average_assets_fen  bigint not null default 0,     -- newest quarter's daily average, rounded down; comparisons use balance_days
    assets_change_fen   bigint not null default 0,     -- newest quarter's average less the one before
    last_contact_on     date,                          -- kept by a trigger on activity
    next_due_on         date,                          -- kept by a trigger on obligation
    delivered_marks     bytea,                         -- keyed marks of each field as last delivered: what a delivery has news of
    created_at          timestamptz not null
);
create index customer_home on customer (home_unit_id);
create index customer_manager on customer (manager_id);
create index customer_assets on customer (average_assets_fen desc, id desc);
create index customer_change on customer (assets_change_fen desc, id desc);
create index customer_tier on customer (tier_rank, id);
create index customer_phone on customer (phone_index);
create index customer_id_number on customer (id_number_index);

-- Who looks after a customer, in what role, from when to when (until_on exclusive).
create table assignment (
    id          uuid primary key,
    customer_id uuid not null references customer,
    staff_id    uuid not null references staff,
    duty        text not null check (duty in ('manager', 'helper')),
    from_on     date not null,
    until_on    date,
    because     text not null
);
create unique index assignment_today on assignment (customer_id, duty) where until_on is null;
create index assignment_staff on assignment (staff_id) where until_on is null;
