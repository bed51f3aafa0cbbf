"""What a customer's row says of the newest ratings in force: a copy to list, sort and filter by."""

import asyncpg

_TABLE = """
    create temp table standing (
        customer_id uuid, tier text, tier_rank smallint, since_on date, home_unit_id uuid,
        average_fen bigint, change_fen bigint
    )"""
_FILL = """
    insert into standing
    with runs as (
        select id, period, days,
               row_number() over (order by period desc) as place,
               (make_date(left(period, 4)::int, right(period, 1)::int * 3, 1)
                   + interval '1 month')::date as follows_on
        from rating_run where rule_book = $1 and superseded_by_id is null
    ),
    newest as (
        select r.*, runs.days from rating r join runs on runs.id = r.run_id where runs.place = 1
    ),
    before as (
        select r.customer_id, r.balance_days_fen, runs.days
        from rating r join runs on runs.id = r.run_id where runs.place = 2
    ),
    moved as (
        select r.customer_id, max(runs.follows_on) as since_on
        from rating r join runs on runs.id = r.run_id
        where r.tier_rank <> r.previous_rank group by r.customer_id
    )
    select n.customer_id, n.tier, n.tier_rank, case when n.tier_rank > 0 then moved.since_on end,
           n.home_unit_id, n.balance_days_fen / n.days,
           n.balance_days_fen / n.days - coalesce(before.balance_days_fen / before.days, 0)
    from newest n
    left join before on before.customer_id = n.customer_id
    left join moved on moved.customer_id = n.customer_id
"""
# The table is analysed in between: then customers are read in the order in which they lie, and
# not in that of a hash, which made the update three times as long for a million of them.
_UPDATE = """
    update customer c
    set tier = s.tier, tier_rank = s.tier_rank, tier_since_on = s.since_on,
        average_assets_fen = s.average_fen, assets_change_fen = s.change_fen,
        home_unit_id = coalesce(c.home_unit_id, s.home_unit_id)
    from standing s
    where c.id = s.customer_id
      and (c.tier, c.tier_rank, c.tier_since_on, c.average_assets_fen, c.assets_change_fen,
           coalesce(c.home_unit_id, s.home_unit_id))
          is distinct from (s.tier, s.tier_rank, s.since_on, s.average_fen, s.change_fen,
           c.home_unit_id)
"""


async def write_standing(connection: asyncpg.Connection, rule_book: str) -> None:
    """Bring customers' rows up to the runs in force; rows that say the same are not touched.

    A tier counts from the day after the quarter that gave it. Averages are rounded down, for
    showing and sorting only.
    """
    await connection.execute(_TABLE)
    await connection.execute(_FILL, rule_book)
    await connection.execute("analyze standing")
    await connection.execute(_UPDATE)
    await connection.execute("drop table standing")
