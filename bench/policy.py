"""What a long policy costs a cached plan: the shipped lines beside five hundred."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Final

from authz.action import Action
from authz.policy import Policy
from bench.questions import QUESTIONS, Asker
from bench.timing import Pace, cpu_ms
from domain.staff import Role
from gate.actor import Actor
from schema.root import execution_of

LINES: Final = 500
PACE: Final = Pace(15, 0.1)


def longer(shipped: Policy, folder: Path) -> Policy:
    """Return a policy of `LINES` lines that reads by the same ones as *shipped*."""
    lines = [f"p, {line}" for line in map(str, shipped.lines)]
    known = {(line.role, line.action) for line in shipped.lines}
    added = (f"p, {line}" for line in _others(known))
    lines += [next(added) for _ in range(LINES - len(lines))]
    path = folder / "policy.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Policy(Path(str(resources.files("authz"))) / "model.conf", path)


def _others(known: set[tuple[str, Action]]) -> Iterator[str]:
    """Yield lines about actions that no question asks for."""
    for reach in ("unit", "own"):
        for action in Action:
            for role in Role:
                if (role.value, action) not in known and not action.value.endswith(":read"):
                    yield f"{role.value}, {action.value}, {reach}, *, allow"


async def added_share(asker: Asker, folder: Path) -> float:
    """Return by what share five hundred lines make a cached Q1 dearer than the shipped ones."""
    house = asker.house
    long_house = replace(house, policy=longer(house.policy, folder))
    execution = execution_of(is_introspective=False)

    async def ask(of: Asker) -> None:
        # A new actor, as each request has: what they may is looked up again.
        actor = Actor(of.house, of.actor.staff, of.actor.session, of.actor.request_id)
        await execution.execute(Asker(of.house, actor), QUESTIONS["Q1"])

    long_asker = Asker(long_house, Actor(long_house, asker.actor.staff, "0" * 16, "bench"))
    cost = await cpu_ms({"shipped": lambda: ask(asker), "long": lambda: ask(long_asker)}, PACE)
    return cost["long"] / cost["shipped"] - 1
