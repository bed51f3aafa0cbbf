"""What is spent on the care of customers."""

from datetime import date

from authz.action import Action
from reading.noun import Place
from schema.declare import column, names, read_from
from schema.node import Node
from schema.scalars import Fen
from schema.staff import Staff


@read_from(
    "care_expense",
    (Action.CUSTOMER_READ, Place(customer="{t}.customer_id")),
    customer="{t}.customer_id",
)
class CareExpense(Node):
    """Money spent on a customer: a card, a gift, an event."""

    occasion: str = column("occasion", "What it was for.")
    amount_fen: Fen = column("amount_fen", "How much; negative where an earlier line is reversed.")
    spent_on: date = column("spent_on", "The day.")
    voucher_no: str = column("voucher_no", "Number of the voucher.")
    staff: Staff = names("staff_id", "Who spent it.")
