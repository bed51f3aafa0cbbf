"""`weihu audit` ends with the exit code that a script needs, and a sentence that a person does."""

import json
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from api.command_line import weihu
from tests.audit.conftest import MakeEntry
from tests.audit.paper_log import KEY, PaperLog

VKEY = KEY.verifier.vkey()


@pytest.fixture
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    """A terminal whose WEIHU_HOME is fresh."""
    monkeypatch.setenv("WEIHU_HOME", str(home))
    yield CliRunner()


@pytest.fixture
def log(make_entry: MakeEntry) -> PaperLog:
    log = PaperLog()
    for turn in range(5):
        log.add(make_entry(details={"turn": turn}))
    return log


def test_a_sound_log_ends_with_0(at_home: CliRunner, log: PaperLog, tmp_path: Path) -> None:
    folder = log.write(tmp_path / "log")

    outcome = at_home.invoke(weihu, ["audit", "verify", str(folder), "--key", VKEY])

    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("Sound: 5 entries of weihu/test")


def test_a_log_that_was_tampered_with_ends_with_1(
    at_home: CliRunner, log: PaperLog, tmp_path: Path
) -> None:
    folder = log.write(tmp_path / "log")
    bundle = next((folder / "tile/entries").rglob("5"))
    bundle.write_bytes(bundle.read_bytes().replace(b'"turn":3', b'"turn":4'))

    outcome = at_home.invoke(weihu, ["audit", "verify", str(folder), "--key", VKEY, "--json"])

    assert outcome.exit_code == 1
    assert json.loads(outcome.stdout)["first_broken_index"] == 3


def test_a_log_that_cannot_be_proved_ends_with_2(
    at_home: CliRunner, log: PaperLog, tmp_path: Path
) -> None:
    folder = log.write(tmp_path / "log")

    outcome = at_home.invoke(weihu, ["audit", "verify", str(folder)])

    assert outcome.exit_code == 2
    assert "No public key is known" in outcome.stdout


def test_an_older_checkpoint_shows_that_a_log_was_cut_off(
    at_home: CliRunner, log: PaperLog, tmp_path: Path
) -> None:
    since = tmp_path / "since"
    since.write_text(log.checkpoint())
    log.entries.pop()
    folder = log.write(tmp_path / "log")
    key = tmp_path / "auditor.vkey"
    key.write_text(VKEY)

    outcome = at_home.invoke(
        weihu, ["audit", "verify", str(folder), "--key", str(key), "--since", str(since)]
    )

    assert outcome.exit_code == 1
    assert "cut off or set back" in outcome.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["audit", "verify", "nowhere"],
        ["audit", "verify", ".", "--key", "nonsense"],
        ["audit", "verify", ".", "--since", "nowhere"],
        ["audit", "check-proof", "nowhere"],
    ],
)
def test_a_wrong_word_ends_with_2(words: list[str], at_home: CliRunner) -> None:
    assert at_home.invoke(weihu, words).exit_code == 2


def test_what_is_exported_verifies_and_proves_itself(
    at_home: CliRunner, dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", dsn)
    folder, proof = tmp_path / "log", tmp_path / "proof.json"

    exported = at_home.invoke(weihu, ["audit", "export", str(folder), "--json"])
    verified = at_home.invoke(weihu, ["audit", "verify", str(folder)])
    proved = at_home.invoke(weihu, ["audit", "prove", "1"])
    proof.write_text(proved.stdout)
    checked = at_home.invoke(weihu, ["audit", "check-proof", str(proof)])

    codes = [one.exit_code for one in (exported, verified, proved, checked)]
    assert codes == [0, 0, 0, 0]
    assert json.loads(exported.stdout)["size"] == 2
    entry = orjson.loads(json.loads(proved.stdout)["entry"])
    assert entry["action"] == "audit_entry:export"  # reading the trail is in the trail


def test_a_folder_with_other_files_ends_an_export_with_3(
    at_home: CliRunner, dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", dsn)
    (tmp_path / "letter.txt").write_text("Dear Sir")

    outcome = at_home.invoke(weihu, ["audit", "export", str(tmp_path)])

    assert outcome.exit_code == 3
    assert "Choose an empty folder" in outcome.stderr


def test_a_proof_of_something_else_ends_with_1(at_home: CliRunner, tmp_path: Path) -> None:
    for content in ("[]", "", '{"format":"weihu-entry-proof/1"}'):
        (tmp_path / "proof.json").write_text(content)

        outcome = at_home.invoke(
            weihu, ["audit", "check-proof", str(tmp_path / "proof.json"), "--key", VKEY]
        )

        assert outcome.exit_code == 1
        assert outcome.stdout.startswith("Not proved.")
