"""The round that opens what the rule book asks for, and closes what was missed or is void."""

from asyncio import create_task, gather, wait
from collections import Counter
from datetime import date

import pytest

from domain.errors import NotFound
from rating.turn import take_turn
from services.obligation import open_obligations
from store.customer import CustomerRecord
from store.obligation import ObligationEventRecord, ObligationRecord
from tests.bureau import TODAY, Bureau

NOVEMBER = ("call", "2026-11-01", "2026-11-30")
DECEMBER = ("call", "2026-12-01", "2026-12-31")


async def _windows(customer: CustomerRecord) -> set[tuple[str, str, str]]:
    owed = await ObligationRecord.filter(customer_id=customer.id, state="open")
    return {(one.kind, str(one.opens_on), str(one.due_on)) for one in owed}


@pytest.mark.parametrize(
    ("tier", "windows"),
    [
        ("vip", {("call", "2026-10-01", "2026-12-31")}),
        ("gold", {NOVEMBER, DECEMBER, ("visit", "2026-07-01", "2026-12-31")}),
        ("platinum", {NOVEMBER, DECEMBER, ("visit", "2026-10-01", "2026-12-31")}),
        ("diamond", {("visit", "2026-11-01", "2026-12-31")}),
    ],
)
async def test_each_tier_is_owed_its_contacts_of_the_coming_weeks(
    bureau: Bureau, tier: str, windows: set[tuple[str, str, str]]
) -> None:
    customer = await bureau.customer(tier=tier)

    await bureau.round()

    assert await _windows(customer) == windows


async def test_an_obligation_names_its_article_its_owner_and_its_outlet(bureau: Bureau) -> None:
    await bureau.customer(tier="vip")

    await bureau.round()

    (owed,) = await ObligationRecord.all()
    (event,) = await ObligationEventRecord.all()
    assert (owed.article, owed.rule_book_version, owed.tier) == ("第十六条(一)", 1, "vip")
    assert (owed.owner_id, owed.unit_id) == (bureau.staff["manager1"], bureau.units["320701001"])
    assert (event.kind, event.staff_id, event.plan_on) == ("opened", owed.owner_id, owed.plan_on)


async def test_a_second_round_adds_nothing(bureau: Bureau) -> None:
    await bureau.customer()

    first, second = await bureau.round(), await bureau.round()

    assert (first.opened, second.opened) == (3, 0)


async def test_two_rounds_at_once_open_everything_once(bureau: Bureau) -> None:
    await bureau.customer()

    swept = await gather(bureau.round(), bureau.round())

    assert sorted(one.opened for one in swept) == [0, 3]
    assert await ObligationEventRecord.all().count() == 3


async def test_what_was_settled_is_not_asked_for_again(bureau: Bureau) -> None:
    customer = await bureau.customer(tier="vip")
    await bureau.round()
    await bureau.note("manager1", customer)

    swept = await bureau.round()

    assert (swept.opened, await ObligationRecord.filter(state="settled").count()) == (0, 1)


async def test_a_managers_work_is_spread_over_the_workdays_from_today_on(bureau: Bureau) -> None:
    for _ in range(40):
        await bureau.customer(tier="vip")

    await bureau.round()

    planned = Counter([one.plan_on for one in await ObligationRecord.all()])
    calendar = bureau.house.calendar
    assert set(planned) <= set(calendar.workdays_between(TODAY, date(2026, 12, 31)))
    assert max(planned.values()) <= 2


async def test_a_birthday_is_greeted_within_the_week_before_it(bureau: Bureau) -> None:
    customer = await bureau.customer(tier="vip", birth_date="1970-12-05")

    await bureau.round()

    assert ("birthday", "2026-11-28", "2026-12-05") in await _windows(customer)


async def test_festivals_are_greeted_before_their_day(bureau: Bureau) -> None:
    customer = await bureau.customer(tier="vip")
    bureau.clock.go_to(date(2026, 12, 1))

    await bureau.round()

    assert ("festival", "2026-12-25", "2027-01-01") in await _windows(customer)


async def test_a_new_customer_gets_the_welcome_call_the_month_after(bureau: Bureau) -> None:
    customer = await bureau.customer(tier="vip", tier_since_on=date(2026, 10, 15))
    await bureau.entered(customer)

    await bureau.round()

    assert await _windows(customer) == {("welcome", "2026-11-01", "2026-11-30")}


async def test_a_tier_just_given_begins_with_the_next_window(bureau: Bureau) -> None:
    customer = await bureau.customer(tier="gold", tier_since_on=date(2026, 11, 10))

    await bureau.round()

    assert await _windows(customer) == {DECEMBER}


@pytest.mark.parametrize(
    "more", [{"tier": "none", "tier_rank": 0}, {"home_unit_id": None}], ids=["no tier", "no outlet"]
)
async def test_nothing_is_owed_without_a_tier_and_an_outlet(
    bureau: Bureau, more: dict[str, object]
) -> None:
    customer = await bureau.customer()
    await CustomerRecord.filter(id=customer.id).update(**more)

    assert (await bureau.round()).opened == 0


async def test_without_a_manager_it_is_owed_by_nobody_yet(bureau: Bureau) -> None:
    await bureau.customer(tier="vip", manager=None)

    await bureau.round()

    assert [one.owner_id for one in await ObligationRecord.all()] == [None]


@pytest.mark.parametrize(("due_on", "state"), [("2026-10-17", "missed"), ("2026-10-18", "open")])
async def test_what_is_not_made_up_for_in_31_days_is_missed(
    bureau: Bureau, due_on: str, state: str
) -> None:
    day = date.fromisoformat(due_on)
    obligation = await bureau.obligation(
        await bureau.customer(), opens_on=day, plan_on=day, due_on=day
    )

    await bureau.round()

    assert (await ObligationRecord.get(id=obligation.id)).state == state


async def test_a_lost_tier_voids_what_is_not_overdue(bureau: Bureau) -> None:
    customer = await bureau.customer(tier="none", tier_rank=0)
    running, overdue = await bureau.obligation(customer), date(2026, 10, 31)
    late = await bureau.obligation(customer, opens_on=overdue, plan_on=overdue, due_on=overdue)

    swept = await bureau.round()

    states = [(await ObligationRecord.get(id=one.id)).state for one in (running, late)]
    assert (swept.voided, states) == (1, ["void", "open"])


async def test_another_tier_voids_only_what_has_not_begun(bureau: Bureau) -> None:
    customer = await bureau.customer(tier="gold")
    await bureau.round()
    await CustomerRecord.filter(id=customer.id).update(tier="diamond", tier_since_on=TODAY)

    await bureau.round()

    assert await _windows(customer) == {NOVEMBER, ("visit", "2026-07-01", "2026-12-31")}


async def test_a_call_noted_beside_a_round_is_closed_once(bureau: Bureau) -> None:
    customer, day = await bureau.customer(), date(2026, 10, 17)
    obligation = await bureau.obligation(customer, opens_on=day, plan_on=day, due_on=day)

    made_up_on = date(2026, 10, 20)
    await gather(bureau.round(), bureau.note("manager1", customer, happened_on=made_up_on))

    events = await ObligationEventRecord.filter(obligation_id=obligation.id)
    assert len(events) == 1


async def test_a_birth_date_that_does_not_open_holds_up_nobody_else(bureau: Bureau) -> None:
    broken, sound = await bureau.customer(tier="vip"), await bureau.customer(tier="vip")
    await CustomerRecord.filter(id=broken.id).update(birth_date_sealed=sound.birth_date_sealed)

    swept = await bureau.round()

    assert swept.opened == 2


async def test_managers_do_not_start_a_round(bureau: Bureau) -> None:
    with pytest.raises(NotFound):
        await open_obligations(await bureau.actor("manager1"))


async def test_a_round_waits_for_whoever_else_changes_many_customers(bureau: Bureau) -> None:
    await bureau.customer(tier="vip")
    async with bureau.house.database.own_connection() as connection:
        async with connection.transaction():
            await take_turn(connection)
            round = create_task(bureau.round())
            await wait([round], timeout=0.3)
            assert not round.done()

        assert (await round).opened == 1
