"""A quarter's night through the services, beside raw scans of the same file in the same run.

Import, rating with write-back, managers and obligations on a house of its own; then the demo.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

from authz.action import Action
from bench.batch_delivery import write_delivery
from bench.ground import Ground, new_house
from bench.timing import Clocked
from demo.seed import seed_demo
from domain.period import Quarter
from gate.act import act
from gate.actor import console
from gate.house import House
from rating.columnar import columnar, quoted
from rating.preparation import Phase
from rating.run import rate
from services.assignment import assign_unmanaged
from services.delivery import import_delivery
from services.obligation import open_obligations

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

QUARTER: Final = Quarter(2026, 3)
NOW: Final = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)
SCANS: Final = 5
_COLUMNS: Final = (
    "{'customer_no': 'VARCHAR', 'account_no': 'VARCHAR', 'outlet_code': 'VARCHAR', "
    "'product': 'VARCHAR', 'date': 'DATE', 'balance_fen': 'BIGINT'}"
)


@dataclass
class Night:
    """Seconds by the wall of each step of a quarter's night.

    Args:
        rows: Lines of balances.
        tiered: Customers who hold a tier after the rating.
        steps: Step -> seconds; DuckDB and PostgreSQL work beside this process, so not its CPU.
    """

    customers: int
    rows: int = 0
    tiered: int = 0
    opened: int = 0
    steps: dict[str, float] = field(default_factory=dict)


class Phases:
    """Told of an import's progress, keeps how long its phases took by the wall."""

    ENDS: Final = {
        (Phase.CHECKED, 1.0): "  of it: hashes",
        (Phase.READ, 0.3): "  of it: registers",
        (Phase.READ, 1.0): "  of it: ingest",
        (Phase.SUMMED, 1.0): "  of it: sums",
    }

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._at = perf_counter()

    def __call__(self, phase: Phase, share: float) -> None:
        """Note that *share* of *phase* is done."""
        name = self.ENDS.get((phase, share))
        if name and name not in self.seconds:
            self.seconds[name] = perf_counter() - self._at
            self._at = perf_counter()


async def night(ground: Ground, customers: int, form: str = "changes") -> Night:
    """Import and rate a quarter of *customers*, and open what is owed to them."""
    done = Night(customers)
    async with new_house(ground, "quarter", lambda: NOW) as house:
        source = house.home / "delivery"
        with columnar(house.home) as engine:
            write_delivery(engine, source, QUARTER, customers, form)
            for name, path in _scanned(source).items():
                if name == "raw scan, Parquet":
                    engine.execute(
                        f"copy (from {_csv(source)}) to {quoted(source / 'balances.parquet')}"
                    )
                done.steps[name] = median(_scan(engine, path) for _ in range(SCANS))
        (source / "balances.parquet").unlink()
        await _steps(house, source, done)
    return done


def _scanned(source: Path) -> dict[str, str]:
    parquet = f"read_parquet({quoted(source / 'balances.parquet')})"
    return {"raw scan, CSV": _csv(source), "raw scan, Parquet": parquet}


def _csv(source: Path) -> str:
    path = quoted(source / "balances.csv")
    return f"read_csv({path}, header = true, auto_detect = false, columns = {_COLUMNS})"


def _scan(engine: "DuckDBPyConnection", table: str) -> float:
    begun = perf_counter()
    # The condition always holds; without one, Parquet's statistics would answer.
    engine.execute(f"select max(columns(*)) from {table} where balance_fen % 7 < 7").fetchall()
    return perf_counter() - begun


async def _steps(house: House, source: Path, done: Night) -> None:
    actor = console(house)
    phases = Phases()
    with Clocked() as clocked:
        imported = await import_delivery(actor, source, progress=phases)
    done.steps |= {"import": clocked.wall, **phases.seconds}
    done.rows = imported.intake.rows["balances.csv"]
    with Clocked() as clocked:
        async with act(actor, Action.QUARTER_RATE) as on:
            on.everywhere()
            await rate(
                on.connection, QUARTER, house.rule_book, at=NOW, by="console", work=house.work
            )
    done.steps["rate and write back"] = clocked.wall
    with Clocked() as clocked:
        await assign_unmanaged(actor)
    done.steps["assign"] = clocked.wall
    with Clocked() as clocked:
        done.opened = (await open_obligations(actor)).opened
    done.steps["open obligations"] = clocked.wall
    async with house.database.connection() as connection:
        done.tiered = await connection.fetchval("select count(*) from customer where tier_rank > 0")


async def seeded(ground: Ground, customers: int) -> float:
    """Return how many seconds `weihu seed-demo` takes by the wall."""
    async with new_house(ground, "demo", lambda: datetime.now(UTC)) as house:
        with Clocked() as clocked:
            await seed_demo(house, count=customers)
    return clocked.wall
