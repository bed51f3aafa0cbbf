"""Pages of a list: what a connection says of its ends, and the arguments that ask for a page."""

from strawberry.types.arguments import StrawberryArgument

from schema.declare import argument, part, shown

AFTER = argument("after", str | None, "Cursor to start after.")
LAST = argument(
    "last", int | None, "How many from the end, 1 to 200; then `first` is unheeded.", None
)
BEFORE = argument("before", str | None, "Cursor to end before.")

EDGES = "The page's rows with their cursors."
NODES = "The page's rows."
PAGE_INFO = "Whether there is more, and from where."
TOTAL = "How many rows the filter finds within reach, on all pages."
CURSOR = "Where this row stands in the list; good for the same filter and sort only."
NODE = "The row."


@shown
class PageInfo:
    """Whether a list goes on, and from where."""

    has_next_page: bool = part("hasNextPage", "Whether more rows follow this page.")
    has_previous_page: bool = part("hasPreviousPage", "Whether rows come before this page.")
    start_cursor: str | None = part("startCursor", "Cursor of the page's first row.")
    end_cursor: str | None = part("endCursor", "Cursor of the page's last row.")


def first(default: int) -> StrawberryArgument:
    """Return the argument that asks for a page's length."""
    return argument("first", int | None, "How many at most, 1 to 200.", default)
