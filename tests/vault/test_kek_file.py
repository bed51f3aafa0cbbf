"""The KEK file: made whole or not at all, closed to others, never made twice."""

import os
import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from vault.errors import KekUnusable
from vault.kek import kek_file as kek_path
from vault.kek_file import drop_old_keks, make_kek_file, open_kek_file, rotate_kek_file
from vault.suite import Suite


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return kek_path(tmp_path / "home")


def made_and_read(path: Path) -> str:
    make_kek_file(path)
    return open_kek_file(path, Suite.AES).kek_id


def test_a_kek_is_made_closed_to_others_whatever_the_umask(path: Path) -> None:
    before = os.umask(0o000)
    try:
        make_kek_file(path)
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert os.listdir(path.parent) == ["kek"]


def test_a_kek_that_is_there_is_not_made_anew(path: Path) -> None:
    first = made_and_read(path)

    assert made_and_read(path) == first
    assert os.listdir(path.parent) == ["kek"]


def test_two_files_never_hold_the_same_kek(tmp_path: Path) -> None:
    homes = [kek_path(tmp_path / name) for name in ("one", "other")]

    assert made_and_read(homes[0]) != made_and_read(homes[1])


def test_of_processes_that_start_at_once_one_makes_it_and_all_read_it(path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as processes:
        read = set(processes.map(made_and_read, [path] * 12))

    assert len(read) == 1


def test_a_crash_before_the_kek_is_on_disk_leaves_none(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as crashing:
        crashing.setattr("os.fsync", crash)
        with pytest.raises(KeyboardInterrupt):
            make_kek_file(path)

    assert not path.exists()
    assert made_and_read(path).startswith("local:")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660, 0o644, 0o601, 0o777])
def test_a_kek_that_others_may_reach_is_refused(path: Path, mode: int) -> None:
    make_kek_file(path)
    path.chmod(mode)

    with pytest.raises(KekUnusable, match="chmod 600"):
        open_kek_file(path, Suite.AES)


def test_a_kek_that_others_may_replace_is_refused(path: Path) -> None:
    make_kek_file(path)
    path.parent.chmod(0o770)

    with pytest.raises(KekUnusable, match="chmod 700"):
        open_kek_file(path, Suite.AES)


def test_a_kek_of_another_account_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_kek_file(path)
    monkeypatch.setattr("os.geteuid", lambda: path.stat().st_uid + 1)

    with pytest.raises(KekUnusable, match="another account"):
        open_kek_file(path, Suite.AES)


def test_every_way_to_cut_the_file_is_refused(path: Path) -> None:
    make_kek_file(path)
    whole = path.read_bytes()

    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(KekUnusable, match="not whole"):
            open_kek_file(path, Suite.AES)


@pytest.mark.parametrize("place", [0, 12, 30, 75, 77, -1])
def test_an_altered_file_is_refused(path: Path, place: int) -> None:
    make_kek_file(path)
    text = bytearray(path.read_bytes())
    text[place] = ord("1") if text[place] != ord("1") else ord("2")
    path.write_bytes(text)

    with pytest.raises(KekUnusable, match="not whole"):
        open_kek_file(path, Suite.AES)


def test_a_link_or_a_folder_in_place_of_the_file_is_refused(path: Path) -> None:
    make_kek_file(path)
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))
    with pytest.raises(KekUnusable):
        open_kek_file(path, Suite.AES)

    path.unlink()
    path.mkdir(mode=0o700)
    with pytest.raises(KekUnusable):
        open_kek_file(path, Suite.AES)


def test_a_missing_kek_is_asked_for_and_not_made(path: Path) -> None:
    with pytest.raises(KekUnusable, match="safe copy"):
        open_kek_file(path, Suite.AES)

    assert not path.exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")

    with pytest.raises(KekUnusable, match="cannot be written"):
        make_kek_file(kek_path(tmp_path / "home"))


def test_after_a_rotation_the_new_kek_wraps_and_the_old_still_opens(path: Path) -> None:
    make_kek_file(path)
    old = open_kek_file(path, Suite.AES)
    wrapped = old.wrap(b"a key", b"here")

    rotate_kek_file(path)

    both = open_kek_file(path, Suite.AES)
    assert both.kek_id != old.kek_id
    assert both.unwrap(old.kek_id, wrapped, b"here") == b"a key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_old_keks_are_dropped_when_nothing_needs_them(path: Path) -> None:
    make_kek_file(path)
    old = open_kek_file(path, Suite.AES)
    wrapped = old.wrap(b"a key", b"here")
    rotate_kek_file(path)

    drop_old_keks(path)

    with pytest.raises(KekUnusable, match=old.kek_id):
        open_kek_file(path, Suite.AES).unwrap(old.kek_id, wrapped, b"here")


def test_a_crash_during_a_rotation_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_kek_file(path)
    before = path.read_bytes()

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", crash)
    with pytest.raises(KeyboardInterrupt):
        rotate_kek_file(path)

    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["kek"]


def test_the_message_never_holds_the_kek(path: Path) -> None:
    make_kek_file(path)
    digits = path.read_text().split("\n")[1][:64]
    path.write_text(path.read_text().rstrip("\n"))

    with pytest.raises(KekUnusable) as refused:
        open_kek_file(path, Suite.AES)

    assert digits not in str(refused.value)
    assert refused.value.__context__ is None
