"""The Python text of a plan: one function from rows to the response, made once and compiled."""

from collections.abc import Callable, Sequence
from typing import Any

Tool = Callable[[Any], object]  # from the run to what the code calls in it
Builder = Callable[[Sequence[Any], Any], Any]  # from rows and the run to the response


class Code:
    """Collects the functions of a plan and what they call.

    Only names made here, numbers and `repr`s of GraphQL names get into the text; values reach it
    as tools, by name.
    """

    def __init__(self) -> None:
        self._functions: list[str] = []
        self._tools: list[Tool] = []
        self._locals: list[str] = []
        self._made = 0

    def tool(self, make: Tool) -> str:
        """Return the name of what *make* gives for each run."""
        self._tools.append(make)
        return f"x{len(self._tools) - 1}"

    def constant(self, value: object) -> str:
        """Return the name of a value that is the same in every run."""
        return self.tool(lambda _run: value)

    def function(self, parameters: Sequence[str], body: Sequence[str]) -> str:
        """Return the name of a new function."""
        self._made += 1
        name = f"f{self._made}"
        lines = [f"    def {name}({', '.join(parameters)}):", *(f"        {one}" for one in body)]
        self._functions.append("\n".join(lines))
        return name

    def local(self, expression: str) -> str:
        """Return the name of a value that is made once a run."""
        name = f"m{len(self._locals)}"
        self._locals.append(f"    {name} = {expression}")
        return name

    def compiled(self, result: str) -> Builder:
        """Return the function whose value is the expression *result* over ``rows``."""
        names = "".join(f"x{n}, " for n in range(len(self._tools)))
        unpacked = [f"    {names}= tools"] if names else []
        text = "\n".join(
            [
                "def read(rows, tools):",
                *unpacked,
                *self._functions,
                *self._locals,
                f"    return {result}",
                "",
            ]
        )
        namespace: dict[str, Any] = {}
        exec(compile(text, "<plan>", "exec"), namespace)  # noqa: S102  our own text, see the class
        read, tools = namespace["read"], tuple(self._tools)
        return lambda rows, run: read(rows, [make(run) for make in tools])


def dictionary(entries: Sequence[tuple[str, str]]) -> str:
    """Return the expression of a dict with these keys and expressions."""
    return "{" + ", ".join(f"{key!r}: {value}" for key, value in entries) + "}"
