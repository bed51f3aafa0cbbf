"""Runtime of protected values: opened or masked, and counted as they pass."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from reading.run import UNREADABLE, Run
from vault.errors import SealBroken
from vault.field import Field
from vault.key import CellKey
from vault.mask import amount_range, masker

Key = CellKey | None  # None: it did not open, and what it sealed does not either


def key_opener(run: Run) -> Callable[..., Key]:
    """Return what opens a customer's key from the columns of `customer_key`."""
    opened = run.house.vault.open_customer_key

    def key(
        key_id: int | None,
        ring_key_id: int | None,
        suite: int | None,
        wrapped: bytes | None,
        customer_id: UUID,
    ) -> Key:
        try:
            return opened(key_id, ring_key_id, suite, wrapped, customer_id)
        except SealBroken:
            return None

    return key


def text_shower(
    run: Run, field: Field, *, is_clear: bool
) -> Callable[[bytes | None, UUID, Key], Any]:
    """Return what shows a sealed cell, in clear or masked; null only where there is no value."""
    unseal, counts, place = run.house.vault.unseal, run.tally.counts(field.name), int(not is_clear)
    shown = None if is_clear else masker(field)

    def text(envelope: bytes | None, row_id: UUID, key: Key) -> Any:
        if envelope is None:
            return None
        try:
            if key is None:
                raise SealBroken
            plain = unseal(field, row_id, key, envelope)
        except SealBroken:
            run.tally.unreadable += 1
            return UNREADABLE
        counts[place] += 1
        return shown(plain) if shown else plain

    return text


def text_opener(run: Run, field: Field) -> Callable[[bytes | None, UUID, Key], Any]:
    """Return what opens a sealed cell to compare it, and shows it to nobody; None if it cannot."""
    unseal = run.house.vault.unseal

    def text(envelope: bytes | None, row_id: UUID, key: Key) -> str | None:
        try:
            return None if envelope is None or key is None else unseal(field, row_id, key, envelope)
        except SealBroken:
            return None

    return text


def fen_shower(run: Run, field: Field) -> Callable[[int | None], int | None]:
    """Return what shows an amount in clear."""
    counts = run.tally.counts(field.name)

    def fen(amount: int | None) -> int | None:
        if amount is not None:
            counts[0] += 1
        return amount

    return fen


def range_shower(run: Run, field: Field, *, is_counted: bool) -> Callable[[int | None], str | None]:
    """Return what shows an amount's range; counted where the amount itself is not shown."""
    counts = run.tally.counts(field.name)

    def shown(amount: int | None) -> str | None:
        if amount is None:
            return None
        if is_counted:
            counts[1] += 1
        return amount_range(amount)

    return shown
