"""Equal values, however written, have one index; nothing else tells by it."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.identity import normalise_id_number, normalise_phone
from tests.vault.vaults import RING, VAULTS, ring_rows, suites, vault_on
from vault.blind_index import FINGERPRINT_BYTES, is_same_value, one_form
from vault.field import Field
from vault.registry import FIELDS, ID_NUMBER, NAME, PHONE
from vault.suite import Suite

INDEXED = (PHONE, ID_NUMBER)
PLAIN = tuple(each for each in FIELDS if each.index is None)

phones = st.from_regex(r"(\+86|0086)?[ -]?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}", fullmatch=True)
numbers = st.one_of(
    phones, st.text(max_size=20), st.from_regex(r"[0-9]{17}[0-9Xx]", fullmatch=True)
)


@given(st.sampled_from(INDEXED), numbers, numbers)
def test_indexes_are_equal_if_and_only_if_the_values_are_one(
    field: Field, one: str, other: str
) -> None:
    normalise = {PHONE.name: normalise_phone, ID_NUMBER.name: normalise_id_number}[field.name]
    vault = VAULTS[Suite.AES]

    are_equal = vault.blind_index(field, one) == vault.blind_index(field, other)

    assert are_equal == (normalise(one) == normalise(other)) == is_same_value(field, one, other)


@given(suites, phones)
def test_every_way_of_writing_a_number_finds_it(suite: Suite, phone: str) -> None:
    digits = "".join(each for each in phone if each.isdigit())[-11:]
    vault = VAULTS[suite]

    assert vault.blind_index(PHONE, phone) == vault.blind_index(PHONE, digits)


def test_an_id_of_15_digits_is_found_by_its_18_and_x_by_X() -> None:  # noqa: N802  the letter
    vault = VAULTS[Suite.SM4]
    indexes = {
        vault.blind_index(ID_NUMBER, written)
        for written in ("99070319470814198X", "99070319470814198x", "990703470814198")
    }

    assert len(indexes) == 1


@given(suites, st.sampled_from(INDEXED), numbers)
def test_an_index_is_a_version_byte_and_128_bits(suite: Suite, field: Field, text: str) -> None:
    index = VAULTS[suite].blind_index(field, text)

    assert len(index) == 1 + FINGERPRINT_BYTES == 17
    assert VAULTS[suite].is_index_current(index)


@given(numbers)
def test_equal_values_in_different_fields_do_not_look_equal(text: str) -> None:
    assume(one_form(PHONE, text) == one_form(ID_NUMBER, text))
    vault = VAULTS[Suite.AES]

    assert vault.blind_index(PHONE, text)[1:] != vault.blind_index(ID_NUMBER, text)[1:]


@given(suites, numbers)
def test_without_the_key_an_index_is_not_made_again(suite: Suite, text: str) -> None:
    """A thief who tries all numbers needs the index key: another one gives other indexes."""
    other = vault_on(ring_rows(Suite.AES, Suite.SM4), suite)

    assert VAULTS[suite].blind_index(PHONE, text) != other.blind_index(PHONE, text)


def test_a_change_of_suite_alone_changes_no_index() -> None:
    """All indexes are by the newest index key, whatever suite seals new cells."""
    indexes = {vault.blind_index(PHONE, "13812345678") for vault in VAULTS.values()}

    assert len(indexes) == 1


def test_while_keys_rotate_a_value_is_searched_by_both() -> None:
    old = vault_on(ring_rows(Suite.AES), Suite.AES)
    stored = VAULTS[Suite.AES].blind_index(PHONE, "13812345678")
    rotating = vault_on([*RING, *ring_rows(Suite.SM4, first=40)], Suite.AES)

    by = rotating.blind_indexes(PHONE, "+86 138 1234 5678")

    assert by[0] == rotating.blind_index(PHONE, "13812345678") != stored
    assert stored in by
    assert not rotating.is_index_current(stored)
    assert old.blind_index(PHONE, "13812345678") not in by


@given(suites, st.text(st.characters(exclude_categories=["Cs"])), st.text("abc"))
def test_a_secret_for_another_use_has_nothing_in_common_with_an_index(
    suite: Suite, one: str, other: str
) -> None:
    vault = VAULTS[suite]
    secret = vault.secret_for(one)

    assert len(secret) == 32
    assert (secret == vault.secret_for(other)) == (one == other)
    for field in INDEXED:
        assert vault.blind_index(field, one)[1:] != secret[:FINGERPRINT_BYTES]


@pytest.mark.parametrize("field", PLAIN, ids=lambda field: field.name)
def test_a_field_that_takes_few_values_has_no_index(field: Field) -> None:
    for ask in (VAULTS[Suite.AES].blind_index, VAULTS[Suite.AES].blind_indexes):
        with pytest.raises(ValueError, match="no blind index"):
            ask(field, "李")
    with pytest.raises(ValueError, match="no blind index"):
        is_same_value(field, "李", "李")


def test_a_field_made_up_on_the_spot_has_no_index_either() -> None:
    made_up = replace(NAME, number=99, index=PHONE.index)

    with pytest.raises(KeyError):
        VAULTS[Suite.AES].blind_index(made_up, "13812345678")
