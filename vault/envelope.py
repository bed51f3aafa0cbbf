"""The bytes of a sealed cell, laid out once and for ever.

====== ===== ==========================================================================
offset bytes what
====== ===== ==========================================================================
0      1     magic, 0xA7
1      1     suite: 1 AES-256-GCM, 2 SM4-GCM
2      8     id of the customer's key, big-endian
10     12    nonce, random
22     n     ciphertext of the text in UTF-8, then 0x80, then zeros up to a full block
22 + n 16    tag
====== ===== ==========================================================================

Authenticated besides: bytes 0 to 9, the field's table and number (2 bytes each, big-endian), and
the row's id (16 bytes).
"""

from struct import Struct
from typing import Final

from vault.errors import SealBroken
from vault.suite import NONCE_BYTES, PRIMITIVES, TAG_BYTES, Suite

MAGIC: Final = 0xA7
HEADER: Final = Struct(">BBq")
NONCE_END: Final = HEADER.size + NONCE_BYTES
ENVELOPE_BYTES: Final = NONCE_END + TAG_BYTES
_FILL_BEGINS: Final = b"\x80"


def header_of(suite: Suite, key_id: int) -> bytes:
    """Return how every envelope under this key begins."""
    return HEADER.pack(MAGIC, suite, key_id)


def key_id_of(envelope: bytes) -> int:
    """Return the id of the key that an envelope says it is sealed under; unsealing proves it.

    Raises:
        SealBroken: These bytes are no envelope.
    """
    if isinstance(envelope, bytes) and len(envelope) > ENVELOPE_BYTES:
        magic, suite, key_id = HEADER.unpack_from(envelope)
        if magic == MAGIC and suite in PRIMITIVES and key_id > 0:
            return int(key_id)
    raise SealBroken("These bytes are no sealed cell.")


def filled(text: bytes, block: int) -> bytes:
    """Return *text* and its end mark, filled up to a multiple of *block* bytes.

    Source: ISO/IEC 7816-4 padding; it says itself where it begins, so that a field's block may
    change without touching cells.
    """
    marked = text + _FILL_BEGINS
    return marked.ljust(-(-len(marked) // block) * block, b"\0")


def unfilled(plain: bytes) -> bytes | None:
    """Return the text without what it was filled up with; None if it never was filled."""
    marked = plain.rstrip(b"\0")
    return marked[:-1] if marked.endswith(_FILL_BEGINS) else None
