"""Units as a tree: what kinds there are, and which lies within which by its path."""

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is (第七条); each lies below those before it, but for gaps."""

    CITY = "city"
    COUNTY = "county"
    DISTRICT = "district"
    SUB_BUREAU = "sub_bureau"
    OUTLET = "outlet"


def unit_path(code: str, parent_path: str | None = None) -> str:
    """Return the path of the unit *code* below its parent: ``/3207/320701/``.

    Raises:
        ValueError: *code* is empty or has a slash, or the parent's path lacks its slashes.
    """
    if not code or "/" in code:
        raise ValueError(f"Not a unit code: {code!r}")
    above = "/" if parent_path is None else parent_path
    if not (above.startswith("/") and above.endswith("/")):
        raise ValueError(f"Not a unit path: {above!r}")
    return f"{above}{code}/"


def is_within(path: str, of_path: str) -> bool:
    """Say whether the unit at *path* is the one at *of_path* or lies below it."""
    return path.startswith(of_path)


def unit_codes(path: str) -> tuple[str, ...]:
    """Return the codes on the way to the unit at *path*, from the top down to itself."""
    return tuple(path.strip("/").split("/"))


def parent_path(path: str) -> str | None:
    """Return the path of the unit above that at *path*; None at the top."""
    above = unit_codes(path)[:-1]
    return f"/{'/'.join(above)}/" if above else None
