"""The vault: seals cells to their place, opens them there and nowhere else, indexes blindly."""

import os
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from threading import Lock
from typing import Final
from uuid import UUID

from vault.blind_index import one_form
from vault.cell import sealed, unsealed
from vault.errors import KeyShredded, VaultClosed
from vault.field import Field
from vault.key import CellKey, CustomerKeyRow, SecretHolder, customer_key_row
from vault.keyring import Keyring
from vault.registry_check import check_registry
from vault.suite import NONCE_BYTES

KEYS_HELD: Final = 8_192  # about 3 KB each


class Vault(SecretHolder):
    """Seals and unseals; pure computing over a key ring that is already loaded.

    Args:
        keyring: The vault closes it.
        keys_held: How many opened customers' keys are held at most; the longest unused goes first.
    """

    def __init__(self, keyring: Keyring, keys_held: int = KEYS_HELD) -> None:
        check_registry()
        self._keyring = keyring
        self._keys_held = keys_held
        self._held: OrderedDict[int, CellKey] = OrderedDict()
        self._is_closed = False
        self._turn = Lock()

    # -- customers' keys -----------------------------------------------------------------------

    def new_customer_key(self, key_id: int, customer_id: UUID) -> CellKey:
        """Return a new key, ready to seal; its `row` is to be stored with the first cell.

        Args:
            key_id: Taken from the sequence of `customer_key`: it is bound into the key.
            customer_id: Whose key it is.
        """
        return self._keyring.current.new_customer_key(key_id, customer_id)

    def open_customer_key(
        self,
        key_id: int | None,
        ring_key_id: int | None,
        suite: int | None,
        wrapped: bytes | None,
        customer_id: UUID,
    ) -> CellKey:
        """Return the key of a `customer_key` row as it was just read, opened.

        The row is compared with the one that a held key was opened from, so that a key that has
        been altered or deleted in the database does not live on here.

        Raises:
            KeyShredded: There is no row (all None, as an outer join gives): it was shredded.
            RingKeyUnknown: The ring key that wraps it is not loaded.
            SealBroken: The row was altered, or belongs to another customer.
        """
        if key_id is None or ring_key_id is None or suite is None or wrapped is None:
            raise KeyShredded(f"Customer {customer_id} has no key: what it sealed is gone.")
        self._ensure_open()
        held = self._held.get(key_id)
        if held is not None and held.is_of(ring_key_id, suite, wrapped, customer_id):
            with suppress(KeyError):  # another thread has just pushed it out
                self._held.move_to_end(key_id)
            return held
        return self._opened(customer_key_row(key_id, customer_id, ring_key_id, suite, wrapped))

    def forget(self, customer_id: UUID) -> None:
        """Drop the opened keys of a customer who has been shredded."""
        with self._turn:
            keys = [each for each in self._held.values() if each.row.customer_id == customer_id]
            for key in keys:
                del self._held[key.row.id]
                key.close()

    def _opened(self, row: CustomerKeyRow) -> CellKey:
        key = self._keyring.ring_key(row.ring_key_id).opened(row)
        with self._turn:
            if not self._is_closed:
                self._held[row.id] = key
                self._held.move_to_end(row.id)
                if len(self._held) > self._keys_held:
                    self._held.popitem(last=False)  # not closed: someone may be using it
        return key

    # -- cells ---------------------------------------------------------------------------------

    def seal(self, field: Field, row_id: UUID, key: CellKey, text: str) -> bytes:
        """Return *text* sealed to the place that *field* and *row_id* name.

        Raises:
            RuleBroken: The text is a masked value that someone saves back.
            NotSealable: The text is not Unicode.
            VaultClosed: The vault has been closed.
        """
        self._ensure_open()
        return sealed(field, row_id, key, text, os.urandom(NONCE_BYTES))

    def seal_row(
        self, row_id: UUID, key: CellKey, cells: Iterable[tuple[Field, str | None]]
    ) -> list[bytes | None]:
        """Return the cells of one row sealed, in their order; None stays None. For bulk work.

        Raises:
            RuleBroken, NotSealable, VaultClosed: As `seal`.
        """
        self._ensure_open()
        given = list(cells)
        nonces = os.urandom(NONCE_BYTES * len(given))
        return [
            None
            if text is None
            else sealed(field, row_id, key, text, nonces[at : at + NONCE_BYTES])
            for at, (field, text) in zip(count(0, NONCE_BYTES), given, strict=False)
        ]

    def unseal(self, field: Field, row_id: UUID, key: CellKey, envelope: bytes) -> str:
        """Return the text that was sealed at the place that *field* and *row_id* name.

        Raises:
            SealBroken: It was sealed elsewhere or under another key, altered, cut, or is none.
        """
        self._ensure_open()
        return unsealed(field, row_id, key, envelope)

    def reseal(
        self, field: Field, row_id: UUID, key: CellKey, envelope: bytes, new_key: CellKey
    ) -> bytes:
        """Return the cell sealed anew under *new_key*, of whatever suite, at the same place.

        Raises:
            SealBroken: As `unseal`.
        """
        self._ensure_open()
        text = unsealed(field, row_id, key, envelope)
        return sealed(field, row_id, new_key, text, os.urandom(NONCE_BYTES))

    # -- blind indexes -------------------------------------------------------------------------

    def blind_index(self, field: Field, text: str) -> bytes:
        """Return the index to store beside the cell: 17 bytes, by the index key in use.

        Raises:
            ValueError: The field has no blind index.
            VaultClosed: The vault has been closed.
        """
        return self._keyring.index_keys[0].fingerprint(field, one_form(field, text))

    def blind_indexes(self, field: Field, text: str) -> list[bytes]:
        """Return all indexes to search by, the one in use first: while keys rotate, two are live.

        A hit is to be unsealed and compared with `is_same_value` before it is returned.

        Raises:
            ValueError, VaultClosed: As `blind_index`.
        """
        form = one_form(field, text)
        return [each.fingerprint(field, form) for each in self._keyring.index_keys]

    def is_index_current(self, index: bytes) -> bool:
        """Tell whether *index* is by the index key in use; others are to be made anew."""
        return self._keyring.index_keys[0].made(index)

    def secret_for(self, use: str) -> bytes:
        """Return 32 secret bytes for *use* (signing cursors, say), the same in every process.

        They change when the index key rotates: use them for what may be lost.

        Raises:
            VaultClosed: The vault has been closed.
        """
        return self._keyring.index_keys[0].secret_for(use)

    # -- the ring ------------------------------------------------------------------------------

    @property
    def ring(self) -> Keyring:
        """Return the ring that is loaded."""
        return self._keyring

    def renew(self, keyring: Keyring) -> None:
        """Go on with *keyring*: the ring as it is now, with keys that were not there before.

        The ring before is not closed: another thread may be in the middle of using it.
        """
        with self._turn:
            if self._is_closed:
                keyring.close()
            else:
                self._keyring = keyring

    # -- the end -------------------------------------------------------------------------------

    def close(self) -> None:
        """Drop all keys. What is asked of the vault afterwards raises `VaultClosed`."""
        with self._turn:
            self._is_closed = True
            for key in self._held.values():
                key.close()
            self._held.clear()
        self._keyring.close()

    def _ensure_open(self) -> None:
        if self._is_closed:
            raise VaultClosed("The vault is closed: its keys are dropped.")
