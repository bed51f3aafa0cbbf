"""A log made by hand, without a database: what an attacker would start from."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import orjson

from audit.checkpoint import Checkpoint
from audit.entry import Entry, Link, canonical
from audit.key import TrailKey
from audit.tile import bundle_of, levels_of, tiles_of
from audit.tree import leaf_hash, root_of
from audit.verdict import Verdict
from audit.verify import manifest_of

KEY = TrailKey("weihu/test", bytes(range(32)))
KEYS = [KEY.verifier]
SIZE = 700  # of the log that the tests spoil: three tiles


@dataclass(repr=False)
class PaperLog:
    """Entries as they stand in a log, each lane carried on."""

    entries: list[bytes] = field(default_factory=list)
    ends: dict[tuple[UUID, int], tuple[int, bytes]] = field(default_factory=dict)

    def add(self, entry: Entry, process: int = 1, lane: int = 0) -> None:
        """Add an entry to the end of its lane."""
        place = (UUID(int=process), lane)
        number, head = self.ends.get(place, (0, bytes(32)))
        text = canonical(entry, Link(*place, number + 1, head))
        self.ends[place] = (number + 1, leaf_hash(text))
        self.entries.append(text)

    def checkpoint(self, key: TrailKey = KEY) -> str:
        """Return the signed checkpoint."""
        return checkpoint_of(self.entries, key)

    def write(self, folder: Path, key: TrailKey = KEY) -> Path:
        """Write the log as an export would."""
        return write_log(folder, self.entries, self.checkpoint(key), key)


def checkpoint_of(entries: Sequence[bytes], key: TrailKey = KEY) -> str:
    """Sign the tree of *entries*."""
    root = root_of([leaf_hash(entry) for entry in entries])
    return key.signer.note(Checkpoint(key.verifier.name, len(entries), root).text())


def write_log(folder: Path, entries: Sequence[bytes], note: str, key: TrailKey = KEY) -> Path:
    """Write tiles that fit *entries*, and *note*, whether it fits or not."""
    roots = [leaf_hash(entry) for entry in entries]
    for tile in tiles_of(0, len(entries)):
        some = entries[tile.first : tile.first + tile.width]
        put(folder / tile.bundle_path, bundle_of(some))
    for level in levels_of(len(entries)):
        for tile in tiles_of(level, len(entries)):
            put(folder / tile.path, b"".join(roots[tile.first : tile.first + tile.width]))
        roots = [root_of(roots[at : at + 256]) for at in range(0, len(roots) - 255, 256)]
    put(folder / "trail.vkey", f"{key.verifier.vkey()}\n".encode())
    put(folder / "checkpoint", note.encode())
    said = Checkpoint.of(note.partition("\n\n")[0] + "\n")
    put(folder / "manifest.json", orjson.dumps(manifest_of(said)))
    return folder


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def random_log(chance: random.Random, size: int, make_entry: Callable[..., Entry]) -> PaperLog:
    """Return a log as processes at work would leave it."""
    log = PaperLog()
    for turn in range(size - 1):
        process = chance.randint(1, 3)
        lane = chance.choice((0, 0, 0, 1, 2))
        log.add(make_entry(details={"turn": turn}), process, lane)
    lanes = tuple(log.ends.get((UUID(int=1), lane), (0, b""))[0] for lane in range(1, 9))
    log.add(make_entry(action="trail:close", details={"lanes": lanes}), 1)
    return log


def dice(seed: int) -> random.Random:
    """Return chance that falls the same way each time."""
    return random.Random(seed)  # noqa: S311 (nothing is kept secret with it)


def first_broken(verdict: Verdict) -> int | None:
    assert verdict.first_broken is not None
    return verdict.first_broken.index
