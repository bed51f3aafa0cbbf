"""Ratings as bytes that can be compared: the CSV of a quarter, and its replay."""

import asyncio
import filecmp
from pathlib import Path
from uuid import UUID

import asyncpg

from domain.period import Quarter
from domain.rule_book import RuleBook
from rating.engine import computed
from rating.ready import ensure_ready
from rating.refusal import RatingRefused
from rating.scratch import scratch

_CSV = """
    select c.customer_no, r.balance_days_fen, n.days, r.tier,
           nullif(r.out_of_range, 'in') as quarters_out_of_range,
           u.code as home_outlet, p.code as proposed_home_outlet
    from rating_run n join rating r on r.run_id = n.id join customer c on c.id = r.customer_id
    left join unit u on u.id = r.home_unit_id left join unit p on p.id = r.proposed_home_unit_id
    where n.rule_book = $1 and n.period = $2 and n.superseded_by_id is null
    order by c.customer_no collate "C"
"""
_STORED = """
    select r.run_id, r.customer_id, r.balance_days_fen, r.tier, r.tier_rank, r.previous_tier,
           r.previous_rank, r.outcome, r.out_of_range, r.quarters_out_of_range, r.home_unit_id,
           r.proposed_home_unit_id
    from rating r join customer c on c.id = r.customer_id
    where r.run_id = $1::uuid order by c.customer_no collate "C"
"""


async def write_ratings_csv(
    connection: asyncpg.Connection, quarter: Quarter, rule_book: str, path: Path
) -> int:
    """Write the ratings in force of *quarter* as CSV, in order of customer numbers; count them.

    Raises:
        RatingRefused: The quarter is not rated.
    """
    await _run_id(connection, quarter, rule_book)
    status: str = await connection.copy_from_query(
        _CSV, rule_book, str(quarter), output=path, format="csv", header=True
    )
    return int(status.split()[-1])


async def is_replayed(
    connection: asyncpg.Connection, quarter: Quarter, rule_book: RuleBook, work: Path
) -> bool:
    """Tell whether rating *quarter* again from its inputs gives the stored run, byte for byte.

    Raises:
        RatingRefused: The quarter is not rated, or no longer can be.
    """
    run_id = await _run_id(connection, quarter, rule_book.code)
    with scratch(work) as folder:
        ready = await ensure_ready(connection, quarter, rule_book)
        rating = await computed(connection, ready, rule_book, run_id, folder)
        stored = folder / "stored.csv"
        await connection.copy_from_query(_STORED, run_id, output=stored, format="csv", null=r"\N")
        return await asyncio.to_thread(filecmp.cmp, rating.path, stored, shallow=False)


async def _run_id(connection: asyncpg.Connection, quarter: Quarter, rule_book: str) -> UUID:
    run_id = await connection.fetchval(
        "select id from rating_run "
        "where rule_book = $1 and period = $2 and superseded_by_id is null",
        rule_book,
        str(quarter),
    )
    if run_id is None:
        raise RatingRefused(
            "NOT_RATED",
            f"{quarter} is not rated yet. Run `weihu rate {quarter}` first.",
            ("input", "period"),
            {"period": str(quarter)},
        )
    found: UUID = run_id
    return found
