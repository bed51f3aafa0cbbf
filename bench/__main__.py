"""Run every benchmark beside its baseline and write docs/benchmarks.md: `python -m bench`."""

import os
from time import perf_counter
from typing import Annotated

import typer
import uvloop

from bench import chapters, page, quarter, reading, sealing, targets, trail
from bench.chapters import Sealed
from bench.ground import Ground, ground
from vault.suite import Suite


def main(
    quick: Annotated[bool, typer.Option("--quick", help="Little data; under two minutes.")] = False,
    million: Annotated[bool, typer.Option(help="Reading at 1,000,000 customers, too.")] = True,
) -> None:
    """Run all, and write docs/benchmarks.md."""
    begun, load = perf_counter(), os.getloadavg()[0]
    _say(begun, "sealing")
    sealed = _sealed(quick)
    with ground() as here:
        _say(begun, "trail")
        rates = uvloop.run(_trail(here, 4_000 if quick else 20_000))
        largest = [MILLION] if million else []
        sizes = [1_000, 5_000] if quick else [1_000, 20_000, 100_000, *largest]
        _say(begun, "reading")
        read = uvloop.run(
            reading.measured(here, sizes, 5_000 if quick else 100_000, is_quick=quick)
        )
        _say(begun, "the quarter's night")
        done = uvloop.run(quarter.night(here, 5_000 if quick else 50_000))
        _say(begun, "the demo")
        people = 300 if quick else 3_000
        seeded = uvloop.run(quarter.seeded(here, people))
    found = [
        *targets.reading(read),
        *targets.sealing(sealed),
        *targets.trail(rates),
        *targets.batch(done),
    ]
    told = [
        chapters.reading(read),
        chapters.sealing(sealed),
        chapters.trail(rates),
        chapters.batch(done, (people, seeded)),
    ]
    page.write(found, told, is_quick=quick, loads=[load, os.getloadavg()[0]])
    _say(begun, f"written: {page.PAGE.name}")


MILLION = 1_000_000


def _sealed(is_quick: bool) -> Sealed:
    customers, trials = (500, 3) if is_quick else (sealing.CUSTOMERS, sealing.TRIALS)
    return {suite.name: sealing.measured(suite, customers, trials) for suite in Suite}


async def _trail(here: Ground, entries: int) -> list[trail.Rate]:
    home = here.home / "trail"
    home.mkdir(mode=0o700)
    return await trail.measured(await here.database("trail"), home, entries)


def _say(begun: float, what: str) -> None:
    print(f"{perf_counter() - begun:6.1f} s  {what}", flush=True)


if __name__ == "__main__":
    typer.run(main)
