"""Vaults, keys and texts for the tests of this room."""

from collections.abc import Iterable
from uuid import UUID

from hypothesis import strategies as st

from vault.field import Field
from vault.kek import LocalKek
from vault.key import CellKey, RingKeyRow, RingPurpose
from vault.keyring import Keyring, new_ring_key
from vault.mask import is_masked
from vault.registry import FIELDS, NAME
from vault.suite import Suite
from vault.vault import Vault

KEK = LocalKek([bytes(range(32))], Suite.AES, "the tests")
SEALED_FIELDS = tuple(each for each in FIELDS if each.is_sealed)
CUSTOMER = UUID("01890000-0000-7000-8000-000000000001")
OTHER_CUSTOMER = UUID("01890000-0000-7000-8000-000000000002")
ROW = UUID("01890000-0000-7000-8000-0000000000aa")


def ring_rows(*suites: Suite, first: int = 1) -> list[RingKeyRow]:
    """Return a ring with both kinds of key for each suite."""
    kinds = [(suite, purpose) for suite in suites for purpose in RingPurpose]
    return [
        new_ring_key(number, purpose, suite, KEK)
        for number, (suite, purpose) in enumerate(kinds, first)
    ]


def vault_on(rows: Iterable[RingKeyRow], suite: Suite, keys_held: int = 100) -> Vault:
    return Vault(Keyring(rows, KEK, suite), keys_held)


RING = ring_rows(Suite.AES, Suite.SM4)
VAULTS = {suite: vault_on(RING, suite) for suite in Suite}


def key_of(suite: Suite, key_id: int = 7, customer_id: UUID = CUSTOMER) -> CellKey:
    return VAULTS[suite].new_customer_key(key_id, customer_id)


KEYS = {suite: key_of(suite) for suite in Suite}

suites = st.sampled_from(Suite)
fields = st.sampled_from(SEALED_FIELDS)
row_ids = st.uuids()
key_ids = st.integers(1, 2**63 - 1)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200).filter(
    lambda text: not is_masked(text, NAME)
)


@st.composite
def cells(draw: st.DrawFn) -> tuple[Suite, Field, UUID, str, bytes]:
    """A cell under `KEYS`, with all that it was sealed from."""
    suite, field, row_id, text = draw(suites), draw(fields), draw(row_ids), draw(texts)
    return suite, field, row_id, text, VAULTS[suite].seal(field, row_id, KEYS[suite], text)


def with_bit_flipped(data: bytes, bit: int) -> bytes:
    altered = bytearray(data)
    altered[bit // 8] ^= 1 << bit % 8
    return bytes(altered)
