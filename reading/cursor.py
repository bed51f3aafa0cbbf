"""Cursors: where a row stands in a list, sealed, and good for that list alone."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from reading.refused import ReadRefused
from vault.vault import Vault

_READ: dict[str, Callable[[Any], object]] = {
    "bigint": int,
    "text": str,
    "uuid": UUID,
    "date": date.fromisoformat,
    "timestamptz": datetime.fromisoformat,
}


class Cursors:
    """Seals and opens cursors with a secret of the house's key ring.

    They are encrypted, not only signed, since a sort's value may be an amount, and cursors lie
    about in addresses and logs. AES-SIV needs no nonce: one row has one cursor.
    """

    def __init__(self, vault: Vault) -> None:
        self._siv = AESSIV(vault.secret_for("cursors of lists"))

    def sealed(self, values: Sequence[object], bound_to: bytes) -> str:
        """Return the cursor of a row: its parent's id or None, its sort values and its id."""
        text = orjson.dumps(values, default=str)
        return urlsafe_b64encode(self._siv.encrypt(text, [bound_to])).rstrip(b"=").decode()

    def opened(self, cursor: str, types: Sequence[str], bound_to: bytes) -> list[object]:
        """Return what a cursor was sealed with, the parent's id (as text) first.

        Args:
            types: SQL types of the values after the parent's id.

        Raises:
            ReadRefused: It is forged, or of another list, sort or filter.
        """
        try:
            raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            parent, *values = orjson.loads(self._siv.decrypt(raw, [bound_to]))
            if urlsafe_b64encode(raw).rstrip(b"=").decode() != cursor:
                raise ReadRefused("BAD_CURSOR")
            return [parent, *(_READ[t](v) for t, v in zip(types, values, strict=True))]
        except (binascii.Error, ValueError, InvalidTag) as error:
            raise ReadRefused("BAD_CURSOR") from error
