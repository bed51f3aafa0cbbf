"""Reading: the four questions beside their baselines, against size, and at first sight.

`python -m bench.reading` does so on little data. In process, without HTTP: CPU a request.
"""

import asyncio
import gc
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from time import process_time
from typing import Any, Final
from uuid import uuid4

import orjson
import uvloop

from authz.action import Action
from bench import by_hand, plain_schema
from bench.book import Book, customer_no
from bench.ground import Ground, ground, new_house
from bench.policy import added_share
from bench.questions import QUESTIONS, SHOWN, Asker, askers
from bench.timing import FULL, QUICK, Case, Pace, cpu_ms
from domain.activity import ActivityKind, ActivityOutcome
from domain.identity import new_id
from gate.actor import Actor
from gate.disclosure import Disclosure, disclose
from gate.house import House
from reading.plan import Plans
from schema.root import execution_of
from services.activity import note_activity
from store.customer import CustomerRecord

PLAN: Final = "compiled plan: decryption, masks, policy, reach and audit entry on"
REFEREE: Final = "graphql-core over the same plan, the same on"
AUDITED: Final = "the same and one audit entry, as the plan leaves it"
LOADERS: Final = "Strawberry, Tortoise, DataLoaders, parsed texts kept"
PLAIN: Final = "Strawberry, Tortoise, as one writes it first"
WRITES: Final = 30
GROWING_S: Final = 100  # a size that takes longer is left out


@dataclass
class Read:
    """What was measured, in milliseconds of CPU a request.

    Args:
        compared: Question -> implementation -> CPU, at *customers*.
        sizes: Customers -> question -> CPU of the plan.
        first: Question -> CPU that the first sight of it costs on top.
        write: CPU of noting an activity.
        policy_share: How much dearer a cached Q1 is under five hundred policy lines.
    """

    customers: int = 0
    compared: dict[str, dict[str, float]] = field(default_factory=dict)
    sizes: dict[int, dict[str, float]] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)
    write: float = 0.0
    policy_share: float = 0.0


async def measured(ground: Ground, sizes: list[int], compare_at: int, *, is_quick: bool) -> Read:
    """Measure reading on a book that grows through *sizes*, as far as it does so in time."""
    pace = QUICK if is_quick else FULL
    read = Read(compare_at)
    async with new_house(ground, "reading") as house:
        book = Book(house)
        for size in sizes:
            print(f"  {size:,} customers", flush=True)
            try:
                async with asyncio.timeout(GROWING_S):
                    await book.grow(size)
            except TimeoutError:
                print(f"  left out: not there after {GROWING_S} s", flush=True)
                break
            who = await askers(house)
            read.sizes[size] = await cpu_ms(planned(who), pace)
            if size == compare_at:
                await _compare(house, who, read, pace)
                read.first = await _first_sights(who, pace)
                read.write = await _write(who["Q4"])
                read.policy_share = await added_share(who["Q1"], house.home)
    return read


def planned(who: dict[str, Asker]) -> dict[str, Case]:
    """Return the questions, asked through the product's execution."""
    execution = execution_of(is_introspective=False)

    async def ask(name: str) -> bytes:
        return (await execution.execute(who[name], QUESTIONS[name])).body

    return {name: partial(ask, name) for name in QUESTIONS}


def refereed(who: dict[str, Asker]) -> dict[str, Case]:
    """Return the questions, asked through graphql-core over the plans."""
    execution = execution_of(is_introspective=False)

    async def ask(name: str) -> bytes:
        document = execution.documents.document(QUESTIONS[name])
        return (await execution.by_referee(who[name], document, None, {})).body

    return {name: partial(ask, name) for name in QUESTIONS}


async def _compare(house: House, who: dict[str, Asker], read: Read, pace: Pace) -> None:
    owner = who["Q4"].actor.staff.id
    if owner is None:
        raise LookupError("The book has no manager S000000.")
    hand = by_hand.endpoints(house, owner)
    rivals = {
        PLAN: planned(who),
        REFEREE: refereed(who),
        by_hand.HAND: hand,
        AUDITED: {name: audited(hand[name], who[name].actor, name) for name in hand},
        LOADERS: plain_schema.endpoints(house, owner, has_loaders=True),
        PLAIN: plain_schema.endpoints(house, owner, has_loaders=False),
    }
    for question in QUESTIONS:
        cases: dict[str, Case] = {name: rival[question] for name, rival in rivals.items()}
        await ensure_same(question, cases)
        read.compared[question] = await cpu_ms(cases, pace)
        print(f"  {question}: " + ", ".join(f"{ms:.2f}" for ms in read.compared[question].values()))


def audited(endpoint: Case, actor: Actor, question: str) -> Case:
    """Return an endpoint that leaves an audit entry of so many rows as the question shows."""
    rows = [new_id() for _ in range(SHOWN[question])]
    fields = {"name": (len(rows), 0), "phone": (0, len(rows)), "birth_date": (len(rows), 0)}
    disclosure = Disclosure(Action.CUSTOMER_READ, "CustomerList", fields, rows)

    async def ask() -> bytes:
        answer: bytes = await endpoint()
        await disclose(actor, disclosure)
        return answer

    return ask


async def ensure_same(question: str, cases: dict[str, Case]) -> None:
    """Raise ValueError if a rival answers something else: then its cost says nothing."""
    answers: dict[str, Any] = {name: orjson.loads(await case()) for name, case in cases.items()}
    wanted = answers[PLAN]
    for name, answer in answers.items():
        if answer != wanted or "errors" in answer:
            raise ValueError(f"{question} by {name!r} differs:\n{answer}\n{wanted}"[:4000])


async def _first_sights(who: dict[str, Asker], pace: Pace) -> dict[str, float]:
    execution, first = execution_of(is_introspective=False), {}
    for name, text in QUESTIONS.items():
        costs = []
        for turn in range(pace.trials):
            execution.plans = Plans()
            unseen = f"{text}\n# {turn}"
            gc.collect()
            marks = [process_time()]
            for _ in range(2):
                await execution.execute(who[name], unseen)
                marks.append(process_time())
            costs.append((marks[1] - marks[0]) - (marks[2] - marks[1]))
        first[name] = median(costs) * 1000
    return first


async def _write(asker: Asker) -> float:
    """Return the CPU of noting an activity that settles a call, through gate, trail and commit."""
    costs = []
    for number in range(WRITES):
        customer = await CustomerRecord.get(customer_no=customer_no(number))
        begun = process_time()
        await note_activity(
            asker.actor,
            customer.id,
            kind=ActivityKind.CALL,
            outcome=ActivityOutcome.REACHED,
            happened_on=asker.house.today(),
            note="问国债，约下周再来",
            next_on=None,
            with_staff_id=None,
            request_key=uuid4(),
        )
        costs.append(process_time() - begun)
    return median(costs) * 1000


def main() -> None:
    """Print the figures of a small book."""
    with ground() as here:
        read = uvloop.run(measured(here, [1_000, 5_000], 5_000, is_quick=True))
    for question, of in read.compared.items():
        for name, ms in of.items():
            print(f"{question} {name:70}{ms:8.2f} ms")


if __name__ == "__main__":
    main()
