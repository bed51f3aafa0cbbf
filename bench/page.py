"""Writes docs/benchmarks.md: each target beside what was reached, then the figures behind it."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parent.parent / "docs" / "benchmarks.md"
MET, MISSED, NOT_MEASURED, PARTLY = "met", "**missed**", "not measured", "partly measured"

WHY: Final = """## Where a limit is missed

- Plan to hand-written: the audit entry is a large part of the difference.
  The third ratio below has one on both sides.
- Rating and the night: PostgreSQL is in these times (COPY, indexes, triggers), not in the scans.
  New customers are sealed on the way; on little data, fixed costs are most of it.
- Obligations: what is owed is computed customer by customer in Python, not set-based.
- The wait for the trail is the disk's sync, by the wall: it moves with what else the machine does.
"""


@dataclass(frozen=True)
class Target:
    """A limit of the design, and what this run reached."""

    room: str
    what: str
    limit: str
    reached: str = "—"
    verdict: str = NOT_MEASURED


def at_most(room: str, what: str, limit: float, reached: float, unit: str) -> Target:
    """Return a target that is met by few."""
    verdict = MET if reached <= limit else MISSED
    return Target(room, what, f"≤ {limit:g} {unit}", f"{reached:,.3g} {unit}", verdict)


def at_least(room: str, what: str, limit: float, reached: float, unit: str) -> Target:
    """Return a target that is met by many."""
    shown = f"{reached:,.0f}" if reached >= 100 else f"{reached:.1f}"
    return Target(
        room,
        what,
        f"≥ {limit:,.0f} {unit}".strip(),
        f"{shown} {unit}".strip(),
        MET if reached >= limit else MISSED,
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown; figures, in all columns but the first, stand to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def machine() -> str:
    """Return what this ran on, without names."""
    model = platform.machine()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, Python {platform.python_version()}, "
        f"PostgreSQL embedded with fsync on, DuckDB {version('duckdb')}, "
        f"graphql-core {version('graphql-core')}, Strawberry {version('strawberry-graphql')}, "
        f"Tortoise {version('tortoise-orm')}"
    )


def write(
    targets: Sequence[Target], chapters: Sequence[str], *, is_quick: bool, loads: Sequence[float]
) -> None:
    """Write the page."""
    command = "make bench-quick" if is_quick else "make bench"
    kind = "the quick run on little data" if is_quick else "the full run"
    rows = [[one.room, one.what, one.limit, one.reached, one.verdict] for one in targets]
    counted = ", ".join(
        f"{sum(one.verdict == verdict for one in targets)} {verdict.strip('*')}"
        for verdict in (MET, MISSED, PARTLY, NOT_MEASURED)
    )
    load = " and ".join(f"{one:.1f}" for one in loads)
    PAGE.write_text(
        f"""# Benchmarks

Written by `{command}` on {datetime.now(UTC):%Y-%m-%d}: {kind}.
`make bench` runs all of it (some minutes), `make bench-quick` the same on little data.
No test asserts a time.

Machine: {machine()}.
Load average when this began and ended: {load}.
Where that is above the number of cores, others worked here too, and times by the wall are too long.
Ratios are of medians from runs in turn in one process.
CPU is this process's own, so it moves less than the wall.

## Targets

{counted}.

{table(["room", "target", "limit", "reached", ""], rows)}
{WHY}
{chr(10).join(chapters)}""",
        encoding="utf-8",
    )
