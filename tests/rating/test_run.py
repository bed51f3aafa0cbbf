"""Rating runs: what they need, what a correction changes, and that nothing is overwritten."""

from pathlib import Path
from typing import Any

import pytest

from gate.actor import console
from gate.house import House
from rating.refusal import RatingRefused
from rating.run import Run
from services.delivery import import_delivery
from services.rating import rate_quarter, replay_quarter
from store.customer import CustomerRecord
from store.rating import RatingRunRecord
from tests.bureau import Clock
from tests.rating.deliveries import balances_text, write_delivery

QUARTERS = ("2025Q4", "2026Q1", "2026Q2")
FIRST_DAYS = {"2025Q4": "2025-10-01", "2026Q1": "2026-01-01", "2026Q2": "2026-04-01"}


async def _deliver(house: House, folder: Path, quarter: str, yuan: int, **manifest: Any) -> None:
    day = FIRST_DAYS[quarter]
    balances = balances_text(f"C1,A1,320701001,demand,{day},{yuan * 100}")
    name = f"{quarter}-{yuan}"
    write_delivery(folder / name, period=quarter, balances=balances, **manifest)
    await import_delivery(console(house), folder / name)


async def _rate(house: House, quarter: str) -> Run:
    return await rate_quarter(console(house), quarter)


async def _refusal(house: House, quarter: str) -> str:
    with pytest.raises(RatingRefused) as refused:
        await _rate(house, quarter)
    return refused.value.code


async def _customer() -> CustomerRecord:
    return await CustomerRecord.get(customer_no="C1")


async def test_a_quarter_that_was_not_delivered_is_not_rated(house: House) -> None:
    assert await _refusal(house, "2026Q1") == "PERIOD_NOT_DELIVERED"


async def test_a_delivery_that_is_not_complete_is_not_rated(house: House, source: Path) -> None:
    await _deliver(house, source, "2026Q1", 60_000, complete=False)

    assert await _refusal(house, "2026Q1") == "DELIVERY_INCOMPLETE"


async def test_a_quarter_waits_until_the_one_before_is_rated(house: House, source: Path) -> None:
    await _deliver(house, source, "2025Q4", 60_000)
    await _deliver(house, source, "2026Q1", 60_000)

    assert await _refusal(house, "2026Q1") == "QUARTER_BEFORE_NOT_RATED"


async def test_a_missing_quarter_between_two_is_not_passed_over(house: House, source: Path) -> None:
    await _deliver(house, source, "2025Q4", 60_000)
    await _rate(house, "2025Q4")
    await _deliver(house, source, "2026Q2", 60_000)

    assert await _refusal(house, "2026Q2") == "QUARTER_BEFORE_NOT_RATED"


async def test_rating_the_same_quarter_again_changes_nothing(house: House, source: Path) -> None:
    await _deliver(house, source, "2026Q1", 60_000)
    first = await _rate(house, "2026Q1")

    again = await _rate(house, "2026Q1")

    assert (again.id, again.is_new) == (first.id, False)
    assert await RatingRunRecord.all().count() == 1


async def test_a_tier_is_shown_with_the_day_after_the_quarter_that_gave_it(
    house: House, source: Path
) -> None:
    await _deliver(house, source, "2025Q4", 60_000)
    await _rate(house, "2025Q4")

    customer = await _customer()
    assert (customer.tier, str(customer.tier_since_on)) == ("vip", "2026-01-01")
    assert customer.average_assets_fen == 6_000_000


async def test_a_correction_rates_its_quarter_and_all_after_it_anew(
    house: House, source: Path, clock: Clock
) -> None:
    for quarter in QUARTERS:
        await _deliver(house, source, quarter, 60_000)
        await _rate(house, quarter)
        clock.pass_by(hours=1)

    await _deliver(house, source, "2025Q4", 700_000, restates="2025Q4")
    run = await _rate(house, "2025Q4")

    assert [str(quarter) for quarter in run.restated] == ["2026Q1", "2026Q2"]
    changes = [(str(c.quarter), c.before, c.after) for c in run.changed]
    assert changes == [("2025Q4", "vip", "platinum"), ("2026Q1", "vip", "platinum")]
    assert (await _customer()).tier == "vip"  # two quarters below platinum by then


async def test_what_a_correction_replaces_stays_readable(
    house: House, source: Path, clock: Clock
) -> None:
    await _deliver(house, source, "2025Q4", 60_000)
    first = await _rate(house, "2025Q4")
    clock.pass_by(hours=1)
    await _deliver(house, source, "2025Q4", 700_000, restates="2025Q4")
    second = await _rate(house, "2025Q4")

    assert (await RatingRunRecord.get(id=first.id)).superseded_by_id == second.id
    async with house.database.connection() as connection:
        tier = await connection.fetchval(
            "select r.tier from rating r join customer c on c.id = r.customer_id "
            "where r.run_id = $1 and c.customer_no = 'C1'",
            first.id,
        )
    assert tier == "vip"


async def test_any_past_quarter_can_be_replayed(house: House, source: Path) -> None:
    for quarter, yuan in zip(QUARTERS, (60_000, 30_000, 20_000), strict=True):
        await _deliver(house, source, quarter, yuan)
        await _rate(house, quarter)

    assert [await replay_quarter(console(house), quarter) for quarter in QUARTERS] == [True] * 3


async def test_a_rating_that_was_changed_in_the_database_does_not_replay(
    house: House, source: Path
) -> None:
    await _deliver(house, source, "2025Q4", 60_000)
    await _rate(house, "2025Q4")
    async with house.database.connection() as connection:
        await connection.execute(
            "update rating set tier = 'gold', tier_rank = 2 where tier = 'vip'"
        )

    assert not await replay_quarter(console(house), "2025Q4")
