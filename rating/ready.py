"""Which deliveries rate a quarter, and what is missing where they do not."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from domain.period import Quarter
from domain.rule_book import RuleBook
from rating.refusal import RatingRefused

_NEWEST = """
    select distinct on (period) id, period, complete, manifest_sha256, rows_set_aside, accepted_by
    from delivery where period = any($1) order by period, applied_at desc, id desc
"""


@dataclass(frozen=True, slots=True)
class Ready:
    """A quarter that can be rated.

    Args:
        deliveries: In force for the quarter, in order of their periods; the last one's stock is
            the quarter's.
        previous_id: The run of the quarter before that this one continues; None for the first.
        inputs_sha256: Equal inputs and rule book give the same run.
    """

    quarter: Quarter
    deliveries: Sequence[UUID]
    previous_id: UUID | None
    inputs_sha256: bytes


async def ensure_ready(
    connection: asyncpg.Connection, quarter: Quarter, rule_book: RuleBook
) -> Ready:
    """Return what the quarter is to be rated from.

    Raises:
        RatingRefused: It is not delivered, not complete, holds rows that were set aside and not
            accepted, or the quarter before is not rated.
    """
    deliveries = await _deliveries(connection, quarter)
    for delivery in deliveries:
        _ensure_usable(delivery)
    previous = await _previous(connection, quarter, rule_book.code)
    digest = hashlib.sha256()
    digest.update(bytes.fromhex(rule_book.sha256))
    digest.update(str(quarter).encode())
    for delivery in deliveries:
        digest.update(delivery["manifest_sha256"])
    digest.update(previous["inputs_sha256"] if previous else b"")
    ids = [delivery["id"] for delivery in deliveries]
    return Ready(quarter, ids, previous["id"] if previous else None, digest.digest())


async def _deliveries(connection: asyncpg.Connection, quarter: Quarter) -> Sequence[asyncpg.Record]:
    whole = await connection.fetch(_NEWEST, [str(quarter)])
    if whole:
        return whole
    months = [str(month) for month in quarter.months()]
    found = await connection.fetch(_NEWEST, months)
    missing = sorted(set(months) - {row["period"] for row in found})
    if len(missing) == len(months):
        raise RatingRefused(
            "PERIOD_NOT_DELIVERED",
            f"Nothing has been delivered for {quarter}. Import its delivery first.",
            ("input", "period"),
            {"period": str(quarter)},
        )
    if missing:
        raise RatingRefused(
            "MONTHS_NOT_DELIVERED",
            f"{quarter} is not delivered in full: {', '.join(missing)} is missing.",
            ("input", "period"),
            {"period": str(quarter), "missing": ", ".join(missing)},
        )
    return found


def _ensure_usable(delivery: asyncpg.Record) -> None:
    period = delivery["period"]
    if not delivery["complete"]:
        raise RatingRefused(
            "DELIVERY_INCOMPLETE",
            f"The delivery of {period} says that it is not complete. Import a complete one that "
            "restates it first.",
            ("input", "period"),
            {"period": period},
        )
    if delivery["rows_set_aside"] and delivery["accepted_by"] is None:
        raise RatingRefused(
            "ROWS_SET_ASIDE",
            f"{delivery['rows_set_aside']} rows of the delivery of {period} were set aside. "
            "Import a corrected delivery, or accept it as it is with --accept-set-aside.",
            ("input", "period"),
            {"period": period, "rows": delivery["rows_set_aside"]},
        )


async def _previous(
    connection: asyncpg.Connection, quarter: Quarter, rule_book: str
) -> asyncpg.Record | None:
    """Return the run in force of the quarter before; None if nothing is older than *quarter*."""
    before = str(quarter.previous())
    run = await connection.fetchrow(
        "select id, inputs_sha256 from rating_run "
        "where rule_book = $1 and period = $2 and superseded_by_id is null",
        rule_book,
        before,
    )
    if run is not None:
        return run
    is_first = not await connection.fetchval(
        "select exists (select from delivery where "
        "case when period like '____Q_' then period < $1 else period < $2 end)",
        str(quarter),
        str(quarter.months()[0]),
    )
    if is_first:
        return None
    raise RatingRefused(
        "QUARTER_BEFORE_NOT_RATED",
        f"{quarter} continues {before}, which is not rated. Import and rate {before} first.",
        ("input", "period"),
        {"period": str(quarter), "before": before},
    )
