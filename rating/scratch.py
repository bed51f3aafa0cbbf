"""A folder for the length of one computation."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch(work: Path) -> Iterator[Path]:
    """Give an empty folder below *work* for a block, and remove it."""
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rating-", dir=work) as folder:
        yield Path(folder)
