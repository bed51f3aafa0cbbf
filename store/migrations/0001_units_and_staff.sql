-- Units as a tree that is dated, staff with dated posts, and sign-in sessions that can be ended.

create table unit (
    id          uuid primary key,
    code        text not null unique,
    name        text not null,
    kind        text not null check (kind in ('city', 'county', 'district', 'sub_bureau', 'outlet')),
    parent_id   uuid references unit,
    path        text not null unique check (path like '/%/')  -- '/3207/320701/320701001/': today's place
);
create index unit_parent on unit (parent_id);

-- Where a unit stood in the tree, and from when to when (until_on is exclusive, null while it lasts).
create table unit_place (
    unit_id     uuid not null references unit,
    parent_id   uuid references unit,
    path        text not null,
    name        text not null,
    from_on     date not null,
    until_on    date check (until_on > from_on),
    primary key (unit_id, from_on)
);
create unique index unit_place_today on unit_place (unit_id) where until_on is null;

create table staff (
    id            uuid primary key,
    staff_no      text not null unique,
    name          text not null,
    unit_id       uuid not null references unit,
    is_active     boolean not null default true,
    password_hash text,                           -- argon2id; null: cannot sign in yet
    language      text not null default 'zh' check (language in ('zh', 'en')),
    signed_in_at  timestamptz                     -- the last time, shown after the next
);
create index staff_unit on staff (unit_id);

create table staff_post (
    id           uuid primary key,
    staff_id     uuid not null references staff,
    role         text not null,
    unit_id      uuid not null references unit,
    from_on      date not null,
    until_on     date check (until_on > from_on),
    is_delivered boolean not null default false   -- a delivery said so, and a later one may end it
);
create unique index staff_post_today on staff_post (staff_id, role, unit_id) where until_on is null;

create table session (
    id            uuid primary key,
    staff_id      uuid not null references staff,
    token_sha256  bytea not null unique,
    created_at    timestamptz not null,
    seen_at       timestamptz not null,
    expires_at    timestamptz not null,
    before_at     timestamptz,                    -- when they had signed in the time before
    ended_at      timestamptz,
    ended_because text
);
create index session_staff on session (staff_id) where ended_at is null;

-- Failed sign-ins slow down by account and by address; a row is dropped when it has cooled off.
create table sign_in_failure (
    subject     varchar(80) primary key,                 -- 'staff:S00001' or 'address:10.1.2.3', hashed
    failures    integer not null,
    failed_at   timestamptz not null
);
