-- What is known of the house itself, like that it is the made-up bureau.

create table house_fact (
    key     text primary key,
    value   jsonb not null
);
