"""Which obligations an activity settles, through the service, as the rule book says."""

from datetime import date, timedelta

import pytest

from domain.activity import ActivityKind, ActivityOutcome
from store.activity import ActivityRecord
from store.customer import CustomerRecord
from store.obligation import ObligationEventRecord, ObligationRecord
from tests.bureau import TODAY, Bureau

CALL, VISIT, MESSAGE = ActivityKind.CALL, ActivityKind.VISIT, ActivityKind.MESSAGE
TWO_MONTHS = {"opens_on": date(2026, 11, 1), "due_on": date(2026, 12, 31)}


async def _settled(bureau: Bureau, owed: str, by: ActivityKind, **more: object) -> bool:
    customer = await bureau.customer()
    await bureau.obligation(customer, kind=owed)
    return bool((await bureau.note("manager1", customer, kind=by, **more)).settled)


async def test_a_call_settles_the_call_that_is_owed_with_its_day_and_its_proof(
    bureau: Bureau,
) -> None:
    obligation = await bureau.obligation(await bureau.customer())

    noted = await bureau.note("manager1", await obligation.customer, happened_on=date(2026, 11, 16))

    found = await ObligationRecord.get(id=obligation.id)
    event = await ObligationEventRecord.get(obligation_id=obligation.id)
    assert (found.state, found.settled_on) == ("settled", date(2026, 11, 16))
    assert found.settled_by_id == event.activity_id == noted.activity_id
    assert (event.kind, event.staff_id) == ("settled", bureau.staff["manager1"])


@pytest.mark.parametrize(
    ("owed", "by", "is_settled"),
    [
        ("call", CALL, True),
        ("call", VISIT, False),
        ("call", MESSAGE, False),
        ("visit", VISIT, True),
        ("visit", CALL, False),
        ("welcome", CALL, True),
        ("welcome", MESSAGE, False),
        ("birthday", MESSAGE, True),
        ("birthday", CALL, True),
        ("birthday", ActivityKind.GIFT, False),
        ("birthday", ActivityKind.CARD, False),
    ],
)
async def test_only_the_kinds_that_the_rule_book_names_settle_it(
    bureau: Bureau, owed: str, by: ActivityKind, is_settled: bool
) -> None:
    assert await _settled(bureau, owed, by) is is_settled


@pytest.mark.parametrize(
    ("tier", "duty", "by", "is_settled"),
    [
        ("gold", "national_day", MESSAGE, True),
        ("gold", "spring_festival", MESSAGE, False),
        ("gold", "spring_festival", CALL, True),
        ("vip", "spring_festival", MESSAGE, True),
    ],
)
async def test_a_festival_is_settled_by_its_own_greeting(
    bureau: Bureau, tier: str, duty: str, by: ActivityKind, is_settled: bool
) -> None:
    customer = await bureau.customer(tier=tier)
    await bureau.obligation(customer, kind="festival", duty=duty)

    noted = await bureau.note("manager1", customer, kind=by)

    assert bool(noted.settled) is is_settled


@pytest.mark.parametrize(
    "outcome",
    [ActivityOutcome.UNREACHED, ActivityOutcome.DECLINED, ActivityOutcome.INVALID],
)
async def test_whoever_was_not_reached_is_still_owed_the_call(
    bureau: Bureau, outcome: ActivityOutcome
) -> None:
    assert not await _settled(bureau, "call", CALL, outcome=outcome, note="无人接听")


async def test_a_diamond_visit_takes_the_head_and_the_manager_together(bureau: Bureau) -> None:
    customer = await bureau.customer(tier="diamond")
    obligation = await bureau.obligation(customer, kind="visit", **TWO_MONTHS)

    alone = await bureau.note("manager1", customer, kind=VISIT)
    colleagues = await bureau.note("manager1", customer, kind=VISIT, along="manager2")
    together = await bureau.note("manager1", customer, kind=VISIT, along="head1")

    assert [*alone.settled, *colleagues.settled] == []
    assert together.settled == [obligation.id]


async def test_the_head_may_note_a_joint_visit_as_well(bureau: Bureau) -> None:
    customer = await bureau.customer(tier="diamond")
    await bureau.obligation(customer, kind="visit", **TWO_MONTHS)

    noted = await bureau.note("head1", customer, kind=VISIT, along="manager1")

    assert len(noted.settled) == 1


async def test_the_head_of_another_outlet_does_not_stand_in_for_the_customers(
    bureau: Bureau,
) -> None:
    customer = await bureau.customer(tier="diamond")
    await bureau.obligation(customer, kind="visit", **TWO_MONTHS)

    noted = await bureau.note("manager1", customer, kind=VISIT, along="head2")

    assert not noted.settled


async def test_a_late_call_makes_up_for_last_month_before_it_counts_for_this_one(
    bureau: Bureau,
) -> None:
    customer = await bureau.customer()
    this_month = await bureau.obligation(customer)
    october = {"opens_on": date(2026, 10, 1), "due_on": date(2026, 10, 31)}
    last_month = await bureau.obligation(customer, plan_on=date(2026, 10, 12), **october)

    first, second = [await bureau.note("manager1", customer) for _ in range(2)]

    assert (first.settled, second.settled) == ([last_month.id], [this_month.id])


@pytest.mark.parametrize(("days_late", "is_settled"), [(31, True), (32, False)])
async def test_a_call_is_made_up_for_within_31_days(
    bureau: Bureau, days_late: int, is_settled: bool
) -> None:
    customer, due_on = await bureau.customer(), TODAY - timedelta(days=days_late)
    await bureau.obligation(customer, opens_on=due_on, plan_on=due_on, due_on=due_on)

    assert bool((await bureau.note("manager1", customer)).settled) is is_settled


async def test_a_call_before_the_window_does_not_count(bureau: Bureau) -> None:
    customer = await bureau.customer()
    await bureau.obligation(customer)

    noted = await bureau.note("manager1", customer, happened_on=date(2026, 10, 31))

    assert not noted.settled


async def test_one_call_settles_each_duty_that_it_meets(bureau: Bureau) -> None:
    customer = await bureau.customer()
    for kind in ("call", "welcome", "birthday", "visit"):
        await bureau.obligation(customer, kind=kind)

    noted = await bureau.note("manager1", customer)

    kinds = [(await ObligationRecord.get(id=id)).kind for id in noted.settled]
    assert sorted(kinds) == ["birthday", "call", "welcome"]


async def test_what_is_settled_is_settled_by_the_first_who_did_it(bureau: Bureau) -> None:
    customer = await bureau.customer()
    await bureau.obligation(customer)
    first = await bureau.note("manager1", customer)

    second = await bureau.note("manager1", customer)

    assert (len(first.settled), second.settled) == (1, [])
    assert await ActivityRecord.all().count() == 2


async def test_the_customers_next_due_day_moves_on(bureau: Bureau) -> None:
    customer = await bureau.customer()
    await bureau.obligation(customer)
    await bureau.obligation(customer, kind="visit", due_on=date(2026, 12, 31))

    await bureau.note("manager1", customer)

    assert (await CustomerRecord.get(id=customer.id)).next_due_on == date(2026, 12, 31)
