"""Values planted in every sealed field, in passwords and tokens, never turn up where they must not.

Looked through: all logs at their most talkative, the trail, the answers that tell of an error, the
whole database as it lies on disk, and all files below WEIHU_HOME.
"""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from services.sealing import key_of
from store.customer import CustomerRecord
from store.obligation import ObligationRecord
from tests.api import operations as op
from tests.api.visitor import SIGN_IN, Visitor, gid
from tests.bureau import PASSWORD, Bureau
from vault.registry import ADDRESS, COMPLAINT_TEXT, FIELDS, OCCUPATION

PLANTED = {
    "name": "欧阳丹鸰",
    "phone": "13700000421",
    "id_number": "990724196102033387",
    "birth_date": "1961-02-03",
    "address": "海州市西区建设路396号8室",
    "occupation": "养金丝雀的人",
    "activity_note": "想在年底前换成三年期国债",
    "complaint_text": "等了四十分钟还没有人来",
}
TYPED = ("13700000987", "海州市东区解放路7号", "a wrong guess of a password")
"""What is typed in on the way: a new phone number and address, a wrong password."""
EVERYTHING = """
    query Phone13700000421($id: ID!) { node(id: $id) { ... on Customer {
      name { text } phone { text } idNumber { text } birthDate { text } address { text }
      occupation { text } activities { nodes { note { text } } } complaints { text { text } }
    } } }
"""


@dataclass
class Heard:
    """What was said while values were about."""

    logs: str = ""
    trail: str = ""
    errors: list[str] = field(default_factory=list)
    stored: str = ""
    tokens: list[str] = field(default_factory=list)

    def take(self, answer: httpx2.Response) -> None:
        """Keep the errors and problems of an answer, and the token that it brought."""
        token = answer.headers.get("set-cookie", "").partition("=")[2].partition(";")[0]
        if len(token) > 40:
            self.tokens.append(token)
        data = answer.json().get("data") or {}
        payloads = [one for one in data.values() if isinstance(one, dict)]
        self.errors += map(str, answer.json().get("errors", ()))
        self.errors += [str(problem) for one in payloads for problem in one.get("problems", ())]


@pytest.fixture
async def heard(
    visitor: Visitor, bureau: Bureau, home: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Heard]:
    """What was said while a customer with planted values went through everything."""
    heard = Heard()
    with caplog.at_level(logging.DEBUG):
        customer = await _planted(bureau)
        obligation = await bureau.obligation(customer)
        for name in ("manager1", "county1", "manager3", "lobby1", "auditor"):
            await _go_through(visitor, heard, name, customer, obligation)
        await _break(visitor, heard, customer)
        await bureau.round()
        heard.logs = caplog.text
    heard.trail = str(await bureau.entries())
    heard.stored = await _everything_stored(bureau, home)
    yield heard


async def _planted(bureau: Bureau) -> CustomerRecord:
    more = {name: PLANTED[name] for name in ("name", "phone", "birth_date", "id_number")}
    customer = await bureau.customer("C1", **more)
    vault, complaint_id = bureau.house.vault, customer.id
    async with bureau.house.database.connection() as connection:
        key = await key_of(bureau.house, connection, customer.id)
        for one in (ADDRESS, OCCUPATION):
            cell = vault.seal(one, customer.id, key, PLANTED[one.name])
            await CustomerRecord.filter(id=customer.id).update(**{f"{one.name}_sealed": cell})
        await connection.execute(
            "insert into complaint select $1, id, home_unit_id, manager_id, null, 'phone', $2, $2,"
            " 'taken', null, null, $3 from customer",
            complaint_id,
            bureau.house.now(),
            vault.seal(COMPLAINT_TEXT, complaint_id, key, PLANTED["complaint_text"]),
        )
    await bureau.note("manager1", customer, note=PLANTED["activity_note"])
    return customer


async def _go_through(
    visitor: Visitor, heard: Heard, name: str, customer: CustomerRecord, owed: ObligationRecord
) -> None:
    staff_no = await visitor.bureau.password(name)
    of, due = gid("Customer", customer), gid("Obligation", owed)
    phone, id_number = PLANTED["phone"], PLANTED["id_number"]
    steps: list[tuple[str, dict[str, Any]]] = [
        (SIGN_IN, {"input": {"staffNo": staff_no, "password": TYPED[2]}}),
        (SIGN_IN, {"input": {"staffNo": phone, "password": TYPED[2]}}),
        (SIGN_IN, {"input": {"staffNo": staff_no, "password": PASSWORD}}),
        (EVERYTHING, {"id": of}),
        (op.NUMBER, {"number": phone}),
        *((op.LOOK_UP, {"filter": one}) for one in ({"phone": phone}, {"idNumber": id_number})),
        (op.LOOK_UP, {"filter": {"phone": phone, "idNumber": id_number}}),
        (op.LOOK_UP, {"filter": {"tier": [phone], "manager": phone}}),
        *((op.REVEAL, {"input": op.reveal_input(of, one.name.upper())}) for one in FIELDS[:6]),
        (op.REVEAL, {"input": op.reveal_input(of) | {"purpose": phone}}),
        (op.AMEND, {"input": {"customerId": of, "phone": TYPED[0], "address": TYPED[1]}}),
        (op.AMEND, {"input": {"customerId": of, "phone": TYPED[0] + "x"}}),
        (op.AMEND, {"input": {"customerId": of, "phone": phone, "address": "****"}}),
        (op.AMEND, {"input": {"customerId": of, "phone": phone, "address": PLANTED["address"]}}),
        (op.NOTE, {"input": op.note_input(of, outcome="UNREACHED", note=TYPED[1])}),
        (op.POSTPONE, {"input": {"obligationId": due, "planOn": "2026-12-31", "reason": phone}}),
    ]
    for query, asked in steps:
        heard.take(await visitor.send(query, asked))


async def _break(visitor: Visitor, heard: Heard, customer: CustomerRecord) -> None:
    """Have cells that do not open revealed and read, and greeted by the round."""
    await visitor.sign_in("manager1")
    moved = {"phone_sealed": customer.name_sealed, "birth_date_sealed": customer.name_sealed}
    await CustomerRecord.filter(id=customer.id).update(**moved)
    of = gid("Customer", customer)
    heard.take(await visitor.send(op.REVEAL, {"input": op.reveal_input(of)}))
    heard.take(await visitor.send(EVERYTHING, {"id": of}))


async def _everything_stored(bureau: Bureau, home: Path) -> str:
    """Return the database and the files as text, cells as hex digits."""
    async with bureau.house.database.connection() as connection:
        tables = await connection.fetch("select tablename from pg_tables where schemaname='public'")
        texts = [
            await connection.fetchval(f"select string_agg(t::text, ' ') from {table[0]} t") or ""
            for table in tables
        ]
    return "".join(texts) + _files(home)


def _files(home: Path) -> str:
    found = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    return "".join(f"{one.hex()} {one!r}" for one in found)


def _found(text: str, heard: Heard) -> list[str]:
    values = [*PLANTED.values(), *TYPED, PASSWORD, *heard.tokens]
    forms = [(one, (one, one.encode().hex(), ascii(one)[1:-1])) for one in values]
    return [one for one, spelt in forms if any(form in text for form in spelt)]


async def test_a_planted_value_turns_up_in_no_log_entry_error_table_or_file(heard: Heard) -> None:
    said = {
        "logs": heard.logs,
        "trail": heard.trail,
        "errors": "".join(heard.errors),
        "stored": heard.stored,
    }

    assert {place: found for place in said if (found := _found(said[place], heard))} == {}
    # Had nothing been said, nothing would have been found.
    assert (len(heard.tokens), len(heard.errors) > 30) == (5, True)
    assert heard.trail.count("customer_field:reveal") > 20
    assert "No birthday is planned" in heard.logs
    assert set(PLANTED) == {one.name for one in FIELDS} - {"amounts", "totp_secret"}
