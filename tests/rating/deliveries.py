"""Small deliveries to spoil in one place each; all persons are made up."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from domain.identity import resident_id_check_digit

UNITS = """unit_code,name,kind,parent_code
3207,海州市邮政局,city,
320701,东山县邮政局,county,3207
320701001,人民路网点,outlet,320701
320701002,解放路网点,outlet,320701
"""
STAFF = """staff_no,name,role,unit_code
S00001,郑玉,city_officer,3207
S00002,刘文,outlet_head,320701001
S00003,黄晓敏,customer_manager,320701001
"""
BALANCES_HEADER = "customer_no,account_no,outlet_code,product,date,balance_fen"
CUSTOMERS_HEADER = "customer_no,kind,name,sex,birth_date,id_type,id_number,phone,address,occupation"


def customer_line(number: int, **changes: str) -> str:
    """Return a customer's line; *changes* replace single values."""
    first_17 = f"99070119800101{number:03d}"
    values = {
        "customer_no": f"C{number}",
        "kind": "person",
        "name": f"王{number}",
        "sex": "male",
        "birth_date": "1980-01-01",
        "id_type": "resident_id",
        "id_number": first_17 + resident_id_check_digit(first_17),
        "phone": f"1390000{number:04d}",
        "address": "海州市东区人民路1号",
        "occupation": "教师",
    }
    return ",".join({**values, **changes}.values())


def customers_text(*lines: str) -> str:
    """Return a customers.csv."""
    return "\n".join((CUSTOMERS_HEADER, *lines, ""))


def balances_text(*lines: str) -> str:
    """Return a balances.csv."""
    return "\n".join((BALANCES_HEADER, *lines, ""))


CUSTOMERS = customers_text(customer_line(1), customer_line(2), customer_line(3))
BALANCES = balances_text(
    "C1,A1,320701001,demand,2026-04-01,6000000",
    "C2,A2,320701001,time,2026-04-01,30000000",
    "C2,A3,320701002,fund,2026-05-10,1000000",
    "C2,A3,320701002,fund,2026-06-30,0",
)


def write_delivery(
    folder: Path,
    *,
    period: str = "2026Q2",
    units: str | bytes = UNITS,
    staff: str | bytes = STAFF,
    customers: str | bytes = CUSTOMERS,
    balances: str | bytes = BALANCES,
    balances_name: str = "balances.csv",
    form: str = "changes",
    rows: Mapping[str, int] | None = None,
    **manifest: Any,
) -> Path:
    """Write a delivery whose manifest agrees with its files, and return its folder.

    Args:
        form: ``changes`` or ``daily``.
        rows: File name -> rows, where they cannot be counted by line breaks.
        manifest: Replaces what the manifest says.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        "units.csv": units,
        "staff.csv": staff,
        "customers.csv": customers,
        balances_name: balances,
    }
    files = []
    for name, content in contents.items():
        written = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(written)
        lines = [line for line in written.split(b"\n") if line.strip()]
        files.append(
            {
                "name": name,
                "rows": (rows or {}).get(name, len(lines) - 1),
                "sha256": hashlib.sha256(written).hexdigest(),
            }
        )
    told = {
        "bureau": "3207",
        "period": period,
        "delivered_at": "2026-07-05T08:00:00+08:00",
        "complete": True,
        "restates": None,
        "encoding": "utf-8",
        "balances": form,
        "files": files,
        **manifest,
    }
    (folder / "manifest.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return folder
