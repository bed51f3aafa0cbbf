"""The two suites of primitives: AES-256-GCM with SHA-256, and SM4-GCM with SM3."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final, Protocol

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256, SM3, HashAlgorithm
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.errors import VaultClosed

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16


class Suite(IntEnum):
    """Stable numbers: they stand in every envelope. Never reuse one."""

    AES = 1
    SM4 = 2


class Aead(Protocol):
    """Authenticated encryption under one key. Ciphertext comes with its tag of 16 bytes behind."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Return ciphertext and tag."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Return what was encrypted.

        Raises:
            cryptography.exceptions.InvalidTag: Anything is not as it was encrypted.
        """


class Sm4Gcm:
    """SM4-GCM in the form of `AESGCM`, which `cryptography` does not offer.

    Source: RFC 8998, 4 and A.1; GB/T 32907-2016.
    """

    __slots__ = ("_algorithm",)

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Return ciphertext and tag."""
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Return what was encrypted; *data* holds the whole tag, or it is refused."""
        mode = modes.GCM(nonce, data[-TAG_BYTES:], TAG_BYTES)
        decryptor = Cipher(self._algorithm, mode).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


class ClosedAead:
    """Takes the place of a cipher whose key has been dropped."""

    __slots__ = ()

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Refuse."""
        raise VaultClosed("The vault is closed: its keys are dropped.")

    decrypt = encrypt


@dataclass(frozen=True, slots=True)
class Primitives:
    """What a suite is made of."""

    key_bytes: int
    aead: Callable[[bytes], Aead]
    hash: Callable[[], HashAlgorithm]


PRIMITIVES: Final[Mapping[int, Primitives]] = MappingProxyType(
    {
        Suite.AES: Primitives(32, AESGCM, SHA256),
        Suite.SM4: Primitives(16, Sm4Gcm, SM3),
    }
)


def derived_key(suite: Suite, material: bytes, label: bytes, length: int | None = None) -> bytes:
    """Return the key for the one use that *label* names, by HKDF with the suite's hash.

    It has *length* bytes, or as many as the suite's cipher wants.
    """
    primitives = PRIMITIVES[suite]
    size = primitives.key_bytes if length is None else length
    return HKDF(primitives.hash(), size, salt=None, info=label).derive(material)
