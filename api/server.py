"""uvicorn in our hands: our socket, our signals, so that what was opened is closed in order."""

import asyncio
import errno
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import uvicorn

from api.running import CommandFailed
from api.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

BACKLOG: Final = 2048
GRACE_S: Final = 5  # for answers under way when the server is told to stop


@contextmanager
def listening_socket(settings: Settings) -> Iterator[socket.socket]:
    """Take the address before anything else, so that a taken port is told at once.

    Raises:
        CommandFailed: The address is taken, or not ours.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, settings.port))
        except (OSError, UnicodeError) as error:
            raise CommandFailed(_why(error, settings)) from error
        yield listening


def address_of(listening: socket.socket) -> str:
    """Return where to point a browser at."""
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared with, not bound to
        host = "localhost"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


async def serve_until_stopped(
    app: "ASGIApp", listening: socket.socket, *, on_ready: Callable[[], None]
) -> None:
    """Serve *app* until Ctrl-C or SIGTERM; a second one does not wait for answers under way.

    Args:
        on_ready: Called once, when the first request may come.

    Raises:
        CommandFailed: The app did not start; its reason is in the log above.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=GRACE_S,
    )
    server = _Server(config, on_ready)
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(one, server.stop)
    await server.serve(sockets=[listening])
    if not server.started:
        raise CommandFailed("The server did not start; the lines above say why.")


class _Server(uvicorn.Server):
    """uvicorn without its signals, which would end us before the database is closed."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell."""
        await super().startup(sockets)
        if not self.should_exit:
            self._on_ready()

    def stop(self) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to `serve_until_stopped`."""
        yield


def _why(error: Exception, settings: Settings) -> str:
    where = f"{settings.host}:{settings.port}"
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        other = settings.port + 1
        return f"{where} is taken by another program. Stop it, or choose another: PORT={other}."
    if isinstance(error, OSError) and error.errno == errno.EACCES:
        return f"{where} may not be opened by this account. Choose a port from 1024 up: PORT=8000."
    return f"{where} is not an address of this machine. Set HOST to 127.0.0.1, or to one that is."
