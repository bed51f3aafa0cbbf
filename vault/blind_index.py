"""Equality search on sealed values: a keyed fingerprint of the value in its one form.

An index is 17 bytes: the id of the index key (its version byte), then 128 bits of
HMAC(key of the field, value in UTF-8). Each field has a key of its own, derived from the index
key by HKDF, so that equal values in different fields do not look equal.
"""

from collections.abc import Callable, Mapping
from struct import pack
from typing import Final

from cryptography.hazmat.primitives.hmac import HMAC

from domain.identity import normalise_id_number, normalise_phone
from vault.field import Field, Index
from vault.key import RingKeyRow, SecretHolder
from vault.registry import FIELDS
from vault.suite import PRIMITIVES, derived_key

VERSION_MAX: Final = 255
FINGERPRINT_BYTES: Final = 16
_KEY_BYTES: Final = 32

_ONE_FORM: Final[Mapping[Index, Callable[[str], str]]] = {
    Index.PHONE: normalise_phone,
    Index.ID_NUMBER: normalise_id_number,
}


class IndexKey(SecretHolder):
    """An index key of the ring, opened: one keyed hash for each field that has an index.

    One more keyed hash gives secrets for other uses, which have nothing in common with indexes.
    """

    __slots__ = ("_hashes", "_secrets", "_version")

    def __init__(self, row: RingKeyRow, material: bytes) -> None:
        self._version = pack(">B", row.id)
        self._hashes = {
            each.place: _keyed_hash(row, material, b"weihu blind index" + each.place)
            for each in FIELDS
            if each.index
        }
        self._secrets = _keyed_hash(row, material, b"weihu secrets")

    @property
    def id(self) -> int:
        """Return its id in the ring: the version byte of its indexes."""
        return self._version[0]

    def fingerprint(self, field: Field, form: str) -> bytes:
        """Return the index of a value that is already in its one form."""
        keyed = self._hashes[field.place].copy()
        keyed.update(form.encode("utf-8", "surrogatepass"))
        return self._version + keyed.finalize()[:FINGERPRINT_BYTES]

    def secret_for(self, use: str) -> bytes:
        """Return 32 secret bytes that belong to *use* alone."""
        keyed = self._secrets.copy()
        keyed.update(use.encode())
        return keyed.finalize()

    def made(self, index: bytes) -> bool:
        """Tell whether *index* has this key's version byte; the others are to be made anew."""
        return index[:1] == self._version

    def close(self) -> None:
        """Drop the keyed hashes."""
        self._hashes = {}
        del self._secrets


def one_form(field: Field, text: str) -> str:
    """Return *text* in the form that all ways of writing the same value share.

    Raises:
        ValueError: The field has no blind index: it takes too few values, or nobody searches it.
    """
    if field.index is None:
        raise ValueError(f"{field.name} has no blind index.")
    return _ONE_FORM[field.index](text)


def is_same_value(field: Field, one: str, other: str) -> bool:
    """Tell whether two texts are one value: what decides when an index has found a row."""
    return one_form(field, one) == one_form(field, other)


def _keyed_hash(row: RingKeyRow, material: bytes, label: bytes) -> HMAC:
    key = derived_key(row.suite, material, label, _KEY_BYTES)
    return HMAC(key, PRIMITIVES[row.suite].hash())
