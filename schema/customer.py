"""Customers: one file each."""

from datetime import date

from authz.action import Action
from domain.customer import CustomerKind
from reading.noun import Place
from reading.source import Many, One, Order, Where
from schema import page
from schema.activity import ActivityConnection
from schema.care_expense import CareExpense
from schema.complaint import Complaint
from schema.customer_filter import ORDERS, CustomerFilter, CustomerSort
from schema.declare import (
    aggregate,
    amount,
    argument,
    column,
    computed,
    many,
    name_enum,
    names,
    one,
    part,
    read_from,
    sealed,
    shown,
)
from schema.holding import QuarterHolding
from schema.node import Node
from schema.obligation import OF_CUSTOMER, ObligationConnection
from schema.page import AFTER, BEFORE, LAST, PageInfo
from schema.protected import Protected, ProtectedAmount
from schema.rating import Rating
from schema.rule_book import Tier, tier_of
from schema.staff import Staff
from schema.unit import Unit

name_enum(
    CustomerKind,
    "Whom a customer file is about.",
    {"PERSON": "A person.", "COMPANY": "A company.", "INSTITUTION": "An institution."},
)


def _by(sql: str, sql_type: str, *, descending: bool = False) -> Many:
    order = Order(sql, sql_type, descending=descending)
    return Many(orders={None: order}, is_same_customer=True)


@read_from(
    "customer",
    (Action.CUSTOMER_READ, Place(unit="{t}.home_unit_id", manager="{t}.manager_id")),
    customer="{t}.id",
)
class Customer(Node):
    """A person, company or institution in the bank's book of valued customers."""

    number: str = column("customer_no", "The bank's customer number.")
    kind: CustomerKind = column("kind", "Person, company or institution.")
    name: Protected = sealed("name", "The name; masked to its first character.")
    phone: Protected = sealed("phone", "The phone; masked but for its first 3 and last 4 digits.")
    id_number: Protected = sealed("id_number", "The identity number; its last 6 places masked.")
    birth_date: Protected = sealed("birth_date", "The birth date; masked to its year.")
    address: Protected = sealed("address", "The address; masked to its district.")
    occupation: Protected = sealed("occupation", "The occupation; masked whole.")
    sex: str | None = column("sex", "Female or male, in lower case.")
    id_type: str | None = column("id_type", "The kind of identity document.")
    tier: Tier = computed(tier_of, "tier", description="The tier held.", has_few_values=True)
    tier_since_on: date | None = column("tier_since_on", "Since when.")
    home_unit: Unit | None = names("home_unit_id", "The home outlet.")
    manager: Staff | None = names("manager_id", "Who looks after the customer.")
    average_assets: ProtectedAmount = amount(
        "average_assets_fen", "Daily average of all assets in the newest quarter."
    )
    assets_change: ProtectedAmount = amount(
        "assets_change_fen", "That average less the quarter's before."
    )
    last_contact_on: date | None = column("last_contact_on", "The last call or visit that reached.")
    next_due_on: date | None = column("next_due_on", "When the next open obligation is due.")
    ratings: list[Rating] = many(
        Many(
            link="{t}.superseded_by_id is null",
            orders={None: Order("{t}.period", "text", descending=True, tie="{t}.run_id")},
            is_same_customer=True,
        ),
        "Ratings in force, newest quarter first.",
        page.first(12),
    )
    holdings: list[QuarterHolding] = many(
        Many(
            orders={None: Order("({t}.period, {t}.product)", "record", is_unique=True)},
            is_same_customer=True,
        ),
        "Holdings by period and product, oldest first.",
    )
    obligations: ObligationConnection = OF_CUSTOMER
    activities: ActivityConnection = many(
        _by("{t}.happened_on", "date", descending=True),
        "What staff did, newest first.",
        page.first(20),
        AFTER,
    )
    complaints: list[Complaint] = many(
        _by("{t}.taken_at", "timestamptz", descending=True),
        "Complaints, newest first.",
        page.first(20),
    )
    expenses: list[CareExpense] = many(
        _by("{t}.spent_on", "date", descending=True), "Care expenses, newest first.", page.first(20)
    )


@shown
class CustomerEdge:
    """A customer in a list."""

    cursor: str = part("cursor", page.CURSOR)
    node: Customer = part("node", page.NODE)


@shown
class CustomerConnection:
    """A page of customers."""

    edges: list[CustomerEdge] = part("edges", page.EDGES)
    nodes: list[Customer] = part("nodes", page.NODES)
    page_info: PageInfo = part("pageInfo", page.PAGE_INFO)
    total: int = aggregate("count(*)", page.TOTAL)
    total_assets: ProtectedAmount = aggregate(
        "coalesce(sum({t}.average_assets_fen), 0)::bigint",
        "Average assets of all customers that the filter finds; masked unless the reader may see"
        " every one of them.",
        guarded="amounts",
    )


@shown
class CustomerQuery:
    """Questions about customers."""

    customers: CustomerConnection = many(
        Many(orders=ORDERS, fallback=CustomerSort.NUMBER_ASC),
        "The customers within reach.",
        page.first(50),
        AFTER,
        LAST,
        BEFORE,
        argument("filter", CustomerFilter | None, "Which customers."),
        argument(
            "sort",
            CustomerSort | None,
            "What they are sorted by; the default is by number for those who may not sort by"
            " assets.",
            CustomerSort.ASSETS_DESC,
        ),
    )
    customer: Customer | None = one(
        One({"number": Where("{t}.customer_no = {v}")}),
        "The customer with that number; null: no such customer within reach.",
        argument("number", str, "The customer number."),
    )
