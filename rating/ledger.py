"""What of a delivery is prepared already, so that a killed import goes on from there."""

import json
import os
import shutil
from pathlib import Path
from typing import Any, Final

LEDGER: Final = "ledger.json"
FORMAT: Final = 1  # raised when prepared files of an older version can no longer be used
WORK: Final = "work"  # plain copies of delivered files: gone when the import ends


class Ledger:
    """The folder of one delivery below WEIHU_HOME/deliveries, and its finished phases.

    Args:
        deliveries: The folder of all deliveries.
        name: The manifest's SHA-256, hexadecimal.
    """

    def __init__(self, deliveries: Path, name: str) -> None:
        self.folder = deliveries / name
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._phases = self._read()

    def has(self, phase: str) -> bool:
        """Tell whether *phase* was finished."""
        return phase in self._phases

    def facts(self, phase: str) -> dict[str, Any]:
        """Return what was noted with a finished phase."""
        facts: dict[str, Any] = self._phases[phase]
        return facts

    def finish(self, phase: str, **facts: Any) -> None:
        """Note that *phase* is finished; durable on return."""
        self._phases[phase] = facts
        text = json.dumps({"format": FORMAT, "phases": self._phases}, indent=1, sort_keys=True)
        write_durably(self.folder / LEDGER, text.encode())

    def work_folder(self) -> Path:
        """Return a folder for plain copies that nobody else may read."""
        work = self.folder / WORK
        work.mkdir(mode=0o700, exist_ok=True)
        return work

    def clear_work(self) -> None:
        """Remove the plain copies."""
        shutil.rmtree(self.folder / WORK, ignore_errors=True)

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            kept = json.loads((self.folder / LEDGER).read_bytes())
        except (OSError, ValueError):
            return {}
        return kept["phases"] if kept.get("format") == FORMAT else {}


def clear_leftovers(deliveries: Path) -> None:
    """Remove plain copies that killed imports left behind; nobody else may be importing."""
    for work in deliveries.glob(f"*/{WORK}"):
        shutil.rmtree(work, ignore_errors=True)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, also when the power fails."""
    unfinished = path.with_name(path.name + ".unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
    put_in_place(unfinished, path)


def put_in_place(unfinished: Path, path: Path) -> None:
    """Give a finished file its name, after its bytes are on the disk."""
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
