"""The figures behind the targets, a chapter for each room."""

from bench.by_hand import HAND
from bench.page import table
from bench.quarter import Night
from bench.questions import WHAT
from bench.reading import AUDITED, PLAIN, PLAN, Read
from bench.trail import Rate

Sealed = dict[str, dict[str, float]]


def reading(read: Read) -> str:
    """Return the chapter on reading."""
    head = ["CPU ms a request", *read.compared]
    names = list(next(iter(read.compared.values())))
    rows = [[name, *(f"{read.compared[q][name]:.2f}" for q in read.compared)] for name in names]
    ratios = [
        [words, *(f"{one[over] / one[under]:.1f}x" for one in read.compared.values())]
        for words, over, under in (
            ("plan to hand-written", PLAN, HAND),
            ("plan to hand-written with an audit entry", PLAN, AUDITED),
            ("plain Strawberry to plan", PLAIN, PLAN),
        )
    ]
    first = [["first sight, on top", *(f"{ms:.1f}" for ms in read.first.values())]]
    asked = "\n".join(f"- {name}: {words}." for name, words in WHAT.items())
    return f"""## Reading

{asked}

{read.customers:,} customers; in process, without HTTP; eight requests in flight.
CPU of PostgreSQL is not in it.
All implementations gave the same answer, which was compared before the clock ran.
The hand-written endpoints decrypt and mask the same values.
They ask no policy, filter by no reach, check no document and leave no audit entry.

{table(head, rows + ratios + first)}
PostGraphile, JSON built by PostgreSQL, and the pages' own operations are not in this run.

### Cost against size

CPU of the plan, ms a request.
Customers after the first 1,000 are copies that no question shows: they make tables large.
A size that is not filled within 100 s is left out.

{sizes(read)}"""


def sizes(read: Read) -> str:
    """Return the table of cost against size."""
    questions = list(next(iter(read.sizes.values())))
    rows = [[f"{size:,}", *(f"{of[q]:.2f}" for q in questions)] for size, of in read.sizes.items()]
    growth = growths(read)
    words = [f"{growth[q]:.2f}x" for q in questions]
    return table(["customers", *questions], [*rows, ["largest to smallest", *words]])


def growths(read: Read) -> dict[str, float]:
    """Return how many times the cost is at the largest size what it is at the smallest."""
    first, last = min(read.sizes), max(read.sizes)
    return {q: read.sizes[last][q] / read.sizes[first][q] for q in read.sizes[first]}


def sealing(sealed: Sealed) -> str:
    """Return the chapter on sealing."""
    names = next(iter(sealed.values()))
    rows = [[name.strip(), *(f"{of[name]:,.1f}" for of in sealed.values())] for name in names]
    return f"""## Sealing

CPU of one core.

{table(["", *sealed], rows)}"""


def trail(rates: list[Rate]) -> str:
    """Return the chapter on the trail."""
    rows = [
        [
            one.what,
            f"{one.a_second:,.0f}",
            f"{one.cpu_us:.1f}",
            f"{one.p50_ms:.1f}" if one.p50_ms else "",
            f"{one.p99_ms:.1f}" if one.p99_ms else "",
        ]
        for one in rates
    ]
    return f"""## Trail

Each writer waits until its entry is durable (fsync).

{table(["", "a second", "CPU us each", "p50 ms", "p99 ms"], rows)}"""


def batch(done: Night, demo: tuple[int, float]) -> str:
    """Return the chapter on the quarter's night."""
    scan = done.steps["raw scan, CSV"]
    rows = [
        [
            name.strip(),
            f"{seconds:.3f}",
            f"{seconds / scan:.1f}x",
            f"{done.customers / seconds:,.0f}",
        ]
        for name, seconds in done.steps.items()
    ]
    demo_count, demo_s = demo
    return f"""## The quarter's night

{done.customers:,} customers, {done.rows:,} rows of balances.
{done.tiered:,} customers hold a tier afterwards; {done.opened:,} obligations were opened.
`import` is all of it: hashes, checks, sums, each customer's key and sealed cells, and COPY.

{table(["", "wall s", "to the CSV scan", "customers a second"], rows)}
`weihu seed-demo` with {demo_count:,} customers and a year of history: {demo_s:.1f} s.
"""
