"""A cell opens at its place, under its key, as it was sealed; and in no other way."""

import traceback
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.errors import RuleBroken
from tests.vault.vaults import (
    CUSTOMER,
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
from vault.envelope import ENVELOPE_BYTES, HEADER, MAGIC, key_id_of
from vault.errors import NotSealable, SealBroken
from vault.field import Field
from vault.key import CellKey
from vault.registry import ACTIVITY_NOTE, ADDRESS, AMOUNTS, NAME, PHONE
from vault.suite import NONCE_BYTES, Suite

Cell = tuple[Suite, Field, UUID, str, bytes]

LENGTH_TELLS = (NAME, ADDRESS)
OVERHEAD_MAX = 64


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


@given(cells())
def test_the_same_text_never_looks_the_same_twice(cell: Cell) -> None:
    suite, field, row_id, text, envelope = cell
    again = VAULTS[suite].seal(field, row_id, KEYS[suite], text)
    nonce = slice(HEADER.size, HEADER.size + NONCE_BYTES)

    assert again != envelope
    assert again[nonce] != envelope[nonce]


def test_no_two_cells_of_many_share_a_nonce() -> None:
    vault, key = VAULTS[Suite.AES], KEYS[Suite.AES]
    rows = [vault.seal_row(ROW, key, [(each, "x") for each in SEALED_FIELDS]) for _ in range(500)]
    sealed = [cell for row in rows for cell in row if cell is not None]

    nonces = {cell[HEADER.size : HEADER.size + NONCE_BYTES] for cell in sealed}

    assert len(nonces) == len(sealed) == 500 * len(SEALED_FIELDS)


@given(cells())
def test_an_envelope_takes_at_most_64_bytes_but_for_names_and_addresses(cell: Cell) -> None:
    _, field, _, text, envelope = cell
    size = len(text.encode())

    if field in LENGTH_TELLS:
        assert (len(envelope) - ENVELOPE_BYTES) % field.padding == 0
        assert len(envelope) - size <= ENVELOPE_BYTES + field.padding
    else:
        assert len(envelope) - size <= OVERHEAD_MAX


@given(
    st.text("李梅丽王伟", min_size=1, max_size=10), st.text("李梅丽王伟", min_size=1, max_size=10)
)
def test_the_length_of_a_name_does_not_tell(one: str, other: str) -> None:
    vault, key = VAULTS[Suite.AES], KEYS[Suite.AES]

    assert len(vault.seal(NAME, ROW, key, one)) == len(vault.seal(NAME, ROW, key, other))


@given(st.integers(0, 21), st.integers(0, 21))
def test_the_length_of_an_address_does_not_tell(one: int, other: int) -> None:
    vault, key = VAULTS[Suite.AES], KEYS[Suite.AES]
    sealed = [vault.seal(ADDRESS, ROW, key, "海" * length) for length in (one, other)]

    assert len(sealed[0]) == len(sealed[1])


@pytest.mark.parametrize("text", ["", "\0", "a\0\0", "\x80", "a\x80\0", "\u0080"])
def test_text_that_ends_like_its_filling_keeps_its_end(text: str) -> None:
    vault, key = VAULTS[Suite.SM4], KEYS[Suite.SM4]

    assert vault.unseal(NAME, ROW, key, vault.seal(NAME, ROW, key, text)) == text


def test_text_that_is_not_unicode_is_refused_and_not_repeated() -> None:
    canary = "".join(("金", "丝", "雀"))
    with pytest.raises(NotSealable) as refused:
        VAULTS[Suite.AES].seal(NAME, ROW, KEYS[Suite.AES], canary + "\ud800")

    assert canary not in "".join(traceback.format_exception(refused.value, chain=True))
    assert refused.value.__context__ is None


def test_a_field_that_is_not_sealed_is_not_sealed() -> None:
    with pytest.raises(NotSealable):
        VAULTS[Suite.AES].seal(AMOUNTS, ROW, KEYS[Suite.AES], "100")


def test_a_masked_value_that_is_saved_back_is_refused() -> None:
    vault, key = VAULTS[Suite.AES], KEYS[Suite.AES]

    for field, masked in ((NAME, "李**"), (PHONE, "138****5678"), (ACTIVITY_NOTE, "****")):
        with pytest.raises(RuleBroken) as refused:
            vault.seal(field, ROW, key, masked)
        assert refused.value.code == "MASKED_VALUE"


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


def test_the_key_id_is_read_without_the_key() -> None:
    key = key_of(Suite.SM4, 2**63 - 1, CUSTOMER)

    assert key_id_of(VAULTS[Suite.SM4].seal(NAME, ROW, key, "李")) == 2**63 - 1


@given(st.binary(max_size=60))
def test_bytes_that_are_no_cell_name_no_key(junk: bytes) -> None:
    assume(junk[:1] != bytes((MAGIC,)))

    with pytest.raises(SealBroken):
        key_id_of(junk)


def test_a_field_whose_padding_has_changed_still_opens_its_older_cells() -> None:
    vault, key = VAULTS[Suite.AES], KEYS[Suite.AES]
    sealed = vault.seal(replace(NAME, padding=48), ROW, key, "李梅丽")

    assert vault.unseal(NAME, ROW, key, sealed) == "李梅丽"


def test_a_cell_is_laid_out_as_the_envelope_says() -> None:
    """Whoever has the key opens a cell with nothing of ours: no bank is locked in."""
    vault, secret = VAULTS[Suite.AES], bytes(range(32))
    key = CellKey(KEYS[Suite.AES].row, AESGCM(secret))
    sealed = vault.seal(PHONE, ROW, key, "13812345678")

    header, nonce, closed = sealed[:10], sealed[10:22], sealed[22:]
    place = header + bytes((0, 1, 0, 2)) + ROW.bytes

    assert header == bytes((0xA7, 1)) + (7).to_bytes(8, "big")
    assert AESGCM(secret).decrypt(nonce, closed, place) == b"13812345678\x80\0\0\0\0"
