"""What entries say about each other: chains without a gap, approvals by others, reads in grants.

A check is fed entries in the order of the log and says what is wrong with one. To add one, write
the class and name it in `CHECKS`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Protocol

from audit.entry import NO_ENTRY
from audit.form import Outline

Content = Mapping[str, Any]


class ChainCheck:
    """Each lane of each process is whole: numbers from 1, each entry names the one before.

    A process that closed said how far its lanes had come: then its end is checked too.
    """

    def __init__(self) -> None:
        self._ends: dict[tuple[str, str], tuple[int, str]] = {}
        self._closed: dict[str, tuple[int, list[int]]] = {}
        self._has_hole = False

    def see(self, outline: Outline, leaf_hash: bytes) -> str | None:
        """Return what is wrong with the place of one entry in its chain."""
        process, lane, number, previous = outline[:4]
        end = self._ends.get((process, lane))
        self._ends[process, lane] = (int(number), leaf_hash.hex())
        if end is None:
            if self._has_hole:
                return None
            end = _BEGINNING
        if int(number) != end[0] + 1:
            return (
                f"Process {process}, lane {lane} goes from {end[0]} to {number}: "
                "entries between were deleted, or this one was added."
            )
        if previous != end[1]:
            return f"It does not name the entry before it of process {process}, lane {lane}."
        return None

    def skip(self) -> None:
        """Go on behind entries that are missing: what they held of the chains is not known."""
        self._ends.clear()
        self._has_hole = True

    def close(self, index: int, content: Content) -> None:
        """Note how far the lanes of a process that closed had come."""
        lanes = content["details"].get("lanes", [])
        self._closed[content["process"]] = (index, lanes)

    def missing(self) -> Iterator[tuple[int, str]]:
        """Yield what is missing at the end of chains: index of the closing entry, and what."""
        if self._has_hole:
            return
        for process, (index, lanes) in self._closed.items():
            for lane, number in enumerate(lanes, 1):
                end, _ = self._ends.get((process, str(lane)), _BEGINNING)
                if end != number:
                    words = f"Process {process} wrote {number} entries in lane {lane}, "
                    yield index, f"{words}the log has {end}."


class Check(Protocol):
    """Sees every entry whose action is in `actions`, and every one that names a grant."""

    actions: frozenset[str]

    def see(self, content: Content) -> str | None:
        """Return what is wrong with an entry; None too for one that is not its concern."""


class AlarmCheck:
    """The service itself found that entries were deleted or slipped in, and put it on record."""

    actions = frozenset({"trail:gap", "trail:set_aside"})

    def see(self, content: Content) -> str | None:
        """Return what the service found."""
        if content["action"] not in self.actions:
            return None
        details = content["details"]
        place = ", ".join(f"{name} {details.get(name)}" for name in ("process", "lane", "number"))
        if content["action"] == "trail:gap":
            return f"An entry was acknowledged and then deleted before it was sequenced: {place}."
        return f"Rows that the service had not written lay where entries arrive: {place}."


class FourEyesCheck:
    """Nobody approves what they asked for, or what was filed for them by themselves."""

    actions = frozenset({"access_request:approve"})

    def see(self, content: Content) -> str | None:
        """Return what is wrong with an approval."""
        details, staff = content["details"], content["staff_id"]
        if content["action"] not in self.actions or content["result"] != "done":
            return None
        if not details.get("requester"):
            return "An approval that does not say who asked."
        if staff in (details["requester"], details.get("filer")):
            return "An access request was approved by whoever asked for it."
        return None


class GrantCheck:
    """What was read under a grant was read after its approval, before its end and its expiry."""

    actions = frozenset(
        {
            "access_request:approve",
            "grant:revoke",
            "grant:suspend",
            "grant:resume",
            "grant:expire",
            "grant:use_up",
        }
    )

    def __init__(self) -> None:
        self._until: dict[str, str] = {}
        self._ended: set[str] = set()

    def see(self, content: Content) -> str | None:
        """Return what is wrong with a read under a grant."""
        grant, action = content["grant"], content["action"]
        if content["result"] != "done" or not grant:
            return None
        if action == "access_request:approve":
            self._until[grant] = str(content["details"].get("until", ""))
        elif action == "grant:resume":
            self._ended.discard(grant)
        elif action in self.actions:
            self._ended.add(grant)
        elif grant not in self._until:
            return f"Something was done under grant {grant}, which nobody had approved."
        elif grant in self._ended:
            return f"Something was done under grant {grant}, which had ended."
        elif content["at"][:19] > self._until[grant][:19]:
            return f"Something was done under grant {grant}, which had expired."
        return None


_BEGINNING: Final = (0, NO_ENTRY.hex())
CHECKS: Final[tuple[Callable[[], Check], ...]] = (AlarmCheck, FourEyesCheck, GrantCheck)
