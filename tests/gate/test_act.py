"""The gate: what is decided, what commits, what the trail remembers."""

import asyncio
from pathlib import Path

import orjson
import pytest

from audit.connection import TrailUnavailable
from authz.action import Action
from domain.errors import NotFound, NotSignedIn, RuleBroken
from gate.act import Undecided, act
from store.customer import CustomerRecord
from tests.bureau import Bureau


async def _entries(bureau: Bureau) -> list[dict[str, object]]:
    async with bureau.house.database.connection() as connection:
        rows = await connection.fetch("select entry from trail_pending order by lane, number")
    entries = [orjson.loads(row["entry"]) for row in rows]
    return [entry for entry in entries if not str(entry["action"]).startswith("trail:")]


async def _found(customer: CustomerRecord) -> CustomerRecord | None:
    return await CustomerRecord.get_or_none(id=customer.id).select_related("home_unit")


async def test_what_is_allowed_commits_with_one_entry_that_says_why(bureau: Bureau) -> None:
    customer = await bureau.customer()
    manager = await bureau.actor("manager1")

    async with act(manager, Action.CUSTOMER_AMEND) as on:
        record = on(await _found(customer))
        record.sex = "male"
        await record.save(update_fields=["sex"])

    (entry,) = await _entries(bureau)
    assert (await CustomerRecord.get(id=customer.id)).sex == "male"
    assert entry["result"] == "done"
    assert entry["line"] == "customer_manager, customer:amend, own, *, allow"
    assert entry["rows"] == [str(customer.id)]


async def test_a_colleagues_customer_is_not_found_and_the_trail_says_not_allowed(
    bureau: Bureau,
) -> None:
    customer = await bureau.customer()

    with pytest.raises(NotFound):
        async with act(await bureau.actor("manager2"), Action.CUSTOMER_AMEND) as on:
            on(await _found(customer))

    (entry,) = await _entries(bureau)
    assert (entry["result"], entry["details"]) == ("refused", {"why": "not_allowed"})


async def test_a_missing_customer_is_not_found_and_the_trail_says_missing(bureau: Bureau) -> None:
    with pytest.raises(NotFound):
        async with act(await bureau.actor("manager2"), Action.CUSTOMER_AMEND) as on:
            on(await CustomerRecord.get_or_none(customer_no="none"))

    (entry,) = await _entries(bureau)
    assert (entry["result"], entry["details"]) == ("refused", {"why": "missing"})


async def test_a_broken_rule_undoes_everything_and_is_remembered_by_its_code(
    bureau: Bureau,
) -> None:
    customer = await bureau.customer()

    with pytest.raises(RuleBroken):
        async with act(await bureau.actor("manager1"), Action.CUSTOMER_AMEND) as on:
            record = on(await _found(customer))
            record.sex = "male"
            await record.save(update_fields=["sex"])
            raise RuleBroken("SOME_RULE", "No.")

    (entry,) = await _entries(bureau)
    assert (await CustomerRecord.get(id=customer.id)).sex is None
    assert (entry["result"], entry["details"]) == ("failed", {"problem": "SOME_RULE"})


async def test_a_service_that_forgets_to_ask_is_undone(bureau: Bureau) -> None:
    customer = await bureau.customer()

    with pytest.raises(Undecided):
        async with act(await bureau.actor("manager1"), Action.CUSTOMER_AMEND):
            await CustomerRecord.filter(id=customer.id).update(sex="male")

    assert (await CustomerRecord.get(id=customer.id)).sex is None


async def test_nobody_acts_without_signing_in() -> None:
    with pytest.raises(NotSignedIn):
        async with act(None, Action.CUSTOMER_AMEND):
            pass


async def test_a_change_that_cannot_be_remembered_is_not_made(bureau: Bureau) -> None:
    customer = await bureau.customer()
    async with bureau.house.database.connection() as connection:
        await connection.execute("alter table trail_pending rename to elsewhere")

    with pytest.raises(TrailUnavailable):
        async with act(await bureau.actor("manager1"), Action.CUSTOMER_AMEND) as on:
            record = on(await _found(customer))
            record.sex = "male"
            await record.save(update_fields=["sex"])

    assert (await CustomerRecord.get(id=customer.id)).sex is None


async def test_the_whole_bank_is_for_those_whose_line_says_any(bureau: Bureau) -> None:
    async with act(await bureau.actor("city"), Action.QUARTER_RATE) as on:
        on.everywhere()
    with pytest.raises(NotFound):
        async with act(await bureau.actor("county1"), Action.QUARTER_RATE) as on:
            on.everywhere()


async def test_what_is_essential_is_done_and_spooled_while_the_trail_is_down(
    bureau: Bureau, home: Path
) -> None:
    async with bureau.house.database.connection() as connection:
        await connection.execute("alter table trail_pending rename to elsewhere")

    async with act(await bureau.actor("manager1"), Action.SIGN_OUT, is_essential=True):
        await CustomerRecord.all().count()

    spooled = await asyncio.to_thread(lambda: [*(home / "spool").glob("*")])
    texts = await asyncio.to_thread(lambda: b"".join(p.read_bytes() for p in spooled))
    assert b"sign:out" in texts
