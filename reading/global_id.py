"""Global ids: base64url of ``Type:key``, without padding."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import b2a_base64
from collections.abc import Callable
from uuid import UUID

_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def global_id(noun: str, key: object) -> str:
    """Return the global id of one object."""
    return urlsafe_b64encode(f"{noun}:{key}".encode()).rstrip(b"=").decode()


def maker(noun: str) -> Callable[[object], str]:
    """Return what makes global ids of one type; for those who make many."""
    prefix = f"{noun}:".encode()

    def made(key: object) -> str:
        text = b2a_base64(prefix + str(key).encode(), newline=False)
        return text.translate(_URL_SAFE).rstrip(b"=").decode()

    return made


def taken_apart(text: str) -> tuple[str, str]:
    """Return type and key of a global id; two empty strings if it is none."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeError, ValueError):
        return "", ""
    noun, _, key = raw.partition(":")
    return (noun, key) if key and global_id(noun, key) == text else ("", "")


def uuid_in(noun: str, text: object) -> UUID | None:
    """Return the UUID in a global id of *noun*; None if it is of another type, or no id at all."""
    if not isinstance(text, str):
        return None
    named, key = taken_apart(text)
    try:
        return UUID(key) if named == noun else None
    except ValueError:
        return None


def uuid_of(noun: str) -> Callable[[object, object], UUID | None]:
    """Return how a filter turns a global id of *noun* into a UUID; other text finds nothing."""

    def value(_run: object, text: object) -> UUID | None:
        return uuid_in(noun, text)

    return value
