"""Everything that policy can allow or refuse, as noun:verb."""

from enum import StrEnum


class Action(StrEnum):
    """One verb on one noun; service, mutation and operation file carry the same two words."""

    ACTIVITY_NOTE = "activity:note"
    AUDIT_ENTRY_READ = "audit_entry:read"
    AUDIT_TRAIL_EXPORT = "audit_trail:export"
    CUSTOMER_AMEND = "customer:amend"
    CUSTOMER_ASSIGN = "customer:assign"
    CUSTOMER_FIELD_LOOK_UP = "customer_field:look_up"
    CUSTOMER_FIELD_READ = "customer_field:read"
    CUSTOMER_FIELD_REVEAL = "customer_field:reveal"
    CUSTOMER_READ = "customer:read"
    CUSTOMER_SHRED = "customer:shred"
    DELIVERY_IMPORT = "delivery:import"
    DELIVERY_READ = "delivery:read"
    KEYS_READ = "keys:read"
    KEYS_RESEAL = "keys:reseal"
    KEYS_ROTATE = "keys:rotate"
    LANGUAGE_CHOOSE = "language:choose"
    OBLIGATION_POSTPONE = "obligation:postpone"
    OBLIGATION_READ = "obligation:read"
    OBLIGATIONS_OPEN = "obligations:open"
    PASSWORD_CHANGE = "password:change"  # noqa: S105  the name of an action
    PASSWORD_SET = "password:set"  # noqa: S105  the name of an action
    QUARTER_RATE = "quarter:rate"
    RATING_READ = "rating:read"
    RULE_BOOK_READ = "rule_book:read"
    SESSIONS_END = "sessions:end"
    SIGN_IN = "sign:in"
    SIGN_OUT = "sign:out"
    STAFF_ADD = "staff:add"
    STAFF_READ = "staff:read"
    UNIT_READ = "unit:read"


SELF_SERVICE = frozenset(
    {Action.LANGUAGE_CHOOSE, Action.PASSWORD_CHANGE, Action.SIGN_IN, Action.SIGN_OUT}
)
"""What everybody does for themselves: recorded in the trail, not decided by policy."""
