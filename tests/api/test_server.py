"""The server's life: it says when it is ready, and closes in order when told to stop."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx2
import pytest

from api.running import CommandFailed
from api.server import address_of, listening_socket
from api.settings import Settings

REPOSITORY = Path(__file__).parents[2]
SCRIPT = """
import typer
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from api.running import run
from api.server import address_of, listening_socket, serve_until_stopped
from api.settings import Settings

async def hello(request): return PlainTextResponse("hello")
async def serve():
    with listening_socket(Settings.from_environment({"PORT": "0"})) as listening:
        try:
            await serve_until_stopped(
                Starlette(routes=[Route("/", hello)]), listening,
                on_ready=lambda: print(address_of(listening), flush=True),
            )
        finally:
            print("closed", flush=True)

app = typer.Typer()
@app.command()
def main(): run(serve())
app()
"""


@pytest.fixture
def served() -> Iterator["subprocess.Popen[str]"]:
    """A server process of a small app, which prints its address when it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    with process:
        yield process
        process.kill()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_serves_until_told_to_stop_and_then_closes(
    served: "subprocess.Popen[str]", told: signal.Signals
) -> None:
    assert served.stdout
    address = served.stdout.readline().strip()
    body = httpx2.get(address, timeout=10).content
    served.send_signal(told)

    assert served.wait(10) == 0
    assert body == b"hello"
    assert served.stdout.read() == "closed\n"


def test_a_taken_port_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        said = f"{port} is taken .* PORT={port + 1}"
        with pytest.raises(CommandFailed, match=said), _listening(PORT=str(port)):
            pass


def test_a_foreign_address_is_told_with_what_to_do() -> None:
    with pytest.raises(CommandFailed, match="Set HOST to"), _listening(HOST="192.0.2.1"):
        pass


def test_an_address_that_listens_everywhere_is_shown_as_one_to_go_to() -> None:
    with _listening(HOST="0.0.0.0", PORT="0") as listening:  # noqa: S104 - bound, never served
        assert address_of(listening).startswith("http://localhost:")


def _listening(**environ: str) -> AbstractContextManager[socket.socket]:
    return listening_socket(Settings.from_environment(environ))
