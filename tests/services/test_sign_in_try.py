"""Guessing passwords is slowed down, by account and by address."""

from asyncio import gather
from typing import Any

import pytest

from domain.errors import RuleBroken
from services.session import SignedIn, change_password, sign_in
from tests.bureau import PASSWORD, Bureau

WRONG = "not the right password"


async def _sign_in(
    bureau: Bureau, staff_no: str = "S00006", password: str = PASSWORD, address: str = "10.0.0.1"
) -> SignedIn:
    return await sign_in(
        bureau.house, staff_no, password, address=address, request_id="r1", language="en"
    )


async def _refused(bureau: Bureau, *args: Any, **more: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as refusal:
        await _sign_in(bureau, *args, **more)
    return refusal.value


async def test_after_the_fifth_failure_the_account_waits_twice_as_long_each_time(
    bureau: Bureau,
) -> None:
    await bureau.password("manager1")
    for number in range(5):
        await _refused(bureau, "S00006", WRONG, address=f"10.0.0.{number}")

    waits = []
    for number in range(3):
        refusal = await _refused(bureau, address=f"10.0.1.{number}")
        waits.append(refusal.params["seconds"])
        bureau.clock.pass_by(seconds=int(waits[-1]))
        await _refused(bureau, "s00006 ", WRONG, address=f"10.0.2.{number}")

    assert waits == [2, 4, 8]


async def test_an_unknown_number_slows_down_like_an_account(bureau: Bureau) -> None:
    for _ in range(5):
        await _refused(bureau, "S99999")

    assert (await _refused(bureau, "S99999")).code == "SIGN_IN_TOO_SOON"


async def test_the_right_password_in_time_forgets_the_slips(bureau: Bureau) -> None:
    await bureau.password("manager1")
    for _ in range(2):
        for _ in range(4):
            await _refused(bureau, "S00006", WRONG)

        assert await _sign_in(bureau)


async def test_many_tries_at_once_are_slowed_down_as_well(bureau: Bureau) -> None:
    await bureau.password("manager1")

    tries = [_refused(bureau, "S00006", WRONG, address=f"10.0.0.{n}") for n in range(12)]
    codes = [one.code for one in await gather(*tries)]

    assert codes.count("SIGN_IN_REFUSED") == 5


async def test_an_address_that_tries_many_numbers_has_to_wait(bureau: Bureau) -> None:
    await bureau.password("manager1")
    for number in range(21):
        await _refused(bureau, f"S1{number:04d}", WRONG)

    assert (await _refused(bureau)).code == "SIGN_IN_TOO_SOON"
    assert await _sign_in(bureau, address="10.0.0.2")


async def test_an_hour_without_failures_forgets_them(bureau: Bureau) -> None:
    await bureau.password("manager1")
    for _ in range(5):
        await _refused(bureau, "S00006", WRONG)
    bureau.clock.pass_by(hours=1, seconds=1)

    assert (await _refused(bureau, "S00006", WRONG)).code == "SIGN_IN_REFUSED"
    assert await _sign_in(bureau)


async def test_guessing_the_present_password_in_a_stolen_session_is_slowed_down(
    bureau: Bureau,
) -> None:
    await bureau.password("manager1")
    actor = (await _sign_in(bureau)).actor
    codes = []
    for _ in range(6):
        with pytest.raises(RuleBroken) as refusal:
            await change_password(actor, current=WRONG, new="another sentence to keep")
        codes.append(refusal.value.code)

    assert codes == ["PASSWORD_WRONG"] * 5 + ["SIGN_IN_TOO_SOON"]
