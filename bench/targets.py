"""The design's targets, each beside what a run reached."""

from bench.by_hand import HAND
from bench.chapters import Sealed, growths
from bench.page import MET, MISSED, PARTLY, Target, at_least, at_most
from bench.quarter import Night
from bench.reading import LOADERS, PLAIN, PLAN, Read
from bench.trail import Rate

FLAT = 1.5  # CPU moves by a third between runs on a shared machine
MILLION = 1_000_000


def reading(read: Read) -> list[Target]:
    """Return the targets of reading."""
    room, compared = "reading", read.compared
    return [
        *(
            at_most(room, f"{q}: CPU to hand-written", 1.5, one[PLAN] / one[HAND], "x")
            for q, one in compared.items()
        ),
        *(
            at_least(room, f"{q}: plain Strawberry to plan", 20, one[PLAIN] / one[PLAN], "x")
            for q, one in compared.items()
        ),
        Target(
            room,
            "Strawberry with DataLoaders to plan",
            "no limit",
            ", ".join(f"{one[LOADERS] / one[PLAN]:.1f}x" for one in compared.values()),
            "",
        ),
        Target(room, "CPU to PostGraphile with row-level security", "≤ 1/4"),
        Target(room, "requests a second to PostGraphile's", "≥ 3 x"),
        at_most(room, "policy with 500 lines on a cached Q1", 5, read.policy_share * 100, "%"),
        at_most(room, "first sight of an operation", 20, max(read.first.values()), "ms"),
        _flat(read),
        at_most(
            room,
            "a request, compile included (Q1 to Q4)",
            20,
            max(read.first[q] + one[PLAN] for q, one in compared.items()),
            "ms",
        ),
        at_most(room, "a write (an activity noted), CPU", 10, read.write, "ms"),
    ]


def _flat(read: Read) -> Target:
    worst, largest = max(growths(read).values()), max(read.sizes)
    is_flat = worst <= FLAT
    verdict = MISSED if not is_flat else MET if largest >= MILLION else PARTLY
    return Target(
        "reading",
        "cost flat from 1,000 to 1,000,000 customers",
        f"≤ {FLAT:g} x",
        f"{worst:.2f} x at {largest:,}",
        verdict,
    )


def sealing(sealed: Sealed) -> list[Target]:
    """Return the targets of sealing."""
    cells = {suite: of["cells sealed, thousands a second"] * 1000 for suite, of in sealed.items()}
    return [
        *(
            at_least("sealing", f"cells a second and core, {suite}", limit, cells[suite], "")
            for suite, limit in (("AES", 80_000), ("SM4", 40_000))
        ),
        Target("sealing", "6,000,000 cells sealed anew, online", "≤ 15 min"),
        Target("sealing", "blind indexes of 2,000,000 values", "≤ 5 min"),
    ]


def trail(rates: list[Rate]) -> list[Target]:
    """Return the targets of the trail."""
    appended = [one for one in rates if one.what.startswith("append")]
    verified = next(one for one in rates if one.what == "verify")
    best = max(appended, key=lambda one: one.a_second)
    calm = next(one for one in appended if "20 writers" in one.what)
    return [
        at_least("trail", f"durable entries a second ({best.what})", 5_000, best.a_second, ""),
        at_most("trail", "p99 added, 20 writers", 20, calm.p99_ms, "ms"),
        at_least("trail", "entries verified a second of CPU", 100_000, 1e6 / verified.cpu_us, ""),
    ]


def batch(done: Night) -> list[Target]:
    """Return the targets of the batch."""
    room, steps = "batch", done.steps
    csv, parquet = steps["raw scan, CSV"], steps["raw scan, Parquet"]
    night = steps["import"] + steps["rate and write back"]
    owed = MILLION * steps["open obligations"] / done.customers
    return [
        at_most(room, "validated ingest to a raw CSV scan", 4, steps["  of it: ingest"] / csv, "x"),
        at_most(
            room,
            "rating with write-back to a Parquet scan",
            2,
            steps["rate and write back"] / parquet,
            "x",
        ),
        at_most(room, "the night with sealing and write-back to a CSV scan", 3, night / csv, "x"),
        at_most(room, "obligations of 1,000,000 customers, from this rate", 60, owed, "s"),
        Target(room, "3,000,000 customers", "≤ 2.3 x, ≤ 2 GiB"),
        Target(room, "what-if on 1,000,000 customers", "≤ 2 s"),
        Target("dashboards", "at 1,000,000 customers over 24 months", "≤ 50 ms"),
    ]
