"""Keys under keys: a key sealed by another one, bound to the place that it is kept in.

Layout: magic (1), suite (1), nonce (12), the key encrypted, tag (16). Magic, suite and the
context are authenticated.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag

from vault.errors import SealBroken
from vault.suite import NONCE_BYTES, TAG_BYTES, Aead, Suite

WRAP_MAGIC: Final = 0xA8
_HEADER_BYTES: Final = 2
_CLOSED_BYTES: Final = _HEADER_BYTES + NONCE_BYTES + TAG_BYTES


def wrapped_key(aead: Aead, suite: Suite, key: bytes, context: bytes) -> bytes:
    """Return *key* wrapped by *aead*, which is of *suite*, for the place that *context* names."""
    header = bytes((WRAP_MAGIC, suite))
    nonce = os.urandom(NONCE_BYTES)
    return header + nonce + aead.encrypt(nonce, key, header + context)


def unwrapped_key(aead: Aead, suite: Suite, wrapped: bytes, context: bytes) -> bytes:
    """Return the key inside *wrapped*.

    Raises:
        SealBroken: Wrapped by another key, for another place, or altered.
    """
    header = bytes((WRAP_MAGIC, suite))
    key = b""
    if isinstance(wrapped, bytes) and len(wrapped) > _CLOSED_BYTES and wrapped.startswith(header):
        try:
            nonce_end = _HEADER_BYTES + NONCE_BYTES
            nonce, closed = wrapped[_HEADER_BYTES:nonce_end], wrapped[nonce_end:]
            key = aead.decrypt(nonce, closed, header + context)
        except InvalidTag:
            pass
    if not key:
        raise SealBroken("A wrapped key does not open at this place.")
    return key
