"""The session cookie: `__Host-` and Secure over HTTPS, a plain one on a machine's own loopback."""

from starlette.requests import Request
from starlette.responses import Response

SECURE_NAME = "__Host-sid"
PLAIN_NAME = "weihu-sid"


def token_in(request: Request) -> str | None:
    """Return the session token that the browser sent, if any."""
    return request.cookies.get(_name(request))


def set_token(request: Request, response: Response, token: str) -> None:
    """Have the browser keep *token*, or forget it if it is ''."""
    is_secure = request.url.scheme == "https"
    if token:
        response.set_cookie(
            _name(request), token, httponly=True, secure=is_secure, samesite="lax", path="/"
        )
    else:
        response.delete_cookie(
            _name(request), httponly=True, secure=is_secure, samesite="lax", path="/"
        )


def _name(request: Request) -> str:
    return SECURE_NAME if request.url.scheme == "https" else PLAIN_NAME
