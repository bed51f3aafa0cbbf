"""Signing in and out through the whole app: cookies, what a session opens, and its end."""

from collections.abc import Callable

import pytest

from services.staff import end_sessions
from tests.api.visitor import OURS, SIGN_IN, Visitor
from tests.bureau import PASSWORD, Bureau

ME = "{ me { staff { name } posts { role unit { code } } may language isDemo } }"
COUNT = "{ customers { total } }"
SIGN_OUT = "mutation { signOut { problems { code } } }"


async def test_nobody_is_signed_in_at_first(visitor: Visitor) -> None:
    assert await visitor.ask("{ me { language } serverNow }") == {
        "me": None,
        "serverNow": "2026-11-18T02:00:00Z",
    }
    assert await visitor.code(COUNT) == "UNAUTHENTICATED"


async def test_who_signs_in_is_known_by_the_cookie(visitor: Visitor) -> None:
    signed_in = await visitor.sign_in("manager1")

    me = (await visitor.ask(ME))["me"]
    assert signed_in["me"]["staff"] == me["staff"] == {"name": "manager1"}
    assert me["posts"] == [{"role": "CUSTOMER_MANAGER", "unit": {"code": "320701001"}}]
    assert "activity:note" in me["may"]


async def test_the_token_is_in_the_cookie_and_nowhere_else(visitor: Visitor) -> None:
    staff_no = await visitor.bureau.password("manager1")

    answer = await visitor.send(SIGN_IN, {"input": {"staffNo": staff_no, "password": PASSWORD}})

    (cookie,) = answer.headers.get_list("set-cookie")
    token = cookie.partition("=")[2].partition(";")[0]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert len(token) >= 43 and token not in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_an_unknown_number_and_a_wrong_password_get_the_same_answer(
    visitor: Visitor,
) -> None:
    await visitor.bureau.password("manager1")
    tries = [{"staffNo": "S00006", "password": "wrong"}, {"staffNo": "S9", "password": PASSWORD}]

    answers = [await visitor.send(SIGN_IN, {"input": one}) for one in tries]

    assert answers[0].content == answers[1].content
    assert not any("set-cookie" in one.headers for one in answers)


async def test_signing_out_ends_the_session_for_whoever_kept_its_cookie(
    visitor: Visitor, visit: Callable[[], Visitor]
) -> None:
    await visitor.sign_in("manager1")
    thief = visit()
    thief.client.cookies.update(visitor.client.cookies)
    assert await thief.ask(COUNT)

    await visitor.ask(SIGN_OUT)

    assert not visitor.client.cookies
    assert await visitor.code(COUNT) == "UNAUTHENTICATED"
    assert await thief.code(COUNT) == "UNAUTHENTICATED"


async def test_what_follows_signing_out_in_one_operation_is_nobodys(visitor: Visitor) -> None:
    await visitor.sign_in("manager1")
    choose = 'chooseLanguage(input: {language: "en"}) { problems { code } }'

    answer = await visitor.send(f"mutation {{ signOut {{ problems {{ code }} }} {choose} }}")

    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_only_those_who_are_signed_in_can_sign_out(visitor: Visitor) -> None:
    assert await visitor.code(SIGN_OUT) == "UNAUTHENTICATED"


async def test_a_session_that_another_ended_is_over_at_once(
    visitor: Visitor, bureau: Bureau
) -> None:
    await visitor.sign_in("manager1")

    await end_sessions(await bureau.actor("security"), staff_no="S00006")

    assert await visitor.ask(ME) == {"me": None}


async def test_an_idle_session_is_over(visitor: Visitor, bureau: Bureau) -> None:
    await visitor.sign_in("manager1")

    bureau.clock.pass_by(minutes=31)

    assert await visitor.ask(ME) == {"me": None}


@pytest.mark.parametrize(
    ("language", "message"),
    [("zh-CN,zh;q=0.9", "工号或密码不正确，请核对后重试。"), ("en", "Staff number or password")],
)
async def test_problems_are_said_in_the_language_of_the_page(
    visitor: Visitor, language: str, message: str
) -> None:
    asked = {"input": {"staffNo": "S9", "password": "x"}}

    answer = await visitor.send(SIGN_IN, asked, **{"accept-language": language})

    (problem,) = answer.json()["data"]["signIn"]["problems"]
    assert problem["message"].startswith(message)


@pytest.mark.parametrize("dropped", ["x-requested-by", "origin"])
async def test_another_site_cannot_act_with_the_cookie(visitor: Visitor, dropped: str) -> None:
    await visitor.sign_in("manager1")
    headers = {name: value for name, value in OURS.items() if name != dropped}
    if dropped == "origin":
        headers |= {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}

    answer = await visitor.client.post("/graphql", json={"query": SIGN_OUT}, headers=headers)

    assert answer.status_code == 403
    assert (await visitor.ask(ME))["me"]
