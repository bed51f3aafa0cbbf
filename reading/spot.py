"""Where the compiler stands: a table in a select, the function that reads it, and its customer."""

from dataclasses import dataclass, field

from reading.code import Code
from reading.noun import NOUNS, Noun
from reading.statement import Select

KEY_COLUMNS = ("id", "ring_key_id", "suite", "wrapped")  # of customer_key


@dataclass(eq=False)
class Frame:
    """A select, and the function in the making that reads its rows one by one as ``r``.

    Args:
        outer: The frame whose rows hold these as an array; None for the outermost.
        prologue: What the function does for each row before it builds its object.
        skips: What the function leaves rows out by.
        passed: Whose keys it is given by its caller.
    """

    select: Select
    code: Code
    outer: "Frame | None" = None
    prologue: list[str] = field(default_factory=list)
    skips: list[str] = field(default_factory=list)
    passed: list["CustomerPlace"] = field(default_factory=list)

    def cell(self, sql: str) -> str:
        """Return the expression of a column's value."""
        return f"r[{self.select.column(sql)}]"

    def key_name(self, customer: "CustomerPlace") -> str:
        """Return the variable that holds a customer's key."""
        return f"k_{self.select.statement.number(customer)}"


@dataclass(eq=False)
class CustomerPlace:
    """The customer whose rows are read: known to policy by home unit and manager.

    Args:
        frame: Whose select has the customer's id, or the row that names it.
        id: SQL of the customer's id.
        alias: The customer's own table, if it is there already.
    """

    frame: Frame
    id: str
    alias: str = ""

    def table(self) -> str:
        """Return the customer's table, joined if need be."""
        if not self.alias:
            self.alias = self.frame.select.joined(
                f"customer {self.id}", lambda t: f"join customer {t} on {t}.id = {self.id}"
            )
        return self.alias

    def path(self) -> str:
        """Return the SQL of the path of the customer's home unit."""
        _, place = NOUNS["Customer"].reads[0]
        return f"{joined_unit(self.frame.select, place.unit.replace('{t}', self.table()))}.path"

    def manager(self) -> str:
        """Return the SQL of the id of the customer's manager."""
        _, place = NOUNS["Customer"].reads[0]
        return place.manager.replace("{t}", self.table())

    def key(self, reader: Frame, key_tool: str) -> str:
        """Return the variable that holds the customer's key where *reader*'s rows are read.

        The newest key is joined to the customer's own frame, opened there once a row, and passed
        down to the functions of nested lists.
        """
        name = reader.key_name(self)
        frame = reader
        while frame is not self.frame:
            if self not in frame.passed:
                frame.passed.append(self)
            if frame.outer is None:
                raise LookupError("The customer's frame does not enclose the reader's.")
            frame = frame.outer
        select = frame.select
        keys = select.joined(
            f"key {self.id}",
            lambda t: (
                f"left join lateral (select {', '.join(f'q.{c}' for c in KEY_COLUMNS)}"
                f" from customer_key q where q.customer_id = {self.id}"
                f" order by q.id desc limit 1) {t} on true"
            ),
        )
        cells = [frame.cell(f"{keys}.{column}") for column in KEY_COLUMNS]
        opened = f"{name} = {key_tool}({', '.join(cells)}, {frame.cell(self.id)})"
        if opened not in frame.prologue:
            frame.prologue.append(opened)
        return name


@dataclass(frozen=True, eq=False)
class Spot:
    """A noun's table within a frame.

    Args:
        customer: Whose row it is; None for rows of no customer.
    """

    frame: Frame
    noun: Noun
    table: str
    customer: CustomerPlace | None = None

    def sql(self, expression: str) -> str:
        """Return an expression of a declaration with its table filled in."""
        return expression.replace("{t}", self.table)

    def cell(self, expression: str) -> str:
        """Return the Python expression of a column's value."""
        return self.frame.cell(self.sql(expression))


def joined_unit(select: Select, unit_id: str) -> str:
    """Return the alias of the unit with that id; null where there is none."""
    return select.joined(f"unit {unit_id}", lambda t: f"left join unit {t} on {t}.id = {unit_id}")
