"""What a rating run changes, customer by customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import asyncpg

from domain.rating import Outcome

MOVES: Final = (Outcome.ENTERED, Outcome.RISEN, Outcome.FALLEN, Outcome.LEFT)
_MOVED: Final = """
    select r.outcome, c.customer_no from rating r join customer c on c.id = r.customer_id
    where r.run_id = $1 and r.outcome = any($2) order by c.customer_no collate "C"
"""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Who would move by a run: outcome -> customer numbers in their order."""

    moves: Mapping[str, Sequence[str]]


async def outlook(connection: asyncpg.Connection, run_id: UUID) -> Outlook:
    """Return who moves by the run *run_id*."""
    moves: dict[str, list[str]] = {move.value: [] for move in MOVES}
    for row in await connection.fetch(_MOVED, run_id, list(moves)):
        moves[row["outcome"]].append(row["customer_no"])
    return Outlook(moves)
