"""Global ids: one for each object, and nothing else is taken for one."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from reading.global_id import global_id, maker, taken_apart, uuid_in

names = st.sampled_from(["Customer", "Unit", "Obligation"])


@given(names, st.uuids())
def test_an_id_is_taken_apart_into_what_it_was_made_of(noun: str, key: UUID) -> None:
    assert taken_apart(global_id(noun, key)) == (noun, str(key))
    assert uuid_in(noun, global_id(noun, key)) == key


@given(names, st.uuids() | st.text())
def test_making_many_makes_the_same_ids(noun: str, key: object) -> None:
    assert maker(noun)(key) == global_id(noun, key)


@given(names, st.uuids(), names)
def test_an_id_of_one_type_is_none_of_another(noun: str, key: UUID, other: str) -> None:
    assert (uuid_in(other, global_id(noun, key)) is None) == (noun != other)


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_an_id_in_one_spelling_or_none(text: str) -> None:
    noun, key = taken_apart(text)

    assert (noun, key) == ("", "") or global_id(noun, key) == text


@given(names, st.uuids(), st.sampled_from(["=", "\n", " ", "AA", "-"]))
def test_an_id_with_something_added_is_none(noun: str, key: UUID, more: str) -> None:
    assert uuid_in(noun, global_id(noun, key) + more) is None
