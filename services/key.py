"""The keys: counted, wrapped by another KEK, shredded with all that they seal."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import asyncpg

from authz.action import Action
from domain.errors import RuleBroken
from gate.act import act
from gate.actor import Actor
from gate.house import House
from store.customer import CustomerRecord
from store.key import open_kek, rewrap_ring
from store.key import shred_customer as shred
from store.key_ring import (
    CellCount,
    RingKeyCount,
    cell_counts,
    cells_of_customer,
    customers_without_key,
    ring_key_counts,
)
from store.resealing import customers_left
from vault.errors import KekUnusable
from vault.kek import kek_file
from vault.kek_file import drop_old_keks, kek_file_ids, rotate_kek_file


@dataclass(frozen=True, slots=True)
class Keys:
    """How the keys stand.

    Args:
        kek_fault: What is wrong with the KEK; empty if it wraps and unwraps.
        shredded: How many customers have no key.
        left: How many customers have cells or indexes that `reseal_keys` would make anew.
    """

    kek_id: str
    kek_fault: str
    ring: list[RingKeyCount]
    cells: list[CellCount]
    shredded: int
    left: int


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did; *went_on*: an earlier one had been stopped, and was finished."""

    rewrapped: int
    keks_dropped: int
    went_on: bool


async def read_keys(actor: Actor, environ: Mapping[str, str]) -> Keys:
    """Return how the keys stand: the KEK, the ring, and what is sealed under what.

    Raises:
        KekUnusable: The environment asks for a KEK that does not exist.
    """
    house = actor.house
    async with act(actor, Action.KEYS_READ) as on:
        on.everywhere()
        kek_id, fault = _kek_health(house, environ)
        return Keys(
            kek_id,
            fault,
            await ring_key_counts(on.connection, house.vault),
            await cell_counts(on.connection),
            await customers_without_key(on.connection),
            await customers_left(on.connection, house.vault),
        )


async def rotate_keys(actor: Actor, environ: Mapping[str, str]) -> Rotated:
    """Wrap the ring by a new KEK, and drop the old one when nothing is wrapped by it.

    Killed at any moment, it is run again and goes on: the old KEK stays in the file until the
    ring that needs it no more is committed. With WEIHU_KEK=env the new KEK comes from there.

    Raises:
        RuleBroken: The environment holds no new KEK.
        KekUnusable: The KEK cannot be read or written.
    """
    house, is_file = actor.house, environ.get("WEIHU_KEK", "file") == "file"
    path = kek_file(house.home)
    async with act(actor, Action.KEYS_ROTATE) as on:
        on.everywhere()
        await on.connection.execute("lock table ring_key in share row exclusive mode")
        went_on = is_file and len(kek_file_ids(path)) > 1
        if is_file and not went_on:
            await asyncio.to_thread(rotate_kek_file, path)
        kek_id, rewrapped = await _rewrap(house, on.connection, environ)
        if not is_file and not rewrapped:
            raise RuleBroken(
                "NOTHING_TO_ROTATE",
                "The ring is wrapped by this KEK already. Put a new one into WEIHU_KEK_HEX and "
                "the present one into WEIHU_KEK_HEX_OLD, then run this again.",
            )
        on.details |= {"kek": _code(kek_id), "rewrapped": rewrapped, "went_on": went_on}
    if not is_file:
        return Rotated(rewrapped, 0, went_on)
    async with act(actor, Action.KEYS_ROTATE) as on:
        on.everywhere()
        dropped = await _drop_old(house, on.connection)
        on.details |= {"kek": _code(kek_id), "keks_dropped": dropped}
    return Rotated(rewrapped, dropped, went_on)


async def shred_customer(actor: Actor, customer_no: str, *, is_sure: bool) -> int:
    """Destroy a customer's keys: what they sealed opens for nobody, ever; return how many.

    The indexes that would still find the customer by telephone or identity number go as well.

    Args:
        is_sure: Without it nothing is done and the refusal says what would be.

    Raises:
        NotFound: There is no such customer.
        RuleBroken: It was not confirmed.
    """
    async with act(actor, Action.CUSTOMER_SHRED) as on:
        locked = CustomerRecord.select_for_update(of=("customer",))
        customer = on(await locked.get_or_none(customer_no=customer_no).select_related("home_unit"))
        cells = await cells_of_customer(on.connection, customer.id)
        if not is_sure:
            raise RuleBroken(
                "SHRED_UNCONFIRMED",
                f"This makes {cells} values of customer {customer_no} unreadable for ever: name, "
                "contact data and every note. Nothing was done. If you are sure, add --yes.",
                params={"cells": cells},
            )
        keys = await shred(on.connection, actor.house.vault, customer.id)
        customer.phone_index = customer.id_number_index = customer.delivered_marks = None
        await customer.save(update_fields=["phone_index", "id_number_index", "delivered_marks"])
        on.details |= {"keys_destroyed": keys, "cells": cells}
        return keys


def _kek_health(house: House, environ: Mapping[str, str]) -> tuple[str, str]:
    try:
        kek = open_kek(house.home, environ, house.vault.ring.current.suite)
    except KekUnusable as fault:
        return "", str(fault)
    try:
        kek.health()
        return kek.kek_id, ""
    except KekUnusable as fault:
        return kek.kek_id, str(fault)
    finally:
        kek.close()


async def _rewrap(
    house: House, connection: asyncpg.Connection, environ: Mapping[str, str]
) -> tuple[str, int]:
    kek = open_kek(house.home, environ, house.vault.ring.current.suite)
    try:
        return kek.kek_id, await rewrap_ring(connection, kek)
    finally:
        kek.close()


async def _drop_old(house: House, connection: asyncpg.Connection) -> int:
    """Drop the KEKs before from the file, once the ring is seen to need none of them."""
    await connection.execute("lock table ring_key in share row exclusive mode")
    first, *old = kek_file_ids(kek_file(house.home))
    if await connection.fetchval("select count(*) from ring_key where kek_id <> $1", first):
        return 0  # rotated again meanwhile: that rotation drops them
    if old:
        await asyncio.to_thread(drop_old_keks, kek_file(house.home))
    return len(old)


def _code(kek_id: str) -> str:
    """Return how an entry names a KEK: its own name may look like a number."""
    return "sha256:" + hashlib.sha256(kek_id.encode()).hexdigest()
