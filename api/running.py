"""Run a command: its exit code, and one friendly line for whatever a person can mend."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from enum import IntEnum
from typing import Any, NoReturn

import typer
import uvloop

from api.settings import Settings, SettingUnusable
from domain.errors import RuleBroken


class ExitCode(IntEnum):
    """What a script may conclude from a command's end."""

    DONE = 0
    FAILED = 1
    WRONG_USAGE = 2
    REFUSED = 3
    BAD_INPUT = 4
    BUSY = 5
    STOPPED = 130


class CommandFailed(Exception):
    """A command ends with a sentence for a person and an exit code for a script."""

    def __init__(self, sentence: str, code: ExitCode = ExitCode.FAILED) -> None:
        super().__init__(sentence)
        self.code = code


def settings_here() -> Settings:
    """Return the settings of this process, or end it with what is wrong with them."""
    try:
        return Settings.from_environment(os.environ)
    except SettingUnusable as wrong:
        _end(str(wrong), ExitCode.WRONG_USAGE)


def run(command: Coroutine[Any, Any, ExitCode | None]) -> NoReturn:
    """Run *command* to its end and leave with its exit code.

    SIGTERM and a closed terminal stop it as Ctrl-C does, so that the embedded server is left in
    good order. What a person can mend ends in one line; anything else is a bug, with a traceback.
    """
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            code = runner.run(_stoppable(command)) or ExitCode.DONE
    except (KeyboardInterrupt, asyncio.CancelledError):
        _end("Stopped.", ExitCode.STOPPED)
    except CommandFailed as failed:
        _end(str(failed), failed.code)
    except RuleBroken as broken:
        _end(broken.message, ExitCode.REFUSED)
    except Exception as error:
        # Loaded late: a wrong word should not wait for the database's libraries.
        from api.mishap import sentence_for

        sentence = sentence_for(error)
        if sentence is None:
            raise
        _end(sentence, ExitCode.FAILED)
    raise typer.Exit(code)


async def _stoppable(command: Coroutine[Any, Any, ExitCode | None]) -> ExitCode | None:
    current = asyncio.current_task()
    if current is not None:
        for one in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(one, current.cancel)
    return await command


def _end(sentence: str, code: ExitCode) -> NoReturn:
    print(sentence, file=sys.stderr, flush=True)
    raise typer.Exit(code)
