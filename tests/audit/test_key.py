"""The trail's key is made once, kept from others, and written as other tools write theirs."""

from pathlib import Path

import pytest

from audit.checkpoint import NoteUnsound, Verifier
from audit.key import KEY_FILE, VKEY_FILE, TrailKey, open_trail_key


def test_the_key_is_made_on_first_start_for_its_owner_only(tmp_path: Path) -> None:
    key = open_trail_key(tmp_path)

    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert Verifier.of((tmp_path / VKEY_FILE).read_text()) == key.verifier


def test_the_key_is_the_same_ever_after(tmp_path: Path) -> None:
    assert open_trail_key(tmp_path).verifier == open_trail_key(tmp_path).verifier


def test_two_homes_have_two_logs(tmp_path: Path) -> None:
    assert open_trail_key(tmp_path / "a").verifier != open_trail_key(tmp_path / "b").verifier


@pytest.mark.parametrize("damage", ["", "PRIVATE+KEY+weihu+00000000+AAAA", "nonsense"])
def test_a_damaged_key_is_not_replaced(damage: str, tmp_path: Path) -> None:
    open_trail_key(tmp_path)
    (tmp_path / KEY_FILE).write_text(damage)

    with pytest.raises(NoteUnsound):
        open_trail_key(tmp_path)


def test_a_key_whose_hash_does_not_fit_is_refused(tmp_path: Path) -> None:
    open_trail_key(tmp_path)
    path = tmp_path / KEY_FILE
    path.write_text(path.read_text().replace("weihu/", "other/"))

    with pytest.raises(NoteUnsound, match="damaged"):
        open_trail_key(tmp_path)


def test_a_seal_depends_on_the_key_and_on_every_byte() -> None:
    one, other = TrailKey("a", bytes(32)), TrailKey("a", bytes(31) + b"\1")

    assert one.seal(b"entry") == one.seal(b"entry")
    assert len({one.seal(b"entry"), one.seal(b"entrz"), other.seal(b"entry")}) == 3
