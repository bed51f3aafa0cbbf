"""A full spool or disk refuses, keeps what it has whole, and leaves room for what must work."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import pytest

from audit.connection import TrailUnavailable
from audit.entry import Entry
from audit.spool import RESERVE_BYTES, Spool
from audit.trail import Trail

MakeEntry = Callable[..., Entry]


async def test_the_spool_is_bounded_but_keeps_room_for_what_must_work(
    home: Path, trail: Trail, an_entry: MakeEntry
) -> None:
    spool = Spool(home / "spool", uuid4(), trail.key, bytes_max=RESERVE_BYTES + 2_000)
    await spool.add([an_entry()])
    with pytest.raises(TrailUnavailable):
        for _ in range(10):
            await spool.add([an_entry()])

    await spool.add([an_entry()], is_essential=True)

    assert len(spool.path.read_bytes().splitlines()) == 3
    await spool.close()


@pytest.mark.parametrize("room", [0, 100])
async def test_a_full_disk_refuses_and_leaves_what_was_spooled_whole(
    room: int, home: Path, trail: Trail, an_entry: MakeEntry
) -> None:
    spool = Spool(home / "spool", uuid4(), trail.key)
    await spool.add([an_entry()])

    with patch("audit.spool.os.pwrite", full_disk(room)), pytest.raises(TrailUnavailable):
        await spool.add([an_entry()])
    await spool.add([an_entry()])

    numbers = [line.split(b" ")[2] for line in spool.path.read_bytes().splitlines()]
    assert numbers == [b"1", b"2"]
    await spool.close()


async def test_on_a_full_disk_what_must_work_takes_the_reserve(
    home: Path, trail: Trail, an_entry: MakeEntry
) -> None:
    spool = Spool(home / "spool", uuid4(), trail.key)
    spool.make_reserve()
    reserve = spool.path.with_suffix(".reserve")
    write = os.pwrite

    def full_until_the_reserve_is_gone(file: int, content: bytes, at: int) -> int:
        if reserve.exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, content, at)

    with patch("audit.spool.os.pwrite", full_until_the_reserve_is_gone):
        await spool.add([an_entry()], is_essential=True)

    assert len(spool.path.read_bytes().splitlines()) == 1
    await spool.close()


def full_disk(room: int) -> Callable[[int, bytes, int], int]:
    """Return a write that finds *room* bytes, and no more."""
    write, left = os.pwrite, [room]

    def pwrite(file: int, content: bytes, at: int) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = write(file, bytes(content[: left[0]]), at)
        left[0] -= written
        return written

    return pwrite
