"""A manager's day in the pages: sign in, see what is owed, do it, see it settled."""

from datetime import timedelta

from playwright.async_api import expect

from store.activity import ActivityRecord
from store.obligation import ObligationRecord
from tests.browser.conftest import Visit
from tests.bureau import Bureau


async def test_a_manager_settles_an_obligation_and_sees_it_gone(
    live_bureau: Bureau, visit: Visit
) -> None:
    today = live_bureau.house.today()
    customer = await live_bureau.customer("C000000001", name="周海燕")
    owed = await live_bureau.obligation(
        customer, opens_on=today.replace(day=1), plan_on=today, due_on=today + timedelta(days=3)
    )

    await visit.sign_in("S00006")
    row = visit.page.get_by_role("group", name="电访 周海燕")
    await row.get_by_role("button", name="记录结果").click()
    await visit.page.get_by_label("联系情况").fill("问候，约定下月见面")
    await visit.page.get_by_role("button", name="保存记录").click()

    await expect(visit.page.get_by_text("完成任务：")).to_be_visible()
    await expect(visit.page.get_by_text("第十六条").first).to_be_visible()
    await visit.page.reload()
    await expect(visit.page.get_by_text("今天的任务已完成")).to_be_visible()
    await expect(visit.page.get_by_role("group", name="电访 周海燕")).to_have_count(0)
    settled = await ObligationRecord.get(id=owed.id)
    activity = await ActivityRecord.get(id=settled.settled_by_id)
    assert (settled.state, activity.outcome) == ("settled", "reached")


async def test_a_member_of_another_county_is_told_there_is_no_such_customer(
    live_bureau: Bureau, visit: Visit
) -> None:
    await live_bureau.customer("C000000001", name="周海燕")

    await visit.sign_in("S00003")
    await visit.page.goto(f"{visit.address}/customers/C000000001")

    await expect(visit.page.get_by_text("没有这位客户")).to_be_visible()
    await expect(visit.page.get_by_text("周海燕")).to_have_count(0)


async def test_a_revealed_phone_is_shown_for_a_purpose_and_the_trail_has_it(
    live_bureau: Bureau, visit: Visit
) -> None:
    await live_bureau.customer("C000000001", phone="13812345678")

    await visit.sign_in("S00006")
    await visit.page.goto(f"{visit.address}/customers/C000000001")
    await expect(visit.page.get_by_text("138****5678").first).to_be_visible()
    await visit.page.get_by_role("button", name="手机：为什么脱敏、如何查看").click()
    await visit.page.get_by_role("button", name="显示 60 秒").click()

    await expect(visit.page.get_by_text("13812345678").first).to_be_visible()
    async with live_bureau.house.database.connection() as connection:
        entries = await connection.fetch(
            "select entry from trail_pending union all select entry from trail_entry"
        )
    assert any(b"customer_field:reveal" in row["entry"] for row in entries)
    assert not any(b"13812345678" in row["entry"] for row in entries)
