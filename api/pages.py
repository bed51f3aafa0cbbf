"""Serve the built pages: hashed assets for ever, everything else the one page; compressed ahead."""

import mimetypes
import os
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

FOR_EVER = "public, max-age=31536000, immutable"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
NOT_BUILT = "The pages are not built. Run `make install`, then start again.\n"

mimetypes.add_type("font/woff2", ".woff2")


class Pages:
    """The folder of the built frontend as an ASGI app; unknown paths get `index.html`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file."""
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("method not allowed", 405, {"allow": "GET, HEAD"})
        wanted = scope["path"].lstrip("/")
        found = Path(os.path.normpath(self.folder / wanted))
        if not found.is_relative_to(self.folder) or "\0" in wanted:
            return PlainTextResponse("not found", 404)
        is_asset = wanted.startswith("assets/")
        if not wanted or not os.path.isfile(found):  # Path.is_file raises on a name too long
            if is_asset:
                return PlainTextResponse("not found", 404)
            found = self.folder / "index.html"
        if not found.is_file():
            return PlainTextResponse(NOT_BUILT, 503)
        return self._file(found, Headers(scope=scope), FOR_EVER if is_asset else "no-cache")

    def _file(self, path: Path, headers: Headers, caching: str) -> Response:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        answer = {"cache-control": caching, "vary": "accept-encoding"}
        accepted = {part.partition(";")[0].strip() for part in _accepted(headers)}
        for encoding, ending in ENCODINGS:
            packed = path.with_name(path.name + ending)
            if encoding in accepted and packed.is_file():
                answer["content-encoding"] = encoding
                return FileResponse(packed, media_type=kind, headers=answer)
        return FileResponse(path, media_type=kind, headers=answer)


def _accepted(headers: Headers) -> list[str]:
    parts = headers.get("accept-encoding", "").lower().split(",")
    return [part for part in parts if not part.replace(" ", "").endswith(";q=0")]
