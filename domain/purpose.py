"""Why someone wants to see a protected value."""

from enum import StrEnum

from domain.errors import RuleBroken


class Purpose(StrEnum):
    """The purposes that the trail knows."""

    CONTACT = "contact"  # to call, write or visit
    GIFT = "gift"  # to send a gift or a card
    COMPLAINT = "complaint"
    IDENTITY = "identity"  # to make sure of who is speaking
    OTHER = "other"


def purpose_named(code: str) -> Purpose:
    """Return the purpose with that *code*, in whatever case.

    Raises:
        RuleBroken: There is none.
    """
    try:
        return Purpose(code.strip().lower())
    except ValueError:
        raise RuleBroken(
            "PURPOSE_UNKNOWN",
            "Say what you need it for: " + ", ".join(p.value for p in Purpose) + ".",
            ("input", "purpose"),
        ) from None
