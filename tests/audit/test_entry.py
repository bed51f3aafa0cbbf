"""An entry has one form in bytes, and no place for a value, a variable or a token."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.entry import (
    ENTRY_BYTES_MAX,
    FIELDS_MAX,
    NO_ENTRY,
    Entry,
    EntryRefused,
    Link,
    Shown,
    canonical,
    operation_code,
    session_code,
)

MakeEntry = Callable[..., Entry]
FIRST = Link(UUID(int=3), 0, 1, NO_ENTRY)


def test_an_entry_has_exactly_these_bytes(an_entry: MakeEntry) -> None:
    entry = an_entry(details={"period": "2025-Q4", "rows": 3}, grant=UUID(int=9))

    assert canonical(entry, FIRST).decode() == (
        '{"action":"customer:read","at":"2026-01-05T08:30:00.000000Z","customers":[],'
        '"details":{"period":"2025-Q4","rows":3},"fields":{"customer.name":{"masked":2}},'
        '"format":1,"grant":"00000000-0000-0000-0000-000000000009","lane":0,'
        '"line":"customer_manager customer:read own","number":1,"operation":"CustomerList",'
        '"policy":"2026-01-01.1",'
        '"previous":"0000000000000000000000000000000000000000000000000000000000000000",'
        '"process":"00000000-0000-0000-0000-000000000003","purpose":"",'
        '"request":"0192f0c1-0000-7000-8000-000000000001","result":"done",'
        '"roles":["customer_manager"],"rows":["00000000-0000-0000-0000-000000000001",'
        '"00000000-0000-0000-0000-000000000002"],"session":"0123456789abcdef",'
        '"staff_id":"00000000-0000-0000-0000-000000000007","staff_no":"S00007",'
        '"type":"Customer","unit":"/3207/320701/"}'
    )


def test_the_instant_is_utc_whatever_the_clock_says(an_entry: MakeEntry) -> None:
    shanghai = timezone(timedelta(hours=8))

    text = canonical(an_entry(at=datetime(2026, 1, 5, 16, 30, tzinfo=shanghai)), FIRST)

    assert orjson.loads(text)["at"] == "2026-01-05T08:30:00.000000Z"


@pytest.mark.parametrize(
    "about",
    [
        {"details": {"phone": "13812345678"}},
        {"details": {"phone": 13_812_345_678}},
        {"details": {"phone": "138-1234-5678"}},
        {"details": {"phone": "tel:138.1234.5678"}},
        {"details": {"identity": "11010519491231002X"}},
        {"details": {"name": "张三"}},
        {"details": {"note": "called, no answer"}},
        {"details": {"note": ("ok", "He said no")}},
        {"details": {"share": 0.5}},
        {"details": {"nothing": None}},
        {"details": {"nested": {"a": 1}}},
        {"details": {"Key with words": 1}},
        {"details": {f"key_{n}": "long" * 10 for n in range(90)}},
        {"fields": {"customer.name": Shown(clear=-1)}},
        {"fields": {"张三": Shown(clear=1)}},
        {"fields": {f"customer.{'abcdefgh'[n % 8]}{n}": Shown(1) for n in range(FIELDS_MAX + 1)}},
        {"rows": ("13812345678",)},
        {"customers": ("Zhang San",)},
        {"roles": ("customer manager",)},
        {"staff_no": "Zhang San"},
        {"staff_no": "correct-horse-battery-staple"},
        {"unit": "320701"},
        {"session": "0123456789abcdef0"},
        {"type": "Customer 1"},
        {"action": "read"},
        {"line": "name = '张三'"},
        {"purpose": "to call her back"},
        {"policy": "v 1"},
        {"request": "a b"},
        {"operation": "{ customer { phone } }"},
        {"at": datetime(2026, 1, 5, 8, 30)},
    ],
    ids=str,
)
def test_what_could_be_a_value_is_refused(about: dict[str, object], an_entry: MakeEntry) -> None:
    with pytest.raises(EntryRefused):
        an_entry(**about)


def test_a_refusal_does_not_repeat_what_it_refuses(an_entry: MakeEntry) -> None:
    with pytest.raises(EntryRefused) as refused:
        an_entry(details={"phone": "13812345678"})

    assert "138" not in str(refused.value)


@pytest.mark.parametrize(
    "detail",
    [
        "SEAL_BROKEN",
        "2025-Q4",
        "2026-01-05",
        "2026-01-05T16:30:00Z",
        "postal-high-end/2021.1",
        "sha256:" + "0123456789abcdef" * 4,
        UUID(int=5),
        10**10 - 1,
        True,
        ("gold", "vip", 3, UUID(int=5)),
    ],
    ids=str,
)
def test_codes_counts_and_pseudonyms_are_taken(detail: object, an_entry: MakeEntry) -> None:
    canonical(an_entry(details={"it": detail}), FIRST)


def test_the_largest_part_fits_into_a_bundle(an_entry: MakeEntry) -> None:
    name = "a" * 41
    entry = an_entry(
        rows=tuple(UUID(int=n) for n in range(1_200)),
        customers=tuple(UUID(int=n) for n in range(1_200)),
        fields={
            f"{name}.{name}.{name}.a{n:040d}": Shown(10**10 - 1, 10**10 - 1)
            for n in range(FIELDS_MAX)
        },
        details={f"key_{n}": "long" * 8 for n in range(75)},
        line="l" * 200,
    )

    assert [len(part.rows) for part in entry.parts()] == [500, 500, 200]
    assert all(len(canonical(part, FIRST)) < ENTRY_BYTES_MAX for part in entry.parts())


@given(st.text())
def test_whatever_a_sender_calls_an_operation_the_entry_can_hold_it(name: str) -> None:
    code = operation_code(name)

    assert code == "unnamed" or (code == name and code.isascii())


def test_an_operation_named_after_a_phone_number_is_unnamed() -> None:
    assert operation_code("Call13812345678") == "unnamed"
    assert operation_code("Call 138 1234 5678") == "unnamed"


def test_a_session_is_named_by_the_beginning_of_its_tokens_hash() -> None:
    assert session_code(bytes(range(32))) == "0001020304050607"
