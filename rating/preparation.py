"""Prepare a delivery without touching the database: check it, read it, set rows aside, sum it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from rating.columnar import count, quoted
from rating.files import (
    STAFF,
    UNITS,
    add_identity_rules,
    balances_shape,
    customers_shape,
    day_key,
)
from rating.ledger import Ledger, put_in_place
from rating.manifest import Manifest
from rating.package import Package
from rating.quarantine import QUARANTINE, Quarantine
from rating.reception import ensure_agreement, received
from rating.refusal import DeliveryRefused
from rating.shape import Shape
from rating.sums import sums_sql
from rating.together import accounts_together, keys_together, units_together
from rating.validation import Together, Validation

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NOUNS = ("units", "staff", "customers", "balances")


class Phase(StrEnum):
    """What an import goes through, in this order."""

    CHECKED = "checked"  # the files are those of the manifest
    READ = "read"  # good rows are kept, the others set aside
    SUMMED = "summed"
    APPLIED = "applied"  # one transaction of the database


Progress = Callable[[Phase, float], None]
"""Told how far a phase has come, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A delivery that is ready to be applied.

    The engine behind *connection* has the views ``units``, ``staff`` and ``customers`` of good
    rows, the tables ``unit_key`` and ``customer_key``, and the view ``sums``.

    Args:
        rows: Noun -> rows taken in.
        set_aside: Noun -> rows set aside.
        quarantine: The file that tells why; None if nothing is set aside.
    """

    manifest: Manifest
    ledger: Ledger
    connection: "DuckDBPyConnection"
    rows: Mapping[str, int]
    set_aside: Mapping[str, int]
    quarantine: Path | None


class Stopped(Exception):
    """Whoever waited for the preparation no longer does."""


class Preparation:
    """The work of one import up to the database; goes on where a killed one ended.

    Args:
        connection: An empty engine; another thread may interrupt it.
        ledger: The delivery's folder and finished phases.
        progress: Called from the thread that runs this.
    """

    def __init__(
        self,
        package: Package,
        manifest: Manifest,
        ledger: Ledger,
        connection: "DuckDBPyConnection",
        progress: Progress,
    ) -> None:
        self._package = package
        self._manifest = manifest
        self._ledger = ledger
        self._connection = connection
        self._progress = progress
        self._read_bytes = 0
        self._is_stopped = False

    def stop(self) -> None:
        """Let `run` end at its next step; the engine is interrupted by whoever owns it."""
        self._is_stopped = True

    def run(self) -> Prepared:
        """Go through the phases before the database.

        Raises:
            DeliveryRefused: The files are not what they say they are.
        """
        work = self._ledger.work_folder()
        paths = self._package.unpacked(self._manifest, work)
        self._check(paths)
        names = {file.noun: file.name for file in self._manifest.files}
        quarantine = Quarantine(self._connection, names)
        self._read_registers(paths, work, quarantine)
        if not self._ledger.has(Phase.READ):
            self._read_balances(paths, work, quarantine)
            quarantine.write(self._ledger.folder)
            facts = {
                "rows": {noun: self._rows(noun) for noun in NOUNS},
                "set_aside": {noun: quarantine.rows(noun) for noun in NOUNS},
            }
            self._ledger.finish(Phase.READ, **facts)
        self._progress(Phase.READ, 1.0)
        self._sum()
        facts = self._ledger.facts(Phase.READ)
        path = self._ledger.folder / QUARANTINE
        return Prepared(
            self._manifest,
            self._ledger,
            self._connection,
            facts["rows"],
            facts["set_aside"],
            path if path.exists() else None,
        )

    def _check(self, paths: Mapping[str, Path]) -> None:
        total = sum(path.stat().st_size for path in paths.values()) or 1

        def read(more: int) -> None:
            self._read_bytes += more
            self._ensure_wanted()
            self._progress(Phase.CHECKED, min(self._read_bytes / total, 1.0))

        ensure_agreement(paths, self._manifest, read)
        self._progress(Phase.CHECKED, 1.0)

    def _read_registers(
        self, paths: Mapping[str, Path], work: Path, quarantine: Quarantine
    ) -> None:
        """Read units, staff and customers: every time anew, so that no plain copy need be kept."""
        period = self._manifest.period
        add_identity_rules(self._connection)
        self._read(UNITS, units_together(UNITS), paths, work, quarantine)
        self._ensure_bureau()
        self._number("unit_key", "unit_code", "units", "kind")
        self._read(STAFF, keys_together(STAFF), paths, work, quarantine)
        self._progress(Phase.READ, 0.1)
        customers = customers_shape(period)
        self._read(customers, keys_together(customers), paths, work, quarantine)
        self._number("customer_key", "customer_no", "customers", "kind")
        self._progress(Phase.READ, 0.3)

    def _read_balances(self, paths: Mapping[str, Path], work: Path, quarantine: Quarantine) -> None:
        """Read the balances into the archive, with keys in place of codes."""
        period = self._manifest.period
        shape = balances_shape(period)
        self._connection.execute(f"create or replace table day_key as {day_key(period)}")
        daily = self._manifest.form == "daily"
        together = accounts_together(shape, period.days, daily=daily)
        staged = work / "balances.parquet"
        self._read(shape, together, paths, work, quarantine, staged)
        values = ", ".join(shape.values)
        if quarantine.rows(shape.noun):
            self._archive("balances", f"select {values} from balances")
        else:
            put_in_place(staged, self._archived("balances"))
        self._view("balances")
        self._archive(
            "customers",
            "select customer_key, code from customer_key where customer_key is not null",
        )
        self._archive("units", "select unit_key, code from unit_key where unit_key is not null")

    def _sum(self) -> None:
        days = self._manifest.period.days
        self._view("balances")
        if not self._ledger.has(Phase.SUMMED):
            is_clean = not self._ledger.facts(Phase.READ)["set_aside"]["balances"]
            every_day = self._manifest.form == "daily" and is_clean
            self._archive("sums", sums_sql(days, every_day=every_day))
            self._ledger.finish(Phase.SUMMED)
        self._view("sums")
        self._progress(Phase.SUMMED, 1.0)

    def _read(
        self,
        shape: Shape,
        together: Together,
        paths: Mapping[str, Path],
        work: Path,
        quarantine: Quarantine,
        staged: Path | None = None,
    ) -> None:
        self._ensure_wanted()
        file = self._manifest.file(shape.noun)
        path = received(paths[file.name], file, self._manifest.encoding, work)
        Validation(self._connection, quarantine, path, file, shape, together, staged).read()

    def _ensure_wanted(self) -> None:
        if self._is_stopped:
            raise Stopped

    def _number(self, table: str, code: str, noun: str, more: str) -> None:
        """Give the good rows of *noun* numbers by their code; the others are known without one."""
        self._connection.execute(
            f"""create or replace table {table} as
                select {code} as code, any_value({more}) as {more},
                    any_value(good.number)::integer as {table}
                from {noun}_read left join (
                    select {code}, row_number() over (order by {code}) as number from {noun}
                ) good using ({code})
                where {code} <> '' group by {code}"""
        )

    def _ensure_bureau(self) -> None:
        roots = self._connection.execute(
            "select unit_code from units where parent_code = ''"
        ).fetchall()
        if [row[0] for row in roots] != [self._manifest.bureau]:
            raise DeliveryRefused(
                "OTHER_BUREAU",
                f"The top of units.csv is not the bureau {self._manifest.bureau} of manifest.json. "
                "Ask the data centre to deliver again.",
            )

    def _rows(self, noun: str) -> int:
        return count(self._connection, f"select count(*) from {noun}")

    def _archived(self, name: str) -> Path:
        return self._ledger.folder / f"{name}.parquet"

    def _archive(self, name: str, sql: str) -> None:
        """Keep what *sql* selects in the archive, whole or not at all."""
        unfinished = self._archived(name).with_suffix(".unfinished")
        self._connection.execute(f"copy ({sql}) to {quoted(unfinished)} (format parquet)")
        put_in_place(unfinished, self._archived(name))

    def _view(self, name: str) -> None:
        path = quoted(self._archived(name))
        self._connection.execute(
            f"create or replace view {name} as select * from read_parquet({path})"
        )
