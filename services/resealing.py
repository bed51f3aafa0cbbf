"""All cells sealed anew: another suite, keys that leaked, an index key that changed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

import asyncpg

from authz.action import Action
from gate.act import act
from gate.actor import Actor
from gate.house import House
from rating.turn import take_turn
from store.key import add_ring_key, open_kek
from store.key_ring import SEEN_SECONDS, renew_ring
from store.resealing import (
    FIRST,
    CellMoved,
    Page,
    customers_left,
    destroy_ring_keys,
    reseal_page,
)
from vault.key import RingPurpose

PAGE_CUSTOMERS = 50  # held from writers for some tens of milliseconds
PAUSE_SECONDS = 0.2  # before asking again for customers whom others hold
Progress = Callable[[int, int], None]
"""Told how many customers are done, of how many."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """What resealing did.

    Args:
        broken: Customers with a cell that does not open; nothing of theirs was changed.
    """

    customers: int = 0
    cells: int = 0
    indexes: int = 0
    keys_destroyed: int = 0
    ring_keys_made: int = 0
    ring_keys_destroyed: int = 0
    broken: frozenset[UUID] = field(default_factory=frozenset)

    def with_page(self, page: Page) -> "Resealed":
        """Return the sum of this and a page."""
        return replace(
            self,
            customers=self.customers + len(page.customers),
            cells=self.cells + page.cells,
            indexes=self.indexes + page.indexes,
            keys_destroyed=self.keys_destroyed + page.keys_destroyed,
            broken=self.broken.union(page.broken),
        )


def _unheard(done: int, total: int) -> None:
    """Take no notice of progress."""


async def reseal_keys(
    actor: Actor,
    environ: Mapping[str, str],
    *,
    new_keys: bool = False,
    new_index_key: bool = False,
    progress: Progress = _unheard,
    page_customers: int = PAGE_CUSTOMERS,
    seen_seconds: float = 2 * SEEN_SECONDS,
) -> Resealed:
    """Seal all cells anew that are not under a key of the ring key in use, and so the indexes.

    Everybody works on meanwhile. Killed or stopped, it is run again and goes on.

    Args:
        new_keys: Put a new key for customers into the ring first, unless some are left to do.
        new_index_key: The same for the blind indexes.
        seen_seconds: How old a key of the ring is before it is used: others must have loaded it.

    Raises:
        ImportBusy: An import or a rating is running, which has loaded the ring as it was.
    """
    house = actor.house
    purposes = [RingPurpose.CUSTOMER] * new_keys + [RingPurpose.BLIND_INDEX] * new_index_key
    made = await _make_ring_keys(actor, environ, purposes) if purposes else 0
    await _wait_until_seen(house, seen_seconds)
    done = Resealed(ring_keys_made=made)
    total = left = await _left(house)
    progress(0, total)
    while left > len(done.broken):
        done = replace(done, broken=frozenset())  # those are tried again, with who was held
        async for page in _pages(actor, page_customers):
            done = done.with_page(page)
            progress(done.customers, max(total, done.customers))
        left = await _left(house)
    async with act(actor, Action.KEYS_RESEAL) as on:
        on.everywhere()
        await take_turn(on.connection)  # an import may still index by the key before
        destroyed = await destroy_ring_keys(on.connection, house.vault)
        on.details |= {"left": left, "ring_keys_destroyed": destroyed}
    await _renew(house, environ)
    return replace(done, ring_keys_destroyed=destroyed)


async def _make_ring_keys(
    actor: Actor, environ: Mapping[str, str], purposes: list[RingPurpose]
) -> int:
    """Put new keys into the ring, unless an earlier resealing is still to be finished."""
    house = actor.house
    async with act(actor, Action.KEYS_RESEAL) as on:
        on.everywhere()
        await take_turn(on.connection)
        await on.connection.execute("lock table ring_key in share row exclusive mode")
        if await customers_left(on.connection, house.vault):
            on.details |= {"ring_keys_made": 0}
            return 0
        suite = house.vault.ring.current.suite
        kek = open_kek(house.home, environ, suite)
        try:
            for purpose in purposes:
                row = await add_ring_key(on.connection, kek, purpose, suite, house.now())
                await on.connection.execute(
                    "update ring_key set retired_at = $1 "
                    "where purpose = $2 and id <> $3 and retired_at is null",
                    house.now(),
                    purpose.value,
                    row.id,
                )
        finally:
            kek.close()
        on.details |= {"ring_keys_made": len(purposes)}
    await _renew(house, environ)
    return len(purposes)


async def _renew(house: House, environ: Mapping[str, str]) -> None:
    async with house.database.connection() as connection:
        await renew_ring(connection, house.vault, house.home, environ)


async def _wait_until_seen(house: House, seconds: float) -> None:
    """Wait until every process has loaded the keys in use: they read what is sealed by them."""
    async with house.database.connection() as connection:
        newest = await connection.fetchval("select max(created_at) from ring_key")
    await asyncio.sleep(max(0.0, seconds - max(0.0, (house.now() - newest).total_seconds())))


async def _left(house: House) -> int:
    async with house.database.connection() as connection:
        return await customers_left(connection, house.vault)


async def _pages(actor: Actor, size: int) -> AsyncIterator[Page]:
    """Reseal once through all customers but those whom others hold just then."""
    after: UUID | None = FIRST
    while after is not None:
        try:
            page = await _reseal_page(actor, after, size)
        except (CellMoved, asyncpg.DeadlockDetectedError):  # undone; the page is tried again
            page = None
        if page is not None:
            yield page
            after = page.last
        if page is None or page.last is None:
            await asyncio.sleep(PAUSE_SECONDS)


async def _reseal_page(actor: Actor, after: UUID, size: int) -> Page:
    """Reseal a page in an act of its own."""
    house = actor.house
    async with act(actor, Action.KEYS_RESEAL) as on:
        on.everywhere()
        page = await reseal_page(on.connection, house.vault, after, size, house.now())
        on.customers = page.customers
        on.details |= {
            "cells": page.cells,
            "indexes": page.indexes,
            "keys_destroyed": page.keys_destroyed,
            "broken": len(page.broken),
        }
        return page
