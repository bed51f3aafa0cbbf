"""A customer's key belongs to one customer, opens from its own row only, and can be shredded."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vault.vaults import (
    CUSTOMER,
    KEYS,
    RING,
    ROW,
    VAULTS,
    key_ids,
    key_of,
    ring_rows,
    suites,
    vault_on,
    with_bit_flipped,
)
from vault.envelope import key_id_of
from vault.errors import KeyShredded, RingKeyUnknown, SealBroken
from vault.key import CellKey, CustomerKeyRow
from vault.registry import NAME
from vault.suite import Suite
from vault.vault import Vault


def opened(vault: Vault, row: CustomerKeyRow) -> CellKey:
    return vault.open_customer_key(row.id, row.ring_key_id, row.suite, row.wrapped, row.customer_id)


@given(suites, key_ids, st.uuids())
def test_a_key_opens_from_its_row(suite: Suite, key_id: int, customer_id: UUID) -> None:
    key = key_of(suite, key_id, customer_id)
    sealed = VAULTS[suite].seal(NAME, ROW, key, "李梅丽")

    again = opened(vault_on(RING, suite), key.row)

    assert VAULTS[suite].unseal(NAME, ROW, again, sealed) == "李梅丽"


@given(suites, st.uuids())
def test_a_key_row_given_to_another_customer_does_not_open(suite: Suite, thief: UUID) -> None:
    assume(thief != CUSTOMER)

    with pytest.raises(SealBroken):
        opened(VAULTS[suite], replace(KEYS[suite].row, customer_id=thief))


@given(suites, key_ids)
def test_a_key_row_under_another_id_does_not_open(suite: Suite, key_id: int) -> None:
    row = KEYS[suite].row
    assume(key_id != row.id)

    with pytest.raises(SealBroken):
        opened(VAULTS[suite], replace(row, id=key_id))


@given(suites, st.integers(-(2**31), 2**31 - 1))
def test_a_key_row_under_another_ring_key_does_not_open(suite: Suite, ring_key_id: int) -> None:
    row = KEYS[suite].row
    assume(ring_key_id != row.ring_key_id)

    with pytest.raises(SealBroken):
        opened(VAULTS[suite], replace(row, ring_key_id=ring_key_id))


@given(suites, st.integers(-(2**15), 2**15 - 1))
def test_a_key_row_of_another_suite_does_not_open(suite: Suite, number: int) -> None:
    row = KEYS[suite].row
    assume(number != suite)

    with pytest.raises(SealBroken):
        VAULTS[suite].open_customer_key(
            row.id, row.ring_key_id, number, row.wrapped, row.customer_id
        )


@given(suites, st.data())
def test_a_wrapped_key_altered_in_any_bit_or_cut_does_not_open(
    suite: Suite, data: st.DataObject
) -> None:
    row = KEYS[suite].row
    bit = data.draw(st.integers(0, len(row.wrapped) * 8 - 1))
    length = data.draw(st.integers(0, len(row.wrapped) - 1))

    for wrapped in (with_bit_flipped(row.wrapped, bit), row.wrapped[:length], row.wrapped + b"x"):
        with pytest.raises(SealBroken):
            opened(VAULTS[suite], replace(row, wrapped=wrapped))


@given(suites, st.binary(max_size=100), st.integers(-5, 5))
def test_junk_in_a_key_row_does_not_open(suite: Suite, junk: bytes, number: int) -> None:
    with pytest.raises(SealBroken):
        VAULTS[suite].open_customer_key(number, number, suite, junk, CUSTOMER)


def test_a_key_of_another_ring_does_not_open() -> None:
    foreign = vault_on(ring_rows(Suite.AES), Suite.AES)

    with pytest.raises(SealBroken):
        opened(foreign, KEYS[Suite.AES].row)


def test_a_key_under_a_ring_key_not_loaded_says_so() -> None:
    newer = vault_on([*RING, *ring_rows(Suite.AES, first=9)], Suite.AES)
    row = newer.new_customer_key(12, CUSTOMER).row

    with pytest.raises(RingKeyUnknown):
        opened(VAULTS[Suite.AES], row)


def test_a_customer_without_a_key_row_is_shredded() -> None:
    with pytest.raises(KeyShredded):
        VAULTS[Suite.AES].open_customer_key(None, None, None, None, CUSTOMER)


def test_shredding_is_a_broken_seal_to_whoever_asks_no_further() -> None:
    assert issubclass(KeyShredded, SealBroken)


def test_a_new_key_does_not_bring_back_what_was_shredded() -> None:
    vault = VAULTS[Suite.AES]
    old, new = key_of(Suite.AES, 20), key_of(Suite.AES, 20)
    sealed = vault.seal(NAME, ROW, old, "李梅丽")

    with pytest.raises(SealBroken):
        vault.unseal(NAME, ROW, new, sealed)


def test_customers_never_share_a_key() -> None:
    vault = VAULTS[Suite.AES]
    keys = [vault.new_customer_key(number, CUSTOMER) for number in range(1, 300)]

    assert len({key.row.wrapped[-48:] for key in keys}) == len(keys)


def test_a_key_names_itself_in_what_it_seals() -> None:
    vault = VAULTS[Suite.AES]
    key = key_of(Suite.AES, 123456789)

    assert key_id_of(vault.seal(NAME, ROW, key, "李")) == 123456789
