"""Whether the files are those of the manifest, and in the encoding that it declares."""

import gzip
import hashlib
from pathlib import Path

import pytest

from rating.reception import bad_bytes
from rating.refusal import DeliveryRefused
from tests.rating.deliveries import BALANCES, CUSTOMERS, STAFF, UNITS, write_delivery
from tests.rating.prepared import prepared, set_aside, sums


def _refused(source: Path, deliveries: Path) -> DeliveryRefused:
    with pytest.raises(DeliveryRefused) as refused, prepared(source, deliveries):
        pass
    return refused.value


def test_a_file_that_was_changed_on_the_way_is_named_with_both_checksums(
    source: Path, deliveries: Path
) -> None:
    write_delivery(source)
    (source / "balances.csv").write_text(BALANCES.replace("6000000", "9000000"), encoding="utf-8")

    refusal = _refused(source, deliveries)

    assert refusal.code == "CHECKSUM_DIFFERS"
    assert "balances.csv has" in refusal.message
    assert hashlib.sha256(BALANCES.encode()).hexdigest()[:12] in refusal.message
    assert "customers.csv" not in refusal.message


def test_a_file_with_fewer_rows_than_the_manifest_says_is_refused(
    source: Path, deliveries: Path
) -> None:
    write_delivery(source, rows={"customers.csv": 400})

    refusal = _refused(source, deliveries)

    assert refusal.message.startswith("customers.csv has 3 rows, manifest.json says 400.")


def test_gb18030_is_read_where_it_is_declared(source: Path, deliveries: Path) -> None:
    write_delivery(
        source,
        encoding="gb18030",
        units=UNITS.encode("gb18030"),
        staff=STAFF.encode("gb18030"),
        customers=CUSTOMERS.replace("王1", "王𠮷").encode("gb18030"),
    )

    with prepared(source, deliveries) as delivery:
        names = delivery.connection.execute("select name from customers order by 1").fetchall()

    assert ("王𠮷",) in names


def test_gb18030_that_is_declared_as_utf_8_is_refused_with_line_byte_and_advice(
    source: Path, deliveries: Path
) -> None:
    write_delivery(source, units=UNITS.encode("gb18030"))

    refusal = _refused(source, deliveries)

    assert refusal.code == "WRONG_ENCODING"
    assert "units.csv is not utf-8" in refusal.message
    assert "(line 2, byte 37)" in refusal.message
    assert 'declare "gb18030"' in refusal.message


def test_utf_8_that_is_declared_as_gb18030_is_refused(source: Path, deliveries: Path) -> None:
    write_delivery(source, encoding="gb18030")

    refusal = _refused(source, deliveries)

    assert refusal.code == "WRONG_ENCODING"
    assert "utf-8" in refusal.message


def test_the_first_wrong_byte_is_found_also_far_into_a_file(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes("好\n".encode() * 600_000 + b"ab\xff\n")

    place = bad_bytes(path, "utf-8")

    assert place is not None
    assert (place.line, place.byte) == (600_001, 2_400_002)


def test_packed_balances_give_the_same_sums(source: Path, deliveries: Path) -> None:
    expected = sums(write_delivery(source / "plain"), deliveries / "plain")
    write_delivery(
        source / "packed",
        balances_name="balances.csv.gz",
        balances=gzip.compress(BALANCES.encode()),
        rows={"balances.csv.gz": 4},
    )

    assert sums(source / "packed", deliveries / "packed") == expected


def test_packed_balances_that_are_damaged_are_refused(source: Path, deliveries: Path) -> None:
    write_delivery(
        source,
        balances_name="balances.csv.gz",
        balances=gzip.compress(BALANCES.encode())[:-9],
        rows={"balances.csv.gz": 4},
    )

    assert "balances.csv.gz cannot be unpacked" in _refused(source, deliveries).message


def test_a_packed_file_of_endless_zeros_is_refused(source: Path, deliveries: Path) -> None:
    write_delivery(
        source,
        balances_name="balances.csv.gz",
        balances=gzip.compress(bytes(10_000_000)),
        rows={"balances.csv.gz": 4},
    )

    assert _refused(source, deliveries).code == "FILE_TOO_LARGE"


def test_a_file_without_its_columns_is_refused(source: Path, deliveries: Path) -> None:
    write_delivery(source, balances=BALANCES.replace("outlet_code", "branch"))

    assert "balances.csv has no column outlet_code" in _refused(source, deliveries).message


def test_a_column_that_nobody_knows_is_refused(source: Path, deliveries: Path) -> None:
    write_delivery(source, staff=STAFF.replace("\n", ",x\n"))

    assert "columns that are not known" in _refused(source, deliveries).message


def test_columns_may_stand_in_another_order(source: Path, deliveries: Path) -> None:
    lines = [line.split(",") for line in UNITS.splitlines()]
    turned = "".join(f"{d},{b},{c},{a}\n" for a, b, c, d in lines)
    write_delivery(source, units=turned)

    assert set_aside(source, deliveries) == []


def test_units_of_another_bureau_are_refused(source: Path, deliveries: Path) -> None:
    write_delivery(source, bureau="3208")

    assert _refused(source, deliveries).code == "OTHER_BUREAU"
