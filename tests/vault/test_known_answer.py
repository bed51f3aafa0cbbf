"""What any release has sealed opens in this one."""

import json
from typing import Any
from uuid import UUID

import pytest

from tests.vault.known_answers import KNOWN_ANSWERS
from vault.field import Field
from vault.kek import LocalKek
from vault.key import RingKeyRow, RingPurpose
from vault.keyring import Keyring
from vault.registry import FIELDS
from vault.suite import Suite
from vault.vault import Vault

ANSWERS: list[dict[str, Any]] = json.loads(KNOWN_ANSWERS.read_text(encoding="utf-8"))
FIELD_AT = {(each.table, each.number): each for each in FIELDS}


def field_of(answer: dict[str, Any]) -> Field:
    return FIELD_AT[(answer["table"], answer["field"])]


def vault_of(answer: dict[str, Any]) -> Vault:
    """Return the vault of that release, out of the rows that it left."""
    suite = Suite(answer["suite"])
    kek = LocalKek([bytes.fromhex(answer["kek"]["material"])], suite, "the known answers")
    rows = [
        RingKeyRow(
            each["id"],
            RingPurpose(each["purpose"]),
            suite,
            answer["kek"]["id"],
            bytes.fromhex(each["wrapped"]),
        )
        for each in answer["ring_keys"]
    ]
    return Vault(Keyring(rows, kek, suite))


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda each: f"{each['release']}-{each['suite']}")
def test_cells_of_every_release_open(answer: dict[str, Any]) -> None:
    vault, stored = vault_of(answer), answer["customer_key"]
    key = vault.open_customer_key(
        stored["id"],
        stored["ring_key_id"],
        answer["suite"],
        bytes.fromhex(stored["wrapped"]),
        UUID(stored["customer_id"]),
    )

    for cell in answer["cells"]:
        sealed = bytes.fromhex(cell["sealed"])
        assert vault.unseal(field_of(cell), UUID(answer["row_id"]), key, sealed) == cell["text"]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda each: f"{each['release']}-{each['suite']}")
def test_indexes_of_every_release_are_found(answer: dict[str, Any]) -> None:
    vault = vault_of(answer)

    for index in answer["indexes"]:
        assert vault.blind_index(field_of(index), index["written"]).hex() == index["index"]


def test_there_are_answers_of_both_suites_for_each_release() -> None:
    releases = {each["release"] for each in ANSWERS}

    assert {(each["release"], each["suite"]) for each in ANSWERS} == {
        (release, int(suite)) for release in releases for suite in Suite
    }
    assert "0.1.0" in releases
