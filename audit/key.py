"""The trail's key: made on first start, signs checkpoints and seals rows for the sequencer."""

import base64
import contextlib
import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from audit.checkpoint import NoteUnsound, Signer

KEY_FILE: Final = Path("keys") / "trail.key"
VKEY_FILE: Final = Path("keys") / "trail.vkey"
_PREFIX: Final = "PRIVATE+KEY+"


class TrailKey:
    """The private key: signs checkpoints, seals pending rows.

    Args:
        name: Origin of the log.
        seed: Ed25519 private key, 32 bytes.
    """

    def __init__(self, name: str, seed: bytes) -> None:
        self.signer = Signer(name, seed)
        self.verifier = self.signer.verifier
        derived = HKDF(hashes.SHA256(), 32, None, b"weihu trail: seal of pending rows").derive(seed)
        self._mac = hmac.HMAC(derived, hashes.SHA256())

    def seal(self, entry: bytes) -> bytes:
        """Return the 16 bytes that let an entry pass the sequencer; only the key makes them."""
        mac = self._mac.copy()
        mac.update(entry)
        return mac.finalize()[:16]

    @classmethod
    def of(cls, text: str) -> "TrailKey":
        """Read a signer key: `PRIVATE+KEY+name+hash+base64(type, seed)`.

        Raises:
            NoteUnsound: It is not one.
        """
        name, _, rest = text.strip().removeprefix(_PREFIX).partition("+")
        key_hash, _, encoded = rest.partition("+")
        try:
            raw = base64.b64decode(encoded, validate=True)
        except ValueError:
            raw = b""
        if len(raw) != 33 or raw[0] != 1:
            raise NoteUnsound(f"{KEY_FILE} is not a signer key for Ed25519.")
        key = cls(name, raw[1:])
        if key.verifier.key_id.hex() != key_hash:
            raise NoteUnsound(f"{KEY_FILE} is damaged: its hash does not fit its key.")
        return key


def open_trail_key(home: Path) -> TrailKey:
    """Return the key in *home* (WEIHU_HOME), made now if there is none.

    The file is put in place by a link, so that of two first starts at once one wins and both read
    the same key.

    Raises:
        NoteUnsound: The file is damaged. Restore it from the backup: a new key starts a new log.
    """
    path = home / KEY_FILE
    if not path.exists():
        _make_key(path)
    key = TrailKey.of(path.read_text("ascii"))
    vkey = home / VKEY_FILE
    if not vkey.exists():
        vkey.write_text(key.verifier.vkey() + "\n")
    return key


def _make_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    name, seed = f"weihu/{secrets.token_hex(6)}", secrets.token_bytes(32)
    key_id = Signer(name, seed).verifier.key_id.hex()
    encoded = base64.b64encode(b"\x01" + seed).decode()
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(f"{_PREFIX}{name}+{key_id}+{encoded}\n")
        file.flush()
        os.fsync(descriptor)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
