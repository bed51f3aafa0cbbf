"""A proof that one entry is in the log, for someone who has nothing but its public key."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final

from audit.checkpoint import NoteUnproved, NoteUnsound, Verifier, read_checkpoint
from audit.connection import Connection
from audit.head import read_head
from audit.stored import inclusion_proof
from audit.tree import ProofBroken, leaf_hash, verify_inclusion

FORMAT: Final = "weihu-entry-proof/1"


class NoSuchEntry(Exception):
    """The log has no entry of that index."""


async def prove_entry(connection: Connection, index: int, verifier: Verifier) -> dict[str, Any]:
    """Return the proof for the entry at *index*, as JSON takes it.

    Raises:
        NoSuchEntry: The log does not reach so far.
        HashMissing: The store has lost hashes.
    """
    head = await read_head(connection)
    entry = await connection.fetchval("select entry from trail_entry where index = $1", index)
    if head is None or entry is None or not 0 <= index < head.size:
        raise NoSuchEntry(f"The trail has no entry {index}.")
    proof = await inclusion_proof(connection, index, head.size)
    return {
        "format": FORMAT,
        "index": index,
        "entry": entry.decode(),
        "leaf_hash": _encoded(leaf_hash(entry)),
        "proof": [_encoded(node) for node in proof],
        "checkpoint": head.note,
        "vkey": verifier.vkey(),
    }


def verify_entry_proof(proof: Any, keys: Sequence[Verifier]) -> None:
    """Check a proof offline: the signature, then the way from the entry's bytes to the signed root.

    Raises:
        ProofBroken: It does not prove what it says.
    """
    if not isinstance(proof, Mapping) or proof.get("format") != FORMAT:
        raise ProofBroken(f"This is no proof in the form {FORMAT}.")
    try:
        checkpoint = read_checkpoint(proof["checkpoint"], keys)
        leaf = leaf_hash(proof["entry"].encode())
        nodes = [base64.b64decode(node, validate=True) for node in proof["proof"]]
        index = int(proof["index"])
    except (NoteUnproved, NoteUnsound, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProofBroken(f"The proof cannot be used: {error}") from error
    verify_inclusion(index, checkpoint.size, leaf, nodes, checkpoint.root)


def as_tlog_proof(proof: Mapping[str, Any]) -> str:
    """Return the proof as text after c2sp.org/tlog-proof, for other people's tools."""
    lines = ["c2sp.org/tlog-proof@v1", f"index {proof['index']}", *proof["proof"], ""]
    return "\n".join(lines) + "\n" + str(proof["checkpoint"])


def _encoded(node: bytes) -> str:
    return base64.b64encode(node).decode()
