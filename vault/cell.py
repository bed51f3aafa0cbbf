"""One cell: text sealed to its place under a customer's key, and opened there again."""

from uuid import UUID

from cryptography.exceptions import InvalidTag

from vault.envelope import ENVELOPE_BYTES, HEADER, NONCE_END, filled, unfilled
from vault.errors import NotSealable, SealBroken
from vault.field import Field
from vault.key import CellKey
from vault.mask import ensure_clear


def sealed(field: Field, row_id: UUID, key: CellKey, text: str, nonce: bytes) -> bytes:
    """Return *text* sealed; only the vault calls this, with a nonce that is random and used once.

    Raises:
        RuleBroken: The text is a masked value.
        NotSealable: The text is not Unicode, or the field is none that is sealed.
    """
    ensure_clear(field, text)
    if not field.is_sealed:
        raise NotSealable(f"{field.name} is not a sealed field.")
    try:
        plain = filled(text.encode(), field.padding)
    except UnicodeEncodeError:
        plain = None  # raised below: the error would carry the text along
    if plain is None:
        raise NotSealable(f"The {field.name} is not Unicode text.")
    header = key.header
    return header + nonce + key.aead.encrypt(nonce, plain, header + field.place + row_id.bytes)


def unsealed(field: Field, row_id: UUID, key: CellKey, envelope: bytes) -> str:
    """Return the text sealed at this place.

    Raises:
        SealBroken: Whatever is wrong; nothing of the text is in it, nor in its context.
    """
    text = None
    header = key.header
    if (
        isinstance(envelope, bytes)
        and len(envelope) > ENVELOPE_BYTES
        and envelope.startswith(header)
    ):
        nonce, closed = envelope[HEADER.size : NONCE_END], envelope[NONCE_END:]
        try:
            plain = key.aead.decrypt(nonce, closed, header + field.place + row_id.bytes)
            text = _text(plain)
        except (InvalidTag, ValueError, OverflowError):  # ValueError: not UTF-8
            pass
    if text is None:
        raise SealBroken(f"The {field.name} of row {row_id} does not open: its seal is broken.")
    return text


def _text(plain: bytes) -> str | None:
    marked = unfilled(plain)
    return None if marked is None else marked.decode()
