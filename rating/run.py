"""Rate a quarter in the open transaction; the run that it replaces stays readable."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import asyncpg

from domain.identity import new_id
from domain.period import Quarter
from domain.rule_book import RuleBook
from rating.engine import COLUMNS, Rating, computed
from rating.ready import Ready, ensure_ready
from rating.scratch import scratch
from rating.standing import write_standing
from rating.turn import take_turn

Progress = Callable[[Quarter], None]
"""Told before each quarter that is computed."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A customer whose tier in a quarter a restatement has changed."""

    quarter: Quarter
    customer_no: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Run:
    """A rating run in force.

    Args:
        is_new: Whether it was computed now; else the same inputs had been rated before.
        restated: Later quarters that were computed anew because this one changed.
        changed: What the restatement changed, this quarter's customers first.
    """

    id: UUID
    quarter: Quarter
    counts: dict[str, int]
    is_new: bool
    restated: tuple[Quarter, ...] = ()
    changed: tuple[Changed, ...] = ()


async def rate(
    connection: asyncpg.Connection,
    quarter: Quarter,
    rule_book: RuleBook,
    *,
    at: datetime,
    by: str,
    work: Path,
    progress: Progress = lambda _quarter: None,
) -> Run:
    """Rate *quarter* by *rule_book*, and anew the quarters after it that were rated on it.

    Args:
        connection: With a transaction open, which the caller commits.
        at: Now.
        by: Who rates: a staff number.
        work: Folder for files while it runs.

    Raises:
        RatingRefused: The quarter cannot be rated; says what is missing.
        ImportBusy: An import or another rating is running.
    """
    await take_turn(connection)
    run = await _rate_one(connection, quarter, rule_book, at, by, work, progress)
    if not run.is_new:
        return run
    restated, changed = [], [*run.changed]
    following = quarter.next()
    while await _run_in_force(connection, following, rule_book.code):
        again = await _rate_one(connection, following, rule_book, at, by, work, progress)
        restated.append(following)
        changed += again.changed
        following = following.next()
    await write_standing(connection, rule_book.code)
    return replace(run, restated=tuple(restated), changed=tuple(changed))


async def _rate_one(
    connection: asyncpg.Connection,
    quarter: Quarter,
    rule_book: RuleBook,
    at: datetime,
    by: str,
    work: Path,
    progress: Progress,
) -> Run:
    ready = await ensure_ready(connection, quarter, rule_book)
    present = await _run_in_force(connection, quarter, rule_book.code)
    if present is not None and present["inputs_sha256"] == ready.inputs_sha256:
        return Run(present["id"], quarter, present["counts"], is_new=False)
    progress(quarter)
    run_id = new_id()
    with scratch(work) as folder:
        rating = await computed(connection, ready, rule_book, run_id, folder)
        if present is not None:
            await connection.execute(
                "update rating_run set superseded_by_id = $2 where id = $1", present["id"], run_id
            )
        await _write(connection, ready, rule_book, run_id, rating, at, by)
    changed = await _changed(connection, quarter, present["id"], run_id) if present else ()
    return Run(run_id, quarter, rating.counts, is_new=True, changed=changed)


async def _changed(
    connection: asyncpg.Connection, quarter: Quarter, before_id: UUID, after_id: UUID
) -> tuple[Changed, ...]:
    rows = await connection.fetch(
        "select c.customer_no, coalesce(b.tier, 'none') as before, a.tier as after "
        "from rating a join customer c on c.id = a.customer_id "
        "left join rating b on b.run_id = $1 and b.customer_id = a.customer_id "
        "where a.run_id = $2 and a.tier <> coalesce(b.tier, 'none') order by c.customer_no",
        before_id,
        after_id,
    )
    return tuple(Changed(quarter, **row) for row in rows)


async def _write(
    connection: asyncpg.Connection,
    ready: Ready,
    rule_book: RuleBook,
    run_id: UUID,
    rating: Rating,
    at: datetime,
    by: str,
) -> None:
    await connection.execute(
        "insert into rating_run (id, period, rule_book, rule_book_version, rule_book_sha256, "
        "inputs_sha256, previous_id, days, rated_at, rated_by, counts) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        run_id,
        str(ready.quarter),
        rule_book.code,
        rule_book.version,
        bytes.fromhex(rule_book.sha256),
        ready.inputs_sha256,
        ready.previous_id,
        ready.quarter.days,
        at,
        by,
        rating.counts,
    )
    await connection.copy_to_table(
        "rating", source=rating.path, columns=COLUMNS, format="csv", null=r"\N"
    )


async def _run_in_force(
    connection: asyncpg.Connection, quarter: Quarter, rule_book: str
) -> asyncpg.Record | None:
    return await connection.fetchrow(
        "select id, inputs_sha256, counts from rating_run "
        "where rule_book = $1 and period = $2 and superseded_by_id is null",
        rule_book,
        str(quarter),
    )
