"""The primitives give what Project Wycheproof and the standards say they give."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.suite import NONCE_BYTES, PRIMITIVES, TAG_BYTES, Suite, derived_key

WYCHEPROOF = Path(__file__).parents[1] / "vectors" / "wycheproof"
# As many as there are: a file that was cut short must not pass.
GCM_CASES = {"aes_gcm_test": (Suite.AES, 316), "sm4_gcm_test": (Suite.SM4, 104)}
HMAC_CASES = {"hmac_sha256_test": (Suite.AES, 174), "hmac_sm3_test": (Suite.SM4, 174)}
HKDF_CASES = 86

Case = tuple[dict[str, Any], dict[str, Any]]


def cases(name: str, count: int) -> Iterator[Case]:
    """Yield group and case of a vector file that holds *count* cases."""
    file = json.loads((WYCHEPROOF / f"{name}.json").read_text(encoding="utf-8"))
    found = [(group, case) for group in file["testGroups"] for case in group["tests"]]
    assert len(found) == file["numberOfTests"] == count
    yield from found


def of(case: dict[str, Any], name: str) -> bytes:
    return bytes.fromhex(case[name])


@pytest.mark.parametrize("name", GCM_CASES)
def test_gcm_agrees_with_wycheproof(name: str) -> None:
    suite, count = GCM_CASES[name]
    agreed = 0
    for group, case in cases(name, count):
        nonce, aad, closed = of(case, "iv"), of(case, "aad"), of(case, "ct") + of(case, "tag")
        is_taken = 8 <= len(nonce) <= 128 and group["tagSize"] == 8 * TAG_BYTES
        if case["result"] == "valid" and is_taken:
            aead = PRIMITIVES[suite].aead(of(case, "key"))
            assert aead.encrypt(nonce, of(case, "msg"), aad) == closed, case["tcId"]
            assert aead.decrypt(nonce, closed, aad) == of(case, "msg"), case["tcId"]
            agreed += len(nonce) == NONCE_BYTES
        else:
            with pytest.raises((InvalidTag, ValueError)):
                PRIMITIVES[suite].aead(of(case, "key")).decrypt(nonce, closed, aad)
    assert agreed > 30


@pytest.mark.parametrize("name", HMAC_CASES)
def test_hmac_agrees_with_wycheproof(name: str) -> None:
    suite, count = HMAC_CASES[name]
    for group, case in cases(name, count):
        keyed = HMAC(of(case, "key"), PRIMITIVES[suite].hash())
        keyed.update(of(case, "msg"))
        tag = keyed.finalize()[: group["tagSize"] // 8]

        assert (tag == of(case, "tag")) == (case["result"] == "valid"), case["tcId"]


def test_hkdf_agrees_with_wycheproof() -> None:
    for _, case in cases("hkdf_sha256_test", HKDF_CASES):
        salt = of(case, "salt") or None
        try:
            derived = HKDF(SHA256(), case["size"], salt, of(case, "info")).derive(of(case, "ikm"))
        except ValueError:
            assert case["result"] == "invalid", case["tcId"]
        else:
            assert derived == of(case, "okm"), case["tcId"]


def test_keys_are_derived_by_that_hkdf() -> None:
    unsalted = [
        case
        for _, case in cases("hkdf_sha256_test", HKDF_CASES)
        if case["result"] == "valid" and not case["salt"] and case["size"] > 0
    ]
    for case in unsalted:
        derived = derived_key(Suite.AES, of(case, "ikm"), of(case, "info"), case["size"])

        assert derived == of(case, "okm"), case["tcId"]
    assert unsalted


def test_sm4_gcm_agrees_with_rfc_8998_a_1() -> None:
    aead = PRIMITIVES[Suite.SM4].aead(bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"))
    nonce = bytes.fromhex("00001234567800000000ABCD")
    aad = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plain = bytes.fromhex(
        "AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8
    )
    closed = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )

    assert aead.encrypt(nonce, plain, aad) == closed
    assert aead.decrypt(nonce, closed, aad) == plain


def test_sm3_agrees_with_its_standard() -> None:
    """GB/T 32905-2016, A.1: the digest of "abc"."""
    digest = Hash(PRIMITIVES[Suite.SM4].hash())
    digest.update(b"abc")

    assert digest.finalize().hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


def test_sm4_gcm_refuses_a_tag_that_was_cut() -> None:
    """GCM takes short tags if one lets it: 12 bytes are 32 bits easier to forge."""
    aead = PRIMITIVES[Suite.SM4].aead(bytes(16))
    closed = aead.encrypt(bytes(NONCE_BYTES), b"", b"")

    for length in range(TAG_BYTES):
        with pytest.raises((InvalidTag, ValueError)):
            aead.decrypt(bytes(NONCE_BYTES), closed[:length], b"")
