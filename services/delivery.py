"""Import a delivery: all of it in one act, or nothing."""

from dataclasses import dataclass
from pathlib import Path

import asyncpg

from authz.action import Action
from domain.period import Month, Period, Quarter
from gate.act import act
from gate.actor import Actor
from gate.house import House
from rating.intake import Arrival, Intake, take_in
from rating.outlook import Outlook, outlook
from rating.preparation import Phase, Progress
from rating.refusal import RatingRefused
from rating.run import rate


def _unheard(phase: Phase, share: float) -> None:
    """Take no notice of progress."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do.

    Args:
        outlook: On a dry run, what a rating of the quarter would then say; None if it could not
            be rated, and *refusal* says why.
    """

    intake: Intake
    outlook: Outlook | None = None
    refusal: RatingRefused | None = None


async def import_delivery(
    actor: Actor,
    source: Path,
    *,
    dry_run: bool = False,
    accepts_set_aside: bool = False,
    progress: Progress = _unheard,
) -> Imported:
    """Take the delivery at *source* in: a folder, a .zip or a .tar.gz.

    Args:
        dry_run: Take it in and rate it as if, and undo that: the same code says what would change.
        accepts_set_aside: Let the period be rated without the rows that are set aside.

    Raises:
        DeliveryRefused: It is not what it says it is, or may not come in.
        ImportBusy: Another import or rating is running.
    """
    house = actor.house
    arrival = Arrival(house.now(), actor.staff.staff_no, accepts_set_aside)
    async with act(actor, Action.DELIVERY_IMPORT) as on:
        on.everywhere()
        on.details |= {"dry_run": dry_run, "accepts_set_aside": accepts_set_aside}
        if dry_run:
            imported = await _as_if(on.connection, house, source, arrival, progress)
        else:
            intake = await take_in(
                on.connection, source, house.vault, house.home, arrival, progress
            )
            imported = Imported(intake)
        on.details |= {
            "delivery": imported.intake.id,
            "period": imported.intake.period,
            "rows": sum(imported.intake.rows.values()),
            "set_aside": imported.intake.rows_set_aside,
            "new": imported.intake.is_new,
        }
    return imported


async def _as_if(
    connection: asyncpg.Connection,
    house: House,
    source: Path,
    arrival: Arrival,
    progress: Progress,
) -> Imported:
    """Import and rate within a savepoint that is undone."""
    savepoint = connection.transaction()
    await savepoint.start()
    try:
        intake = await take_in(connection, source, house.vault, house.home, arrival, progress)
        quarter = _quarter(Period.parse(intake.period))
        try:
            run = await rate(
                connection,
                quarter,
                house.rule_book,
                at=arrival.at,
                by=arrival.by,
                work=house.work,
            )
        except RatingRefused as refused:
            return Imported(intake, refusal=refused)
        return Imported(intake, await outlook(connection, run.id))
    finally:
        await savepoint.rollback()


def _quarter(period: Quarter | Month) -> Quarter:
    return period if isinstance(period, Quarter) else period.quarter()
