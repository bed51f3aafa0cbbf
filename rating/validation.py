"""Read a delivered file and find its faults: at full speed, or a second time line by line."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rating.columnar import count, listed, quoted
from rating.manifest import DeliveredFile
from rating.quarantine import Quarantine
from rating.records import header_of, record_batches
from rating.refusal import DeliveryRefused
from rating.shape import Shape

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Together:
    """How the rows of a file are checked against one another.

    Args:
        agree: Tells at full speed whether they go together.
        set_apart: Sets aside, with their lines, those that do not.
    """

    agree: Callable[["DuckDBPyConnection"], bool]
    set_apart: Callable[["DuckDBPyConnection", Quarantine], None]


@dataclass(frozen=True, slots=True)
class Validation:
    """One delivered file on its way into the view that its shape names.

    Args:
        path: Where it lies as UTF-8 or Parquet.
        staged: Where its rows are kept as Parquet; None keeps them in memory.
    """

    connection: "DuckDBPyConnection"
    quarantine: Quarantine
    path: Path
    file: DeliveredFile
    shape: Shape
    together: Together
    staged: Path | None = None

    def read(self) -> None:
        """Leave the good rows in the view; set the others aside.

        Raises:
            DeliveryRefused: It is no such file, has not the rows that the manifest says, or every
                row is bad.
        """
        if self.file.name.endswith(".parquet"):
            self._ensure_parquet()
            rows = self._parquet_rows()
            if not self._is_read_clean(rows):
                self._read_carefully(rows)
            return
        header = header_of(self.path, self.shape, self.file.name)
        if self._is_read_clean(self._csv_rows(header)):
            return
        records = record_batches(self.path, len(self.shape.columns))
        self.connection.register("records", records)
        try:
            self._read_carefully(self._recorded_rows(header))
        finally:
            self.connection.unregister("records")

    def _is_read_clean(self, source: str) -> bool:
        """Read the file at full speed; tell whether that found no fault at all.

        A row that fails a check is left out, so that rows are missing if there is a fault.
        """
        import duckdb

        try:
            rows = self._keep(self.shape.plain_rows(source))
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            return False  # not even columns: the second look says where
        self._show("0::bigint as line, *")
        return rows == self.file.rows and self.together.agree(self.connection)

    def _read_carefully(self, source: str) -> None:
        noun = self.shape.noun
        self._ensure_rows(self._keep(self.shape.numbered_rows(source)))
        self.quarantine.add_faulty(noun)
        self._show(
            "*", f"where line not in (select line from set_aside where file = {quoted(noun)})"
        )
        self.together.set_apart(self.connection, self.quarantine)
        if self.file.rows and not count(self.connection, f"select count(*) from {noun}"):
            raise DeliveryRefused(
                "NOTHING_USABLE",
                f"No row of {self.file.name} can be used. Most often: "
                f"{self.quarantine.main_reason(noun)} Check that it is the right file and period.",
            )

    def _keep(self, rows: str) -> int:
        """Keep what the SQL *rows* selects, in memory or as Parquet; return how many rows it is."""
        kept = f"{self.shape.noun}_read"
        if self.staged is None:
            self.connection.execute(f"create or replace table {kept} as {rows}")
            return count(self.connection, f"select count(*) from {kept}")
        written = count(self.connection, f"copy ({rows}) to {quoted(self.staged)} (format parquet)")
        self.connection.execute(
            f"create or replace view {kept} as select * from read_parquet({quoted(self.staged)})"
        )
        return written

    def _show(self, columns: str, which: str = "") -> None:
        """Let the view show rows that were kept."""
        noun = self.shape.noun
        self.connection.execute(
            f"create or replace view {noun} as select {columns} from {noun}_read {which}"
        )

    def _csv_rows(self, header: tuple[str, ...]) -> str:
        columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in header)
        return f"""
            select * from read_csv({quoted(self.path)}, header = true, auto_detect = false,
                delim = ',', quote = '"', escape = '"', columns = {{{columns}}},
                force_not_null = [{listed(header)}])"""

    def _recorded_rows(self, header: tuple[str, ...]) -> str:
        whole = f"len(fields) = {len(self.shape.columns)}"
        texts = ", ".join(
            f"case when {whole} then fields[{place}] else '' end as {name}"
            for place, name in enumerate(header, start=1)
        )
        return f"select line, len(fields) as fields_found, fault, {texts} from records"

    def _parquet_rows(self) -> str:
        columns = self.shape.columns
        texts = ", ".join(f"coalesce({name}::varchar, '') as {name}" for name in columns)
        return f"""
            select file_row_number + 1 as line, {len(columns)} as fields_found,
                null::varchar as fault, {texts}
            from read_parquet({quoted(self.path)}, file_row_number = true)"""

    def _ensure_parquet(self) -> None:
        import duckdb

        described = f"describe select * from read_parquet({quoted(self.path)})"
        try:
            found = self.connection.execute(described).fetchall()
        except (duckdb.InvalidInputException, duckdb.IOException):
            raise DeliveryRefused(
                "PARQUET_BROKEN",
                f"{self.file.name} is not a Parquet file. Ask the data centre to deliver again.",
            ) from None
        missing = set(self.shape.columns) - {row[0] for row in found}
        if missing:
            raise DeliveryRefused(
                "COLUMN_MISSING",
                f"{self.file.name} has no column {', '.join(sorted(missing))}. "
                "Ask the data centre to deliver again.",
            )

    def _ensure_rows(self, found: int) -> None:
        if found != self.file.rows:
            raise DeliveryRefused(
                "ROWS_DIFFER",
                f"{self.file.name} has {found:,} rows, manifest.json says {self.file.rows:,}. "
                "Ask the data centre to deliver again.",
                params={"found": found, "declared": self.file.rows},
            )
