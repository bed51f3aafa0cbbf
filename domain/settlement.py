"""Which activities settle which obligations, as the rule book says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations
from typing import TypeVar

from domain.contact_rule import greeting_for
from domain.obligation import ObligationKind, Owed, duty_of
from domain.rule_book import RuleBook

OwedT = TypeVar("OwedT", bound=Owed)


@dataclass(frozen=True, slots=True)
class Contact:
    """What matters of an activity to settle an obligation.

    Args:
        kind: One of `ActivityKind`.
        outcome: One of `ActivityOutcome`.
        happened_on: The day in the bureau's calendar.
        participants: The roles of each member of staff who took part, on that day.
    """

    kind: str
    outcome: str
    happened_on: date
    participants: tuple[frozenset[str], ...]


def settles(contact: Contact, owed: Owed, rule_book: RuleBook) -> bool:
    """Say whether *contact* settles an obligation of the same customer that is still open.

    Kind and outcome must be those that the rule book names, a joint contact needs a person for
    each role, and the day must lie in the window, or so soon after it that it makes up for it.
    """
    made_up_until = owed.due_on + timedelta(days=rule_book.contacts.missed_after_days)
    return (
        owed.opens_on <= contact.happened_on <= made_up_until
        and contact.kind in settling_kinds(owed, rule_book)
        and contact.outcome in rule_book.contacts.settled_by[owed.kind].outcomes
        and _is_joint_enough(contact, joint_roles(owed, rule_book), rule_book)
    )


def obligations_settled(
    contact: Contact, open_ones: Iterable[OwedT], rule_book: RuleBook
) -> list[OwedT]:
    """Return those of a customer's open obligations that *contact* settles.

    One contact counts once for each duty: of two calls owed it settles the one that is due
    first, so that an overdue call is made up before this month's is done.
    """
    chosen: dict[str, OwedT] = {}
    for owed in sorted(open_ones, key=lambda owed: (owed.due_on, owed.key)):
        duty = duty_of(owed.key).split("-")[0]
        if duty not in chosen and settles(contact, owed, rule_book):
            chosen[duty] = owed
    return list(chosen.values())


def is_late(settled_on: date, due_on: date) -> bool:
    """Say whether an obligation was settled after its last day."""
    return settled_on > due_on


def settling_kinds(owed: Owed, rule_book: RuleBook) -> tuple[str, ...]:
    """Return the kinds of activity that settle *owed*: for greetings those of its occasion."""
    contacts = rule_book.contacts
    greetings = contacts.birthday.greetings if contacts.birthday else ()
    if owed.kind == ObligationKind.FESTIVAL:
        festival = contacts.festival(duty_of(owed.key))
        greetings = festival.greetings if festival else ()
    if owed.kind in (ObligationKind.FESTIVAL, ObligationKind.BIRTHDAY):
        greeting = greeting_for(owed.tier, greetings)
        if greeting:
            return greeting.settled_by
    return contacts.settled_by[owed.kind].kinds


def joint_roles(owed: Owed, rule_book: RuleBook) -> tuple[str, ...]:
    """Return the roles that must take part together to settle *owed*; empty if one will do."""
    for cadence in rule_book.contacts.cadence_of(owed.tier):
        if cadence.kind == owed.kind:
            return cadence.joint
    return ()


def _is_joint_enough(contact: Contact, roles: tuple[str, ...], rule_book: RuleBook) -> bool:
    """Say whether a different person took part for each of *roles*, or a stand-in."""
    accepted = [set(rule_book.maintenance.roles_that_are(role)) for role in roles]
    return any(
        all(may_be & held for may_be, held in zip(accepted, people, strict=True))
        for people in permutations(contact.participants, len(roles))
    )
