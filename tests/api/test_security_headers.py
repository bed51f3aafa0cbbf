"""The headers that every answer carries."""

import re
from pathlib import Path

import httpx2
import pytest
from starlette.responses import PlainTextResponse

from api.security_headers import CONTENT_SECURITY_POLICY, HEADERS, SecurityHeaders

INDEX = Path(__file__).parents[2] / "frontend" / "index.html"


async def _headers(scheme: str = "http", **given: str) -> httpx2.Headers:
    transport = httpx2.ASGITransport(SecurityHeaders(PlainTextResponse("", headers=given)))
    async with httpx2.AsyncClient(transport=transport, base_url=f"{scheme}://weihu") as client:
        return (await client.get("/")).headers


async def test_every_answer_carries_them() -> None:
    headers = await _headers()

    assert {name: headers[name] for name in HEADERS} == HEADERS


async def test_only_https_promises_to_stay_https() -> None:
    assert "strict-transport-security" not in await _headers("http")
    assert "strict-transport-security" in await _headers("https")


async def test_an_answer_may_be_stricter_by_itself() -> None:
    headers = await _headers(**{"content-security-policy": "default-src 'none'"})

    assert headers.get_list("content-security-policy") == ["default-src 'none'"]


@pytest.mark.parametrize("gap", ["unsafe-inline", "unsafe-eval", "*", "http:", "https:"])
def test_pages_load_nothing_inline_and_nothing_from_elsewhere(gap: str) -> None:
    assert gap not in CONTENT_SECURITY_POLICY


def test_the_page_has_no_inline_code_that_the_policy_would_stop() -> None:
    page = INDEX.read_text(encoding="utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|\sstyle=", page)
