"""Whether a delivery may come in, and what it follows: a correction, the newest, or neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from domain.period import Month, Period, Quarter
from rating.manifest import Manifest
from rating.refusal import DeliveryRefused


@dataclass(frozen=True, slots=True)
class Admission:
    """What a delivery that may come in follows.

    Args:
        restates_id: The delivery of the same period that it corrects; None for the first.
        is_newest: Whether no later period has been delivered: only then it says how units, staff
            and customers are today. An older one only adds those that are missing.
    """

    restates_id: UUID | None
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery that was taken in before."""

    id: UUID
    rows: dict[str, int]
    rows_set_aside: int
    accepted_by: str | None
    archive: str


async def taken_before(connection: asyncpg.Connection, manifest: Manifest) -> Taken | None:
    """Return the delivery with just this manifest, if it was taken in before."""
    row = await connection.fetchrow(
        "select id, rows, rows_set_aside, accepted_by, archive from delivery "
        "where manifest_sha256 = $1",
        manifest.sha256,
    )
    return Taken(**row) if row else None


async def admission(connection: asyncpg.Connection, manifest: Manifest) -> Admission:
    """Return what a new delivery follows.

    Raises:
        DeliveryRefused: It is of another bureau, or its period was delivered and it does not say
            that it corrects that.
    """
    await _ensure_bureau(connection, manifest)
    rows = await connection.fetch(
        "select distinct on (period) id, period from delivery "
        "order by period, applied_at desc, id desc"
    )
    delivered = {str(period): (period, row["id"]) for row in rows for period in [_period(row)]}
    same = delivered.get(str(manifest.period))
    if same and not manifest.is_restatement:
        raise DeliveryRefused(
            "PERIOD_DELIVERED",
            f"{manifest.period} has been delivered already. If this is a correction, its "
            f'manifest.json must say "restates": "{manifest.period}": ask the data centre to.',
            params={"period": str(manifest.period)},
        )
    _ensure_one_form(manifest, [period for period, _ in delivered.values()])
    is_newest = all(period.last_on <= manifest.period.last_on for period, _ in delivered.values())
    return Admission(same[1] if same else None, is_newest)


async def _ensure_bureau(connection: asyncpg.Connection, manifest: Manifest) -> None:
    top = await connection.fetchval("select code from unit where parent_id is null limit 1")
    if top is not None and top != manifest.bureau:
        raise DeliveryRefused(
            "OTHER_BUREAU",
            f"This is a delivery of bureau {manifest.bureau}, and here is bureau {top}. Import it "
            "where it belongs (WEIHU_HOME, DATABASE_URL).",
        )


def _ensure_one_form(manifest: Manifest, delivered: Sequence[Period]) -> None:
    """Refuse a month of a quarter that came as a whole, and a whole quarter after its months.

    Otherwise two deliveries would say how much a customer had on one day.
    """
    period = manifest.period
    if isinstance(period, Month) and period.quarter() in delivered:
        quarter = period.quarter()
        raise DeliveryRefused(
            "QUARTER_DELIVERED",
            f"{quarter} has been delivered as a whole, so its month {period} cannot come apart. "
            f'Correct it by a delivery of {quarter} with "restates": "{quarter}".',
        )
    if isinstance(period, Quarter) and not manifest.is_restatement:
        months = [str(month) for month in period.months() if month in delivered]
        if months:
            raise DeliveryRefused(
                "MONTHS_DELIVERED",
                f"Of {period} there are months already: {', '.join(months)}. Deliver the other "
                f'months, or the whole quarter with "restates": "{period}", which replaces them.',
            )


def _period(row: asyncpg.Record) -> Period:
    return Period.parse(row["period"])
