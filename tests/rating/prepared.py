"""Prepare a delivery as an import does, up to the database."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rating.columnar import columnar
from rating.ledger import Ledger
from rating.package import opened_package
from rating.preparation import Phase, Preparation, Prepared, Progress


def unheard(phase: Phase, fraction: float) -> None:
    """Take no notice of progress."""


@contextmanager
def prepared(source: Path, deliveries: Path, progress: Progress = unheard) -> Iterator[Prepared]:
    """Prepare the delivery at *source* for a block."""
    with opened_package(source) as package:
        manifest = package.manifest()
        ledger = Ledger(deliveries, manifest.sha256.hex())
        with columnar(ledger.work_folder()) as connection:
            yield Preparation(package, manifest, ledger, connection, progress).run()


def set_aside(source: Path, deliveries: Path) -> list[tuple[str, int, str, str, str]]:
    """Return what the quarantine file holds: file, line, column, value class and reason."""
    with prepared(source, deliveries) as delivery:
        if delivery.quarantine is None:
            return []
        with delivery.quarantine.open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
    return [
        (line["file"], int(line["line"]), line["column"], line["value_class"], line["reason"])
        for line in lines
    ]


def sums(source: Path, deliveries: Path) -> list[tuple[str, str, str, int, int]]:
    """Return the sums: customer number, unit code, product, stock and balance days in fen."""
    with prepared(source, deliveries) as delivery:
        return delivery.connection.execute(
            """select c.code, u.code, product::varchar, stock_fen, balance_days_fen
               from sums join customer_key c using (customer_key) join unit_key u using (unit_key)
               order by all"""
        ).fetchall()
