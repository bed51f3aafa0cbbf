"""The second look at a file with faults: its records with the lines on which they begin."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rating.refusal import DeliveryRefused
from rating.shape import Shape

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK_CHARACTERS: Final = 16 << 20
QUOTED_LINES_MAX: Final = 50  # a quoted value over more lines is a quotation mark left open


def header_of(path: Path, shape: Shape, name: str) -> tuple[str, ...]:
    """Return the columns of a CSV file in the order in which they stand.

    Raises:
        DeliveryRefused: A column is missing, or there twice.
    """
    with path.open(encoding="utf-8-sig", newline=None) as file:
        columns = tuple(next(csv.reader([file.readline(1 << 16)]), ()))
    missing = [column for column in shape.columns if column not in columns]
    if missing:
        raise DeliveryRefused(
            "COLUMN_MISSING",
            f"{name} has no column {', '.join(missing)}. Its first line must name the columns "
            f"{','.join(shape.columns)}. Ask the data centre to deliver again.",
        )
    if len(columns) > len(shape.columns):
        strange = [column for column in columns if column not in shape.columns] or columns
        raise DeliveryRefused(
            "COLUMN_UNKNOWN",
            f"{name} has columns that are not known or are there twice: {', '.join(strange)}. "
            "Ask the data centre to deliver again.",
        )
    return columns


def record_batches(path: Path, columns: int) -> "pa.RecordBatchReader":
    """Return a stream of ``line``, ``fields`` and ``fault`` for each record of a CSV file.

    Lines are counted from 1, the header included; empty lines are no records. ``fault`` is null,
    or a key of `fault.SENTENCES`.

    Args:
        columns: How many values a record should have.
    """
    import pyarrow as pa

    schema = pa.schema(
        [("line", pa.int64()), ("fields", pa.list_(pa.string())), ("fault", pa.string())]
    )
    batches = _batches(path, columns, schema)
    return pa.RecordBatchReader.from_batches(schema, batches)


def _batches(path: Path, columns: int, schema: "pa.Schema") -> "Iterator[pa.RecordBatch]":
    import pyarrow as pa

    with path.open(encoding="utf-8-sig", newline=None) as file:
        file.readline()
        line = 2
        carried: list[str] = []
        while lines := file.readlines(CHUNK_CHARACTERS):
            lines = carried + lines
            if any('"' in each for each in lines):
                rows, carried = _quoted_records(lines, line, is_last=False)
                arrays = [
                    pa.array(values, field.type) for values, field in zip(rows, schema, strict=True)
                ]
            else:
                arrays, carried = _plain_records(lines, line, columns), []
            line += len(lines) - len(carried)
            yield pa.record_batch(arrays, schema=schema)
        if carried:
            rows, _ = _quoted_records(carried, line, is_last=True)
            yield pa.record_batch(
                [pa.array(values, field.type) for values, field in zip(rows, schema, strict=True)],
                schema=schema,
            )


def _plain_records(lines: Sequence[str], first: int, columns: int) -> list[Any]:
    """Return the columns of a batch for lines without quotation marks."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pa.array([each.rstrip("\n") for each in lines], pa.string())
    numbers = pa.array(range(first, first + len(lines)), pa.int64())
    is_record = pc.not_equal(texts, "")
    texts, numbers = texts.filter(is_record), numbers.filter(is_record)
    fields = pc.split_pattern(texts, ",")
    faults: list[str | None] = [None] * len(texts)
    if not lines[-1].endswith("\n") and len(fields[-1]) < columns:
        faults[-1] = "truncated_line"
    return [numbers, fields, pa.array(faults, pa.string())]


Rows = tuple[list[int], list[list[str]], list[str | None]]


def _quoted_records(lines: list[str], first: int, *, is_last: bool) -> tuple[Rows, list[str]]:
    """Return records of lines with quotation marks, and the lines that still await their end."""
    numbers: list[int] = []
    fields: list[list[str]] = []
    faults: list[str | None] = []
    at = 0
    while at < len(lines):
        taken, values, fault = _record(lines, at)
        is_open = fault == "unclosed_quote" and len(lines) - at < QUOTED_LINES_MAX
        if is_open and not is_last:
            return (numbers, fields, faults), lines[at:]
        if values or fault:
            numbers.append(first + at)
            fields.append(values)
            faults.append(fault)
        at += taken
    return (numbers, fields, faults), []


def _record(lines: list[str], at: int) -> tuple[int, list[str], str | None]:
    """Return how many lines the record at *at* takes, its values, and what is wrong with it."""
    if '"' not in lines[at]:
        text = lines[at].rstrip("\n")
        return 1, text.split(",") if text else [], None
    for taken in range(1, min(QUOTED_LINES_MAX, len(lines) - at) + 1):
        try:
            values = next(csv.reader(lines[at : at + taken], strict=True), [])
        except csv.Error as error:
            if "end of data" in str(error):
                continue
            return 1, [], "bad_quotes"
        return taken, values, None
    return 1, [], "unclosed_quote"
