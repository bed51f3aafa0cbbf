-- Orders that lists of customers are read in, where null has a place of its own, and the way from an activity to what it settled.

create index customer_last_contact on customer (coalesce(last_contact_on, '-infinity'::date), id);
create index customer_next_due on customer (coalesce(next_due_on, 'infinity'::date), id);
create index obligation_settled_by on obligation (settled_by_id) where settled_by_id is not null;
