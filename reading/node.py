"""Records in payloads, read by the same plans as in queries."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from graphql import GraphQLResolveInfo

from reading.execution import PRESENT


async def read_node(info: Any, noun: str, id: UUID | None, *, is_named: bool = False) -> Any:
    """Return what the operation selects of one record, for the field that *info* is of.

    Args:
        info: Of the payload's field whose type is the noun.
        noun: Name of the GraphQL type.
        is_named: Units and staff that the payload names are shown whatever the reader's reach.

    Returns:
        None where there is no such record within reach.
    """
    nodes = await read_nodes(info, noun, [] if id is None else [id], is_named=is_named)
    return nodes[0] if nodes else None


async def read_nodes(
    info: Any, noun: str, ids: Sequence[UUID], *, is_named: bool = False
) -> list[Any]:
    """Return what the operation selects of some records, in the order of *ids*."""
    if not ids:
        return []
    raw: GraphQLResolveInfo[Any] = info._raw_info
    execution = PRESENT.get().execution
    by_id = await execution.records(raw, noun, ids, is_named=is_named)
    return [by_id[id] for id in ids if id in by_id]
