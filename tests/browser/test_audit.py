"""An auditor's first page: who looked at what, and whether the record of it still holds."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.bureau import Bureau


async def test_an_auditor_finds_a_reveal_and_the_browser_confirms_its_hash(
    live_bureau: Bureau, visit: Visit
) -> None:
    await live_bureau.customer("C000000001", phone="13812345678")
    page = visit.page
    await visit.sign_in("S00006")
    await page.goto(f"{visit.address}/customers/C000000001")
    await page.get_by_role("button", name="手机：为什么脱敏、如何查看").click()
    await page.get_by_role("button", name="显示 60 秒").click()
    await expect(page.get_by_text("13812345678").first).to_be_visible()
    await page.context.clear_cookies()

    await visit.sign_in("S00012")
    await expect(page.get_by_text("查看本页同样会被记录。")).to_be_visible()
    await page.get_by_label("客户号").fill("C000000001")
    await page.get_by_role("button", name="查找", exact=True).click()
    row = page.get_by_role("row").filter(has_text="查看明文")
    await expect(row).to_contain_text("S00006")
    await expect(row).to_contain_text("手机 1 个明文")
    await expect(row).to_contain_text("联系客户")
    assert "customer=C000000001" in page.url
    await row.get_by_role("button").click()

    panel = page.get_by_role("dialog")
    await expect(panel.get_by_text("哈希一致")).to_be_visible()
    await expect(panel.get_by_label("原文")).to_contain_text("customer_field:reveal")
    assert "13812345678" not in await page.content()


@pytest.mark.usefixtures("live_bureau")
async def test_a_manager_has_no_audit_page(visit: Visit) -> None:
    await visit.sign_in("S00006")

    await expect(visit.page.get_by_role("link", name="审计")).to_have_count(0)
    await visit.page.goto(f"{visit.address}/audit")
    await expect(visit.page.get_by_text("您的岗位不能打开这一页")).to_be_visible()
    await expect(visit.page.get_by_role("table")).to_have_count(0)
