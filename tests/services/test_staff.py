"""Adding staff, giving passwords, ending sessions, listing who works here."""

from typing import Any

import pytest

from domain.errors import NotFound, RuleBroken
from gate.actor import console
from services.session import sign_in
from services.staff import add_staff, end_sessions, read_staff, set_password
from store.staff import SessionRecord, StaffRecord
from tests.bureau import PASSWORD, Bureau

NEW = {"staff_no": "S00100", "name": "周敏", "role": "teller", "unit_code": "320701001"}


async def _sign_in(bureau: Bureau, staff_no: str) -> Any:
    return await sign_in(
        bureau.house, staff_no, PASSWORD, address="10.0.0.1", request_id="r1", language="en"
    )


async def test_who_is_added_gets_in_with_a_password_and_a_post_from_today(bureau: Bureau) -> None:
    await add_staff(console(bureau.house), **NEW)
    with pytest.raises(RuleBroken):
        await _sign_in(bureau, "S00100")

    await set_password(console(bureau.house), staff_no="S00100", password=PASSWORD)

    actor = (await _sign_in(bureau, "S00100")).actor
    assert actor.staff.posts[0].unit_path == "/3207/320701/320701001/"
    assert actor.staff.roles == ("teller",)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"staff_no": "S00001"}, "STAFF_NO_TAKEN"),
        ({"staff_no": "张三"}, "STAFF_NO_SHAPE"),
        ({"staff_no": ""}, "STAFF_NO_SHAPE"),
        ({"name": " "}, "STAFF_NAME_EMPTY"),
        ({"role": "king"}, "ROLE_UNKNOWN"),
        ({"role": "console"}, "ROLE_UNKNOWN"),
        ({"unit_code": "9999"}, "UNIT_UNKNOWN"),
    ],
)
async def test_who_cannot_be_added_is_refused_with_what_is_wrong(
    bureau: Bureau, more: dict[str, str], code: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        await add_staff(console(bureau.house), **(NEW | more))

    assert refusal.value.code == code
    assert not await StaffRecord.exists(name="周敏")


async def test_a_password_is_kept_as_an_argon2id_hash_and_nowhere_else(bureau: Bureau) -> None:
    await set_password(console(bureau.house), staff_no="S00006", password=PASSWORD)

    (entry,) = await bureau.entries("password:set")
    kept = (await StaffRecord.get(staff_no="S00006")).password_hash
    assert kept is not None and kept.startswith("$argon2id$")
    assert entry["details"] == {"staff": str(bureau.staff["manager1"])}


async def test_there_is_no_password_for_nobody(bureau: Bureau) -> None:
    with pytest.raises(NotFound):
        await set_password(console(bureau.house), staff_no="S99999", password=PASSWORD)


async def test_all_sessions_of_somebody_are_ended_at_once(bureau: Bureau) -> None:
    for name in ("manager1", "manager1", "manager2"):
        await _sign_in(bureau, await bureau.password(name))

    ended = await end_sessions(await bureau.actor("security"), staff_no="S00006")

    live = await SessionRecord.filter(ended_at=None)
    assert (ended, [one.staff_id for one in live]) == (2, [bureau.staff["manager2"]])


async def test_the_list_tells_posts_and_open_sessions(bureau: Bureau) -> None:
    await _sign_in(bureau, await bureau.password("manager1"))

    listed = {one.name: one for one in await read_staff(console(bureau.house))}

    assert listed["manager1"].posts == [("customer_manager", "320701001")]
    assert (listed["manager1"].sessions, listed["manager1"].has_password) == (1, True)
    assert (listed["manager2"].sessions, listed["manager2"].has_password) == (0, False)


@pytest.mark.parametrize("name", ["manager1", "head1", "county1", "city", "auditor"])
async def test_staff_and_passwords_are_the_security_administrators(
    bureau: Bureau, name: str
) -> None:
    actor = await bureau.actor(name)

    with pytest.raises(NotFound):
        await add_staff(actor, **NEW)
    with pytest.raises(NotFound):
        await set_password(actor, staff_no="S00006", password=PASSWORD)
    with pytest.raises(NotFound):
        await end_sessions(actor, staff_no="S00006")
