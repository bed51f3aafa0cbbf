"""Checkpoints are signed notes as C2SP writes them, and nothing can be flipped in them unseen."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.checkpoint import (
    Checkpoint,
    NoteUnproved,
    NoteUnsound,
    Signer,
    Verifier,
    opened,
    read_checkpoint,
)

SIGNER = Signer("example.com/log", bytes(range(32)))
CHECKPOINT = Checkpoint("example.com/log", 12, bytes(range(32)))
NOTE = SIGNER.note(CHECKPOINT.text())

# From the examples of golang.org/x/mod/sumdb/note, which defined the format.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp"
    "RZb6KE6RyyBwJnAM=\n"
)


def test_a_note_that_go_signed_is_believed() -> None:
    text = opened(GO_NOTE, [Verifier.of(GO_VKEY)])

    assert text.endswith("what your problem is.\n")


def test_a_verifier_key_is_written_as_it_was_read() -> None:
    assert Verifier.of(GO_VKEY).vkey() == GO_VKEY


def test_a_checkpoint_is_read_as_it_was_signed() -> None:
    assert read_checkpoint(NOTE, [SIGNER.verifier]) == CHECKPOINT


def test_a_checkpoint_has_exactly_these_lines() -> None:
    assert NOTE.split("\n")[:4] == [
        "example.com/log",
        "12",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "",
    ]


@given(st.integers(0, len(NOTE.encode()) * 8 - 1))
def test_every_bit_that_flips_in_a_note_is_found(bit: int) -> None:
    raw = bytearray(NOTE.encode())
    raw[bit // 8] ^= 1 << (bit % 8)

    with pytest.raises((NoteUnsound, NoteUnproved)):
        read_checkpoint(raw.decode(errors="replace"), [SIGNER.verifier])


def test_signatures_of_others_are_passed_over() -> None:
    witness = Signer("witness.example", bytes(32))
    both = NOTE + witness.signature_line(CHECKPOINT.text())

    assert read_checkpoint(both, [SIGNER.verifier]) == CHECKPOINT
    assert read_checkpoint(both, [witness.verifier]) == CHECKPOINT


def test_a_wrong_signature_of_a_known_key_spoils_the_note() -> None:
    witness = Signer("witness.example", bytes(32))
    both = NOTE + witness.signature_line("another text\n")

    with pytest.raises(NoteUnsound):
        read_checkpoint(both, [SIGNER.verifier, witness.verifier])


def test_a_note_without_a_known_signature_proves_nothing() -> None:
    with pytest.raises(NoteUnproved):
        read_checkpoint(NOTE, [])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.rstrip("\n"),
        lambda note: note.replace("— ", "- "),
        lambda note: note.replace("— example.com/log", "— example.com log"),
        lambda note: note + "\n",
        lambda note: note.replace("example", "exa\tmple"),
        lambda note: "",
    ],
)
def test_what_is_no_note_is_refused(spoil: Callable[[str], str]) -> None:
    with pytest.raises(NoteUnsound):
        read_checkpoint(spoil(NOTE), [SIGNER.verifier])


@pytest.mark.parametrize(
    "text",
    ["a\n1\n", "a\n01\nAA==\n", "a\n1\nAA==\n", "a\n-1\n\n", "\n1\nAA==\n", f"a\nx\n{'A' * 43}=\n"],
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteUnsound):
        read_checkpoint(SIGNER.note(text), [SIGNER.verifier])


@pytest.mark.parametrize(
    "vkey", ["", "name", "name+00000000+", "name+00000000+AAAA", GO_VKEY.replace("c7", "c8")]
)
def test_what_is_no_verifier_key_is_refused(vkey: str) -> None:
    with pytest.raises(NoteUnsound):
        Verifier.of(vkey)
