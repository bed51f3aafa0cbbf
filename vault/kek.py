"""The key-encrypting key (KEK): whoever holds it opens the key ring."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from vault.errors import KekUnusable
from vault.key import SecretHolder
from vault.suite import PRIMITIVES, Aead, Suite, derived_key
from vault.wrap import WRAP_MAGIC, unwrapped_key, wrapped_key

MATERIAL_BYTES: Final = 32


class KekProvider(Protocol):
    """Wraps the keys of the ring; a file, an environment, a key server or a hardware module.

    Only `wrap`, `unwrap` and `rewrap` touch the KEK, at start-up and when keys rotate, never for a
    cell: a provider may be slow. What it answers is bytes that it alone understands (a key
    server's text, say). *context* must be authenticated: as associated data where the provider
    has it, else inside what is wrapped.
    """

    @property
    def kek_id(self) -> str:
        """Name and version of the KEK that wraps now; kept beside each wrapped key."""

    def wrap(self, key: bytes, context: bytes, /) -> bytes:
        """Return *key* wrapped by the KEK that `kek_id` names.

        Raises:
            KekUnusable: The provider does not answer or refuses.
        """

    def unwrap(self, kek_id: str, wrapped: bytes, context: bytes, /) -> bytes:
        """Return the key inside *wrapped*.

        Raises:
            KekUnusable: The provider does not answer, refuses, or no longer has *kek_id*.
            SealBroken: *wrapped* was altered or belongs to another context.
        """

    def rewrap(self, kek_id: str, wrapped: bytes, context: bytes, /) -> bytes:
        """Return the same key wrapped by the KEK that wraps now; a key server never shows it us.

        Raises:
            KekUnusable, SealBroken: As `unwrap`.
        """

    def health(self) -> None:
        """Return if the KEK wraps and unwraps at this moment.

        Raises:
            KekUnusable: It does not; the message says why.
        """

    def close(self) -> None:
        """Drop what is held of the KEK."""


class LocalKek(SecretHolder):
    """A KEK whose material lies in this process: from a file or the environment.

    Args:
        materials: 32 random bytes each; the first wraps, the others still open what they wrapped.
        suite: The suite that wraps. Each suite has a key of its own, derived from the material.
        source: Where the material lies, for messages.
    """

    __slots__ = ("_aeads", "_source", "_suite", "kek_id")

    def __init__(self, materials: Sequence[bytes], suite: Suite, source: str) -> None:
        self.kek_id = local_kek_id(materials[0])
        self._suite = suite
        self._source = source
        self._aeads: Mapping[str, Mapping[int, Aead]] = {
            local_kek_id(material): {
                each: PRIMITIVES[each].aead(derived_key(each, material, b"weihu kek"))
                for each in Suite
            }
            for material in materials
        }

    def wrap(self, key: bytes, context: bytes, /) -> bytes:
        """Return *key* wrapped by the first material."""
        aead = self._aeads_of(self.kek_id)[self._suite]
        return wrapped_key(aead, self._suite, key, _bound(self.kek_id, context))

    def unwrap(self, kek_id: str, wrapped: bytes, context: bytes, /) -> bytes:
        """Return the key inside *wrapped*, which says itself by which suite it is wrapped."""
        aeads = self._aeads_of(kek_id)
        says_sm4 = wrapped[:2] == bytes((WRAP_MAGIC, Suite.SM4))
        suite = Suite.SM4 if says_sm4 else Suite.AES
        return unwrapped_key(aeads[suite], suite, wrapped, _bound(kek_id, context))

    def rewrap(self, kek_id: str, wrapped: bytes, context: bytes, /) -> bytes:
        """Return the same key wrapped by the first material."""
        return self.wrap(self.unwrap(kek_id, wrapped, context), context)

    def health(self) -> None:
        """Return: material in memory is always there, until it is closed."""
        self._aeads_of(self.kek_id)

    def close(self) -> None:
        """Drop the ciphers and with them the keys."""
        self._aeads = {}

    def _aeads_of(self, kek_id: str) -> Mapping[int, Aead]:
        aeads = self._aeads.get(kek_id)
        if aeads is None:
            raise KekUnusable(
                f"The key ring is wrapped by the KEK {kek_id}, but {self._source} holds "
                f"{', '.join(self._aeads) or 'none'}. Put back the KEK of this database."
            )
        return aeads


def local_kek_id(material: bytes) -> str:
    """Return the name of a local KEK: a fingerprint, the same wherever the material lies."""
    return "local:" + hashlib.sha256(b"weihu kek id\0" + material).hexdigest()[:16]


def environment_kek(environ: Mapping[str, str], suite: Suite) -> LocalKek:
    """Return the KEK that the environment holds.

    ``WEIHU_KEK_HEX`` is the one that wraps, 64 hexadecimal digits; ``WEIHU_KEK_HEX_OLD`` holds,
    separated by commas, those that still open what they wrapped.

    Raises:
        KekUnusable: It is not there or is no such thing; the value is never repeated.
    """
    now, old = environ.get("WEIHU_KEK_HEX", ""), environ.get("WEIHU_KEK_HEX_OLD", "")
    materials = [_material(now.strip(), "WEIHU_KEK_HEX")]
    materials += [_material(one.strip(), "WEIHU_KEK_HEX_OLD") for one in old.split(",") if one]
    return LocalKek(materials, suite, "the environment (WEIHU_KEK_HEX)")


def kek_file(home: Path) -> Path:
    """Return where the file KEK lies below WEIHU_HOME."""
    return home / "keys" / "kek"


def _material(digits: str, name: str) -> bytes:
    """Return 32 bytes out of 64 hexadecimal digits."""
    is_hexadecimal = digits.isascii() and all(digit in "0123456789abcdefABCDEF" for digit in digits)
    if len(digits) != 2 * MATERIAL_BYTES or not is_hexadecimal:
        raise KekUnusable(
            f"{name} must hold {2 * MATERIAL_BYTES} hexadecimal digits. "
            "Make them with: python -c 'import secrets; print(secrets.token_hex(32))'"
        )
    return bytes.fromhex(digits)


def _bound(kek_id: str, context: bytes) -> bytes:
    return kek_id.encode() + b"|" + context
