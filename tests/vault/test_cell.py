"""A cell opens at its place, under its key, as it was sealed; and in no other way."""

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vault.vaults import (
    KEYS,
    OTHER_CUSTOMER,
    ROW,
    SEALED_FIELDS,
    VAULTS,
    cells,
    fields,
    key_ids,
    key_of,
    row_ids,
    suites,
    texts,
    with_bit_flipped,
)
from vault.envelope import HEADER, MAGIC, key_id_of
from vault.errors import SealBroken
from vault.field import Field
from vault.registry import NAME
from vault.suite import NONCE_BYTES, Suite

Cell = tuple[Suite, Field, UUID, str, bytes]


def ensure_broken(suite: Suite, field: Field, row_id: UUID, envelope: bytes) -> None:
    """Demand `SealBroken`, and nothing else, from whatever is not the cell itself."""
    with pytest.raises(SealBroken):
        VAULTS[suite].unseal(field, row_id, KEYS[suite], envelope)


@given(cells())
def test_what_was_sealed_comes_out_as_it_went_in(cell: Cell) -> None:
    suite, field, row_id, text, envelope = cell

    assert VAULTS[suite].unseal(field, row_id, KEYS[suite], envelope) == text


@given(cells())
def test_a_row_sealed_at_once_opens_cell_by_cell(cell: Cell) -> None:
    suite, field, row_id, text, _ = cell
    vault, key = VAULTS[suite], KEYS[suite]
    given_cells = [
        (each, None if each is NAME and field is not NAME else text) for each in SEALED_FIELDS
    ]

    sealed = vault.seal_row(row_id, key, given_cells)

    opened = [
        None if envelope is None else vault.unseal(each, row_id, key, envelope)
        for each, envelope in zip(SEALED_FIELDS, sealed, strict=True)
    ]
    assert opened == [text for _, text in given_cells]


@given(cells(), st.data())
def test_a_flip_of_any_bit_is_refused(cell: Cell, data: st.DataObject) -> None:
    suite, field, row_id, _, envelope = cell
    bit = data.draw(st.integers(0, len(envelope) * 8 - 1))

    ensure_broken(suite, field, row_id, with_bit_flipped(envelope, bit))


@pytest.mark.parametrize("suite", Suite)
def test_each_single_bit_of_a_cell_counts(suite: Suite) -> None:
    envelope = VAULTS[suite].seal(NAME, ROW, KEYS[suite], "李梅丽")

    for bit in range(len(envelope) * 8):
        ensure_broken(suite, NAME, ROW, with_bit_flipped(envelope, bit))


@given(cells(), row_ids)
def test_a_cell_moved_to_another_row_is_refused(cell: Cell, other_row: UUID) -> None:
    suite, field, row_id, _, envelope = cell
    assume(other_row != row_id)

    ensure_broken(suite, field, other_row, envelope)


@given(cells(), fields)
def test_a_cell_moved_to_another_field_or_table_is_refused(cell: Cell, other: Field) -> None:
    suite, field, row_id, _, envelope = cell
    assume(other is not field)

    ensure_broken(suite, other, row_id, envelope)


@given(cells(), key_ids)
def test_a_cell_under_another_customers_key_is_refused(cell: Cell, key_id: int) -> None:
    suite, field, row_id, _, envelope = cell
    stranger = key_of(suite, key_id, OTHER_CUSTOMER)

    with pytest.raises(SealBroken):
        VAULTS[suite].unseal(field, row_id, stranger, envelope)


@given(cells(), key_ids)
def test_a_cell_that_names_another_key_is_refused_even_under_that_one(
    cell: Cell, key_id: int
) -> None:
    suite, field, row_id, _, envelope = cell
    stranger = key_of(suite, key_id, OTHER_CUSTOMER)
    forged = stranger.header + envelope[HEADER.size :]

    with pytest.raises(SealBroken):
        VAULTS[suite].unseal(field, row_id, stranger, forged)


@given(fields, row_ids, texts)
def test_two_swapped_cells_of_one_row_are_both_refused(
    field: Field, row_id: UUID, text: str
) -> None:
    vault, key = VAULTS[Suite.AES], KEYS[Suite.AES]
    others = [each for each in SEALED_FIELDS if each is not field]
    envelope = vault.seal(field, row_id, key, text)

    for other in others:
        ensure_broken(Suite.AES, other, row_id, envelope)
        ensure_broken(Suite.AES, field, row_id, vault.seal(other, row_id, key, text))


@given(cells(), st.data())
def test_a_truncated_cell_is_refused(cell: Cell, data: st.DataObject) -> None:
    suite, field, row_id, _, envelope = cell
    length = data.draw(st.integers(0, len(envelope) - 1))

    ensure_broken(suite, field, row_id, envelope[:length])
    ensure_broken(suite, field, row_id, envelope[len(envelope) - length :])


@given(cells(), st.binary(min_size=1, max_size=40))
def test_a_lengthened_cell_is_refused(cell: Cell, more: bytes) -> None:
    suite, field, row_id, _, envelope = cell

    ensure_broken(suite, field, row_id, envelope + more)


@given(suites, fields, row_ids, st.binary(max_size=200))
def test_any_other_bytes_are_refused(suite: Suite, field: Field, row_id: UUID, junk: bytes) -> None:
    ensure_broken(suite, field, row_id, junk)
    ensure_broken(suite, field, row_id, KEYS[suite].header + junk)


@pytest.mark.parametrize(
    "nothing", [b"", None, "李梅丽", 7, bytearray(100), memoryview(bytes(100))]
)
@pytest.mark.parametrize("suite", Suite)
def test_what_is_no_sealed_cell_is_refused_and_not_passed_through(
    suite: Suite, nothing: object
) -> None:
    unseal: Callable[..., str] = VAULTS[suite].unseal

    with pytest.raises(SealBroken):
        unseal(NAME, ROW, KEYS[suite], nothing)


@given(cells())
def test_a_cell_is_not_taken_down_to_another_suite(cell: Cell) -> None:
    suite, field, row_id, _, envelope = cell
    other = Suite.SM4 if suite is Suite.AES else Suite.AES
    renamed = HEADER.pack(MAGIC, other, key_id_of(envelope)) + envelope[HEADER.size :]

    ensure_broken(suite, field, row_id, renamed)
    ensure_broken(other, field, row_id, renamed)
    ensure_broken(other, field, row_id, envelope)


@given(fields, row_ids, texts)
def test_both_suites_are_opened_side_by_side(field: Field, row_id: UUID, text: str) -> None:
    """A vault that seals by one suite opens what the other sealed: a migration takes weeks."""
    sealed = {suite: VAULTS[suite].seal(field, row_id, KEYS[suite], text) for suite in Suite}

    for vault in VAULTS.values():
        for suite in Suite:
            row = KEYS[suite].row
            key = vault.open_customer_key(
                row.id, row.ring_key_id, row.suite, row.wrapped, row.customer_id
            )
            assert vault.unseal(field, row_id, key, sealed[suite]) == text


@given(cells(), suites, key_ids)
def test_resealing_moves_a_cell_to_another_key_at_the_same_place(
    cell: Cell, other: Suite, key_id: int
) -> None:
    suite, field, row_id, text, envelope = cell
    vault, new_key = VAULTS[other], key_of(other, key_id)

    resealed = vault.reseal(field, row_id, KEYS[suite], envelope, new_key)

    assert vault.unseal(field, row_id, new_key, resealed) == text
    assert key_id_of(resealed) == key_id


@given(cells(), st.data())
def test_a_broken_seal_tells_the_place_and_nothing_of_the_value(
    cell: Cell, data: st.DataObject
) -> None:
    suite, field, row_id, _, envelope = cell
    altered = with_bit_flipped(envelope, data.draw(st.integers(0, len(envelope) * 8 - 1)))

    with pytest.raises(SealBroken) as refused:
        VAULTS[suite].unseal(field, row_id, KEYS[suite], altered)

    assert refused.value.args == (
        f"The {field.name} of row {row_id} does not open: its seal is broken.",
    )
    assert refused.value.__context__ is None


def test_every_cause_gives_the_same_answer() -> None:
    """Whoever alters cells learns nothing from the refusal: neither what was wrong nor how far."""
    vault, key = VAULTS[Suite.AES], KEYS[Suite.AES]
    envelope = vault.seal(NAME, ROW, key, "李梅丽")
    altered = [b"", envelope[:-1], with_bit_flipped(envelope, 9), with_bit_flipped(envelope, 300)]

    answers = set()
    for each in altered:
        with pytest.raises(SealBroken) as refused:
            vault.unseal(NAME, ROW, key, each)
        answers.add((type(refused.value), str(refused.value)))

    assert len(answers) == 1


def test_bytes_that_are_sealed_but_no_text_are_refused() -> None:
    key = KEYS[Suite.AES]
    nonce = bytes(NONCE_BYTES)
    place = key.header + NAME.place + ROW.bytes
    for plain in (b"\xff\xff\x80", b"no end mark", b"\0" * 32):
        envelope = key.header + nonce + key.aead.encrypt(nonce, plain, place)

        ensure_broken(Suite.AES, NAME, ROW, envelope)
