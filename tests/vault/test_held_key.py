"""A key that is held serves only while its row is there unchanged, and shows itself to nobody."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.vault.test_key import opened
from tests.vault.vaults import (
    CUSTOMER,
    KEYS,
    OTHER_CUSTOMER,
    RING,
    ROW,
    ring_rows,
    vault_on,
    with_bit_flipped,
)
from vault.errors import KeyShredded, RingKeyUnknown, SealBroken, VaultClosed
from vault.registry import NAME, PHONE
from vault.suite import Suite


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
        lambda: vault.secret_for("cursors"),
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
