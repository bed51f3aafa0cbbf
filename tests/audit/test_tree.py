"""The tree is that of RFC 6962, by other people's vectors and by its definition."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.tree import (
    EMPTY_ROOT,
    Edge,
    ProofBroken,
    Range,
    complete_subtrees,
    consistency_ranges,
    inclusion_ranges,
    joined,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

VECTORS = Path(__file__).parent.parent / "vectors" / "merkle"


def vectors(kind: str) -> list[Any]:
    cases = json.loads((VECTORS / f"{kind}.json").read_text())
    return [pytest.param(case, id=name) for name, case in cases.items()]


def raw(encoded: str | None) -> bytes:
    return base64.b64decode(encoded or "")


@pytest.mark.parametrize("case", vectors("inclusion"))
def test_inclusion_is_believed_exactly_when_the_vectors_say_so(case: dict[str, Any]) -> None:
    proof = [raw(node) for node in case["proof"] or []]
    args = (case["leafIdx"], case["treeSize"], raw(case["leafHash"]), proof, raw(case["root"]))

    if case["wantErr"]:
        with pytest.raises(ProofBroken):
            verify_inclusion(*args)
    else:
        verify_inclusion(*args)


@pytest.mark.parametrize("case", vectors("consistency"))
def test_consistency_is_believed_exactly_when_the_vectors_say_so(case: dict[str, Any]) -> None:
    proof = [raw(node) for node in case["proof"] or []]
    args = (case["size1"], case["size2"], proof, raw(case["root1"]), raw(case["root2"]))

    if case["wantErr"]:
        with pytest.raises(ProofBroken):
            verify_consistency(*args)
    else:
        verify_consistency(*args)


def root_by_definition(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(root_by_definition(leaves[:split]), root_by_definition(leaves[split:]))


LEAVES = [leaf_hash(str(number).encode()) for number in range(700)]


def proof_of(ranges: list[Range]) -> list[bytes]:
    return [
        joined([root_of(LEAVES[start:end]) for start, end in complete_subtrees(of)])
        for of in ranges
    ]


@given(st.integers(0, 700))
def test_the_edge_gives_the_root_of_the_definition(size: int) -> None:
    edge = Edge()

    edge.extend(LEAVES[:size])

    assert edge.root() == root_by_definition(LEAVES[:size]) == root_of(LEAVES[:size])


@given(st.integers(1, 700), st.integers(1, 700))
def test_an_edge_goes_on_where_another_left_off(size: int, more: int) -> None:
    first, whole = Edge(), Edge()
    first.extend(LEAVES[:size])
    whole.extend(LEAVES[: size + more])

    second = Edge(first.size, first.hashes)
    second.extend(LEAVES[size : size + more])

    assert second.hashes == whole.hashes


def test_the_edge_tells_each_subtree_that_fills_a_tile() -> None:
    complete = Edge().extend(LEAVES)

    assert [(at.level, at.index) for at in complete] == [(1, 0), (1, 1)]
    assert complete[1].hash == root_of(LEAVES[256:512])


@given(st.integers(1, 700), st.data())
def test_every_leaf_can_be_proved_and_no_other_in_its_place(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = proof_of(inclusion_ranges(index, size)), root_of(LEAVES[:size])

    verify_inclusion(index, size, LEAVES[index], proof, root)

    with pytest.raises(ProofBroken):
        verify_inclusion(index, size, leaf_hash(b"another"), proof, root)


@given(st.integers(1, 700), st.data())
def test_every_beginning_can_be_proved_and_no_other_root_for_it(
    size: int, data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, size))
    proof, root = proof_of(consistency_ranges(old, size)), root_of(LEAVES[:size])

    verify_consistency(old, size, proof, root_of(LEAVES[:old]), root)

    with pytest.raises(ProofBroken):
        verify_consistency(old, size, proof, leaf_hash(b"fork"), root)
