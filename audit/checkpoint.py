"""Checkpoints as C2SP signed notes: what the log's key says its tree is, for anyone to check."""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519: Final = b"\x01"
_DASH: Final = "— "
_NAME: Final = re.compile(r"[^\s+]+")
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
NOTE_BYTES_MAX: Final = 1_000_000


class NoteUnsound(Exception):
    """A note or key is not in its form, or a signature by a known key is wrong."""


class NoteUnproved(Exception):
    """No key that is known has signed the note: nothing can be said about it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's tree at one size: the body of a signed note.

    Args:
        origin: Which log.
        size: Number of entries.
        root: Root hash of the tree, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the note's text, final newline included."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def of(cls, text: str) -> "Checkpoint":
        """Read a note's text.

        Raises:
            NoteUnsound: It is not a checkpoint.
        """
        lines = text.split("\n")
        if len(lines) < 4 or not all(lines[:-1]) or lines[-1]:
            raise NoteUnsound("The checkpoint does not have its three lines.")
        origin, size, root = lines[:3]
        if not _SIZE.fullmatch(size):
            raise NoteUnsound("The checkpoint's second line is not a tree size.")
        return cls(origin, int(size), _decoded(root, 32, "The checkpoint's root hash"))


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name: who may sign notes, as the other side knows them."""

    name: str
    key: bytes

    @classmethod
    def of(cls, vkey: str) -> "Verifier":
        """Read a verifier key: `name+hash+base64(type, key)`.

        Raises:
            NoteUnsound: It is not one, or not of Ed25519.
        """
        name, _, rest = vkey.strip().partition("+")
        key_hash, _, key = rest.partition("+")
        raw = _decoded(key, 33, "The verifier key")
        verifier = cls(name, raw[1:])
        if raw[:1] != _ED25519 or not _NAME.fullmatch(name) or verifier.key_id.hex() != key_hash:
            raise NoteUnsound("This is not a verifier key for Ed25519 (name+hash+key).")
        return verifier

    @property
    def key_id(self) -> bytes:
        """Return the 4 bytes that name the key in a signature line."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:4]

    def vkey(self) -> str:
        """Return the key as others write it down."""
        key = base64.b64encode(_ED25519 + self.key).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    def is_signed(self, text: str, signature: bytes) -> bool:
        """Tell whether *signature* over *text* is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


class Signer:
    """A private key with its name.

    Args:
        name: Key name, the log's origin.
        seed: Ed25519 private key, 32 bytes.
    """

    def __init__(self, name: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, self._private.public_key().public_bytes_raw())

    def note(self, text: str) -> str:
        """Return *text* as a note signed with this key."""
        return f"{text}\n{self.signature_line(text)}"

    def signature_line(self, text: str) -> str:
        """Return the signature line to add to a note."""
        signature = self.verifier.key_id + self._private.sign(text.encode())
        return f"{_DASH}{self.verifier.name} {base64.b64encode(signature).decode()}\n"


def opened(note: str, known: Iterable[Verifier]) -> str:
    """Return the text of a note that at least one known key has signed.

    Signatures by unknown keys are passed over; one that claims a known key must be right.

    Raises:
        NoteUnsound: Not a note, or a known key's signature is wrong.
        NoteUnproved: Signed by no known key.
    """
    text, signatures = _taken_apart(note)
    by_name = {(verifier.name, verifier.key_id): verifier for verifier in known}
    is_proved = False
    for name, key_id, signature in signatures:
        verifier = by_name.get((name, key_id))
        if verifier is None:
            continue
        if not verifier.is_signed(text, signature):
            raise NoteUnsound(f"The signature of {name} is wrong.")
        is_proved = True
    if not is_proved:
        raise NoteUnproved("No key that is known here has signed it.")
    return text


def read_checkpoint(note: str, known: Iterable[Verifier]) -> Checkpoint:
    """Return the checkpoint in a note that a known key has signed.

    Raises:
        NoteUnsound: Not a note, not a checkpoint, or a signature is wrong.
        NoteUnproved: Signed by no known key.
    """
    return Checkpoint.of(opened(note, known))


def _taken_apart(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Return a note's text, and of each signature the name, key id and signature."""
    if len(note) > NOTE_BYTES_MAX or any(c < " " and c != "\n" for c in note):
        raise NoteUnsound("The note is too long or has control characters.")
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NoteUnsound("The note has no signatures.")
    signatures = []
    for line in lines[:-1].split("\n"):
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        raw = _decoded(encoded, None, "A signature")
        if not line.startswith(_DASH) or not _NAME.fullmatch(name) or len(raw) < 5:
            raise NoteUnsound("A signature line of the note is not in its form.")
        signatures.append((name, raw[:4], raw[4:]))
    return text + "\n", signatures


def _decoded(encoded: str, size: int | None, what: str) -> bytes:
    """Decode base64 strictly: one text for one value, so that no bit can be flipped unseen."""
    try:
        raw = base64.b64decode(encoded.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise NoteUnsound(f"{what} is not base64.") from None
    if base64.b64encode(raw).decode() != encoded or (size is not None and len(raw) != size):
        raise NoteUnsound(f"{what} is not {size} bytes of base64.")
    return raw
