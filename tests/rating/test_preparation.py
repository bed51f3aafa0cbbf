"""An import that is stopped goes on where it was, and leaves nothing lying about."""

import json
from pathlib import Path

import pytest

from rating.ledger import Ledger, clear_leftovers
from rating.preparation import Phase
from tests.rating.deliveries import write_delivery
from tests.rating.prepared import prepared, sums


class Killed(BaseException):
    """Stands for what no code of ours survives."""


def test_finished_phases_are_not_done_again(source: Path, deliveries: Path) -> None:
    write_delivery(source)
    expected = sums(source, deliveries)
    (ledger,) = deliveries.glob("*/ledger.json")
    archive = ledger.with_name("balances.parquet")
    written_at = archive.stat().st_mtime_ns

    assert sums(source, deliveries) == expected
    assert archive.stat().st_mtime_ns == written_at


@pytest.mark.parametrize("phase", [Phase.CHECKED, Phase.READ, Phase.SUMMED])
def test_a_preparation_that_was_stopped_gives_the_same_sums_the_next_time(
    source: Path, deliveries: Path, phase: Phase
) -> None:
    write_delivery(source)
    expected = sums(source, deliveries / "undisturbed")

    def kill(at: Phase, fraction: float) -> None:
        if at is phase and fraction == 1.0:
            raise Killed

    with pytest.raises(Killed), prepared(source, deliveries, kill):
        pass

    assert sums(source, deliveries) == expected


def test_a_ledger_of_another_format_is_begun_anew(tmp_path: Path) -> None:
    Ledger(tmp_path, "one").finish("read", rows=1)
    path = tmp_path / "one" / "ledger.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "format": 0}), "utf-8")

    assert not Ledger(tmp_path, "one").has("read")


def test_a_ledger_that_was_cut_off_is_begun_anew(tmp_path: Path) -> None:
    Ledger(tmp_path, "one").finish("read", rows=1)
    path = tmp_path / "one" / "ledger.json"
    path.write_bytes(path.read_bytes()[:10])

    assert not Ledger(tmp_path, "one").has("read")


def test_plain_copies_of_killed_imports_are_removed(tmp_path: Path) -> None:
    work = Ledger(tmp_path, "one").work_folder()
    (work / "customers.csv").write_text("secret", "utf-8")

    clear_leftovers(tmp_path)

    assert not work.exists()


def test_plain_copies_are_closed_to_others(tmp_path: Path) -> None:
    assert Ledger(tmp_path, "one").work_folder().stat().st_mode & 0o077 == 0
