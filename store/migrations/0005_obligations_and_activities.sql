-- What the rule books make someone owe, what staff did, and the evidence between them.

create table activity (
    id            uuid primary key,
    customer_id   uuid not null references customer,
    staff_id      uuid not null references staff,
    unit_id       uuid not null references unit,
    kind          text not null check (kind in ('call', 'visit', 'message', 'card', 'gift', 'event')),
    outcome       text not null check (outcome in ('reached', 'unreached', 'rescheduled', 'declined', 'invalid')),
    happened_on   date not null,
    note_sealed   bytea,
    next_on       date,
    with_staff_id uuid references staff,          -- a visit made together
    request_key   uuid not null unique,           -- the same form sent twice is one activity
    noted_at      timestamptz not null
);
create index activity_customer on activity (customer_id, happened_on desc, id desc);
create index activity_staff on activity (staff_id, happened_on desc);

create table obligation (
    id              uuid primary key,
    key             text not null unique,         -- rule book, duty, customer, window: generated twice is one obligation
    rule_book       text not null,
    rule_book_version integer not null,
    article         text not null,                -- '第十六条(一)'
    kind            text not null check (kind in ('call', 'visit', 'birthday', 'festival', 'welcome')),
    customer_id     uuid not null references customer,
    owner_id        uuid references staff,        -- null: nobody is assigned yet
    unit_id         uuid not null references unit,
    tier            text not null,
    opens_on        date not null,
    plan_on         date not null,                -- the day it is proposed for, so that a window's work is spread
    due_on          date not null,                -- the window's last day
    state           text not null default 'open' check (state in ('open', 'settled', 'missed', 'void')),
    postponed       smallint not null default 0,
    settled_by_id   uuid references activity,
    settled_on      date,
    check (opens_on <= plan_on and plan_on <= due_on),
    check ((state = 'settled') = (settled_by_id is not null))
);
create index obligation_owner on obligation (owner_id, plan_on, id) where state = 'open';
create index obligation_unit on obligation (unit_id, plan_on, id) where state = 'open';
create index obligation_customer on obligation (customer_id, due_on desc, id desc);
create index obligation_open on obligation (plan_on, id) where state = 'open';

-- The dated events that an obligation's state is the fold of (domain/obligation.py).
create table obligation_event (
    id            bigint generated always as identity primary key,
    obligation_id uuid not null references obligation,
    happened_at   timestamptz not null,
    kind          text not null check (kind in ('opened', 'postponed', 'reassigned', 'settled', 'missed', 'voided')),
    staff_id      uuid references staff,
    reason        text,
    plan_on       date,
    activity_id   uuid references activity,       -- of 'settled', with the day it happened on
    settled_on    date
);
create index obligation_event_obligation on obligation_event (obligation_id, id);

create table complaint (
    id            uuid primary key,
    customer_id   uuid not null references customer,
    unit_id       uuid not null references unit,
    taken_by_id   uuid not null references staff,
    owner_id      uuid references staff,
    channel       text not null check (channel in ('counter', 'phone', 'app', 'email', 'visit')),
    taken_at      timestamptz not null,
    due_at        timestamptz not null,
    state         text not null check (state in ('taken', 'in_hand', 'answered', 'closed')),
    closed_at     timestamptz,
    cause         text,
    text_sealed   bytea
);
create index complaint_customer on complaint (customer_id, taken_at desc, id desc);

-- Append-only: a mistake is reversed by a second line.
create table care_expense (
    id            uuid primary key,
    customer_id   uuid not null references customer,
    unit_id       uuid not null references unit,
    staff_id      uuid not null references staff,
    occasion      text not null,
    amount_fen    bigint not null check (amount_fen <> 0),
    spent_on      date not null,
    voucher_no    text not null,
    reverses_id   uuid references care_expense
);
create index care_expense_customer on care_expense (customer_id, spent_on desc, id desc);

create function keep_next_due() returns trigger language plpgsql as $$
begin
    update customer c set next_due_on = n.due_on
    from (select t.customer_id, min(o.due_on) as due_on
          from (select distinct customer_id from touched) t
          left join obligation o on o.customer_id = t.customer_id and o.state = 'open'
          group by t.customer_id) n
    where c.id = n.customer_id and c.next_due_on is distinct from n.due_on;
    return null;
end $$;
create trigger obligation_inserted after insert on obligation referencing new table as touched for each statement execute function keep_next_due();
create trigger obligation_updated after update on obligation referencing new table as touched for each statement execute function keep_next_due();

create function keep_last_contact() returns trigger language plpgsql as $$
begin
    update customer c set last_contact_on = n.happened_on
    from (select customer_id, max(happened_on) as happened_on from touched
          where outcome = 'reached' and kind in ('call', 'visit') group by customer_id) n
    where c.id = n.customer_id and (c.last_contact_on is null or c.last_contact_on < n.happened_on);
    return null;
end $$;
create trigger activity_inserted after insert on activity referencing new table as touched for each statement execute function keep_last_contact();
