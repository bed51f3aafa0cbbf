"""Rate a quarter; then new customers find a manager, and what is owed to them is opened."""

from pathlib import Path

from audit.entry import Shown
from authz.action import Action
from domain.period import Quarter
from gate.act import act
from gate.actor import Actor, console
from rating.replay import is_replayed, write_ratings_csv
from rating.run import Progress, Run, rate
from services.assignment import assign_unmanaged
from services.obligation import open_obligations


async def rate_quarter(
    actor: Actor, period: str, *, progress: Progress = lambda _quarter: None
) -> Run:
    """Rate the quarter that *period* names, by the rule book in force.

    Managers and obligations follow in acts of their own: they can be repeated, and the server
    does so twice an hour, so that a crash between them loses nothing.

    Raises:
        RatingRefused: It cannot be rated; says what is missing.
    """
    house = actor.house
    async with act(actor, Action.QUARTER_RATE) as on:
        on.everywhere()
        run = await rate(
            on.connection,
            Quarter.parse_quarter(period),
            house.rule_book,
            at=house.now(),
            by=actor.staff.staff_no,
            work=house.work,
            progress=progress,
        )
        on.details |= {"run": run.id, "period": period, **run.counts}
    if run.is_new:
        await assign_unmanaged(console(house))
        await open_obligations(console(house))
    return run


async def replay_quarter(actor: Actor, period: str) -> bool:
    """Tell whether rating a quarter again from its inputs gives what is stored, byte for byte.

    Raises:
        RatingRefused: It is not rated.
    """
    house = actor.house
    async with act(actor, Action.RATING_READ) as on:
        on.everywhere()
        quarter = Quarter.parse_quarter(period)
        is_same = await is_replayed(on.connection, quarter, house.rule_book, house.work)
        on.details |= {"period": period, "same": is_same}
        return is_same


async def read_ratings(actor: Actor, period: str, path: Path) -> None:
    """Write a quarter's ratings to *path* as CSV; the trail has that they were all read.

    Raises:
        RatingRefused: It is not rated.
    """
    async with act(actor, Action.RATING_READ) as on:
        on.everywhere()
        quarter = Quarter.parse_quarter(period)
        rows = await write_ratings_csv(on.connection, quarter, actor.house.rule_book.code, path)
        on.shown["customer.amounts"] = Shown(clear=rows)
        on.details |= {"period": period, "rows": rows}
