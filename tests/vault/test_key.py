"""A customer's key belongs to one customer, opens from its own row only, and can be shredded."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vault.vaults import (
    CUSTOMER,
    KEYS,
    OTHER_CUSTOMER,
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
from vault.errors import KeyShredded, RingKeyUnknown, SealBroken, VaultClosed
from vault.key import CellKey, CustomerKeyRow
from vault.registry import NAME, PHONE
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


# -- keys that are held ------------------------------------------------------------------------


def test_a_held_key_is_not_opened_twice() -> None:
    vault = vault_on(RING, Suite.AES)
    row = vault.new_customer_key(1, CUSTOMER).row

    assert opened(vault, row) is opened(vault, row)


def test_a_held_key_does_not_outlive_a_change_of_its_row() -> None:
    vault = vault_on(RING, Suite.AES)
    row = vault.new_customer_key(1, CUSTOMER).row
    opened(vault, row)

    for altered in (
        replace(row, customer_id=OTHER_CUSTOMER),
        replace(row, wrapped=with_bit_flipped(row.wrapped, 99)),
        replace(row, ring_key_id=3),
        replace(row, suite=Suite.SM4),
    ):
        with pytest.raises(SealBroken):
            opened(vault, altered)
    with pytest.raises(KeyShredded):
        vault.open_customer_key(None, None, None, None, CUSTOMER)


def test_the_key_unused_for_longest_is_dropped_first() -> None:
    vault = vault_on(RING, Suite.AES, keys_held=2)
    rows = [vault.new_customer_key(number, CUSTOMER).row for number in (1, 2, 3)]
    first, second = opened(vault, rows[0]), opened(vault, rows[1])
    opened(vault, rows[0])

    opened(vault, rows[2])

    assert opened(vault, rows[0]) is first
    assert opened(vault, rows[1]) is not second


def test_a_key_pushed_out_still_serves_whoever_has_it() -> None:
    vault = vault_on(RING, Suite.SM4, keys_held=1)
    rows = [vault.new_customer_key(number, CUSTOMER).row for number in (1, 2)]
    key = opened(vault, rows[0])
    opened(vault, rows[1])

    assert vault.unseal(NAME, ROW, key, vault.seal(NAME, ROW, key, "李")) == "李"


def test_many_threads_may_open_keys_at_once() -> None:
    vault = vault_on(RING, Suite.AES, keys_held=3)
    rows = [vault.new_customer_key(number, CUSTOMER).row for number in range(1, 9)]

    def open_many(seed: int) -> int:
        return sum(opened(vault, rows[(seed + turn) % 8]).row.id for turn in range(2_000))

    with ThreadPoolExecutor(4) as threads:
        sums = set(threads.map(open_many, range(4)))

    assert sums == {2_000 // 8 * sum(range(1, 9))}


@pytest.mark.parametrize("suite", Suite)
def test_forgetting_a_customer_drops_their_keys_and_no_others(suite: Suite) -> None:
    vault = vault_on(RING, suite)
    rows = [vault.new_customer_key(1, CUSTOMER).row, vault.new_customer_key(2, OTHER_CUSTOMER).row]
    gone, kept = (opened(vault, row) for row in rows)
    sealed = vault.seal(NAME, ROW, gone, "李梅丽")

    vault.forget(CUSTOMER)

    with pytest.raises(SealBroken):
        vault.unseal(NAME, ROW, gone, sealed)
    assert opened(vault, rows[1]) is kept


@pytest.mark.parametrize("suite", Suite)
def test_a_closed_vault_opens_seals_and_indexes_nothing(suite: Suite) -> None:
    vault = vault_on(RING, suite)
    made = vault.new_customer_key(1, CUSTOMER)
    held = opened(vault, made.row)
    sealed = vault.seal(NAME, ROW, held, "李梅丽")

    vault.close()
    vault.close()

    for ask in (
        lambda: vault.unseal(NAME, ROW, held, sealed),
        lambda: vault.unseal(NAME, ROW, made, sealed),
        lambda: vault.seal(NAME, ROW, held, "李"),
        lambda: vault.seal_row(ROW, held, [(NAME, "李")]),
        lambda: vault.reseal(NAME, ROW, held, sealed, held),
        lambda: opened(vault, made.row),
        lambda: vault.new_customer_key(2, CUSTOMER),
        lambda: vault.blind_index(PHONE, "13812345678"),
        lambda: vault.blind_indexes(PHONE, "13812345678"),
        lambda: held.aead.decrypt(bytes(12), sealed, b""),
    ):
        with pytest.raises(VaultClosed):
            ask()


def test_what_holds_keys_neither_shows_nor_gives_them() -> None:
    vault = vault_on(RING, Suite.SM4)
    key = vault.new_customer_key(1, CUSTOMER)
    holders = (vault, key, vault._keyring, vault._keyring.current, vault._keyring.index_keys[0])

    assert repr(key) == f"<CellKey 1 of customer {CUSTOMER}>"
    assert {repr(each) for each in holders[1:]} >= {"<Keyring>", "<RingKey>", "<IndexKey>"}
    for holder in holders:
        for give in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError):
                give(holder)


def test_a_wrapped_key_is_not_shown_either() -> None:
    assert "wrapped" not in repr(RING[0]) + repr(KEYS[Suite.AES].row)


def test_a_key_names_itself_in_what_it_seals() -> None:
    vault = VAULTS[Suite.AES]
    key = key_of(Suite.AES, 123456789)

    assert key_id_of(vault.seal(NAME, ROW, key, "李")) == 123456789


def test_the_vault_refuses_to_start_without_a_key_of_its_suite() -> None:
    with pytest.raises(RingKeyUnknown):
        vault_on(ring_rows(Suite.AES), Suite.SM4)
    with pytest.raises(RingKeyUnknown):
        vault_on([], Suite.AES)


def test_the_vault_checks_the_registry_when_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr("vault.vault.check_registry", lambda: asked.append(True))

    vault_on(RING, Suite.AES)

    assert asked == [True]
