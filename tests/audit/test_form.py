"""What the verifier takes for an entry is one: canonical JSON, to the byte."""

from collections.abc import Callable
from uuid import UUID

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.entry import Entry, Link, Result, Shown, canonical
from audit.form import EntryBroken, FormCheck

MakeEntry = Callable[..., Entry]

codes = st.from_regex(r"[A-Za-z][A-Za-z_.:-]{0,20}", fullmatch=True)
names = st.from_regex(r"[a-z][a-z_]{0,12}", fullmatch=True)
details = st.dictionaries(
    names,
    codes
    | st.integers(-(10**9), 10**9)
    | st.booleans()
    | st.uuids()
    | st.lists(codes | st.uuids(), max_size=3).map(tuple),
    max_size=4,
)
fields = st.dictionaries(
    names.map("customer.{}".format),
    st.builds(Shown, st.integers(0, 200), st.integers(0, 200)),
    max_size=4,
)
links = st.builds(
    Link, st.uuids(), st.integers(0, 9), st.integers(1, 10**12), st.binary(min_size=32, max_size=32)
)


@given(
    details,
    fields,
    links,
    st.sampled_from(Result),
    st.lists(st.uuids(), max_size=3).map(tuple),
    st.none() | st.uuids(),
    st.datetimes(timezones=st.timezones()),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_entry_is_in_form(
    make_entry: MakeEntry,
    details: dict[str, object],
    fields: dict[str, Shown],
    link: Link,
    result: Result,
    rows: tuple[UUID, ...],
    grant: UUID | None,
    at: object,
) -> None:
    entry = make_entry(details=details, fields=fields, result=result, rows=rows, grant=grant, at=at)

    outline = FormCheck().read(canonical(entry, link))

    assert (outline.process, outline.number) == (str(link.process), str(link.number))


@given(st.data())
@settings(max_examples=1_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_in_form_is_canonical_json(make_entry: MakeEntry, data: st.DataObject) -> None:
    entry = make_entry(details={"period": "2025-Q4", "rows": 3, "tiers": ("gold", "vip")})
    text = bytearray(canonical(entry, Link(UUID(int=1), 0, 1, bytes(32))))
    at = data.draw(st.integers(0, len(text) - 1))
    piece = data.draw(st.sampled_from([b"", b" ", b'"', b"0", b"a", b"{}", b",", b"\\", b"\xff"]))
    text[at : at + data.draw(st.integers(0, 3))] = piece

    try:
        FormCheck().read(bytes(text))
    except EntryBroken:
        return

    assert orjson.dumps(orjson.loads(text), option=orjson.OPT_SORT_KEYS) == text
