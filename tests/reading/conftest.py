"""One filled bureau for all tests of a module that only read."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from store.database import Database
from tests.reading.book import Book
from tests.reading.filled import open_book


@pytest.fixture(scope="module")
async def book(
    server: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Book]:
    """A bureau with a little of everything in it; tests do not change it."""
    address, options = server.split("?")
    name = f"book_{uuid4().hex}"
    connection = await asyncpg.connect(f"{address.rpartition('/')[0]}/postgres?{options}")
    await connection.execute(f"create database {name} template {template}")
    await connection.close()
    home: Path = tmp_path_factory.mktemp("book")
    dsn = f"{address.rpartition('/')[0]}/{name}?{options}"
    async with Database.opened(dsn) as database, open_book(database, home) as book:
        yield book
