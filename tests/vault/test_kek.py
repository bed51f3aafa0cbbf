"""The local KEK wraps, opens what it wrapped before it was rotated, and is never shown."""

import pickle
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.vaults import suites, with_bit_flipped
from vault.errors import KekUnusable, SealBroken
from vault.kek import KekProvider, LocalKek, environment_kek, local_kek_id
from vault.suite import PRIMITIVES, Suite, derived_key
from vault.wrap import WRAP_MAGIC

OLD, NEW = bytes(range(32)), bytes(range(32, 64))

materials = st.binary(min_size=32, max_size=32)
keys = st.binary(min_size=16, max_size=64)


@given(materials, suites, keys, st.binary(max_size=50))
def test_what_is_wrapped_comes_out_in_its_context(
    material: bytes, suite: Suite, key: bytes, context: bytes
) -> None:
    kek: KekProvider = LocalKek([material], suite, "the tests")

    wrapped = kek.wrap(key, context)

    kek.health()
    assert kek.unwrap(kek.kek_id, wrapped, context) == key
    assert key not in wrapped
    with pytest.raises(SealBroken):
        kek.unwrap(kek.kek_id, wrapped, context + b"x")


@given(suites, keys, st.data())
def test_what_is_wrapped_is_refused_after_a_flip_of_any_bit(
    suite: Suite, key: bytes, data: st.DataObject
) -> None:
    kek = LocalKek([OLD], suite, "the tests")
    wrapped = kek.wrap(key, b"here")
    bit = data.draw(st.integers(0, len(wrapped) * 8 - 1))

    with pytest.raises(SealBroken):
        kek.unwrap(kek.kek_id, with_bit_flipped(wrapped, bit), b"here")


@given(st.binary(max_size=100))
def test_junk_does_not_unwrap(junk: bytes) -> None:
    kek = LocalKek([OLD], Suite.AES, "the tests")

    for wrapped in (
        junk,
        bytes((WRAP_MAGIC, Suite.AES)) + junk,
        bytes((WRAP_MAGIC, Suite.SM4)) + junk,
    ):
        with pytest.raises(SealBroken):
            kek.unwrap(kek.kek_id, wrapped, b"here")


@given(suites, suites, keys)
def test_a_rotated_kek_opens_what_the_old_one_wrapped(
    suite: Suite, new_suite: Suite, key: bytes
) -> None:
    old = LocalKek([OLD], suite, "the tests")
    both = LocalKek([NEW, OLD], new_suite, "the tests")
    wrapped = old.wrap(key, b"here")

    again = both.rewrap(old.kek_id, wrapped, b"here")

    assert both.unwrap(old.kek_id, wrapped, b"here") == key
    assert LocalKek([NEW], new_suite, "x").unwrap(both.kek_id, again, b"here") == key


def test_each_suite_has_a_key_of_its_own() -> None:
    derived = [derived_key(suite, OLD, b"weihu kek") for suite in Suite]

    assert [len(each) for each in derived] == [PRIMITIVES[suite].key_bytes for suite in Suite]
    assert derived[0][:16] != derived[1]


def test_a_closed_kek_neither_wraps_nor_is_in_health() -> None:
    kek = LocalKek([OLD], Suite.AES, "the tests")
    kek.close()

    for ask in (kek.health, lambda: kek.wrap(OLD, b"")):
        with pytest.raises(KekUnusable):
            ask()


# -- from the environment ----------------------------------------------------------------------


def test_the_environment_holds_the_kek_and_those_before_it() -> None:
    old = environment_kek({"WEIHU_KEK_HEX": OLD.hex()}, Suite.AES)
    wrapped = old.wrap(b"a key", b"here")
    environ = {"WEIHU_KEK_HEX": NEW.hex().upper() + "\n", "WEIHU_KEK_HEX_OLD": OLD.hex()}

    kek = environment_kek(environ, Suite.SM4)

    assert kek.kek_id == local_kek_id(NEW)
    assert kek.unwrap(old.kek_id, wrapped, b"here") == b"a key"


@pytest.mark.parametrize(
    "digits", ["", "00" * 31, "00" * 33, "zz" * 32, "０" * 64, "00 " * 21 + "0"]
)
def test_what_is_no_kek_is_refused_and_not_repeated(digits: str) -> None:
    with pytest.raises(KekUnusable) as refused:
        environment_kek({"WEIHU_KEK_HEX": digits}, Suite.AES)

    assert not digits or digits not in str(refused.value)


def test_a_wrong_old_kek_is_refused() -> None:
    with pytest.raises(KekUnusable, match="WEIHU_KEK_HEX_OLD"):
        environment_kek({"WEIHU_KEK_HEX": NEW.hex(), "WEIHU_KEK_HEX_OLD": "secret"}, Suite.AES)


def test_a_kek_is_never_shown() -> None:
    kek = environment_kek({"WEIHU_KEK_HEX": OLD.hex()}, Suite.AES)
    with pytest.raises(KekUnusable) as refused:
        kek.unwrap("local:unknown", b"", b"")

    told = repr(kek) + str(kek) + "".join(traceback.format_exception(refused.value))
    assert OLD.hex() not in told
    assert repr(OLD) not in told
    with pytest.raises(TypeError):
        pickle.dumps(kek)
