"""What a manifest must say, and how it is told what it lacks."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.period import Month, Quarter
from rating.manifest import read_manifest
from rating.refusal import DeliveryRefused
from tests.rating.deliveries import write_delivery


def _written(source: Path, **manifest: Any) -> bytes:
    return (write_delivery(source, **manifest) / "manifest.json").read_bytes()


def _refusal(content: bytes) -> str:
    with pytest.raises(DeliveryRefused) as refused:
        read_manifest(content)
    assert refused.value.code == "MANIFEST_BROKEN"
    return refused.value.message


def test_a_manifest_names_period_form_and_files(source: Path) -> None:
    manifest = read_manifest(_written(source))

    assert manifest.period == Quarter(2026, 2)
    assert manifest.form == "changes"
    assert [file.noun for file in manifest.files] == ["units", "staff", "customers", "balances"]
    assert not manifest.is_restatement


def test_a_delivery_may_be_one_month(source: Path) -> None:
    assert read_manifest(_written(source, period="2026-05")).period == Month(2026, 5)


def test_a_delivery_that_restates_names_its_own_period(source: Path) -> None:
    assert read_manifest(_written(source, restates="2026Q2")).is_restatement
    assert "restates must be null, or the same as period" in _refusal(
        _written(source, restates="2026Q1")
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"period": "2026Q5"}, "period must be a quarter like 2026Q2"),
        ({"delivered_at": "2026-07-05T08:00:00"}, "delivered_at needs its offset"),
        ({"delivered_at": "soon"}, "delivered_at must be an instant"),
        ({"complete": "yes"}, "complete must be true or false"),
        ({"encoding": "latin-1"}, "encoding must be one of utf-8, gb18030"),
        ({"form": "monthly"}, "balances must be one of changes, daily"),
        ({"bureau": "../3207"}, "bureau must be a unit code"),
        ({"remark": "new"}, "remark is not known"),
        ({"files": []}, "file units.csv is missing"),
    ],
)
def test_a_manifest_is_told_what_it_must_say(
    source: Path, changes: dict[str, Any], told: str
) -> None:
    assert told in _refusal(_written(source, **changes))


def test_every_fault_of_a_manifest_is_told_at_once(source: Path) -> None:
    message = _refusal(_written(source, encoding="latin-1", bureau="", period="now"))

    assert all(word in message for word in ("encoding", "bureau", "period"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"rows": -1}, "rows must not be negative"),
        ({"rows": True}, "files[1].rows must be a whole number"),
        ({"sha256": "ABC"}, "sha256 must be 64 hexadecimal digits"),
        ({"name": "../../units.csv"}, "is not known"),
        ({"name": "staff.csv"}, "a file is there twice"),
    ],
)
def test_a_file_of_a_manifest_is_told_what_it_must_say(
    source: Path, change: dict[str, Any], told: str
) -> None:
    given = json.loads(_written(source))
    given["files"][0].update(change)

    assert told in _refusal(json.dumps(given).encode())


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"period": 1, "period": 2}'])
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    assert "manifest.json cannot be used" in _refusal(content)
