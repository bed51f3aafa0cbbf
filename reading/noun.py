"""What a noun's rows are in the database, and how far a reader's reach goes over them."""

from dataclasses import dataclass

from authz.action import Action


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands for policy: SQL over {t}, or through another table.

    Args:
        path: SQL of the unit path, when the row has it itself.
        unit: SQL of the id of the unit whose path counts.
        manager: SQL of the id of the staff whose own the row is.
        customer: SQL of the id of the customer whose place counts.
    """

    path: str = ""
    unit: str = ""
    manager: str = "null::uuid"
    customer: str = ""

    @property
    def is_everywhere(self) -> bool:
        """Whether the rows stand nowhere: whoever has the action at all sees them."""
        return not (self.path or self.unit or self.customer)


@dataclass(frozen=True, slots=True)
class Noun:
    """A GraphQL type whose objects are rows.

    Args:
        name: Of the GraphQL type.
        table: A table, or a select in parentheses over {p}, {args.…} and {reach}.
        reads: All of these actions must reach a row, each measured at its place.
        customer: SQL over {t} of the customer's id whose row this is; '' for none.
        inside: For a select in parentheses: the place is measured in there, as {reach}.
    """

    name: str
    table: str
    reads: tuple[tuple[Action, Place], ...] = ()
    customer: str = ""
    inside: bool = False


NOUNS: dict[str, Noun] = {}
"""By the name of the GraphQL type; each module of `schema` adds its own."""
