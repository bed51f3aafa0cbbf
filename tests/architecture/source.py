"""The repository as the tests of this folder read it."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return what git keeps, relative to the repository; without git, what a clone would hold."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True
    )
    if listed.returncode == 0:
        names = [Path(name) for name in listed.stdout.split("\0") if name]
        return tuple(name for name in names if (REPOSITORY / name).is_file())
    left_out = {".git", ".venv", ".weihu", "node_modules", "dist", "__pycache__"}
    found = (path.relative_to(REPOSITORY) for path in REPOSITORY.rglob("*") if path.is_file())
    return tuple(sorted(path for path in found if not left_out.intersection(path.parts)))


@cache
def settings() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def rooms() -> list[str]:
    """Return the rooms that import-linter watches."""
    return list(settings()["tool"]["importlinter"]["root_packages"])


def python_files(*folders: str) -> Iterator[Path]:
    """Yield the tracked Python files of some folders, or of all rooms."""
    wanted = folders or tuple(rooms())
    for path in tracked_files():
        if path.suffix == ".py" and path.parts[0] in wanted:
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree; *path* is relative to the repository."""
    return ast.parse((REPOSITORY / path).read_text(encoding="utf-8"), str(path))
