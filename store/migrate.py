"""Bring a database's tables up to date: the numbered SQL files of ``store/migrations``, by yoyo."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from yoyo import read_migrations
from yoyo.backends.core.postgresql import PostgresqlPsycopgBackend
from yoyo.connections import parse_uri
from yoyo.migrations import Migration, MigrationStep

MIGRATIONS: Final = Path(__file__).parent / "migrations"
SERVER_VERSION_MIN: Final = 150000
_LOCK: Final = 0x5745494855  # 'WEIHU': whoever migrates holds this advisory lock
_CHECKSUMS: Final = """
    create table if not exists migration_checksum (
        migration_id text primary key,
        sha256       bytea not null
    )"""


class DatabaseUnsuitable(Exception):
    """The server is too old, or the database's encoding is not UTF-8; the message says which."""


class MigrationsDisagree(Exception):
    """The database was built from other migrations than the ones here; the message says which."""


@dataclass(frozen=True)
class Migrated:
    """What a run found and did, by migration name without its suffix."""

    applied_before: tuple[str, ...]
    applied_now: tuple[str, ...]


def migrate(dsn: str, migrations: Path = MIGRATIONS) -> Migrated:
    """Apply what is not yet applied, one transaction a file; a second run does nothing.

    Two processes may call this at once: one waits for the other.

    Raises:
        DatabaseUnsuitable: The server or the database cannot be used.
        MigrationsDisagree: An applied file has been edited or removed since.
        psycopg.Error: The database is unreachable, or refuses a statement; the files before the
            one that failed stay applied, of that one nothing.
    """
    with _Backend(dsn) as backend, backend.lock():
        _ensure_suitable(backend.connection)
        backend.execute(_CHECKSUMS)
        known = dict(
            backend.execute("select migration_id, sha256 from migration_checksum").fetchall()
        )
        files = {path.stem: path for path in sorted(migrations.glob("*.sql"))}
        _ensure_agreement(known, files)
        pending = [one for one in read_migrations(str(migrations)) if one.id not in known]
        for one in sorted(pending, key=lambda migration: str(migration.id)):
            backend.apply_one(one)
        return Migrated(tuple(sorted(known)), tuple(sorted(set(files) - set(known))))


def _ensure_suitable(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    version = connection.info.server_version
    if version < SERVER_VERSION_MIN:
        raise DatabaseUnsuitable(
            f"Weihu needs PostgreSQL {SERVER_VERSION_MIN // 10000} or newer, "
            f"and this server is {version // 10000}."
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise DatabaseUnsuitable(
            f"The database's encoding is {encoding}. Make one for Weihu: "
            "create database weihu encoding 'UTF8' template template0"
        )


def _ensure_agreement(known: dict[str, bytes], files: dict[str, Path]) -> None:
    for name, sha256 in sorted(known.items()):
        if name not in files:
            raise MigrationsDisagree(
                f"The database has migration {name}, which this version does not know: "
                "it was migrated by a newer one. Run that version, or restore a backup."
            )
        if _sha256(files[name]) != sha256:
            raise MigrationsDisagree(
                f"Migration {name} has been edited since it was applied to this database. "
                "Restore the file, and write the change as a new migration."
            )


def _sha256(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


class _Backend(PostgresqlPsycopgBackend):
    """yoyo's backend, on a plain DSN, with a lock that dies with its holder, and whole steps."""

    _is_locked: bool

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        super().__init__(parse_uri("postgresql://"), self.migration_table)

    def connect(self, dburi: object) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self._dsn, autocommit=True)

    @contextmanager
    def lock(self, timeout: int = 10) -> Iterator[None]:
        """Wait for other migrations to end; yoyo's lock row would outlive a `kill -9`."""
        if self._is_locked:
            yield
            return
        self.execute(f"select pg_advisory_lock({_LOCK})")
        self._is_locked = True
        try:
            yield
        finally:
            self._is_locked = False
            self.execute(f"select pg_advisory_unlock({_LOCK})")

    def apply_one(self, migration: Migration, force: bool = False, mark: bool = True) -> None:
        """Run a file and remember it in one transaction: a crash leaves all of it or none."""
        path = Path(migration.path)
        self.ensure_internal_schema_updated()
        # The whole file as one step: PostgreSQL splits statements better than a library.
        step = MigrationStep(0, path.read_text(encoding="utf-8"), None)
        with self.transaction():
            step.apply(self, force)
            self.mark_one(migration, log=False)
            self.execute(
                "insert into migration_checksum values (:migration_id, :sha256)",
                {"migration_id": migration.id, "sha256": _sha256(path)},
            )
