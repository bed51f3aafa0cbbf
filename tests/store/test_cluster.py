"""What a server that did not start is quoted with."""

import pytest

from store.cluster import last_words


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("LOG:  starting\nFATAL:  no such role\nLOG:  shut down\n", "FATAL:  no such role"),
        ("FATAL: could not write: No space left on device\nPANIC: x\n", "the disk is full"),
        ("FATAL: wrote only 4096 of 8192\nHINT:  Check free disk space.\n", "the disk is full"),
        ("one\ntwo\n", "two"),
        ("", "it said nothing"),
    ],
)
def test_its_last_complaint_is_quoted(said: str, quoted: str) -> None:
    assert last_words(said) == quoted
