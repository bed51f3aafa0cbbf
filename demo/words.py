"""The word lists that people, places and histories are made of."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """Return the word list *name*, from ``demo/words/<name>.toml``."""
    return tomllib.loads((files("demo") / "words" / f"{name}.toml").read_text("utf-8"))
