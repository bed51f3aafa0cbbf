"""Keyed marks of what was last delivered of a customer: they tell news from what is known.

A delivery repeats every customer each time. Only a value that differs from the one last delivered
is news and overwrites the customer's file; otherwise an officer's amendment would be undone by the
next delivery, which still has the old value. The marks are keyed and bound to the customer, so
that they tell nothing of the values and equal values do not look equal.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final
from uuid import UUID

from rating.files import PERSONAL
from vault.vault import Vault

AMENDABLE: Final = ("phone", "address", "occupation")
_USE: Final = "delivered marks"
_KEY_MARK_BYTES: Final = 4
_BYTES: Final = 8


class Marker:
    """Makes marks under the vault's secret for them."""

    def __init__(self, vault: Vault) -> None:
        self._key = vault.secret_for(_USE)
        self._key_mark = blake2b(self._key, digest_size=_KEY_MARK_BYTES).digest()

    def marks(self, customer_id: UUID, values: Sequence[str]) -> bytes:
        """Return the marks of the *values* of `PERSONAL`, in that order, as one text of bytes."""
        salt = customer_id.bytes
        return self._key_mark + b"".join(
            blake2b(
                value.encode(), key=self._key, salt=salt, person=name.encode(), digest_size=_BYTES
            ).digest()
            for name, value in zip(PERSONAL, values, strict=True)
        )

    def news(self, before: bytes | None, now: bytes) -> list[str]:
        """Return the names of `PERSONAL` that were delivered differently *before*.

        Marks of another key, or none, tell nothing: then all are news but what staff amend.
        """
        if before is None or before[:_KEY_MARK_BYTES] != self._key_mark:
            return [name for name in PERSONAL if name not in AMENDABLE]
        places = range(_KEY_MARK_BYTES, len(now), _BYTES)
        return [
            name
            for name, at in zip(PERSONAL, places, strict=True)
            if before[at : at + _BYTES] != now[at : at + _BYTES]
        ]
