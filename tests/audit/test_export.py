"""An export proves exactly what its checkpoint says, however often it was interrupted."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from unittest.mock import patch

import asyncpg
import orjson
import pytest

from audit import export
from audit.entry import Entry
from audit.export import ExportRefused, export_log
from audit.key import TrailKey
from audit.proof import NoSuchEntry, as_tlog_proof, prove_entry, verify_entry_proof
from audit.sequencer import Sequencer
from audit.trail import Trail
from audit.tree import ProofBroken
from audit.verdict import Status
from audit.verify import verify

MakeEntry = Callable[..., Entry]
Grow = Callable[[int], Coroutine[None, None, None]]


@pytest.fixture
def grow(trail: Trail, sequencer: Sequencer, make_entry: MakeEntry) -> Grow:
    """Append and sequence so many entries."""

    async def grow(by: int) -> None:
        await asyncio.gather(*(trail.append(make_entry()) for _ in range(by)))
        await sequencer.drain()

    return grow


async def test_an_export_is_sound_at_every_turn_of_a_tile(
    grow: Grow, trail: Trail, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    await grow(1)  # trail:open makes one more
    before = 2
    for size in (2, 255, 256, 257, 511, 512, 513, 600):
        await grow(size - before)
        before = size

        checkpoint = await export_log(connection, tmp_path / str(size), trail.key.verifier)

        verdict = verify(tmp_path / str(size), [trail.key.verifier])
        assert (verdict.status, verdict.entries, checkpoint.size) == (Status.SOUND, size, size)


async def test_an_export_goes_on_from_an_earlier_one(
    grow: Grow, trail: Trail, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    folder, key = tmp_path / "log", trail.key.verifier
    await grow(300)
    await export_log(connection, folder, key)
    since = (folder / "checkpoint").read_text()
    kept = (folder / "tile/entries/000").stat().st_mtime_ns
    await grow(300)

    await export_log(connection, folder, key)

    assert verify(folder, [key], since=since).status is Status.SOUND
    assert (folder / "tile/entries/000").stat().st_mtime_ns == kept


async def test_an_export_that_is_interrupted_proves_what_it_proved_before_or_nothing(
    grow: Grow, trail: Trail, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    folders, key = [tmp_path / str(writes) for writes in range(10)], trail.key.verifier
    await grow(300)
    for folder in folders:
        await export_log(connection, folder, key)
    await grow(600)

    for room, folder in enumerate(folders):
        with patch.object(export, "_write", full_after(room)), pytest.raises(OSError, match="room"):
            await export_log(connection, folder, key)

        assert verify(folder, [key]).status is not Status.TAMPERED
        await export_log(connection, folder, key)
        assert verify(folder, [key]).status is Status.SOUND


def full_after(room: int) -> Callable[[Path, bytes], None]:
    """Return a write that finds room for so many files."""
    write, left = export._write, [room]

    def full(path: Path, content: bytes) -> None:
        if not left[0]:
            raise OSError(28, "no room")
        left[0] -= 1
        write(path, content)

    return full


async def test_a_log_that_grows_meanwhile_is_exported_as_its_checkpoint_says(
    grow: Grow, trail: Trail, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    await grow(600)
    growing = asyncio.create_task(grow(600))

    await export_log(connection, tmp_path / "log", trail.key.verifier)
    await growing

    assert verify(tmp_path / "log", [trail.key.verifier]).status is Status.SOUND


async def test_an_export_tells_how_far_it_is(
    grow: Grow, trail: Trail, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    await grow(299)

    await export_log(
        connection, tmp_path / "log", trail.key.verifier, lambda *how_far: told.append(how_far)
    )

    assert told == [(256, 300), (300, 300)]


async def test_a_folder_with_other_files_is_refused(
    grow: Grow, trail: Trail, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    await grow(1)
    (tmp_path / "letter.txt").write_text("Dear Sir")

    with pytest.raises(ExportRefused, match="other files"):
        await export_log(connection, tmp_path, trail.key.verifier)


async def test_a_folder_with_another_log_is_refused(
    grow: Grow, trail: Trail, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    await grow(1)
    other = TrailKey("weihu/other", bytes(32))
    folder = tmp_path / "log"
    folder.mkdir()
    (folder / "checkpoint").write_text(other.signer.note("weihu/other\n0\n"))

    with pytest.raises(ExportRefused, match="another log"):
        await export_log(connection, folder, trail.key.verifier)


async def test_a_store_that_was_set_back_does_not_overwrite_the_longer_export(
    grow: Grow, trail: Trail, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    folder, key = tmp_path / "log", trail.key.verifier
    await grow(10)
    before = await connection.fetchrow("select size, edge, note from trail_head")
    await grow(10)
    await export_log(connection, folder, key)
    assert before is not None
    await connection.execute("update trail_head set size = $1, edge = $2, note = $3", *before)

    with pytest.raises(ExportRefused, match="set back"):
        await export_log(connection, folder, key)


async def test_an_entry_that_was_changed_in_the_store_is_found_in_the_export(
    grow: Grow, trail: Trail, connection: asyncpg.Connection, tmp_path: Path
) -> None:
    await grow(300)
    async with connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute("update trail_entry set entry = entry || ' ' where index = 7")
    await export_log(connection, tmp_path / "log", trail.key.verifier)

    verdict = verify(tmp_path / "log", [trail.key.verifier])

    assert verdict.status is Status.TAMPERED
    assert verdict.first_broken is not None
    assert verdict.first_broken.index == 7


async def test_a_row_that_was_deleted_before_sequencing_is_found_in_the_export(
    trail: Trail,
    sequencer: Sequencer,
    connection: asyncpg.Connection,
    tmp_path: Path,
    an_entry: MakeEntry,
) -> None:
    await asyncio.gather(*(trail.append(an_entry()) for _ in range(9)))
    await connection.execute("delete from trail_pending where number = 5")
    await sequencer.drain()
    await export_log(connection, tmp_path / "log", trail.key.verifier)

    verdict = verify(tmp_path / "log", [trail.key.verifier])

    assert verdict.status is Status.TAMPERED
    assert "goes from 4 to 6" in verdict.sentence()


async def test_one_entry_can_be_proved_to_someone_who_has_only_the_key(
    grow: Grow, trail: Trail, connection: asyncpg.Connection
) -> None:
    await grow(599)

    for index in (0, 255, 256, 598):
        proof = orjson.loads(orjson.dumps(await prove_entry(connection, index, trail.key.verifier)))
        verify_entry_proof(proof, [trail.key.verifier])


SPOILT: list[dict[str, object]] = [
    {"entry": "{}"},
    {"index": 4},
    {"index": "seven"},
    {"proof": []},
    {"proof": ["not base64"]},
    {"checkpoint": "nothing"},
    {"format": "another"},
]


async def test_a_proof_that_was_changed_proves_nothing(
    grow: Grow, trail: Trail, connection: asyncpg.Connection
) -> None:
    await grow(9)
    proof = await prove_entry(connection, 3, trail.key.verifier)

    for part in SPOILT:
        with pytest.raises(ProofBroken):
            verify_entry_proof({**proof, **part}, [trail.key.verifier])


async def test_a_proof_comes_in_the_form_that_other_tools_read(
    grow: Grow, trail: Trail, connection: asyncpg.Connection
) -> None:
    await grow(9)
    proof = await prove_entry(connection, 3, trail.key.verifier)

    head, _, note = as_tlog_proof(proof).partition("\n\n")

    assert head.split("\n") == ["c2sp.org/tlog-proof@v1", "index 3", *proof["proof"]]
    assert note == proof["checkpoint"]


async def test_there_is_no_proof_for_an_entry_that_is_not_there(
    grow: Grow, trail: Trail, connection: asyncpg.Connection
) -> None:
    await grow(1)

    for index in (-1, 2, 10**6):
        with pytest.raises(NoSuchEntry):
            await prove_entry(connection, index, trail.key.verifier)
