"""Take a delivery in: prepare it, then apply it in the caller's transaction, all or nothing."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from domain.identity import new_id
from rating.admission import Admission, Taken, admission, taken_before
from rating.columnar import columnar, quoted
from rating.intake_customers import CustomerChanges, CustomerIntake
from rating.intake_staff import StaffChanges, take_staff
from rating.intake_units import UnitChanges, take_units
from rating.ledger import Ledger, clear_leftovers
from rating.package import opened_package
from rating.preparation import Phase, Preparation, Prepared, Progress
from rating.quarantine import QUARANTINE
from rating.turn import take_turn
from vault.vault import Vault

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Arrival:
    """When and by whose hand a delivery comes in.

    Args:
        accepts: Whether they accept that rows are set aside, so that the period may be rated.
    """

    at: datetime
    by: str
    accepts: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What a delivery changes in the registers."""

    units: UnitChanges
    staff: StaffChanges | None
    customers: CustomerChanges


@dataclass(frozen=True, slots=True)
class Intake:
    """A delivery that is in the database.

    Args:
        rows: File -> rows taken in.
        rows_set_aside: Of all files together.
        changes: None if it was there before.
        quarantine: The file that tells what is set aside and why; None if nothing is.
    """

    id: UUID
    period: str
    rows: Mapping[str, int]
    rows_set_aside: int
    accepted_by: str | None
    changes: Changes | None
    quarantine: Path | None

    @property
    def is_new(self) -> bool:
        """Whether it came in now."""
        return self.changes is not None

    @property
    def awaits_acceptance(self) -> bool:
        """Whether rows are set aside that nobody has accepted to miss."""
        return self.rows_set_aside > 0 and self.accepted_by is None


async def take_in(
    connection: asyncpg.Connection,
    source: Path,
    vault: Vault,
    home: Path,
    arrival: Arrival,
    progress: Progress,
) -> Intake:
    """Take the delivery at *source* in; one that was taken in before changes nothing.

    Args:
        connection: With a transaction open, which the caller commits: until then nothing is in.
        home: WEIHU_HOME; prepared files and archives lie below it.

    Raises:
        DeliveryRefused: It is not what it says it is, or may not come in.
        ImportBusy: Another import or rating is running.
    """
    await take_turn(connection)
    deliveries = home / "deliveries"
    clear_leftovers(deliveries)
    with opened_package(source) as package:
        manifest = package.manifest()
        taken = await taken_before(connection, manifest)
        if taken is not None:
            return await _known(connection, taken, str(manifest.period), home, arrival)
        admitted = await admission(connection, manifest)
        ledger = Ledger(deliveries, manifest.sha256.hex())
        try:
            with columnar(ledger.work_folder()) as engine:
                preparation = Preparation(package, manifest, ledger, engine, progress)
                prepared = await _run_stoppable(preparation, engine)
                return await _apply(connection, prepared, admitted, vault, arrival, progress)
        finally:
            ledger.clear_work()


async def _run_stoppable(preparation: Preparation, engine: "DuckDBPyConnection") -> Prepared:
    """Prepare in a thread; a cancellation stops the engine and waits until the thread has ended."""
    work = asyncio.ensure_future(asyncio.to_thread(preparation.run))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        preparation.stop()
        while not work.done():
            engine.interrupt()
            await asyncio.wait({work}, timeout=0.05)
        with contextlib.suppress(BaseException):
            work.result()
        raise


async def _known(
    connection: asyncpg.Connection, taken: Taken, period: str, home: Path, arrival: Arrival
) -> Intake:
    """Return a delivery that was taken in before; accept now what is set aside, if asked."""
    accepted_by = taken.accepted_by
    if arrival.accepts and taken.rows_set_aside and accepted_by is None:
        accepted_by = arrival.by
        await connection.execute(
            "update delivery set accepted_by = $2 where id = $1", taken.id, accepted_by
        )
    quarantine = home / taken.archive / QUARANTINE
    return Intake(
        taken.id,
        period,
        taken.rows,
        taken.rows_set_aside,
        accepted_by,
        None,
        quarantine if taken.rows_set_aside else None,
    )


async def _apply(
    connection: asyncpg.Connection,
    prepared: Prepared,
    admitted: Admission,
    vault: Vault,
    arrival: Arrival,
    progress: Progress,
) -> Intake:
    manifest, engine = prepared.manifest, prepared.connection
    from_on = manifest.period.first_on
    progress(Phase.APPLIED, 0.0)
    units = await take_units(connection, engine, from_on=from_on, is_newest=admitted.is_newest)
    staff = (
        await take_staff(
            connection, engine, units.ids, from_on=from_on, is_complete=manifest.complete
        )
        if admitted.is_newest
        else None
    )
    work = prepared.ledger.work_folder()
    intake = CustomerIntake(
        connection, engine, vault, work, lambda share: progress(Phase.APPLIED, 0.8 * share)
    )
    customers = await intake.take(arrival.at, is_newest=admitted.is_newest)
    delivery = await _add_delivery(connection, prepared, admitted, arrival)
    await _add_holdings(connection, engine, units, delivery.id, work)
    progress(Phase.APPLIED, 1.0)
    return Intake(
        delivery.id,
        str(manifest.period),
        delivery.rows,
        delivery.rows_set_aside,
        delivery.accepted_by,
        Changes(units, staff, customers),
        prepared.quarantine,
    )


async def _add_delivery(
    connection: asyncpg.Connection, prepared: Prepared, admitted: Admission, arrival: Arrival
) -> Taken:
    manifest = prepared.manifest
    set_aside = sum(prepared.set_aside.values())
    delivery = Taken(
        id=new_id(),
        rows={file.name: prepared.rows[file.noun] for file in manifest.files},
        rows_set_aside=set_aside,
        accepted_by=arrival.by if set_aside and arrival.accepts else None,
        archive=f"deliveries/{manifest.sha256.hex()}",
    )
    await connection.execute(
        "insert into delivery (id, bureau, period, manifest_sha256, complete, restates_id, "
        "delivered_at, applied_at, applied_by, rows, rows_set_aside, accepted_by, archive) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        delivery.id,
        manifest.bureau,
        str(manifest.period),
        manifest.sha256,
        manifest.complete,
        admitted.restates_id,
        manifest.delivered_at,
        arrival.at,
        arrival.by,
        delivery.rows,
        delivery.rows_set_aside,
        delivery.accepted_by,
        delivery.archive,
    )
    return delivery


async def _add_holdings(
    connection: asyncpg.Connection,
    engine: "DuckDBPyConnection",
    units: UnitChanges,
    delivery_id: UUID,
    work: Path,
) -> None:
    """Write the sums by COPY, with ids in place of keys.

    In the order of the ids: rows out of order made the indexes three times as slow to fill.
    """
    import pyarrow as pa

    ids = {"code": list(units.ids), "id": [str(each) for each in units.ids.values()]}
    engine.register("unit_ids", pa.table(ids))
    path = work / "holdings.csv"
    select = f"""
        select {quoted(delivery_id)}, c.id, n.id, s.product, s.stock_fen, s.balance_days_fen
        from sums s join customer_id c using (customer_key)
        join unit_key u using (unit_key) join unit_ids n on n.code = u.code
        order by c.id, n.id, s.product"""
    await asyncio.to_thread(
        engine.execute, f"copy ({select}) to {quoted(path)} (format csv, header false)"
    )
    await connection.copy_to_table("holding", source=path, format="csv")
