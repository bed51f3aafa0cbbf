"""Run the rating rule: tables out of PostgreSQL into DuckDB, ratings back into a file to copy."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg

from domain.rule_book import RuleBook
from rating.columnar import columnar, quoted, sql_of
from rating.ready import Ready
from rating.rule import rated

COLUMNS = (
    *("run_id", "customer_id", "balance_days_fen", "tier", "tier_rank"),
    *("previous_tier", "previous_rank", "outcome", "out_of_range", "quarters_out_of_range"),
    *("home_unit_id", "proposed_home_unit_id"),
)

_STOCKS = """
    select h.customer_id, u.code as unit_code,
           (sum(h.stock_fen) filter (where h.delivery_id = $2::uuid))::bigint as stock_fen,
           sum(h.balance_days_fen)::bigint as balance_days_fen
    from holding h join unit u on u.id = h.unit_id
    where h.delivery_id = any($1::uuid[])
    group by h.customer_id, u.code
"""
# Rated are: who was rated the quarter before, who holds something in these deliveries, and who
# was on the books when the quarter was first delivered. A replay finds the same customers.
_BEFORE = """
    select c.id as customer_id, c.customer_no, coalesce(r.tier_rank, 0) as held_rank,
           coalesce(r.quarters_out_of_range, 0) as quarters,
           coalesce(r.out_of_range, 'in') as direction, u.code as home
    from customer c
    left join rating r on r.run_id = $1::uuid and r.customer_id = c.id
    left join unit u on u.id = r.home_unit_id
    where r.run_id is not null
       or c.created_at <= (
            select min(d.applied_at) from delivery d
            where d.period in (select period from delivery where id = any($2::uuid[])))
       or exists (
            select from holding h where h.delivery_id = any($2::uuid[]) and h.customer_id = c.id)
"""
_INPUTS = {
    "stocks": "customer_id varchar, unit_code varchar, stock_fen bigint, balance_days_fen bigint",
    "before": "customer_id varchar, customer_no varchar, held_rank smallint, quarters smallint, "
    "direction varchar, home varchar",
    "units": "id varchar, code varchar",
}


@dataclass(frozen=True, slots=True)
class Rating:
    """One quarter's ratings in a CSV file of `COLUMNS`, in order of the customers' numbers."""

    path: Path
    counts: dict[str, int]


async def computed(
    connection: asyncpg.Connection, ready: Ready, rule_book: RuleBook, run_id: UUID, work: Path
) -> Rating:
    """Return the ratings of a quarter; nothing is written to the database.

    Args:
        run_id: Written into every row.
        work: An empty folder; the caller removes it.
    """
    last = ready.deliveries[-1]
    await _copy(connection, work / "stocks", _STOCKS, list(ready.deliveries), last)
    await _copy(connection, work / "before", _BEFORE, ready.previous_id, list(ready.deliveries))
    await _copy(connection, work / "units", "select id, code from unit")
    return await asyncio.to_thread(_computed, ready, rule_book, run_id, work)


async def _copy(connection: asyncpg.Connection, path: Path, sql: str, *values: object) -> None:
    await connection.copy_from_query(sql, *values, output=path, format="csv", null=r"\N")


def _computed(ready: Ready, rule_book: RuleBook, run_id: UUID, work: Path) -> Rating:
    rule = rated(rule_book.tiers, ready.quarter.days, rule_book.rating.quarters_to_move)
    names = "".join(f" when {tier.rank} then {quoted(tier.code)}" for tier in rule_book.tiers)
    path = work / "ratings.csv"
    with columnar(work) as engine:
        for name, columns in _INPUTS.items():
            engine.execute(f"create table {name} ({columns})")
            source = quoted(work / name)
            engine.execute(f"copy {name} from {source} (format csv, header false, nullstr '\\N')")
        engine.execute(f"create table rated as {sql_of(rule)}")
        engine.execute(
            f"""copy (
                select {quoted(run_id)} as run_id, r.customer_id, r.balance_days_fen::bigint,
                    case r.tier_rank{names} else 'none' end, r.tier_rank::smallint,
                    case r.previous_rank{names} else 'none' end, r.previous_rank::smallint,
                    r.outcome, r.out_of_range, r.quarters_out_of_range::smallint,
                    home.id, proposed.id
                from rated r
                left join units home on home.code = r.home
                left join units proposed on proposed.code = r.proposed
                order by r.customer_no
            ) to {quoted(path)} (format csv, header false, nullstr '\\N')"""
        )
        counted = engine.execute("select outcome, count(*) from rated group by 1").fetchall()
    return Rating(path, dict(sorted(counted)))
