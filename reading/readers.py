"""The reaches of those who have read lately, computed once for each set of permissions."""

from collections import OrderedDict

from authz.permissions import Permissions
from reading.reach import Reaches
from reading.run import Asker

READERS_KEPT = 4096


class Readers:
    """Reaches by reader; the first to come goes first."""

    def __init__(self) -> None:
        # With the permissions, so that they live on and their identity is not used again.
        self._kept: OrderedDict[int, tuple[Permissions, Reaches]] = OrderedDict()

    def reaches(self, asker: Asker) -> Reaches | None:
        """Return how far the asker's actions go; None if nobody has signed in."""
        if asker.actor is None:
            return None
        permissions = asker.actor.permissions
        kept = self._kept.get(id(permissions))
        if kept is None:
            kept = self._kept[id(permissions)] = permissions, Reaches(permissions)
            if len(self._kept) > READERS_KEPT:
                self._kept.popitem(last=False)
        return kept[1]
