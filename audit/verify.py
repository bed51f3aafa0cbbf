"""Verifies an exported log offline, with public keys only; what cannot be proved is a failure.

1. The checkpoint is signed with a key that is known. An older one, if given, is of the same log.
2. Every entry is in form, hashes to its place in its tile, and carries its lane on.
3. Every tile above has the roots of the tiles below it.
4. The hashes lead to the signed root, and at the size of the older checkpoint to its root.
5. Chains are whole at their ends, and entries say nothing about each other that may not be.
6. The folder holds nothing that the checkpoint does not cover.
"""

from collections.abc import Sequence
from pathlib import Path

import orjson

from audit.checkpoint import Checkpoint, NoteUnproved, NoteUnsound, Verifier, read_checkpoint
from audit.log_check import LogCheck, Progress
from audit.tile import CHECKPOINT, MANIFEST, MANIFEST_FORMAT, VKEY
from audit.verdict import Verdict


def verify(
    folder: Path,
    keys: Sequence[Verifier],
    *,
    since: str | None = None,
    progress: Progress = lambda done, total: None,
) -> Verdict:
    """Verify the log in *folder*.

    Args:
        folder: The exported log.
        keys: Public keys that may sign its checkpoint; never taken from the folder itself.
        since: An older checkpoint of the log, a signed note: a witness's, or an earlier export's.
        progress: Told how many entries of how many have been looked at.
    """
    verdict = Verdict()
    checkpoint = _signed(_text(folder / CHECKPOINT), keys, verdict)
    if checkpoint is None:
        return verdict
    verdict.origin, verdict.size = checkpoint.origin, checkpoint.size
    verdict.root = checkpoint.root.hex()
    older = None if since is None else _older(since, keys, checkpoint, verdict)
    LogCheck(folder, checkpoint, older, verdict, progress).run()
    _check_manifest(_text(folder / MANIFEST), checkpoint, verdict)
    vkey = _text(folder / VKEY)
    if vkey is not None and vkey not in {f"{key.vkey()}\n" for key in keys}:
        verdict.tampered(f"{VKEY} is not the key that the log was verified with.")
    return verdict


def manifest_of(checkpoint: Checkpoint) -> dict[str, object]:
    """Return what stands in the manifest of an export."""
    return {
        "format": MANIFEST_FORMAT,
        "layout": "https://c2sp.org/tlog-tiles",
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
    }


def _signed(note: str | None, keys: Sequence[Verifier], verdict: Verdict) -> Checkpoint | None:
    """Return the signed checkpoint, or say what is wrong with it."""
    if note is None:
        verdict.incomplete("The checkpoint is missing: nothing can be proved.")
        return None
    if not keys:
        verdict.incomplete("No public key is known: give the one that the auditor keeps.")
        return None
    try:
        return read_checkpoint(note, keys)
    except NoteUnproved:
        verdict.incomplete("The checkpoint is signed with a key that is not known here.")
    except NoteUnsound as error:
        verdict.tampered(f"The checkpoint was changed. {error}")
    return None


def _older(
    note: str, keys: Sequence[Verifier], checkpoint: Checkpoint, verdict: Verdict
) -> Checkpoint | None:
    """Return the older checkpoint, or say why nothing can be measured against it."""
    try:
        older = read_checkpoint(note, keys)
    except (NoteUnproved, NoteUnsound) as error:
        verdict.incomplete(f"The older checkpoint cannot be used. {error}")
        return None
    if older.origin != checkpoint.origin:
        verdict.incomplete(f"The older checkpoint is of another log, {older.origin}.")
        return None
    if older.size > checkpoint.size:
        verdict.tampered(
            f"The log was cut off or set back: it has {checkpoint.size} entries, "
            f"and had {older.size} before.",
            checkpoint.size,
        )
        return None
    return older


def _check_manifest(manifest: str | None, checkpoint: Checkpoint, verdict: Verdict) -> None:
    """Compare the manifest, if there is one: it is not signed, but must not mislead."""
    if manifest is None:
        return
    try:
        said = orjson.loads(manifest)
    except orjson.JSONDecodeError:
        said = None
    if said == manifest_of(checkpoint):
        return
    if isinstance(said, dict) and said.get("format") != MANIFEST_FORMAT:
        verdict.incomplete(f"{MANIFEST} is of a format that this version does not know.")
    else:
        verdict.incomplete(
            f"{MANIFEST} does not say what the checkpoint says: it was changed, or the export was "
            "interrupted. Export again."
        )


def _text(path: Path) -> str | None:
    """Return a file's text, or None if there is no such file; what is no UTF-8 stays visibly so."""
    try:
        return path.read_text("utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
