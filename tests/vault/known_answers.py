"""Write what this release seals, for every later one to open: `-m tests.vault.known_answers 0.1.0`.

Answers are added and never replaced: a database that a release has written must open for ever.
"""

import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from vault.kek import LocalKek
from vault.key import RingPurpose
from vault.keyring import Keyring, new_ring_key
from vault.registry import FIELDS
from vault.suite import Suite
from vault.vault import Vault

KNOWN_ANSWERS = Path(__file__).with_name("known_answers.json")
MATERIAL = bytes(range(100, 132))
CUSTOMER = UUID("019345d8-6c00-7000-8000-00000000c001")
ROW = UUID("019345d8-6c00-7000-8000-0000000000a1")
TEXTS = {
    "name": "李梅丽",
    "phone": "17975235189",
    "id_number": "99070319470814198X",
    "birth_date": "1947-08-14",
    "address": "海州市西区建设路396号8室",
    "occupation": "退休",
    "activity_note": "客户说女儿国庆结婚。\n约好节后再谈 🌸",
    "complaint_text": "",
    "totp_secret": "JBSWY3DPEHPK3PXP",
}
WRITTEN = {"phone": "+86 179-7523-5189", "id_number": "990703470814198"}


def answers(release: str, suite: Suite) -> dict[str, Any]:
    """Return what one suite seals, with all that it takes to open it."""
    kek = LocalKek([MATERIAL], suite, "the known answers")
    rows = [new_ring_key(number, each, suite, kek) for number, each in enumerate(RingPurpose, 1)]
    vault = Vault(Keyring(rows, kek, suite))
    key = vault.new_customer_key(2**40 + suite, CUSTOMER)
    return {
        "release": release,
        "suite": int(suite),
        "kek": {"id": kek.kek_id, "material": MATERIAL.hex()},
        "ring_keys": [
            {"id": each.id, "purpose": each.purpose.value, "wrapped": each.wrapped.hex()}
            for each in rows
        ],
        "customer_key": {
            "id": key.row.id,
            "customer_id": str(CUSTOMER),
            "ring_key_id": key.row.ring_key_id,
            "wrapped": key.row.wrapped.hex(),
        },
        "row_id": str(ROW),
        "cells": [
            {
                "table": int(each.table),
                "field": each.number,
                "text": TEXTS[each.name],
                "sealed": vault.seal(each, ROW, key, TEXTS[each.name]).hex(),
            }
            for each in FIELDS
            if each.is_sealed
        ],
        "indexes": [
            {
                "table": int(each.table),
                "field": each.number,
                "written": WRITTEN[each.name],
                "index": vault.blind_index(each, TEXTS[each.name]).hex(),
            }
            for each in FIELDS
            if each.index
        ],
    }


def main(release: str) -> None:
    """Add the answers of *release*."""
    known = json.loads(KNOWN_ANSWERS.read_text(encoding="utf-8")) if KNOWN_ANSWERS.exists() else []
    if any(each["release"] == release for each in known):
        raise SystemExit(f"The answers of {release} are there already.")
    known += [answers(release, suite) for suite in Suite]
    text = json.dumps(known, ensure_ascii=False, indent=1)
    KNOWN_ANSWERS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
