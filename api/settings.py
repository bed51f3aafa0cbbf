"""What the environment asks for, checked once and then unchangeable."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast, get_args
from urllib.parse import urlsplit

Environment = Literal["production", "development"]
Suite = Literal["aes", "sm4"]
KekProvider = Literal["file", "env"]

PORT_MAX: Final = 65535


class SettingUnusable(Exception):
    """A setting has a value that cannot be used; the message says which, and what is asked for."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run.

    Attributes:
        host: Address to listen on (HOST).
        port: TCP port to listen on (PORT); 0 lets the system choose.
        database_url: A PostgreSQL of your own (DATABASE_URL), or None for the embedded one.
        home: Folder of everything that is kept outside the database (WEIHU_HOME), absolute.
        environment: production or development (WEIHU_ENV).
        suite: Cipher suite for what is sealed from now on (WEIHU_SUITE).
        kek: Who keeps the key that wraps all keys (WEIHU_KEK).
    """

    host: str
    port: int
    database_url: str | None
    home: Path
    environment: Environment
    suite: Suite
    kek: KekProvider

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings; an empty variable counts as unset.

        Raises:
            SettingUnusable: A value is not one of those that can be.
        """
        given = {name: value.strip() for name, value in environ.items() if value.strip()}
        return cls(
            host=given.get("HOST", "127.0.0.1"),
            port=_port(given.get("PORT", "8000")),
            database_url=_database_url(given.get("DATABASE_URL")),
            home=Path(given.get("WEIHU_HOME", ".weihu")).expanduser().absolute(),
            environment=cast("Environment", _one_of(given, "WEIHU_ENV", Environment)),
            suite=cast("Suite", _one_of(given, "WEIHU_SUITE", Suite)),
            kek=cast("KekProvider", _one_of(given, "WEIHU_KEK", KekProvider)),
        )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > PORT_MAX:
        raise SettingUnusable(f"PORT must be a whole number from 0 to {PORT_MAX}, not {text!r}.")
    return int(text)


def _database_url(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        address = urlsplit(text)
        _ = address.port
    except ValueError as error:
        raise SettingUnusable(f"DATABASE_URL cannot be read: {error}.") from None
    if address.scheme not in ("postgresql", "postgres") or not address.path.strip("/"):
        # The value itself stays out of the message: it holds a password.
        raise SettingUnusable(
            "DATABASE_URL must look like postgresql://NAME:PASSWORD@HOST:5432/DATABASE; "
            "leave it unset for the embedded PostgreSQL."
        )
    return text


def _one_of(given: Mapping[str, str], name: str, choices: object) -> str:
    """Return the value of *name*, or the first choice where it is unset."""
    allowed = cast("tuple[str, ...]", get_args(choices))
    value = given.get(name, allowed[0])
    if value not in allowed:
        raise SettingUnusable(f"{name} must be {' or '.join(allowed)}, not {value!r}.")
    return value
