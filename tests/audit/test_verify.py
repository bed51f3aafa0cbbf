"""Whatever is done to an exported log is found, and a clean log raises no alarm."""

import shutil
from pathlib import Path

from audit.checkpoint import Verifier
from audit.key import TrailKey
from audit.tree import leaf_hash
from audit.verdict import Status
from audit.verify import verify
from tests.audit.conftest import MakeEntry
from tests.audit.paper_log import (
    KEYS,
    SIZE,
    PaperLog,
    checkpoint_of,
    dice,
    first_broken,
    put,
    random_log,
    write_log,
)


def test_a_clean_log_is_sound(clean: Path) -> None:
    verdict = verify(clean, KEYS)

    assert (verdict.status, verdict.findings) == (Status.SOUND, [])
    assert verdict.entries == verdict.size == SIZE


def test_a_thousand_clean_logs_raise_no_alarm(tmp_path: Path, make_entry: MakeEntry) -> None:
    for seed in range(1_000):
        chance = dice(seed)
        size = chance.choice((1, 2, 3, chance.randint(1, 40), chance.choice((255, 256, 257))))
        log = random_log(chance, size if seed % 10 == 0 else min(size, 40), make_entry)
        since = log.entries[: chance.randint(1, len(log.entries))]
        folder = log.write(tmp_path / str(seed))

        verdict = verify(folder, KEYS, since=checkpoint_of(since))

        assert verdict.status is Status.SOUND, (seed, verdict.sentence())
        shutil.rmtree(folder)


def test_the_first_broken_entry_is_named(copy: Path, a_log: PaperLog) -> None:
    bundle = copy / "tile/entries/001"
    bundle.write_bytes(bundle.read_bytes().replace(a_log.entries[300], a_log.entries[300].upper()))

    verdict = verify(copy, KEYS)

    assert verdict.status is Status.TAMPERED
    assert first_broken(verdict) == 300
    assert "First broken entry: 300." in verdict.sentence()


def test_a_log_without_its_checkpoint_is_incomplete(copy: Path) -> None:
    (copy / "checkpoint").unlink()

    assert verify(copy, KEYS).status is Status.INCOMPLETE


def test_a_log_proves_nothing_without_a_key_from_elsewhere(clean: Path) -> None:
    assert verify(clean, []).status is Status.INCOMPLETE


def test_a_log_signed_with_an_unknown_key_is_incomplete(clean: Path) -> None:
    other = TrailKey("weihu/test", bytes(32)).verifier

    assert verify(clean, [other]).status is Status.INCOMPLETE


def test_a_missing_bundle_is_incomplete_and_no_false_alarm_about_the_rest(copy: Path) -> None:
    (copy / "tile/entries/001").unlink()

    verdict = verify(copy, KEYS)

    assert verdict.status is Status.INCOMPLETE
    assert first_broken(verdict) == 256


def test_a_file_that_no_checkpoint_covers_is_not_passed_over(copy: Path) -> None:
    put(copy / "tile/entries/003", b"\0\1a")

    assert verify(copy, KEYS).status is Status.INCOMPLETE


def test_a_log_that_was_cut_off_is_found_by_an_older_checkpoint(
    a_log: PaperLog, tmp_path: Path
) -> None:
    entries = a_log.entries[:600]
    folder = write_log(tmp_path / "cut", entries, checkpoint_of(entries))

    verdict = verify(folder, KEYS, since=a_log.checkpoint())

    assert verdict.status is Status.TAMPERED
    assert first_broken(verdict) == 600


def test_an_older_checkpoint_of_another_log_proves_nothing(clean: Path) -> None:
    other = TrailKey("weihu/other", bytes(32))
    since = checkpoint_of([b"{}"], other)

    keys = [*KEYS, other.verifier]
    assert verify(clean, keys, since=since).status is Status.INCOMPLETE


def test_an_older_checkpoint_that_is_spoilt_proves_nothing(clean: Path, a_log: PaperLog) -> None:
    verdict = verify(clean, KEYS, since=a_log.checkpoint().replace("700", "699"))

    assert verdict.status is Status.INCOMPLETE


def test_two_keys_may_be_known(clean: Path) -> None:
    other = TrailKey("weihu/other", bytes(32)).verifier

    assert verify(clean, [other, *KEYS]).status is Status.SOUND


def test_the_verdict_can_be_read_by_a_program(copy: Path) -> None:
    (copy / "tile/0/001").write_bytes(leaf_hash(b"x") * 256)

    said = verify(copy, KEYS).as_json()

    assert said["status"] == "tampered"
    assert said["first_broken_index"] == 256


def test_a_vkey_in_the_folder_that_is_not_the_known_one_is_found(copy: Path) -> None:
    put(copy / "trail.vkey", Verifier("weihu/test", bytes(32)).vkey().encode())

    assert verify(copy, KEYS).status is Status.TAMPERED
