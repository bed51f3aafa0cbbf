-- The audit trail. Entries arrive in trail_pending (with the change they tell of, or in batches of their own) and are sequenced into trail_entry.

create table trail_pending (
    process     uuid not null,
    number      bigint not null,                  -- 1, 2, 3 … within the process; each entry names the hash of the one before
    entry       bytea not null,                   -- canonical JSON, the bytes that are hashed
    primary key (process, number)
);

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

create table trail_checkpoint (
    size        bigint primary key,
    root_hash   bytea not null,
    note        text not null,                    -- C2SP signed note
    signed_at   timestamptz not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The audit trail is append-only.' using errcode = 'insufficient_privilege';
end $$;
create trigger trail_entry_is_append_only before update or delete or truncate on trail_entry for each statement execute function refuse_change();
create trigger trail_checkpoint_is_append_only before update or delete or truncate on trail_checkpoint for each statement execute function refuse_change();
create trigger care_expense_is_append_only before update or delete or truncate on care_expense for each statement execute function refuse_change();
