"""Bind the records of this room to a pool that they do not own."""

import importlib
import inspect
import pkgutil
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.context import TortoiseContext
from tortoise.models import Model

import store


async def bound_records(pool: asyncpg.Pool, *, for_all_tasks: bool) -> TortoiseContext:
    """Bind all records to *pool*, in this task and what it starts.

    Args:
        for_all_tasks: Also for tasks that something else started, as a web server's are; one
            binding in a process can be that.
    """
    records = TortoiseContext()
    records.__enter__()
    await records.init(
        {
            "connections": {"default": {"engine": __name__, "credentials": {"pool": pool}}},
            "apps": {"store": {"models": record_modules(), "default_connection": "default"}},
        },
        _enable_global_fallback=for_all_tasks,
    )
    return records


class PooledConnection(AsyncpgDBClient):
    """Tortoise's connection, on a pool that is the Database's to open and close."""

    def __init__(self, pool: asyncpg.Pool, **options: Any) -> None:
        super().__init__(**options)
        self._pool = pool

    async def close(self) -> None:
        """Let go of the pool."""
        self._pool = None


client_class = PooledConnection  # the name by which Tortoise finds it in an engine module


def record_modules() -> list[str]:
    """Return the modules of this room that hold records."""
    names = [f"{store.__name__}.{module.name}" for module in pkgutil.iter_modules(store.__path__)]
    return [name for name in names if records_in(name)]


def records_in(module: str) -> list[type[Model]]:
    """Return the record classes that *module* defines."""
    members = inspect.getmembers(importlib.import_module(module), inspect.isclass)
    return [one for _, one in members if issubclass(one, Model) and one.__module__ == module]
