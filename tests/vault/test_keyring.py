"""The key ring opens only as it was written, under the KEK that belongs to it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.vaults import (
    CUSTOMER,
    KEK,
    RING,
    ROW,
    VAULTS,
    ring_rows,
    suites,
    vault_on,
    with_bit_flipped,
)
from vault.errors import KekUnusable, SealBroken
from vault.kek import LocalKek, local_kek_id
from vault.key import CustomerKeyRow, RingKeyRow, RingPurpose, customer_key_context
from vault.keyring import Keyring, RingKey, new_ring_key, rewrapped
from vault.registry import NAME, PHONE
from vault.suite import PRIMITIVES, Suite
from vault.wrap import wrapped_key

OLD, NEW = bytes(32), bytes([1]) * 32


def ensure_refused(altered: RingKeyRow) -> None:
    rows = [altered if each.id == altered.id else each for each in RING]
    with pytest.raises(SealBroken):
        Keyring([*rows, *ring_rows(Suite.AES, first=20)], KEK, Suite.AES)


@pytest.mark.parametrize("row", RING)
def test_a_ring_row_moved_renamed_or_downgraded_is_refused(row: RingKeyRow) -> None:
    other_suite = Suite.SM4 if row.suite is Suite.AES else Suite.AES
    other_purpose = next(each for each in RingPurpose if each is not row.purpose)

    ensure_refused(replace(row, suite=other_suite))
    ensure_refused(replace(row, purpose=other_purpose))
    ensure_refused(replace(row, wrapped=RING[row.id % len(RING)].wrapped))


@given(st.sampled_from(RING), st.data())
def test_a_ring_row_altered_in_any_bit_or_cut_is_refused(
    row: RingKeyRow, data: st.DataObject
) -> None:
    bit = data.draw(st.integers(0, len(row.wrapped) * 8 - 1))
    length = data.draw(st.integers(0, len(row.wrapped) - 1))

    ensure_refused(replace(row, wrapped=with_bit_flipped(row.wrapped, bit)))
    ensure_refused(replace(row, wrapped=row.wrapped[:length]))


def test_a_ring_row_under_another_id_is_refused() -> None:
    with pytest.raises(SealBroken):
        Keyring([replace(each, id=each.id + 1) for each in RING], KEK, Suite.AES)


def test_a_ring_of_another_kek_says_which_one_is_missing() -> None:
    stranger = LocalKek([NEW], Suite.AES, "the tests")

    with pytest.raises(KekUnusable, match=KEK.kek_id):
        Keyring(RING, stranger, Suite.AES)


def test_a_ring_row_that_names_another_kek_is_refused() -> None:
    both = LocalKek([OLD, NEW], Suite.AES, "the tests")
    row = new_ring_key(1, RingPurpose.CUSTOMER, Suite.AES, both)

    with pytest.raises(SealBroken):
        both.unwrap(local_kek_id(NEW), row.wrapped, row.context)


@given(suites)
def test_the_newest_key_of_the_suite_wraps_new_customers_keys(suite: Suite) -> None:
    newer = ring_rows(Suite.AES, Suite.SM4, first=30)

    vault = vault_on([*newer, *RING], suite)

    in_use = max(
        (each for each in newer if each.suite is suite and each.purpose is RingPurpose.CUSTOMER),
        key=lambda each: each.id,
    )
    assert vault.new_customer_key(1, CUSTOMER).row.ring_key_id == in_use.id


@pytest.mark.parametrize(("of_key", "length"), [(Suite.SM4, 16), (Suite.AES, 16)])
def test_a_key_of_another_suite_or_length_is_refused_even_if_well_wrapped(
    of_key: Suite, length: int
) -> None:
    """Not even a bug of our own makes a weaker key pass for a strong one."""
    aead = PRIMITIVES[Suite.AES].aead(bytes(32))
    context = customer_key_context(of_key, 1, 7, CUSTOMER)
    wrapped = wrapped_key(aead, Suite.AES, bytes(length), context)

    with pytest.raises(SealBroken, match=r"its own suite|length"):
        RingKey(1, Suite.AES, aead).opened(CustomerKeyRow(7, CUSTOMER, 1, of_key, wrapped))


def test_what_older_ring_keys_wrapped_still_opens() -> None:
    old = VAULTS[Suite.AES]
    key = old.new_customer_key(1, CUSTOMER)
    sealed = old.seal(NAME, ROW, key, "李梅丽")
    vault = vault_on([*RING, *ring_rows(Suite.AES, first=30)], Suite.AES)
    row = key.row

    again = vault.open_customer_key(
        row.id, row.ring_key_id, row.suite, row.wrapped, row.customer_id
    )

    assert vault.unseal(NAME, ROW, again, sealed) == "李梅丽"


@given(suites, suites)
def test_rotating_the_kek_touches_no_key_and_no_cell(suite: Suite, kek_suite: Suite) -> None:
    old = LocalKek([OLD], suite, "the tests")
    rows = [new_ring_key(number, each, suite, old) for number, each in enumerate(RingPurpose, 1)]
    before = Keyring(rows, old, suite)
    key = before.current.new_customer_key(1, CUSTOMER)
    fingerprint = before.index_keys[0].fingerprint(PHONE, "13812345678")
    both, new = (LocalKek(each, kek_suite, "the tests") for each in ([NEW, OLD], [NEW]))

    after = Keyring([rewrapped(each, both) for each in rows], new, suite)

    assert after.ring_key(1).opened(key.row).header == key.header
    assert after.index_keys[0].fingerprint(PHONE, "13812345678") == fingerprint


def test_an_index_keys_id_is_its_version_byte() -> None:
    for number in (0, 256):
        with pytest.raises(ValueError, match="1 to 255"):
            new_ring_key(number, RingPurpose.BLIND_INDEX, Suite.AES, KEK)
