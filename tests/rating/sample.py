"""The sample delivery and what rating it must give."""

from pathlib import Path
from typing import Final

TEST_FILES: Final = Path(__file__).parents[1] / "data"
SAMPLE: Final = TEST_FILES / "sample-delivery"
QUARTERS: Final = ("2025Q4", "2026Q1", "2026Q2", "2026Q3")


def expected_csv(quarter: str) -> str:
    """Return the ratings of *quarter* as `weihu ratings` prints them."""
    header, *lines = (
        (TEST_FILES / "sample-expected-tiers.csv").read_text("utf-8").splitlines(keepends=True)
    )
    kept = [line for line in (header, *lines) if line.startswith(("period,", f"{quarter},"))]
    return "".join(line.partition(",")[2] for line in kept)
