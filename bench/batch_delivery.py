"""Make up deliveries of any size for the batch benchmark, right in every row."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from domain.period import Quarter

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ACCOUNTS_EACH = 2
COUNTIES, OUTLETS = 6, 7
PRODUCTS = "['demand', 'time', 'insurance', 'wealth', 'bond', 'fund']"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def write_delivery(
    connection: "DuckDBPyConnection", folder: Path, quarter: Quarter, customers: int, form: str
) -> None:
    """Write a delivery of *customers* with two accounts each.

    Args:
        form: ``changes`` (about 8 rows an account) or ``daily`` (a row for each day).
    """
    folder.mkdir(parents=True, exist_ok=True)
    queries = {
        "units.csv": _units(),
        "staff.csv": "select 'S00001' as staff_no, '甲' as name, 'city_officer' as role, "
        "'3207' as unit_code",
        "customers.csv": _customers(customers),
        "balances.csv": _balances(quarter, customers, form),
    }
    files = []
    for name, query in queries.items():
        rows = connection.execute(f"copy ({query}) to '{folder / name}' (header)").fetchone()
        with (folder / name).open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        files.append({"name": name, "rows": rows[0] if rows else 0, "sha256": sha256})
    manifest = {
        "bureau": "3207",
        "period": str(quarter),
        "delivered_at": f"{quarter.next().first_on.replace(day=5)}T08:00:00+08:00",
        "complete": True,
        "restates": None,
        "encoding": "utf-8",
        "balances": form,
        "files": files,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _units() -> str:
    return f"""
        select '3207' as unit_code, '市局' as name, 'city' as kind, '' as parent_code
        union all select '3207' || lpad(c::varchar, 2, '0'), '县局' || c, 'county', '3207'
        from range(1, {COUNTIES + 1}) t(c)
        union all select '3207' || lpad(c::varchar, 2, '0') || lpad(o::varchar, 3, '0'),
            '网点' || c || '-' || o, 'outlet', '3207' || lpad(c::varchar, 2, '0')
        from range(1, {COUNTIES + 1}) t(c), range(1, {OUTLETS + 1}) s(o)"""


def _customers(customers: int) -> str:
    weighted = " + ".join(
        f"{weight} * id[{place}]::integer" for place, weight in enumerate(_WEIGHTS, start=1)
    )
    return f"""
        select 'C' || lpad(i::varchar, 9, '0') as customer_no, 'person' as kind,
            '王' || chr((19968 + hash(i) % 5000)::integer) as name,
            if(i % 2 = 0, 'female', 'male') as sex, born as birth_date,
            'resident_id' as id_type, id || '10X98765432'[1 + ({weighted}) % 11] as id_number,
            '13' || lpad((hash(i) % 1000000000)::varchar, 9, '0') as phone,
            '海州市东区人民路' || i % 500 || '号' as address, '教师' as occupation
        from (select i, date '1950-01-01' + (i % 18000)::integer as born,
                '990701' || strftime(born, '%Y%m%d') || lpad((i % 1000)::varchar, 3, '0') as id
            from range({customers}) t(i))"""


def _balances(quarter: Quarter, customers: int, form: str) -> str:
    days = quarter.days
    changed = f"""list_distinct(list_transform(range((3 + hash(i + 5) % 11)::integer),
        lambda j: if(j = 0, 0, (hash(i * 31 + j) % {days})::integer)))"""
    which = f"range({days})" if form == "daily" else changed
    order = "" if form == "daily" else "order by hash(i * 13 + day)"
    return f"""
        select 'C' || lpad((i // {ACCOUNTS_EACH})::varchar, 9, '0') as customer_no,
            'A' || lpad(i::varchar, 11, '0') as account_no,
            '3207' || lpad((1 + hash(i) % {COUNTIES})::varchar, 2, '0')
                || lpad((1 + hash(i + 7) % {OUTLETS})::varchar, 3, '0') as outlet_code,
            {PRODUCTS}[1 + (hash(i + 3) % 6)::integer] as product,
            date '{quarter.first_on}' + day::integer as date,
            (hash(i * 97 + day) % 20000000)::bigint as balance_fen
        from (select i, unnest({which}) as day from range({customers * ACCOUNTS_EACH}) t(i))
        {order}"""


def spoil(clean: Path, spoilt: Path, every: int = 1_000) -> None:
    """Write the delivery *clean* once more, with a negative balance on every so manieth line."""
    spoilt.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((clean / "manifest.json").read_text(encoding="utf-8"))
    for file in manifest["files"]:
        name = file["name"]
        digest = hashlib.sha256()
        with (clean / name).open("rb") as lines, (spoilt / name).open("wb") as written:
            for number, line in enumerate(lines):
                if name == "balances.csv" and number % every == every - 1:
                    head, _, amount = line.rpartition(b",")
                    line = head + b",-" + amount
                digest.update(line)
                written.write(line)
        file["sha256"] = digest.hexdigest()
    (spoilt / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
