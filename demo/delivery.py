"""Write the deliveries that a province's data centre would hand down: one folder a quarter."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from demo.bureau import Bureau, made_up_bureau
from demo.customer import CUSTOMERS, Customer, customers
from demo.span import QUARTERS, Span, delivered_at, span_before
from demo.staff import NOT_DELIVERED, made_up_staff
from domain.period import Quarter

_CUSTOMERS_HEAD = "customer_no,kind,name,sex,birth_date,id_type,id_number,phone,address,occupation"
_BALANCES_HEAD = "customer_no,account_no,outlet_code,product,date,balance_fen"


def write_deliveries(
    folder: Path, today: date, seed: int, count: int = CUSTOMERS, quarters: int = QUARTERS
) -> Iterator[Path]:
    """Write a delivery for each of the last full quarters; give each folder once it is whole.

    Equal arguments write equal bytes.

    Args:
        folder: Each delivery becomes a folder in it, named by its period.
        today: The day that the demo is seeded on, in the bureau's calendar.
        seed: Another one makes other people and other money.
        count: How many customers there will have been in the end.
        quarters: How many quarters.
    """
    bureau, span = made_up_bureau(), span_before(today, seed, quarters)
    everybody = tuple(customers(bureau, span, today, seed, count))
    for quarter in span.quarters:
        target = folder / str(quarter)
        target.mkdir(parents=True, exist_ok=True)
        _write_delivery(target, bureau, span, quarter, everybody, today)
        yield target


def _write_delivery(
    target: Path,
    bureau: Bureau,
    span: Span,
    quarter: Quarter,
    everybody: Sequence[Customer],
    today: date,
) -> None:
    first_day, last_day = span.day_of(quarter.first_on), span.day_of(quarter.last_on)
    here = [customer for customer in everybody if customer.is_here(first_day, last_day)]
    files = [
        _write(target / "units.csv", "unit_code,name,kind,parent_code", _unit_lines(bureau)),
        _write(target / "staff.csv", "staff_no,name,role,unit_code", _staff_lines()),
        _write(target / "customers.csv", _CUSTOMERS_HEAD, [",".join(one.line()) for one in here]),
        _write(
            target / "balances.csv", _BALANCES_HEAD, _balance_lines(here, span, first_day, last_day)
        ),
    ]
    manifest = {
        "bureau": bureau.code,
        "period": str(quarter),
        "delivered_at": delivered_at(quarter, today).isoformat(),
        "complete": True,
        "restates": None,
        "encoding": "utf-8",
        "balances": "changes",
        "files": files,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (target / "manifest.json").write_text(text + "\n", "utf-8")


def _write(path: Path, head: str, lines: Sequence[str]) -> dict[str, str | int]:
    """Write one file and return what the manifest says of it."""
    content = "\n".join((head, *lines, "")).encode()
    path.write_bytes(content)
    return {
        "name": path.name,
        "rows": len(lines),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _unit_lines(bureau: Bureau) -> list[str]:
    return [f"{unit.code},{unit.name},{unit.kind},{unit.parent_code}" for unit in bureau.units]


def _staff_lines() -> list[str]:
    return [
        f"{member.staff_no},{member.name},{member.role},{member.unit_code}"
        for member in made_up_staff()
        if member.role not in NOT_DELIVERED
    ]


def _balance_lines(
    here: Sequence[Customer], span: Span, first_day: int, last_day: int
) -> list[str]:
    days = [(span.first_on + timedelta(days=day)).isoformat() for day in range(last_day + 1)]
    return [
        f"{customer.number},{account.number},{account.outlet_code},{account.product}"
        f",{days[day]},{balance_fen}"
        for customer in here
        for account in customer.accounts
        for day, balance_fen in account.changes(first_day, last_day)
    ]
