-- A week's settled obligations are found by their day.

create index obligation_settled_on on obligation (settled_on) where settled_on is not null;
