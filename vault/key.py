"""Keys as they are kept in rows, and a customer's key opened for use."""

from dataclasses import dataclass, field
from enum import StrEnum
from struct import Struct
from typing import Final, NoReturn
from uuid import UUID

from vault.envelope import header_of
from vault.errors import SealBroken
from vault.suite import PRIMITIVES, Aead, ClosedAead, Suite

KEY_ID_MAX: Final = 2**63 - 1  # a bigint
RING_KEY_ID_MAX: Final = 2**31 - 1
_CUSTOMER_LABEL: Final = b"weihu customer key"
_CUSTOMER_PLACE: Final = Struct(">Biq")  # suite, ring key id, key id


class RingPurpose(StrEnum):
    """What a ring key is for."""

    CUSTOMER = "customer"
    BLIND_INDEX = "blind_index"


@dataclass(frozen=True, slots=True)
class RingKeyRow:
    """A row of `ring_key`: a key wrapped by the KEK. All that it says is authenticated."""

    id: int
    purpose: RingPurpose
    suite: Suite
    kek_id: str
    wrapped: bytes = field(repr=False)

    @property
    def context(self) -> bytes:
        """Return what the wrapped key is bound to, whichever KEK wraps it."""
        return f"weihu ring key|{self.id}|{self.purpose.value}|{self.suite:d}".encode()


@dataclass(frozen=True, slots=True)
class CustomerKeyRow:
    """A row of `customer_key`: a key wrapped by a ring key. All that it says is authenticated."""

    id: int
    customer_id: UUID
    ring_key_id: int
    suite: Suite
    wrapped: bytes = field(repr=False)


class SecretHolder:
    """Something that holds a key: it never shows it and does not let itself be copied out."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"A {type(self).__name__} holds a key: it is not copied or pickled.")


class CellKey(SecretHolder):
    """A customer's key, opened: `Vault` seals and unseals the cells of this customer with it.

    Attributes:
        row: As it is kept.
        header: How every envelope under this key begins.
        aead: The cipher that holds the key.
    """

    __slots__ = ("aead", "header", "row")

    def __init__(self, row: CustomerKeyRow, aead: Aead) -> None:
        self.row = row
        self.header = header_of(row.suite, row.id)
        self.aead = aead

    def is_of(self, ring_key_id: int, suite: int, wrapped: bytes, customer_id: UUID) -> bool:
        """Tell whether this was opened from a row of this id that says just that."""
        row = self.row
        return (
            row.wrapped == wrapped
            and row.customer_id == customer_id
            and row.ring_key_id == ring_key_id
            and row.suite == suite
        )

    def close(self) -> None:
        """Drop the key; who still holds this object can do nothing with it."""
        self.aead = ClosedAead()

    def __repr__(self) -> str:
        return f"<CellKey {self.row.id} of customer {self.row.customer_id}>"


def customer_key_context(suite: int, ring_key_id: int, key_id: int, customer_id: UUID) -> bytes:
    """Return what a customer's wrapped key is bound to: every column of its row."""
    place = _CUSTOMER_PLACE.pack(suite, ring_key_id, key_id)
    return _CUSTOMER_LABEL + place + customer_id.bytes


def customer_key_row(
    id: int, customer_id: UUID, ring_key_id: int, suite: int, wrapped: bytes
) -> CustomerKeyRow:
    """Return a row as it was read; numbers come unchecked out of the database.

    Raises:
        SealBroken: The row cannot have been written by us.
    """
    fits = 0 < id <= KEY_ID_MAX and 0 < ring_key_id <= RING_KEY_ID_MAX
    if not fits or suite not in PRIMITIVES:
        raise SealBroken("A customer's key row was altered.")
    return CustomerKeyRow(id, customer_id, ring_key_id, Suite(suite), wrapped)
