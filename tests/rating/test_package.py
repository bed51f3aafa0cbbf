"""What a delivery may come as, and what an archive cannot do to us."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from rating.refusal import DeliveryRefused
from tests.rating.deliveries import write_delivery
from tests.rating.prepared import prepared, sums

CONTENTS = ("units.csv", "manifest.json", "balances.csv", "customers.csv", "staff.csv")


def _zipped(source: Path, folder: str = "") -> Path:
    archive = source.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in CONTENTS:
            packed.write(source / name, folder + name)
    return archive


def _tarred(source: Path) -> Path:
    archive = source.with_suffix(".tar.gz")
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(source, source.name)
    return archive


def _refused(source: Path, deliveries: Path) -> DeliveryRefused:
    with pytest.raises(DeliveryRefused) as refused, prepared(source, deliveries):
        pass
    return refused.value


def test_folder_zip_and_tar_give_the_same_sums(source: Path, deliveries: Path) -> None:
    write_delivery(source)
    expected = sums(source, deliveries)

    assert sums(_zipped(source), deliveries / "zip") == expected
    assert sums(_zipped(source, "2026Q2/"), deliveries / "zip2") == expected
    assert sums(_tarred(source), deliveries / "tar") == expected


def test_an_archive_cannot_write_outside_its_folder(source: Path, deliveries: Path) -> None:
    write_delivery(source)
    archive = _zipped(source)
    with zipfile.ZipFile(archive, "a") as packed:
        packed.writestr("../../outside.csv", "x")

    with prepared(archive, deliveries):
        pass

    assert not list(source.parent.glob("**/outside.csv"))


def test_an_archive_with_a_link_is_refused(source: Path, deliveries: Path) -> None:
    write_delivery(source)
    archive = source.with_suffix(".tar.gz")
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(source, "delivery")
        link = tarfile.TarInfo("delivery/link.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)

    assert _refused(archive, deliveries).code == "ARCHIVE_STRANGE"


def test_an_archive_with_two_deliveries_is_refused(source: Path, deliveries: Path) -> None:
    write_delivery(source)
    archive = source.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as packed:
        for folder in ("2026Q1/", "2026Q2/"):
            packed.write(source / "manifest.json", folder + "manifest.json")

    assert "twice" in _refused(archive, deliveries).message


def test_a_file_that_unpacks_to_more_than_its_rows_explain_is_refused(
    source: Path, deliveries: Path
) -> None:
    write_delivery(source, units="unit_code,name,kind,parent_code\n" + " " * 1_000_000)

    assert _refused(_zipped(source), deliveries).code == "FILE_TOO_LARGE"


def test_a_damaged_archive_is_refused(source: Path, deliveries: Path) -> None:
    write_delivery(source)
    archive = _tarred(source)
    archive.write_bytes(archive.read_bytes()[:-300])

    assert _refused(archive, deliveries).code == "ARCHIVE_BROKEN"


def test_what_is_no_delivery_is_refused_with_what_to_do(source: Path, deliveries: Path) -> None:
    assert "Check the name" in _refused(source, deliveries).message

    source.mkdir()
    assert "no manifest.json" in _refused(source, deliveries).message

    text = source / "notes.txt"
    text.write_text("hello", encoding="utf-8")
    assert "neither a folder nor" in _refused(text, deliveries).message


def test_a_missing_file_is_named(source: Path, deliveries: Path) -> None:
    write_delivery(source)
    (source / "staff.csv").unlink()

    assert "manifest.json names staff.csv" in _refused(source, deliveries).message


def test_an_encrypted_archive_is_refused(source: Path, deliveries: Path) -> None:
    write_delivery(source)
    archive = _zipped(source)
    content = bytearray(archive.read_bytes())
    at = content.index(b"PK\x01\x02")  # the first entry of the directory: its flags say encrypted
    content[at + 8] |= 1
    archive.write_bytes(bytes(content))

    assert "encrypted" in _refused(archive, deliveries).message


def test_an_oversized_manifest_is_refused(source: Path, deliveries: Path) -> None:
    write_delivery(source)
    with (source / "manifest.json").open("ab") as file:
        file.write(b" " * (1 << 20))

    assert "larger than 1 MiB" in _refused(source, deliveries).message


def test_a_tar_that_is_no_delivery_is_refused(source: Path, deliveries: Path) -> None:
    archive = source.with_suffix(".tar.gz")
    with tarfile.open(archive, "w:gz") as packed:
        for number in range(65):
            packed.addfile(tarfile.TarInfo(f"{number}.csv"), io.BytesIO())

    assert "more than 64 files" in _refused(archive, deliveries).message
