"""Whatever is done to an exported log is found, and a clean log raises no alarm."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.checkpoint import Verifier
from audit.entry import Entry, Result
from audit.key import TrailKey
from audit.tree import leaf_hash
from audit.verdict import Status, Verdict
from audit.verify import verify
from tests.audit.paper_log import KEY, PaperLog, checkpoint_of, put, write_log

MakeEntry = Callable[..., Entry]
KEYS = [KEY.verifier]
SIZE = 700


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory, a_log: PaperLog) -> Path:
    """A clean log of 700 entries on disk; nobody writes into it."""
    return a_log.write(tmp_path_factory.mktemp("log") / "clean")


@pytest.fixture(scope="module")
def a_log(make_entry: MakeEntry) -> PaperLog:
    """Three processes, two of them with several lanes; the first has closed."""
    return random_log(dice(7), SIZE, make_entry)


def random_log(chance: random.Random, size: int, make_entry: MakeEntry) -> PaperLog:
    """Return a log as processes at work would leave it."""
    log = PaperLog()
    for turn in range(size - 1):
        process = chance.randint(1, 3)
        lane = chance.choice((0, 0, 0, 1, 2))
        log.add(make_entry(details={"turn": turn}), process, lane)
    lanes = tuple(log.ends.get((UUID(int=1), lane), (0, b""))[0] for lane in range(1, 9))
    log.add(make_entry(action="trail:close", details={"lanes": lanes}), 1)
    return log


def dice(seed: int) -> random.Random:
    """Return chance that falls the same way each time."""
    return random.Random(seed)  # noqa: S311 (nothing is kept secret with it)


@pytest.fixture
def copy(clean: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy to spoil."""
    folder = tmp_path / "copy"
    shutil.copytree(clean, folder)
    yield folder


def first_broken(verdict: Verdict) -> int | None:
    assert verdict.first_broken is not None
    return verdict.first_broken.index


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


@given(st.data())
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_bit_that_flips_in_any_file_is_found(clean: Path, data: st.DataObject) -> None:
    files = sorted(path for path in clean.rglob("*") if path.is_file())
    path = data.draw(st.sampled_from(files))
    content = path.read_bytes()
    bit = data.draw(st.integers(0, len(content) * 8 - 1))

    spoilt = bytearray(content)
    spoilt[bit // 8] ^= 1 << (bit % 8)
    path.write_bytes(spoilt)
    verdict = verify(clean, KEYS)
    path.write_bytes(content)

    assert verdict.status is not Status.SOUND


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_file_that_is_cut_short_lengthened_or_gone_is_found(
    clean: Path, data: st.DataObject
) -> None:
    covered = [path for path in clean.rglob("*") if path.is_file() and path.suffix != ".json"]
    path = data.draw(st.sampled_from(sorted(covered)))
    content = path.read_bytes()
    how = data.draw(st.sampled_from(("cut", "lengthen", "delete")))

    if how == "cut":
        path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    elif how == "lengthen":
        path.write_bytes(content + b"\n")
    elif path.name == "trail.vkey":
        return  # the key is never taken from the folder, so nothing is lost with it
    else:
        path.unlink()
    verdict = verify(clean, KEYS)
    path.write_bytes(content)

    assert verdict.status is not Status.SOUND


def edited(entries: list[bytes], at: int, chance: random.Random) -> list[bytes]:
    content = orjson.loads(entries[at])
    content["staff_no"] = f"S9{chance.randint(1000, 9999)}"
    text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    return [*entries[:at], text, *entries[at + 1 :]]


def deleted(entries: list[bytes], at: int, chance: random.Random) -> list[bytes]:
    return entries[:at] + entries[at + 1 :]


def inserted(entries: list[bytes], at: int, chance: random.Random) -> list[bytes]:
    return [*entries[:at], chance.choice(entries), *entries[at:]]


def swapped(entries: list[bytes], at: int, chance: random.Random) -> list[bytes]:
    other = chance.choice([index for index in range(len(entries)) if index != at])
    swapped = list(entries)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    return swapped


def cut_off(entries: list[bytes], at: int, chance: random.Random) -> list[bytes]:
    return entries[: max(at, 1)]


ATTACKS = [edited, deleted, inserted, swapped, cut_off]
Attack = Callable[[list[bytes], int, random.Random], list[bytes]]


@pytest.mark.parametrize("attack", ATTACKS)
@given(at=st.integers(0, SIZE - 1), seed=st.integers(0, 1_000))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_attack_that_recomputes_all_hashes_fails_at_the_signature(
    attack: Attack, at: int, seed: int, a_log: PaperLog, tmp_path: Path
) -> None:
    entries = attack(a_log.entries, at, dice(seed))
    folder = write_log(tmp_path / "log", entries, a_log.checkpoint())

    verdict = verify(folder, KEYS)
    shutil.rmtree(folder)

    assert verdict.status is not Status.SOUND
    if len(entries) == SIZE:  # otherwise the last tile is not there under its name
        assert verdict.status is Status.TAMPERED


@pytest.mark.parametrize("attack", ATTACKS)
@given(at=st.integers(0, SIZE - 2), seed=st.integers(0, 1_000))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_operator_who_signs_anew_fails_at_the_older_checkpoint(
    attack: Attack, at: int, seed: int, a_log: PaperLog, tmp_path: Path
) -> None:
    entries = attack(a_log.entries, at, dice(seed))
    folder = write_log(tmp_path / "log", entries, checkpoint_of(entries))

    verdict = verify(folder, KEYS, since=a_log.checkpoint())
    shutil.rmtree(folder)

    assert verdict.status is Status.TAMPERED


@pytest.mark.parametrize("attack", [edited, deleted, inserted])
@given(at=st.integers(0, SIZE - 300), seed=st.integers(0, 1_000))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_operator_who_signs_anew_without_rechaining_fails_at_the_chains(
    attack: Attack, at: int, seed: int, a_log: PaperLog, tmp_path: Path
) -> None:
    entries = attack(a_log.entries, at, dice(seed))
    folder = write_log(tmp_path / "log", entries, checkpoint_of(entries))

    verdict = verify(folder, KEYS)
    shutil.rmtree(folder)

    assert verdict.status is Status.TAMPERED
    assert first_broken(verdict) is not None


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


def test_entries_that_were_deleted_before_the_process_closed_are_missed(
    tmp_path: Path, make_entry: MakeEntry
) -> None:
    log = PaperLog()
    log.add(make_entry())
    log.add(make_entry(), lane=1)
    log.add(make_entry(action="trail:close", details={"lanes": (2, 0)}))

    verdict = verify(log.write(tmp_path / "log"), KEYS)

    assert verdict.status is Status.TAMPERED
    assert "wrote 2 entries in lane 1, the log has 1" in verdict.sentence()


@pytest.mark.parametrize("action", ["trail:gap", "trail:set_aside"])
def test_what_the_service_put_on_record_against_itself_is_found(
    action: str, tmp_path: Path, make_entry: MakeEntry
) -> None:
    log = PaperLog()
    log.add(make_entry(action=action, result=Result.FAILED, details={"lane": 0, "number": 4}))

    assert verify(log.write(tmp_path / "log"), KEYS).status is Status.TAMPERED


REQUESTER, APPROVER, GRANT = UUID(int=21), UUID(int=22), UUID(int=23)
APPROVED = {
    "action": "access_request:approve",
    "staff_id": APPROVER,
    "grant": GRANT,
    "details": {"requester": REQUESTER, "until": "2026-01-05T16:30:00Z"},
}
SUSPENDED = {"action": "grant:suspend", "grant": GRANT}
READ = {"staff_id": REQUESTER, "grant": GRANT}


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ([APPROVED, READ], None),
        (
            [APPROVED, {"action": "grant:suspend", "grant": GRANT}, {**READ, "result": "refused"}],
            None,
        ),
        ([{**APPROVED, "staff_id": REQUESTER}], "whoever asked"),
        ([{**APPROVED, "details": {"requester": REQUESTER, "filer": APPROVER}}], "whoever asked"),
        ([{**APPROVED, "details": {"until": "2026-01-05"}}], "does not say who asked"),
        ([READ], "nobody had approved"),
        ([APPROVED, {"action": "grant:revoke", "grant": GRANT}, READ], "had ended"),
        (
            [
                {**APPROVED, "details": {"requester": REQUESTER, "until": "2026-01-05T08:29:59Z"}},
                READ,
            ],
            "had expired",
        ),
    ],
    ids=lambda case: case if isinstance(case, str) else None,
)
def test_reads_and_approvals_agree(
    about: list[dict[str, object]], words: str | None, tmp_path: Path, make_entry: MakeEntry
) -> None:
    log = PaperLog()
    for entry in about:
        log.add(make_entry(**entry))

    verdict = verify(log.write(tmp_path / "log"), KEYS)

    if words is None:
        assert verdict.status is Status.SOUND
    else:
        assert verdict.status is Status.TAMPERED
        assert words in verdict.sentence()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(b'"action"', b' "action"'),
        lambda text: text.replace(b'"number":1', b'"number":1.0'),
        lambda text: text.replace(b'"details":{}', b'"details":{"b":1,"a":2}'),
        lambda text: text.replace(b'"details":{}', b'"details":{"a":"13812345678"}'),
        lambda text: text.replace(b'"details":{}', b'"details":{"a":1,"a":1}'),
        lambda text: text.replace(b'"staff_no":"S00007"', '"staff_no":"张三"'.encode()),
        lambda text: text.replace(b'"unit":"', b'"token":"x","unit":"'),
        lambda text: text[:-1],
        lambda text: b"",
    ],
)
def test_bytes_that_are_no_entry_are_found_even_when_signed(
    spoil: Callable[[bytes], bytes], tmp_path: Path, make_entry: MakeEntry
) -> None:
    log = PaperLog()
    log.add(make_entry())
    entries = [spoil(log.entries[0])]

    verdict = verify(write_log(tmp_path / "log", entries, checkpoint_of(entries)), KEYS)

    assert verdict.status is Status.TAMPERED
    assert first_broken(verdict) == 0


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
