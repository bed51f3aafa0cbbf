"""Refuse state-changing requests that another site had the browser send."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class SameOriginOnly:
    """Only our own pages may change state with the session cookie.

    1. Sec-Fetch-Site, which all current browsers send, must say same-origin (or none: typed in).
    2. Without it, Origin must be the host asked.
    3. Without either, the cookie is not honoured: programs use tokens.
    4. With the cookie, a header must be there that a form of another site cannot send.
    """

    def __init__(self, app: ASGIApp, cookies: tuple[str, ...]) -> None:
        self.app = app
        self.cookies = cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            if not self._is_ours(headers):
                refusal = PlainTextResponse("cross-site request refused", 403)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        sent = headers.get("cookie", "")
        has_cookie = any(f"{name}=" in sent for name in self.cookies)
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if origin is not None and origin.partition("://")[2] != headers.get("host"):
            return False
        if site is not None and site not in ("same-origin", "none"):
            return False
        if site is None and origin is None and has_cookie:
            return False
        return not has_cookie or headers.get("x-requested-by") is not None
