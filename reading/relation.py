"""Compiles relations to one record: joined, and shown by the reach that decides on it."""

from graphql import is_non_null_type

from reading.compiler import Compiler, emits
from reading.noun import NOUNS, Noun
from reading.selection import Selected
from reading.source import ToOne
from reading.spot import CustomerPlace, Spot, joined_unit


@emits(ToOne)
def to_one(compiler: Compiler, spot: Spot, selected: Selected, source: ToOne) -> str:
    """Return the expression of the record, or of null where it is none."""
    of, fields = compiler.fields_of(selected)
    noun, key = NOUNS[of.name], spot.sql(source.key)
    if source.is_named:
        other = _named(spot, noun, key)
    elif noun.name == "Customer":
        other = _own_customer(spot, noun, key)
    else:
        other = _of_same_customer(compiler, spot, noun, key)
    expression = compiler.object(other, fields)
    if selected.definition and is_non_null_type(selected.definition.type):
        return expression
    return f"({expression} if {other.cell('{t}.id')} is not None else None)"


def _named(spot: Spot, noun: Noun, key: str) -> Spot:
    """Return the spot of a unit or of staff, who are shown wherever they are named."""
    if noun.customer:
        raise LookupError(f"{spot.noun.name} may not show a {noun.name} whatever its reach.")
    select = spot.frame.select
    if noun.name == "Unit":
        return Spot(spot.frame, noun, joined_unit(select, key))
    table = select.joined(
        f"{noun.table} {key}", lambda t: f"left join {noun.table} {t} on {t}.id = {key}"
    )
    return Spot(spot.frame, noun, table)


def _own_customer(spot: Spot, noun: Noun, key: str) -> Spot:
    """Return the spot of the customer whose row it is, who is within reach where the row is."""
    customer = _customer_of(spot, noun)
    if key != spot.sql(spot.noun.customer):
        raise LookupError(f"{spot.noun.name} names a customer who is not its own.")
    if customer.frame is spot.frame:
        return Spot(spot.frame, noun, customer.table(), customer)
    table = spot.frame.select.joined(
        f"own customer {key}", lambda t: f"left join customer {t} on {t}.id = {key}"
    )
    return Spot(spot.frame, noun, table, customer)


def _of_same_customer(compiler: Compiler, spot: Spot, noun: Noun, key: str) -> Spot:
    """Return the spot of a record of the same customer, which needs no more reach than its own."""
    own = spot.sql(spot.noun.customer)
    table = spot.frame.select.joined(
        f"{noun.table} {key}",
        lambda t: (
            f"left join {noun.table} {t} on {t}.id = {key}"
            f" and {noun.customer.replace('{t}', t)} = {own}"
        ),
    )
    other = Spot(spot.frame, noun, table, _customer_of(spot, noun))
    if not noun.customer or compiler.read_conditions(other, is_same_customer=True):
        raise LookupError(f"{noun.name} needs more than its customer's reach.")
    return other


def _customer_of(spot: Spot, noun: Noun) -> CustomerPlace:
    if spot.customer is None:
        raise LookupError(f"{spot.noun.name} names a {noun.name} but is of no customer.")
    return spot.customer
