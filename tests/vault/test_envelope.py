"""What an envelope shows to those without the key: no length, no likeness, 64 bytes at most."""

import traceback
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
    ROW,
    SEALED_FIELDS,
    VAULTS,
    cells,
    key_of,
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
