"""Signing in and out: who gets in, for how long, and how guessing is slowed down."""

import hashlib
from datetime import date
from typing import Any

import pytest

from domain.errors import RuleBroken
from gate.actor import Actor
from services.session import SignedIn, actor_of, change_password, choose_language, sign_in, sign_out
from services.staff import set_password
from store.staff import SessionRecord, StaffPostRecord, StaffRecord
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


async def _actor(bureau: Bureau, signed_in: SignedIn) -> Actor | None:
    return await actor_of(bureau.house, signed_in.token, request_id="r2", language=None)


async def test_who_knows_the_password_acts_with_the_posts_held_today(bureau: Bureau) -> None:
    await bureau.password("manager1")

    actor = await _actor(bureau, await _sign_in(bureau))

    assert actor and actor.staff.id == bureau.staff["manager1"]
    assert actor.staff.roles == ("customer_manager",)


async def test_the_last_time_is_told_from_the_second_time_on(bureau: Bureau) -> None:
    await bureau.password("manager1")
    first_at = bureau.clock.now
    first = await _sign_in(bureau)
    bureau.clock.pass_by(hours=1)

    second = await _sign_in(bureau)

    assert (first.actor.signed_in_before_at, second.actor.signed_in_before_at) == (None, first_at)


async def test_an_unknown_number_and_a_wrong_password_look_the_same(bureau: Bureau) -> None:
    await bureau.password("manager1")

    refusals = [
        await _refused(bureau, "S99999"),
        await _refused(bureau, "S00006", WRONG),
        await _refused(bureau, "S00007"),  # has no password yet
        await _refused(bureau, "\0'; drop table staff"),
    ]

    assert {(one.code, one.message, one.path) for one in refusals} == {
        ("SIGN_IN_REFUSED", refusals[0].message, ("input", "password"))
    }


async def test_the_trail_names_whose_account_was_tried_and_no_password(bureau: Bureau) -> None:
    await bureau.password("manager1")

    await _refused(bureau, "S00006", WRONG)
    await _refused(bureau, "S99999")

    known, unknown = await bureau.entries("sign:in")
    assert known["details"] == {
        "problem": "SIGN_IN_REFUSED",
        "staff": str(bureau.staff["manager1"]),
    }
    assert unknown["details"] == {"problem": "SIGN_IN_REFUSED", "staff": "unknown"}


async def test_only_the_hash_of_a_token_is_kept(bureau: Bureau) -> None:
    await bureau.password("manager1")

    token = (await _sign_in(bureau)).token

    async with bureau.house.database.connection() as connection:
        kept = await connection.fetchval("select session::text from session")
    assert token not in kept
    assert hashlib.sha256(token.encode()).hexdigest() in kept


async def test_a_session_ends_after_half_an_hour_without_a_request(bureau: Bureau) -> None:
    await bureau.password("manager1")
    signed_in = await _sign_in(bureau)

    bureau.clock.pass_by(minutes=29)
    assert await _actor(bureau, signed_in)
    bureau.clock.pass_by(minutes=30)
    assert await _actor(bureau, signed_in) is None


async def test_a_session_ends_after_twelve_hours_in_any_case(bureau: Bureau) -> None:
    await bureau.password("manager1")
    signed_in = await _sign_in(bureau)

    for _ in range(12 * 3 - 1):
        bureau.clock.pass_by(minutes=20)
        assert await _actor(bureau, signed_in)
    bureau.clock.pass_by(minutes=20)

    assert await _actor(bureau, signed_in) is None


async def test_signing_out_ends_that_session_and_no_other(bureau: Bureau) -> None:
    await bureau.password("manager1")
    here, there = await _sign_in(bureau), await _sign_in(bureau)

    await sign_out(here.actor)

    assert await _actor(bureau, here) is None
    assert await _actor(bureau, there)


async def test_a_new_password_ends_the_other_sessions(bureau: Bureau) -> None:
    await bureau.password("manager1")
    here, there = await _sign_in(bureau), await _sign_in(bureau)

    await change_password(here.actor, current=PASSWORD, new="another sentence to keep")

    assert await _actor(bureau, here)
    assert await _actor(bureau, there) is None
    assert await _sign_in(bureau, password="another sentence to keep")


async def test_a_password_given_by_another_ends_all_sessions(bureau: Bureau) -> None:
    await bureau.password("manager1")
    signed_in = await _sign_in(bureau)

    security = await bureau.actor("security")
    await set_password(security, staff_no="S00006", password="another sentence to keep")

    assert await _actor(bureau, signed_in) is None


async def test_who_leaves_is_out_at_once_and_does_not_get_in_again(bureau: Bureau) -> None:
    await bureau.password("manager1")
    signed_in = await _sign_in(bureau)

    await StaffRecord.filter(id=bureau.staff["manager1"]).update(is_active=False)

    assert await _actor(bureau, signed_in) is None
    assert (await _refused(bureau)).code == "SIGN_IN_REFUSED"


async def test_who_holds_no_post_today_does_not_get_in(bureau: Bureau) -> None:
    await bureau.password("manager1")
    mine = StaffPostRecord.filter(staff_id=bureau.staff["manager1"])
    await mine.update(until_on=date(2026, 11, 18))

    assert (await _refused(bureau)).code == "NO_POST"
    assert await SessionRecord.all().count() == 0


async def test_a_post_that_ends_counts_no_more_in_an_open_session(bureau: Bureau) -> None:
    await bureau.password("manager1")
    signed_in = await _sign_in(bureau)
    mine = StaffPostRecord.filter(staff_id=bureau.staff["manager1"])
    await mine.update(until_on=date(2026, 11, 18))

    actor = await _actor(bureau, signed_in)

    assert actor and actor.staff.posts == ()


@pytest.mark.parametrize("token", [None, "", "x" * 43, "é"])
async def test_a_made_up_token_is_nobody(bureau: Bureau, token: str | None) -> None:
    assert await actor_of(bureau.house, token, request_id="r1", language=None) is None


@pytest.mark.parametrize(
    ("new", "code"),
    [("short", "PASSWORD_TOO_SHORT"), ("my number is s00006", "PASSWORD_HOLDS_STAFF_NO")],
)
async def test_a_password_that_is_easy_to_guess_is_refused(
    bureau: Bureau, new: str, code: str
) -> None:
    await bureau.password("manager1")
    actor = (await _sign_in(bureau)).actor

    with pytest.raises(RuleBroken) as refusal:
        await change_password(actor, current=PASSWORD, new=new)

    assert refusal.value.code == code
    assert await _sign_in(bureau)


async def test_a_language_is_chosen_for_good(bureau: Bureau) -> None:
    await bureau.password("manager1")
    signed_in = await _sign_in(bureau)

    await choose_language(signed_in.actor, language="en")

    actor = await _actor(bureau, signed_in)
    assert actor and actor.language == "en"
    with pytest.raises(RuleBroken):
        await choose_language(signed_in.actor, language="fr")
