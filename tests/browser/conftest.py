"""A server with a small bureau behind it, and a browser before it."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from services.password import password_hash
from store.database import Database
from store.staff import StaffRecord
from tests.bureau import Bureau, small_bureau

SECRET = "a sentence for the tests"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = re.compile(r"http://[\d.]+:\d+")


@dataclass
class Visit:
    """One visitor's browser page, and what went wrong in it.

    Args:
        faults: Errors of the console and reports of the content security policy.
    """

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    async def sign_in(self, staff_no: str) -> None:
        """Sign in as *staff_no*, and wait for the work queue."""
        await self.page.goto(self.address)
        await self.page.get_by_label("工号").fill(staff_no)
        await self.page.get_by_label("密码", exact=True).fill(SECRET)
        await self.page.get_by_role("button", name="登录", exact=True).click()
        await self.page.get_by_role("navigation", name="页面").wait_for()


@pytest.fixture
async def live_bureau(database: Database, home: Path) -> AsyncIterator[Bureau]:
    """A small bureau as of this moment, whose staff can sign in."""
    async with small_bureau(database, home) as bureau:
        bureau.clock.now = datetime.now(UTC)
        await StaffRecord.all().update(password_hash=await password_hash(SECRET))
        yield bureau


@pytest.fixture
async def address(dsn: str, home: Path) -> AsyncIterator[str]:
    """Where `weihu serve` listens, as a process of its own on the test's database."""
    environ = os.environ | {"DATABASE_URL": dsn, "WEIHU_HOME": str(home), "PORT": "0"}
    weihu = Path(sys.executable).with_name("weihu")
    server = await asyncio.create_subprocess_exec(
        weihu, "serve", env=environ, stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    greeting = (await asyncio.wait_for(server.stdout.readline(), 60)).decode()
    found = READY.search(greeting)
    assert found, greeting
    yield found[0]
    server.terminate()
    await server.communicate()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium, as `make test` finds or installs it."""
    async with async_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def visit(browser: Browser, address: str) -> AsyncIterator[Visit]:
    """A visitor from Shanghai at 1366x768, whose page must stay without faults."""
    context = await browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        viewport={"width": 1366, "height": 768},
    )
    page = await context.new_page()
    visit = Visit(page, address)
    page.on(
        "console", lambda said: visit.faults.append(said.text) if said.type == "error" else None
    )
    page.on("pageerror", lambda error: visit.faults.append(str(error)))
    yield visit
    await context.close()
    assert visit.faults == []
