"""The session cookie as the browser gets it, keeps it and sends it back."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from api.cookie import PLAIN_NAME, SECURE_NAME, set_token, token_in


def _request(scheme: str, cookie: str = "") -> Request:
    scope = {
        "type": "http",
        "scheme": scheme,
        "path": "/graphql",
        "query_string": b"",
        "server": ("weihu", 443),
        "headers": [(b"cookie", cookie.encode())],
    }
    return Request(scope)


def _set(scheme: str, token: str) -> tuple[str, set[str]]:
    response = Response()
    set_token(_request(scheme), response, token)
    pair, *attributes = response.headers["set-cookie"].split("; ")
    return pair, {one.lower() for one in attributes}


def test_over_https_it_is_bound_to_this_host_and_to_https() -> None:
    pair, attributes = _set("https", "token")

    assert pair == "__Host-sid=token"
    assert attributes == {"httponly", "path=/", "samesite=lax", "secure"}


def test_on_the_loopback_it_is_kept_from_scripts_as_well() -> None:
    pair, attributes = _set("http", "token")

    assert pair == "weihu-sid=token"
    assert attributes == {"httponly", "path=/", "samesite=lax"}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_signing_out_has_the_browser_forget_the_very_same_cookie(scheme: str) -> None:
    (kept, attributes), (dropped, of_dropped) = _set(scheme, "token"), _set(scheme, "")

    assert dropped.partition("=")[0] == kept.partition("=")[0]
    assert attributes <= of_dropped
    assert "max-age=0" in of_dropped


def test_a_plain_cookie_is_not_taken_over_https() -> None:
    assert token_in(_request("https", f"{SECURE_NAME}=token")) == "token"
    assert token_in(_request("https", f"{PLAIN_NAME}=token")) is None
    assert token_in(_request("http", f"{PLAIN_NAME}=token")) == "token"
