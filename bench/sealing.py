"""Cells a second and core, by suite: `python -m bench.sealing`.

CPU time, median of a few trials. Targets: 80,000 cells a second with AES, 40,000 with SM4; an
import of a customer (a new key, six cells, two blind indexes) in about 40 us.
"""

from collections.abc import Callable
from statistics import median
from time import process_time

from domain.identity import new_id
from vault.kek import LocalKek
from vault.key import RingPurpose
from vault.keyring import Keyring, new_ring_key
from vault.registry import ADDRESS, BIRTH_DATE, ID_NUMBER, NAME, OCCUPATION, PHONE
from vault.suite import Suite
from vault.vault import Vault

CUSTOMERS = 4_000
TRIALS = 7
PERSON = (
    (NAME, "李梅丽"),
    (PHONE, "17975235189"),
    (ID_NUMBER, "990724195302243384"),
    (BIRTH_DATE, "1953-02-24"),
    (ADDRESS, "海州市西区建设路396号8室"),
    (OCCUPATION, "退休"),
)


def main() -> None:
    """Print a table."""
    print(f"{'':34}{'AES-256-GCM':>14}{'SM4-GCM':>14}")
    columns = [measured(suite) for suite in Suite]
    for name in columns[0]:
        print(f"{name:34}" + "".join(f"{column[name]:>14,.1f}" for column in columns))


def measured(suite: Suite, customers: int = CUSTOMERS, trials: int = TRIALS) -> dict[str, float]:
    """Return the figures of one suite."""
    ring = opened_ring(suite)
    vault, cold = Vault(ring, customers), Vault(ring, keys_held=1)
    ids = [new_id() for _ in range(customers)]
    keys = [vault.new_customer_key(number, id) for number, id in enumerate(ids, 1)]
    pairs = list(zip(ids, keys, strict=True))
    cells = [vault.seal_row(id, key, PERSON) for id, key in pairs]
    sealed = [
        (field, id, key, cell)
        for (id, key), row in zip(pairs, cells, strict=True)
        for (field, _), cell in zip(PERSON, row, strict=True)
        if cell is not None
    ]
    count = len(sealed)

    def seal() -> None:
        for field, id, key, _ in sealed:
            vault.seal(field, id, key, "海州市西区建设路")

    def seal_rows() -> None:
        for id, key in pairs:
            vault.seal_row(id, key, PERSON)

    def unseal() -> None:
        for field, id, key, cell in sealed:
            vault.unseal(field, id, key, cell)

    def import_customers() -> None:
        for number, id in enumerate(ids, 1):
            key = vault.new_customer_key(number, id)
            vault.seal_row(id, key, PERSON)
            vault.blind_index(PHONE, "17975235189")
            vault.blind_index(ID_NUMBER, "990724195302243384")

    def index() -> None:
        for _ in ids:
            vault.blind_index(PHONE, "17975235189")

    def open_keys(of: Vault) -> Callable[[], None]:
        def trial() -> None:
            for key in keys:
                row = key.row
                of.open_customer_key(
                    row.id, row.ring_key_id, row.suite, row.wrapped, row.customer_id
                )

        return trial

    def seconds(trial: Callable[[], None]) -> float:
        return median(cpu_s(trial) for _ in range(trials))

    open_keys(vault)()
    return {
        "cells sealed, thousands a second": count / seconds(seal) / 1000,
        "  row by row": count / seconds(seal_rows) / 1000,
        "cells unsealed, thousands a second": count / seconds(unseal) / 1000,
        "blind indexes, thousands a second": customers / seconds(index) / 1000,
        "customers' keys opened, us": seconds(open_keys(cold)) / customers * 1e6,
        "customers' keys held already, us": seconds(open_keys(vault)) / customers * 1e6,
        "a customer imported, us": seconds(import_customers) / customers * 1e6,
    }


def opened_ring(suite: Suite) -> Keyring:
    """Return a new key ring."""
    kek = LocalKek([bytes(32)], suite, "the benchmark")
    rows = [new_ring_key(id, purpose, suite, kek) for id, purpose in enumerate(RingPurpose, 1)]
    return Keyring(rows, kek, suite)


def cpu_s(trial: Callable[[], None]) -> float:
    """Return the CPU time of a trial."""
    begun = process_time()
    trial()
    return process_time() - begun


if __name__ == "__main__":
    main()
