"""CPU of cases that are run in turn, so that a noisy machine is noisy for all of them."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

Case = Callable[[], Awaitable[Any]]
TOGETHER: Final = 8  # requests in flight
FEWEST: Final = 4  # requests a trial


@dataclass(frozen=True)
class Pace:
    """How long to measure: so many trials of about so much CPU each, in seconds."""

    trials: int
    each_s: float


QUICK: Final = Pace(3, 0.06)
FULL: Final = Pace(7, 0.25)


async def cpu_ms(cases: Mapping[str, Case], pace: Pace) -> dict[str, float]:
    """Return the CPU of this process a request, in milliseconds: the median of the trials."""
    counts = {}
    for name, case in cases.items():
        await case()  # compiles, caches and connects
        begun = process_time()
        await case()
        counts[name] = max(FEWEST, min(400, int(pace.each_s / (process_time() - begun + 1e-5))))
    figures: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(pace.trials):
        for name, case in cases.items():
            gc.collect()
            begun = process_time()
            await _several(case, counts[name])
            figures[name].append((process_time() - begun) / counts[name] * 1000)
    return {name: median(trials) for name, trials in figures.items()}


async def _several(case: Case, count: int) -> None:
    turns = iter(range(count))

    async def ask() -> None:
        for _ in turns:
            await case()

    await asyncio.gather(*(ask() for _ in range(min(TOGETHER, count))))


@dataclass
class Clocked:
    """Wall and CPU of a block, in seconds."""

    wall: float = 0.0
    cpu: float = 0.0

    def __enter__(self) -> "Clocked":
        self._begun = perf_counter(), process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = perf_counter() - self._begun[0], process_time() - self._begun[1]
