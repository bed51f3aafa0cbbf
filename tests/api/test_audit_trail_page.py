"""What the auditor reads of the trail, and that reading it is in the trail too."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from audit.sequencer import Sequencer
from services.sealing import key_of
from store.customer import CustomerRecord
from tests.api import operations as op
from tests.api.visitor import Visitor, gid
from tests.bureau import Bureau
from vault.registry import ADDRESS

VALUES = {"name": "欧阳丹鸰", "phone": "13700000421", "birth_date": "1961-02-03"}
HOME = "海州市西区建设路396号8室"
ENTRIES = """
    query AuditEntries($first: Int = 50, $after: String, $filter: AuditEntryFilter) {
      auditEntries(first: $first, after: $after, filter: $filter) {
        nodes { id index at action result staffNo roles unit type rows customers
          fields { name clear masked } line purpose requestId operation leafHash canonical }
        pageInfo { hasNextPage endCursor }
      }
    }
"""


@pytest.fixture
async def auditor(visitor: Visitor, bureau: Bureau, home: Path) -> Visitor:
    """An auditor at our pages, after a manager revealed a phone and another was refused."""
    customer = await bureau.customer("C1", **VALUES)
    await bureau.customer("C2", phone="13700000422")
    async with bureau.house.database.connection() as connection:
        key = await key_of(bureau.house, connection, customer.id)
        cell = bureau.house.vault.seal(ADDRESS, customer.id, key, HOME)
    await CustomerRecord.filter(id=customer.id).update(address_sealed=cell)
    for name in ("manager1", "manager3"):
        await visitor.sign_in(name)
        await visitor.ask(op.REVEAL, input=op.reveal_input(gid("Customer", customer)))
        await visitor.ask(op.NUMBER, number="C1")
    house = bureau.house
    sequencer = Sequencer(house.database.own_connection, home, house.trail, clock=house.now)
    await sequencer.start()
    await sequencer.drain()
    await visitor.sign_in("auditor")
    return visitor


async def _found(visitor: Visitor, **asked: Any) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = (await visitor.ask(ENTRIES, **asked))["auditEntries"]["nodes"]
    return nodes


async def test_entries_come_newest_first_with_the_bytes_that_were_hashed(auditor: Visitor) -> None:
    entries = await _found(auditor)

    assert [one["index"] for one in entries] == sorted(range(len(entries)), reverse=True)
    for one in entries:
        leaf = hashlib.sha256(b"\0" + one["canonical"].encode())
        assert leaf.hexdigest() == one["leafHash"]


async def test_a_reveal_is_found_by_its_customer_and_says_why(auditor: Visitor) -> None:
    asked = {"customerNumber": "C1", "action": "customer_field:reveal", "result": "DONE"}

    (entry,) = await _found(auditor, filter=asked)

    assert entry["fields"] == [{"name": "customer.phone", "clear": 1, "masked": 0}]
    assert (entry["purpose"], entry["customers"], entry["type"]) == ("contact", 1, "Customer")
    assert entry["line"] == "customer_manager, customer_field:reveal, own, phone, allow"
    assert await _found(auditor, filter={"customerNumber": "C2"}) == []
    assert await _found(auditor, filter={"customerNumber": "C99"}) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"staffNo": "S00006"},
        {"result": "REFUSED"},
        {"action": "customer:read"},
        {"fromAt": "2026-11-18T02:00:00Z", "toAt": "2026-11-18T02:00:01Z"},
    ],
)
async def test_what_is_asked_for_is_found_and_nothing_else(
    auditor: Visitor, asked: dict[str, str]
) -> None:
    entries = await _found(auditor, filter=asked)

    assert entries
    for name in asked.keys() & {"staffNo", "result", "action"}:
        assert {one[name] for one in entries} == {asked[name]}
    assert await _found(auditor, filter={"toAt": "2026-11-18T02:00:00Z"}) == []


async def test_pages_follow_each_other_without_a_gap(auditor: Visitor) -> None:
    whole = await _found(auditor)
    pages: list[dict[str, Any]] = []
    after = None
    for _ in whole:
        page = (await auditor.ask(ENTRIES, first=1, after=after))["auditEntries"]
        pages += page["nodes"]
        after = page["pageInfo"]["endCursor"]

    assert pages == whole
    assert not page["pageInfo"]["hasNextPage"]


async def test_one_entry_is_found_by_its_place(auditor: Visitor) -> None:
    one = "query AuditEntry($index: Int!) { auditEntry(index: $index) { index canonical } }"
    newest = (await _found(auditor))[0]

    told = (await auditor.ask(one, index=newest["index"]))["auditEntry"]

    assert told == {"index": newest["index"], "canonical": newest["canonical"]}
    assert (await auditor.ask(one, index=10_000))["auditEntry"] is None


async def test_no_value_of_a_customer_is_in_any_of_it(auditor: Visitor) -> None:
    told = str(await _found(auditor))

    assert [one for one in (*VALUES.values(), HOME) if one in told] == []


async def test_reading_the_trail_is_in_the_trail(auditor: Visitor, bureau: Bureau) -> None:
    before = len(await bureau.entries("audit_entry:read"))

    await _found(auditor)

    entry = (await bureau.entries("audit_entry:read"))[before:][0]
    assert (entry["staff_no"], entry["type"]) == ("S00012", "AuditEntry")
    assert entry["line"] == "auditor, audit_entry:read, any, *, allow"
    assert (entry["operation"], entry["rows"]) == ("AuditEntries", [])


@pytest.mark.parametrize("name", ["manager1", "city", "security"])
async def test_nobody_else_finds_an_entry(auditor: Visitor, name: str) -> None:
    await auditor.sign_in(name)

    assert await _found(auditor) == []
    one = "{ auditEntry(index: 0) { canonical } }"
    assert (await auditor.ask(one))["auditEntry"] is None
