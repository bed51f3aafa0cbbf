"""Print which files and functions have outgrown what is easy to read; a report, never a failure.

Run it as ``python -m tests.architecture.sizes``; `make lint` ends with it.
"""

import ast

from tests.architecture.source import REPOSITORY, python_files, rooms, tracked_files, tree

PYTHON_LINES_MAX = 250
FUNCTION_LINES_MAX = 40
TYPESCRIPT_LINES_MAX = 150


def oversized() -> list[str]:
    """Return a line for each file or function over its size."""
    found = []
    for path in tracked_files():
        most = {".py": PYTHON_LINES_MAX, ".ts": TYPESCRIPT_LINES_MAX, ".tsx": TYPESCRIPT_LINES_MAX}
        limit = most.get(path.suffix)
        lines = (REPOSITORY / path).read_bytes().count(b"\n") if limit else 0
        if limit and lines > limit:
            found.append(f"{path}: {lines} lines, wanted at most {limit}")
    for path in python_files(*rooms()):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES_MAX:
                    found.append(f"{path}:{node.lineno} {node.name}: {lines} lines")
    return found


if __name__ == "__main__":
    lines = oversized()
    print("\n".join(lines) if lines else "No file or function is oversized.")
