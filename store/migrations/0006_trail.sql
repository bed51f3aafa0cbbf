-- The audit trail. Entries arrive in trail_pending (with the change they tell of, or in batches of their own) and are sequenced into trail_entry.

create table trail_pending (
    process     uuid not null,
    lane        smallint not null,                -- chain within the process: 0 appended, 1-8 written with a change, 9 spooled
    number      bigint not null,                  -- 1, 2, 3 … within the lane; each entry names the hash of the one before
    arrived     bigint generated always as identity,  -- an order that agrees with the lanes'; never "later than the last one seen"
    entry       bytea not null,                   -- canonical JSON, the bytes that are hashed
    seal        bytea not null,                   -- HMAC by a key that the database does not have: no row can be slipped in
    primary key (process, lane, number)
);
create index trail_pending_arrived on trail_pending (arrived);

create table trail_entry (
    index       bigint primary key,
    entry       bytea not null,
    leaf_hash   bytea not null,
    at          timestamptz not null,             -- copies out of the entry, to search by
    staff_id    uuid,
    action      text not null,
    customers   uuid[] not null default '{}'
);
create index trail_entry_at on trail_entry (at);
create index trail_entry_staff on trail_entry (staff_id, index desc);
create index trail_entry_customers on trail_entry using gin (customers);

-- Roots of complete subtrees of 256^level leaves, level 1 and up: what tiles above the leaves are made of.
create table trail_subtree (
    level       smallint not null,
    index       bigint not null,
    hash        bytea not null,
    primary key (level, index)
);

-- How far each lane has been sequenced.
create table trail_lane (
    process     uuid not null,
    lane        smallint not null,
    number      bigint not null,
    leaf_hash   bytea not null,
    primary key (process, lane)
);

-- The tree as it stands: one row, moved on by compare-and-swap.
create table trail_head (
    is_only     boolean primary key default true check (is_only),
    size        bigint not null,
    edge        bytea not null,                   -- roots of the complete subtrees along the right edge, largest first, 32 bytes each
    note        text not null                     -- C2SP signed note
);

-- Checkpoints kept for ever, one a minute while entries arrive.
create table trail_checkpoint (
    size        bigint primary key,
    root_hash   bytea not null,
    note        text not null,
    signed_at   timestamptz not null
);

-- Rows of trail_pending that this service did not write; an entry in the trail tells of each.
create table trail_set_aside (
    id          bigint generated always as identity primary key,
    process     uuid not null,
    lane        smallint not null,
    number      bigint not null,
    entry       bytea not null,
    seal        bytea not null,
    reason      text not null,
    found_at    timestamptz not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The audit trail is append-only.' using errcode = 'insufficient_privilege';
end $$;
create trigger trail_pending_is_never_changed before update or truncate on trail_pending for each statement execute function refuse_change();
create trigger trail_entry_is_append_only before update or delete or truncate on trail_entry for each statement execute function refuse_change();
create trigger trail_subtree_is_append_only before update or delete or truncate on trail_subtree for each statement execute function refuse_change();
create trigger trail_lane_is_kept before delete or truncate on trail_lane for each statement execute function refuse_change();
create trigger trail_head_is_kept before delete or truncate on trail_head for each statement execute function refuse_change();
create trigger trail_checkpoint_is_append_only before update or delete or truncate on trail_checkpoint for each statement execute function refuse_change();
create trigger trail_set_aside_is_append_only before update or delete or truncate on trail_set_aside for each statement execute function refuse_change();
create trigger care_expense_is_append_only before update or delete or truncate on care_expense for each statement execute function refuse_change();
