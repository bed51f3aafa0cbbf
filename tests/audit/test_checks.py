"""What entries may not say about each other is found, though all is signed."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from audit.entry import Result
from audit.verdict import Status
from audit.verify import verify
from tests.audit.conftest import MakeEntry
from tests.audit.paper_log import (
    KEYS,
    PaperLog,
    checkpoint_of,
    first_broken,
    write_log,
)


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
