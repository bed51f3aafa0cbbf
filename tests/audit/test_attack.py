"""An attack on an exported log is found, whatever the attacker can recompute or sign."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.verdict import Status
from audit.verify import verify
from tests.audit.paper_log import (
    KEYS,
    SIZE,
    PaperLog,
    checkpoint_of,
    dice,
    first_broken,
    write_log,
)


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
