"""Operations as the pages send them, and the variables that they take."""

from typing import Any
from uuid import uuid4

PROBLEMS = "problems { code message path }"
NODE = "query($id: ID!) { node(id: $id) { id __typename } }"
NUMBER = "query($number: String!) { customer(number: $number) { id name { text } } }"
LOOK_UP = (
    "query($filter: CustomerFilter) "
    "{ customers(filter: $filter) { total nodes { number name { text } } } }"
)
QUEUE = (
    "query($filter: ObligationFilter) { obligations(filter: $filter) "
    "{ total counts { count } nodes { id kind state article group } } }"
)
RATINGS = (
    "query($period: String!) { ratingRun(period: $period) { counts { count } flows { count } "
    "ratings { total nodes { id } } } }"
)
NOTE = (
    "mutation($input: NoteActivityInput!) { noteActivity(input: $input) "
    f"{{ activity {{ id note {{ text }} }} settled {{ id article state }} {PROBLEMS} }} }}"
)
POSTPONE = (
    "mutation($input: PostponeObligationInput!) { postponeObligation(input: $input) "
    f"{{ obligation {{ planOn postponed }} {PROBLEMS} }} }}"
)
ASSIGN = (
    "mutation($input: AssignCustomerInput!) { assignCustomer(input: $input) "
    f"{{ customer {{ manager {{ name }} }} {PROBLEMS} }} }}"
)
AMEND = (
    "mutation($input: AmendCustomerInput!) { amendCustomer(input: $input) "
    f"{{ customer {{ phone {{ text isMasked }} }} {PROBLEMS} }} }}"
)
REVEAL = (
    "mutation($input: RevealCustomerFieldInput!) { revealCustomerField(input: $input) "
    f"{{ text shownForSeconds {PROBLEMS} }} }}"
)


def note_input(customer: str, **more: Any) -> dict[str, Any]:
    """Return a call today that reached the customer with that global id."""
    return {
        "customerId": customer,
        "kind": "CALL",
        "outcome": "REACHED",
        "happenedOn": "2026-11-18",
        "requestKey": str(uuid4()),
    } | more


def reveal_input(customer: str, field: str = "PHONE") -> dict[str, Any]:
    """Return the wish to see a field of the customer with that global id."""
    return {"customerId": customer, "field": field, "purpose": "contact"}
