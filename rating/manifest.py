"""What a delivery says of itself: `manifest.json`, read strictly."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from domain.errors import RuleBroken
from domain.period import Month, Period, Quarter
from rating.refusal import DeliveryRefused

MANIFEST: Final = "manifest.json"
MANIFEST_BYTES_MAX: Final = 1 << 20
ENCODINGS: Final = ("utf-8", "gb18030")
FORMS: Final = ("changes", "daily")
BALANCES: Final = ("balances.csv", "balances.csv.gz", "balances.parquet")
REGISTERS: Final = ("units.csv", "staff.csv", "customers.csv")

_FIELDS: Final[dict[str, tuple[type, ...]]] = {
    "bureau": (str,),
    "period": (str,),
    "delivered_at": (str,),
    "complete": (bool,),
    "restates": (str, type(None)),
    "encoding": (str,),
    "balances": (str,),
    "files": (list,),
}
_FILE_FIELDS: Final[dict[str, tuple[type, ...]]] = {
    "name": (str,),
    "rows": (int,),
    "sha256": (str,),
}
_KINDS: Final = {str: "a text", bool: "true or false", int: "a whole number", list: "a list"}


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """One file as the manifest tells of it.

    Args:
        rows: Its data rows; a header line does not count.
        sha256: Of the bytes as delivered, hexadecimal.
    """

    name: str
    rows: int
    sha256: str

    @property
    def noun(self) -> str:
        """What it holds: units, staff, customers or balances."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A delivery's period, form and files.

    Args:
        bureau: Code of the city whose tree is delivered.
        complete: Whether a customer who is absent holds nothing.
        is_restatement: Whether it corrects an earlier delivery of the same period.
        encoding: Of its text files, ``utf-8`` or ``gb18030``.
        form: ``changes`` or ``daily``.
        files: Units, staff, customers and balances, in this order.
        sha256: Of the manifest's own bytes; with the hashes in it, it names the delivery.
    """

    bureau: str
    period: Quarter | Month
    delivered_at: datetime
    complete: bool
    is_restatement: bool
    encoding: str
    form: str
    files: tuple[DeliveredFile, ...]
    sha256: bytes

    def file(self, noun: str) -> DeliveredFile:
        """Return the file that holds *noun*: units, staff, customers or balances."""
        return next(file for file in self.files if file.noun == noun)


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest in *content*.

    Raises:
        DeliveryRefused: It is not a manifest; lists every fault.
    """
    try:
        given = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise _refused([f"it is not JSON in UTF-8: {error}"]) from None
    faults = _faults_of_fields(given, _FIELDS, "")
    if faults:
        raise _refused(faults)
    faults = [*_faults_of_values(given), *_faults_of_files(given["files"])]
    if faults:
        raise _refused(faults)
    files = [DeliveredFile(each["name"], each["rows"], each["sha256"]) for each in given["files"]]
    order = [name.partition(".")[0] for name in REGISTERS]
    return Manifest(
        bureau=given["bureau"],
        period=Period.parse(given["period"]),
        delivered_at=datetime.fromisoformat(given["delivered_at"]),
        complete=given["complete"],
        is_restatement=given["restates"] is not None,
        encoding=given["encoding"],
        form=given["balances"],
        files=tuple(
            sorted(files, key=lambda each: order.index(each.noun) if each.noun in order else 3)
        ),
        sha256=hashlib.sha256(content).digest(),
    )


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError(f"a name is there twice in {sorted(names)}")
    return dict(pairs)


def _faults_of_fields(given: Any, fields: dict[str, tuple[type, ...]], where: str) -> list[str]:
    if not isinstance(given, dict):
        return [f"{where or 'it'} must be a JSON object"]
    faults = [f"{where}{name} is missing" for name in fields if name not in given]
    faults += [f"{where}{name} is not known" for name in given if name not in fields]
    return faults + [
        f"{where}{name} must be {_KINDS[kinds[0]]}"
        for name, kinds in fields.items()
        if name in given and type(given[name]) not in kinds
    ]


def _faults_of_values(given: dict[str, Any]) -> list[str]:
    faults = []
    if not re.fullmatch(r"[0-9A-Za-z]{1,20}", given["bureau"]):
        faults.append("bureau must be a unit code")
    try:
        Period.parse(given["period"])
    except RuleBroken:
        faults.append("period must be a quarter like 2026Q2 or a month like 2026-05")
    try:
        if datetime.fromisoformat(given["delivered_at"]).tzinfo is None:
            faults.append("delivered_at needs its offset from UTC, like +08:00")
    except ValueError:
        faults.append("delivered_at must be an instant like 2026-07-05T08:00:00+08:00")
    if given["restates"] not in (None, given["period"]):
        faults.append(
            "restates must be null, or the same as period: a corrected delivery names "
            "in both the period that it corrects"
        )
    if given["encoding"] not in ENCODINGS:
        faults.append(f"encoding must be one of {', '.join(ENCODINGS)}")
    if given["balances"] not in FORMS:
        faults.append(f"balances must be one of {', '.join(FORMS)}")
    return faults


def _faults_of_files(files: list[Any]) -> list[str]:
    faults = [
        fault
        for number, file in enumerate(files, start=1)
        for fault in _faults_of_fields(file, _FILE_FIELDS, f"files[{number}].")
    ]
    if faults:
        return faults
    names = [file["name"] for file in files]
    faults += [f"file {name!r} is not known" for name in names if name not in REGISTERS + BALANCES]
    faults += [f"file {name} is missing" for name in REGISTERS if name not in names]
    if sum(name in BALANCES for name in names) != 1:
        faults.append(f"exactly one of {', '.join(BALANCES)} is needed")
    if len(set(names)) < len(names):
        faults.append("a file is there twice")
    for file in files:
        if file["rows"] < 0:
            faults.append(f"{file['name']}: rows must not be negative")
        if not re.fullmatch(r"[0-9a-f]{64}", file["sha256"]):
            faults.append(f"{file['name']}: sha256 must be 64 hexadecimal digits, small letters")
    return faults


def _refused(faults: list[str]) -> DeliveryRefused:
    return DeliveryRefused(
        "MANIFEST_BROKEN",
        "manifest.json cannot be used: "
        + "; ".join(faults)
        + ". Ask the data centre to deliver again.",
    )
