"""The layers that `make lint` checks are the ones that stand, and each has its contract."""

from typing import Any

from tests.architecture.source import REPOSITORY, rooms, settings, tracked_files

FRAMEWORKS = {"tortoise", "strawberry", "starlette", "casbin", "cryptography"}
NO_ROOMS = {"tests", "bench"}


def test_every_folder_of_python_is_a_room_with_a_place_in_the_layers() -> None:
    folders = {path.parts[0] for path in tracked_files() if path.name == "__init__.py"}

    layers = _contract("Each layer imports only the layers below it")["layers"]
    placed = {room.strip() for layer in layers for room in layer.split("|")}
    assert folders - NO_ROOMS == set(rooms()) == placed


def test_the_way_from_a_request_to_a_rule_goes_down() -> None:
    layers = _contract("Each layer imports only the layers below it")["layers"]
    height = {room.strip(): -n for n, layer in enumerate(layers) for room in layer.split("|")}

    way = ["api", "schema", "services", "gate", "audit", "vault", "domain"]
    assert sorted(way, key=lambda room: -height[room]) == way


def test_graphql_reaches_records_only_through_services_and_reading() -> None:
    contract = _contract("GraphQL reaches records only through services and reading")

    assert contract["source_modules"] == ["schema"]
    assert {"store", "audit", "vault"} <= set(contract["forbidden_modules"])


def test_rules_know_no_framework() -> None:
    contract = _contract("Rules stay pure")

    assert contract["source_modules"] == ["domain"]
    assert set(contract["forbidden_modules"]) >= FRAMEWORKS


def test_only_the_gate_decides_and_has_the_trail_remember() -> None:
    contract = _contract("Only the gate decides and has the trail remember")

    assert {"schema", "services", "reading"} <= set(contract["source_modules"])
    assert {"authz.policy", "audit.trail"} <= set(contract["forbidden_modules"])


def test_lint_runs_every_check() -> None:
    lines = (REPOSITORY / "Makefile").read_text(encoding="utf-8")

    for check in ("ruff format --check", "ruff check", "mypy", "lint-imports", "npm run check"):
        assert check in lines


def _contract(name: str) -> dict[str, Any]:
    contracts: list[dict[str, Any]] = settings()["tool"]["importlinter"]["contracts"]
    return next(contract for contract in contracts if contract["name"] == name)
