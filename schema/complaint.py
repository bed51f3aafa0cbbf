"""What customers are unhappy about."""

from datetime import datetime
from enum import StrEnum

from authz.action import Action
from reading.noun import Place
from schema.declare import column, name_enum, names, read_from, sealed
from schema.node import Node
from schema.protected import Protected
from schema.staff import Staff


class ComplaintState(StrEnum):
    """Where a complaint stands."""

    TAKEN = "taken"
    IN_HAND = "in_hand"
    ANSWERED = "answered"
    CLOSED = "closed"


name_enum(
    ComplaintState,
    "Where a complaint stands.",
    {
        "TAKEN": "Taken down.",
        "IN_HAND": "Somebody is on it.",
        "ANSWERED": "The customer has an answer.",
        "CLOSED": "Done.",
    },
)


@read_from(
    "complaint",
    (Action.CUSTOMER_READ, Place(customer="{t}.customer_id")),
    customer="{t}.customer_id",
)
class Complaint(Node):
    """What a customer is unhappy about, and the answer due."""

    channel: str = column("channel", "How it came in: counter, phone, app, email, visit.")
    taken_at: datetime = column("taken_at", "When it came in.")
    due_at: datetime = column("due_at", "When the answer is due.")
    state: ComplaintState = column("state", "Where it stands.")
    closed_at: datetime | None = column("closed_at", "When it was closed.")
    cause: str | None = column("cause", "What was found to be the cause.")
    text: Protected = sealed("complaint_text", "What the customer said.", column="text_sealed")
    owner: Staff | None = names("owner_id", "Who is on it.")
