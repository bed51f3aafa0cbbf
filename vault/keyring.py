"""The ring of keys, wrapped by the KEK: some wrap customers' keys, some key the blind indexes."""

import os
from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from vault.blind_index import VERSION_MAX, IndexKey
from vault.errors import RingKeyUnknown, SealBroken, VaultClosed
from vault.kek import KekProvider
from vault.key import (
    CellKey,
    CustomerKeyRow,
    RingKeyRow,
    RingPurpose,
    SecretHolder,
    customer_key_context,
)
from vault.suite import PRIMITIVES, Aead, Suite
from vault.wrap import unwrapped_key, wrapped_key

INDEX_MATERIAL_BYTES: Final = 32


def new_ring_key(id: int, purpose: RingPurpose, suite: Suite, kek: KekProvider) -> RingKeyRow:
    """Return a new key for the ring, to be kept under *id*.

    Raises:
        KekUnusable: The KEK does not wrap.
        ValueError: An index key's id does not fit the version byte of its indexes.
    """
    is_index = purpose is RingPurpose.BLIND_INDEX
    if is_index and not 1 <= id <= VERSION_MAX:
        raise ValueError(f"The id of an index key is 1 to {VERSION_MAX}, not {id}.")
    row = RingKeyRow(id, purpose, suite, kek.kek_id, b"")
    material = os.urandom(INDEX_MATERIAL_BYTES if is_index else PRIMITIVES[suite].key_bytes)
    return replace(row, wrapped=kek.wrap(material, row.context))


def rewrapped(row: RingKeyRow, kek: KekProvider) -> RingKeyRow:
    """Return *row* wrapped by the KEK that wraps now; customers' keys and cells stay as they are.

    Raises:
        KekUnusable: The KEK does not answer, or the one that wrapped the row is gone.
        SealBroken: The row was altered.
    """
    wrapped = kek.rewrap(row.kek_id, row.wrapped, row.context)
    return replace(row, kek_id=kek.kek_id, wrapped=wrapped)


class RingKey(SecretHolder):
    """A ring key for customers' keys, opened: wraps and unwraps them."""

    __slots__ = ("_aead", "id", "suite")

    def __init__(self, id: int, suite: Suite, aead: Aead) -> None:
        self.id = id
        self.suite = suite
        self._aead = aead

    def new_customer_key(self, key_id: int, customer_id: UUID) -> CellKey:
        """Return a new key for a customer, to be kept under *key_id*."""
        primitives = PRIMITIVES[self.suite]
        key = os.urandom(primitives.key_bytes)
        context = customer_key_context(self.suite, self.id, key_id, customer_id)
        wrapped = wrapped_key(self._aead, self.suite, key, context)
        row = CustomerKeyRow(key_id, customer_id, self.id, self.suite, wrapped)
        return CellKey(row, primitives.aead(key))

    def opened(self, row: CustomerKeyRow) -> CellKey:
        """Return a customer's key for use.

        Raises:
            SealBroken: The row was altered, or belongs to another customer.
        """
        if row.suite != self.suite:
            raise SealBroken("A customer's key is wrapped by a ring key of its own suite only.")
        context = customer_key_context(row.suite, row.ring_key_id, row.id, row.customer_id)
        key = unwrapped_key(self._aead, self.suite, row.wrapped, context)
        primitives = PRIMITIVES[self.suite]
        if len(key) != primitives.key_bytes:
            raise SealBroken("A customer's key has not the length that its suite asks for.")
        return CellKey(row, primitives.aead(key))


class Keyring(SecretHolder):
    """The opened ring. Rows come in as values: this room does not know the database.

    The newest key (the highest id) of its purpose is the one in use. No flag in a row says so: a
    flag could be set back by whoever can write to the database, an id is authenticated.
    """

    __slots__ = ("_current", "_index_keys", "_ring_keys")

    def __init__(self, rows: Iterable[RingKeyRow], kek: KekProvider, suite: Suite) -> None:
        """Open all *rows*; new customers' keys will be of *suite*.

        Raises:
            KekUnusable: The KEK does not answer, or does not belong to this ring.
            SealBroken: A row was altered.
            RingKeyUnknown: There is no key of *suite*, or no index key.
        """
        self._ring_keys: dict[int, RingKey] = {}
        self._index_keys: list[IndexKey] = []
        for row in sorted(rows, key=lambda each: each.id):
            material = kek.unwrap(row.kek_id, row.wrapped, row.context)
            if row.purpose is RingPurpose.BLIND_INDEX:
                self._index_keys.insert(0, IndexKey(row, material))
            else:
                aead = PRIMITIVES[row.suite].aead(material)
                self._ring_keys[row.id] = RingKey(row.id, row.suite, aead)
        in_use = [each for each in self._ring_keys.values() if each.suite == suite]
        if not in_use or not self._index_keys:
            raise RingKeyUnknown(
                f"The key ring has no key of suite {suite.name}, or none to index."
            )
        self._current: RingKey | None = in_use[-1]

    @property
    def current(self) -> RingKey:
        """Return the key that wraps new customers' keys.

        Raises:
            VaultClosed: The ring has been closed.
        """
        if self._current is None:
            raise VaultClosed("The key ring is closed.")
        return self._current

    @property
    def index_keys(self) -> list[IndexKey]:
        """Return the index keys, the one in use first.

        Raises:
            VaultClosed: The ring has been closed.
        """
        if not self._index_keys:
            raise VaultClosed("The key ring is closed.")
        return self._index_keys

    @property
    def ids(self) -> frozenset[int]:
        """Return the ids of all keys that are loaded."""
        return frozenset(self._ring_keys) | {each.id for each in self._index_keys}

    def ring_key(self, id: int) -> RingKey:
        """Return the ring key of that *id*.

        Raises:
            RingKeyUnknown: It was made after this ring was loaded, or has been destroyed.
        """
        ring_key = self._ring_keys.get(id)
        if ring_key is None:
            raise RingKeyUnknown(f"Ring key {id} is not loaded.")
        return ring_key

    def close(self) -> None:
        """Drop all keys: OpenSSL wipes its own copies, and nothing of ours holds others.

        Python's immutable bytes cannot be wiped. Keys are not kept in mutable ones either: a
        thread that seals while they are wiped would seal under zeros.
        """
        for index_key in self._index_keys:
            index_key.close()
        self._index_keys = []
        self._ring_keys = {}
        self._current = None
