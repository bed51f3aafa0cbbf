"""Print the schema as it is committed in schema.graphql: ``python -m schema.print_schema``."""

import sys
from pathlib import Path

from schema.root import schema

COMMITTED = Path(__file__).with_name("schema.graphql")


def printed() -> str:
    """Return the schema in GraphQL's own language."""
    return schema.as_str() + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        COMMITTED.write_text(printed(), encoding="utf-8")
    else:
        sys.stdout.write(printed())
