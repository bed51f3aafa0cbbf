"""Protected values: shown clear or masked, as the reader's reach goes."""

from schema.declare import part, shown
from schema.scalars import Fen


@shown
class Lock:
    """Why a value is masked, and what opens it."""

    code: str = part(
        "code", "REVEAL: reveal it with a purpose. NEEDS_GRANT: only an approved request opens it."
    )
    policy: str | None = part("policy", "The policy line by which it may be revealed.")


@shown
class Protected:
    """Protected text: masked unless this reader may see it clear; never null for "not allowed"."""

    text: str | None = part("text", "Masked or clear; null only if the bank has no value.")
    is_masked: bool = part("isMasked", "Whether the text is masked for this reader.")
    can_reveal: bool = part("canReveal", "Whether `revealCustomerField` would be allowed.")
    lock: Lock | None = part("lock", "Why it is masked; null when it is clear.")


@shown
class ProtectedAmount:
    """An amount that may be shown as a range only."""

    fen: Fen | None = part("fen", "The amount; null when masked.")
    range: str | None = part(
        "range", "Its range in yuan, like 200000-500000; null for a total that is masked."
    )
    is_masked: bool = part("isMasked", "Whether only the range is shown to this reader.")
