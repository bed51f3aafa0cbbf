"""The quarter's batch beside raw scans of the same files in the same run: `python -m bench.batch`.

    python -m bench.batch [CUSTOMERS] [--form daily] [--database] [--trials N]

Medians of wall and CPU seconds. A ratio of 2 means: twice the CPU of reading the same columns and
doing nothing with them. With ``--database``, customers are sealed and written to an embedded
PostgreSQL with fsync on, rated, and written back.
"""

import argparse
import asyncio
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from bench.batch_delivery import spoil, write_delivery
from domain.period import Quarter
from rating.columnar import columnar, quoted, sql_of
from rating.intake import Arrival, take_in
from rating.ledger import Ledger
from rating.package import opened_package
from rating.preparation import Phase, Preparation
from rating.rule import rated
from rating.run import rate
from rating.sums import sums_sql
from store.database import Database, ensure_database
from store.embedded import EmbeddedServer
from store.key import open_vault
from store.migrate import migrate
from store.rule_book import load_rule_book

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

QUARTER: Final = Quarter(2026, 3)
NOW: Final = datetime(2026, 10, 8, tzinfo=UTC)
_CSV_TYPES: Final = (
    "{'customer_no': 'VARCHAR', 'account_no': 'VARCHAR', 'outlet_code': 'VARCHAR', "
    "'product': 'VARCHAR', 'date': 'DATE', 'balance_fen': 'BIGINT'}"
)


@dataclass
class Stopwatch:
    """Wall and CPU seconds of each step, trial by trial."""

    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a block."""
        wall, cpu = perf_counter(), process_time()
        yield
        self.wall.setdefault(name, []).append(perf_counter() - wall)
        self.cpu.setdefault(name, []).append(process_time() - cpu)

    def line(self, name: str, beside: str = "") -> str:
        """Return a line of the table, with the ratio of CPU to the step *beside*."""
        cpu = median(self.cpu[name])
        ratio = f"{cpu / median(self.cpu[beside]):8.2f}x" if beside else ""
        return f"{name:42}{median(self.wall[name]):9.2f}{cpu:9.2f}{ratio}"


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("customers", nargs="?", type=int, default=100_000)
    asked.add_argument("--form", choices=("changes", "daily"), default="changes")
    asked.add_argument("--trials", type=int, default=3)
    asked.add_argument("--database", action="store_true")
    given = asked.parse_args()
    watch = Stopwatch()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        here = Path(folder)
        clean, spoilt = here / "clean", here / "spoilt"
        with columnar(here) as engine:
            write_delivery(engine, clean, QUARTER, given.customers, given.form)
        spoil(clean, spoilt)
        for trial in range(given.trials):
            _scan_csv(watch, clean)
            _prepare(watch, clean, here / f"clean-{trial}", "clean")
            _prepare(watch, spoilt, here / f"spoilt-{trial}", "spoilt")
            _rate_again(watch, here / f"clean-{trial}", every_day=given.form == "daily")
        if given.database:
            asyncio.run(_night(watch, clean, here / "home"))
    _print(watch, given.customers, given.form)


def _scan_csv(watch: Stopwatch, source: Path) -> None:
    with columnar(source) as engine, watch.step("raw scan of balances.csv"):
        engine.execute(
            f"""select max(columns(*)) from read_csv({quoted(source / "balances.csv")},
                header = true, auto_detect = false, delim = ',', columns = {_CSV_TYPES})"""
        ).fetchall()


def _prepare(watch: Stopwatch, source: Path, deliveries: Path, kind: str) -> None:
    """Time each phase of an import up to the database."""
    steps = {
        (Phase.CHECKED, 1.0): "hash",
        (Phase.READ, 0.3): "registers",
        (Phase.READ, 1.0): "ingest",
        (Phase.SUMMED, 1.0): "sum",
    }
    marks = [(perf_counter(), process_time())]
    seen: set[str] = set()

    def progress(phase: Phase, share: float) -> None:
        name = steps.get((phase, share))
        if name is None or name in seen:
            return
        seen.add(name)
        marks.append((perf_counter(), process_time()))
        watch.wall.setdefault(f"{name}, {kind}", []).append(marks[-1][0] - marks[-2][0])
        watch.cpu.setdefault(f"{name}, {kind}", []).append(marks[-1][1] - marks[-2][1])

    with opened_package(source) as package:
        manifest = package.manifest()
        ledger = Ledger(deliveries, "one")
        with columnar(ledger.work_folder()) as engine:
            Preparation(package, manifest, ledger, engine, progress).run()


def _rate_again(watch: Stopwatch, deliveries: Path, *, every_day: bool) -> None:
    """Time average, home outlet and tiers from the archive, beside a raw scan of it."""
    book = load_rule_book()
    rule = sql_of(rated(book.tiers, QUARTER.days, book.rating.quarters_to_move))
    with columnar(deliveries) as engine:
        for name in ("balances", "customers", "units"):
            path = quoted(deliveries / "one" / f"{name}.parquet")
            engine.execute(f"create view {name} as select * from read_parquet({path})")
        with watch.step("raw scan of the archive"):
            engine.execute(
                "select bit_xor(hash(customer_key, unit_key, product, day, balance_fen)) "
                "from balances"
            ).fetchall()
        with watch.step("sums, home outlets and tiers"):
            _rate_from_archive(engine, rule, every_day=every_day)


def _rate_from_archive(engine: "DuckDBPyConnection", rule: str, *, every_day: bool) -> None:
    engine.execute(
        f"""create table stocks as
            select customer_key::varchar as customer_id, code as unit_code,
                sum(stock_fen)::bigint as stock_fen,
                sum(balance_days_fen)::bigint as balance_days_fen
            from ({sums_sql(QUARTER.days, every_day=every_day)}) join units using (unit_key)
            group by all"""
    )
    engine.execute(
        """create table before as
           select customer_key::varchar as customer_id, code as customer_no,
               0::smallint as held_rank, 0::smallint as quarters, 'in' as direction,
               null::varchar as home from customers"""
    )
    engine.execute(f"create table rated as {rule}")


async def _night(watch: Stopwatch, source: Path, home: Path) -> None:
    """Time an import and a rating with PostgreSQL, the first and the next quarter's way."""
    server = EmbeddedServer(home)
    dsn = server.start()
    try:
        await ensure_database(dsn)
        migrate(dsn)
        async with Database.opened(dsn) as database:
            async with database.own_connection() as connection:
                vault = await open_vault(connection, home, {}, NOW)
            with watch.step("import, first: sealed and written"):
                async with database.transaction() as transaction:
                    await take_in(
                        transaction.connection, source, vault, home, Arrival(NOW, "bench"), _unheard
                    )
            with watch.step("rate and write back"):
                async with database.transaction() as transaction:
                    await rate(
                        transaction.connection,
                        QUARTER,
                        load_rule_book(),
                        at=NOW,
                        by="bench",
                        work=home / "work",
                    )
            vault.close()
    finally:
        server.stop()


def _unheard(phase: Phase, share: float) -> None:
    """Take no notice of progress."""


def _print(watch: Stopwatch, customers: int, form: str) -> None:
    scan, archive = "raw scan of balances.csv", "raw scan of the archive"
    beside: dict[str, str] = {name: "" for name in watch.wall}
    for kind in ("clean", "spoilt"):
        beside[f"ingest, {kind}"] = scan
    beside["sums, home outlets and tiers"] = archive
    print(f"{customers:,} customers, {form}")
    print(f"{'':42}{'wall s':>9}{'CPU s':>9}{'ratio':>9}")
    for name, other in beside.items():
        print(watch.line(name, other))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"peak memory {peak:.2f} GiB")


if __name__ == "__main__":
    main()
