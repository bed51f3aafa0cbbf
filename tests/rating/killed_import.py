"""Import a delivery and die by `kill -9` at a given point; run by the tests of the command line."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from api.house import house_of
from api.opening import opened
from api.settings import Settings
from gate.actor import console
from rating.preparation import Phase
from services.delivery import import_delivery


async def import_and_die(source: Path, where: Phase, share: float) -> None:
    """Import *source* until *where* is at *share*."""

    def die(phase: Phase, done: float) -> None:
        if phase is where and done >= share:
            os.kill(os.getpid(), signal.SIGKILL)

    settings = Settings.from_environment(os.environ)
    async with opened(settings) as ground, house_of(ground) as open_house:
        await import_delivery(console(open_house.house), source, progress=die)


if __name__ == "__main__":
    asyncio.run(import_and_die(Path(sys.argv[1]), Phase(sys.argv[2]), float(sys.argv[3])))
