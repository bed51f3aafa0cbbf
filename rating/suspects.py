"""Find the lines of suspect rows in a large file without reading the others a second time."""

import mmap
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pyarrow as pa

SUSPECTS_MAX: Final = 300_000  # beyond it the whole file is read line by line


@dataclass(frozen=True, slots=True)
class Found:
    """The suspect lines of a file.

    Args:
        records: ``line``, ``fields`` and ``fault`` of each, as `records.record_batches` has them.
        rows: How many records the whole file has.
    """

    records: "pa.Table"
    rows: int


def is_searchable(path: Path) -> bool:
    """Tell whether each line of a CSV file is one record: no quotation marks, usual line ends."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        end = content.find(b"\n")
        return end > 0 and content.find(b'"') < 0 and content.find(b"\r", 0, end - 1) < 0


def found_lines(path: Path, texts: Collection[str], columns: int) -> Found | None:
    """Return the lines of a searchable file that are of *texts*, or have not *columns* values.

    None if one of *texts* is not there: then the file is not written as it seemed.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    commas = columns - 1
    numbers: list[int] = []
    lines: list[bytes] = []
    number, empty, line = 1, 0, b"\n"
    with path.open("rb") as file:
        end = b"\r\n" if file.readline().endswith(b"\r\n") else b"\n"
        wanted = {text.encode() + end for text in texts}
        for number, line in enumerate(file, start=2):
            if line not in wanted and line.count(b",") == commas and line[-1:] == b"\n":
                continue
            text = line.rstrip(b"\r\n")
            if not text:
                empty += 1
            elif line.count(b",") != commas or text + end in wanted:
                numbers.append(number)
                lines.append(text)
    if not wanted <= {text + end for text in lines}:
        return None
    is_cut = not line.endswith(b"\n") and line.count(b",") < commas
    faults = [None] * (len(lines) - is_cut) + ["truncated_line"] * is_cut
    fields = pc.split_pattern(pa.array([text.decode() for text in lines], pa.string()), ",")
    arrays = [pa.array(numbers, pa.int64()), fields, pa.array(faults, pa.string())]
    return Found(pa.table(arrays, names=["line", "fields", "fault"]), number - 1 - empty)
