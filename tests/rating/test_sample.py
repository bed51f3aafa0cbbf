"""The sample delivery, quarter by quarter, gives what the bureau expects, to the letter."""

from pathlib import Path

from gate.actor import console
from gate.house import House
from services.delivery import import_delivery
from services.rating import rate_quarter, read_ratings, replay_quarter
from tests.rating.sample import QUARTERS, SAMPLE, expected_csv


async def test_the_sample_delivery_gives_every_expected_tier(house: House, tmp_path: Path) -> None:
    actor = console(house)
    for quarter in QUARTERS:
        await import_delivery(actor, SAMPLE / quarter)
        await rate_quarter(actor, quarter)

    for quarter in QUARTERS:
        path = tmp_path / f"{quarter}.csv"
        await read_ratings(actor, quarter, path)
        assert path.read_text("utf-8") == expected_csv(quarter)
        assert await replay_quarter(actor, quarter)


async def test_quarters_that_are_delivered_first_and_rated_later_give_the_same(
    house: House, tmp_path: Path
) -> None:
    actor = console(house)
    for quarter in reversed(QUARTERS):
        await import_delivery(actor, SAMPLE / quarter)
    for quarter in QUARTERS:
        await rate_quarter(actor, quarter)

    for quarter in QUARTERS:
        path = tmp_path / f"{quarter}.csv"
        await read_ratings(actor, quarter, path)
        assert path.read_text("utf-8") == expected_csv(quarter)
