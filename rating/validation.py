"""Read a delivered file and find its faults: at full speed, or a second time line by line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rating.columnar import count, listed, quoted
from rating.manifest import DeliveredFile
from rating.quarantine import Quarantine
from rating.records import header_of, record_batches
from rating.refusal import DeliveryRefused
from rating.shape import Shape
from rating.suspects import SUSPECTS_MAX, found_lines, is_searchable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Together:
    """How the rows of a file are checked against one another.

    Args:
        agree: Tells at full speed whether they go together.
        set_apart: Sets aside, with their lines, those that do not.
        group: Column within whose values the rows are checked; '' if the whole file is one group.
        failing: SQL for the values of *group* whose rows do not go together.
    """

    agree: Callable[["DuckDBPyConnection"], bool]
    set_apart: Callable[["DuckDBPyConnection", Quarantine], None]
    group: str = ""
    failing: str = ""


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
                self._read_all_carefully(rows)
            return
        header = header_of(self.path, self.shape, self.file.name)
        if self._is_read_clean(self._csv_rows(header)):
            return
        is_large = self.together.group and self.staged is not None
        if is_large and is_searchable(self.path) and self._read_suspects(header):
            return
        with self._registered(record_batches(self.path, len(self.shape.columns))):
            self._read_all_carefully(self._recorded_rows(header))

    def _is_read_clean(self, source: str) -> bool:
        """Read the file at full speed; tell whether that found no fault at all.

        A row that fails a check is left out, so that rows are missing if there is a fault; so is
        a line that has not the right columns.
        """
        import duckdb

        try:
            rows = self._keep(self.shape.plain_rows(source))
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            self._keep(self.shape.plain_rows(self._nothing()))
            return False  # not even lines: the second look says where
        self._show("0::bigint as line, *")
        return rows == self.file.rows and self.together.agree(self.connection)

    def _read_suspects(self, header: tuple[str, ...]) -> bool:
        """Look closely at the rows that failed a check or whose group does; False if too many.

        The others are kept as the fast pass has read them.
        """
        noun, group = self.shape.noun, self.together.group
        texts = self._suspect_texts(header)
        found = found_lines(self.path, texts, len(header)) if texts is not None else None
        if found is None:
            return False
        self._ensure_rows(found.rows)
        with self._registered(found.records):
            rows = self.shape.numbered_rows(self._recorded_rows(header))
            self.connection.execute(f"create or replace table {noun}_suspect as {rows}")
        self.connection.execute(
            f"create or replace view {noun}_read as select * from {noun}_suspect"
        )
        self._set_apart()
        values = ", ".join(self.shape.values)
        self.connection.execute(
            f"""create or replace view {noun} as
                select {values} from read_parquet({quoted(self.staged)})
                where {group} not in (select {group} from failing)
                union all select {values} from {noun}_suspect
                where {group} in (select {group} from failing)
                    and line not in (select line from set_aside where file = {quoted(noun)})"""
        )
        self._ensure_something_left()
        return True

    def _suspect_texts(self, header: tuple[str, ...]) -> set[str] | None:
        """Return the lines of all suspect rows, None if they are too many; fill ``failing``.

        Whether a group fails is asked with the doubtful rows in it: a day whose row is bad is no
        day that is missing.
        """
        run, source = self.connection.execute, self._csv_rows(header)
        doubtful = self.shape.doubtful_rows(source, header, SUSPECTS_MAX)
        run(f"create or replace table doubtful as {doubtful}")
        values = ", ".join(self.shape.values)
        run(
            f"""create or replace view {self.shape.noun} as
                select {values} from read_parquet({quoted(self.staged)})
                union all select {values} from doubtful"""
        )
        run(f"create or replace table failing as {self.together.failing}")
        failing = self.shape.failing_rows(source, header, self.together.group, SUSPECTS_MAX)
        texts = run("select text from doubtful").fetchall()
        if count(self.connection, "select count(*) from failing"):
            texts += run(failing).fetchall()
        return {text for (text,) in texts} if len(texts) <= SUSPECTS_MAX else None

    def _read_all_carefully(self, source: str) -> None:
        self._ensure_rows(self._keep(self.shape.numbered_rows(source)))
        self._set_apart()
        self._ensure_something_left()

    def _set_apart(self) -> None:
        """Set aside the rows read that have faults, then those that do not go together."""
        noun = self.shape.noun
        self.quarantine.add_faulty(noun)
        self._show(
            "*", f"where line not in (select line from set_aside where file = {quoted(noun)})"
        )
        self.together.set_apart(self.connection, self.quarantine)

    def _ensure_something_left(self) -> None:
        noun = self.shape.noun
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
                force_not_null = [{listed(header)}], ignore_errors = true)"""

    def _nothing(self) -> str:
        texts = ", ".join(f"'' as {name}" for name in self.shape.columns)
        return f"select {texts} limit 0"

    @contextmanager
    def _registered(self, records: object) -> Iterator[None]:
        """Let the engine read *records* under that name for a block."""
        self.connection.register("records", records)
        try:
            yield
        finally:
            self.connection.unregister("records")

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
