"""What another site has a browser send changes nothing here."""

import httpx2
import pytest
from starlette.responses import PlainTextResponse

from api.cookie import PLAIN_NAME, SECURE_NAME
from api.same_origin import SameOriginOnly

COOKIE = {"cookie": f"{PLAIN_NAME}=token"}
OURS = {"origin": "http://weihu", "sec-fetch-site": "same-origin"}
ASKED_BY = {"x-requested-by": "weihu"}
APP = SameOriginOnly(PlainTextResponse("changed"), cookies=(PLAIN_NAME, SECURE_NAME))


async def _status(headers: dict[str, str], method: str = "POST") -> int:
    transport = httpx2.ASGITransport(APP)
    async with httpx2.AsyncClient(transport=transport, base_url="http://weihu") as client:
        return (await client.request(method, "/graphql", headers=headers)).status_code


@pytest.mark.parametrize(
    "headers",
    [
        COOKIE | OURS | ASKED_BY,
        COOKIE | {"origin": "http://weihu"} | ASKED_BY,  # a browser without Sec-Fetch-Site
        OURS,  # signing in: no cookie yet
        {},  # a program without a cookie
    ],
)
async def test_our_own_pages_and_programs_pass(headers: dict[str, str]) -> None:
    assert await _status(headers) == 200


@pytest.mark.parametrize(
    "headers",
    [
        COOKIE | OURS,
        COOKIE | ASKED_BY,
        COOKIE | ASKED_BY | {"origin": "https://elsewhere.example"},
        COOKIE | ASKED_BY | OURS | {"origin": "https://elsewhere.example"},
        COOKIE | ASKED_BY | {"origin": "null"},
        COOKIE | ASKED_BY | {"origin": "http://weihu.example"},
        COOKIE | ASKED_BY | OURS | {"sec-fetch-site": "cross-site"},
        COOKIE | ASKED_BY | OURS | {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"cookie": f"{SECURE_NAME}=token"} | ASKED_BY,
        {"cookie": f"theme=dark; {PLAIN_NAME}=token"},
    ],
)
async def test_what_another_site_may_have_sent_is_refused(headers: dict[str, str]) -> None:
    assert await _status(headers) == 403


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_every_method_that_may_change_something_is_looked_at(method: str) -> None:
    assert await _status(COOKIE | {"sec-fetch-site": "cross-site"}, method) == 403


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_link_from_elsewhere_may_open_a_page(method: str) -> None:
    assert await _status(COOKIE | {"sec-fetch-site": "cross-site"}, method) == 200
