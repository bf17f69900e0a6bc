"""企业库 in a real browser: a table handed in, confirmed, a fact corrected, two companies merged; every page for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from matching.model import Enterprise
from service.actors import Role
from service.store.data_folder import DataFolder
from tests.browser.accessible import faults, fits
from tests.browser.serving import serving, session_cookie
from tests.factories import make_enterprise, make_uscc

A, B, C = make_uscc(111111), make_uscc(222222), make_uscc(333333)
LONG = "示例" + "名称特别长的企业" * 8 + "有限责任公司"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, now = tmp_path_factory.mktemp("companies"), datetime(2026, 11, 24, tzinfo=UTC)
    with DataFolder.open(path) as folder:
        folder.enterprises.register(
            make_enterprise(A, "示例云帆有限公司", revenue=1_000_000, region="360404"), now
        )
        folder.enterprises.register(
            make_enterprise(B, "示例云帆有限责任公司", revenue=2_000_000, patents=3), now
        )
        folder.enterprises.register(Enterprise(C, LONG, make_enterprise(C, LONG, employees=5).facts), now)
    return path


@pytest.fixture(scope="module")
def own_address(data: Path) -> Iterator[str]:
    with serving(data) as url:
        yield url


def look(page: Page, found: dict[str, list[str]], where: str) -> None:
    found[where] = [*faults(page), *([] if fits(page) else ["too wide"])]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark"), (390, "light")])
def test_every_page_can_be_used_by_everybody(
    chromium: Browser, own_address: str, data: Path, width: int, scheme: Any
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=own_address
    )
    context.add_cookies([session_cookie(data, own_address, Role.ADMIN)])  # type: ignore[list-item]
    page, found = context.new_page(), dict[str, list[str]]()
    for visited in ("/admin/companies", "/admin/companies?q=云帆&region=九江市", "/admin/companies/import", f"/admin/companies/{C}",
                    f"/admin/companies/{A}/facts/revenue", f"/admin/companies/{A}/facts/size_class", "/admin/companies/duplicates",
                    f"/admin/companies/merge?one={A}&other={B}", f"/admin/companies/{A}/remove"):  # fmt: skip
        page.goto(visited)
        look(page, found, visited)
    context.close()
    assert {where: what for where, what in found.items() if what} == {}


def test_a_table_is_handed_in_and_its_companies_put_right(
    chromium: Browser, own_address: str, data: Path, tmp_path: Path
) -> None:
    table = tmp_path / "名录.csv"
    table.write_text(
        f"统一社会信用代码,企业名称,营业收入（万元）,从业人员\n{A},示例云帆有限公司,150,很多\n坏代码,示例丁公司,1,1\n",
        encoding="utf-8",
    )
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, base_url=own_address, locale="zh-CN"
    )
    context.add_cookies([session_cookie(data, own_address, Role.ADMIN)])  # type: ignore[list-item]
    page, found = context.new_page(), dict[str, list[str]]()
    page.goto("/admin/companies")
    page.get_by_role("link", name="导入企业", exact=True).click()
    page.get_by_label("企业名录").set_input_files(table)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_role("heading", name="如果导入，将会")).to_be_visible(timeout=30_000)
    look(page, found, "checked")
    expect(page.get_by_role("cell", name="150 万元")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载需更正的行（XLSX）").click()
    assert download.value.suggested_filename == "需更正的行-名录.xlsx"
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_role("heading", name="导入结果")).to_be_visible(timeout=30_000)
    look(page, found, "done")

    page.goto(f"/admin/companies/{A}")
    page.locator("#f-revenue .row-action").click()
    page.get_by_label("内容").fill("160万元")
    page.get_by_label("理由").fill("审计报告")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已保存")
    expect(page.locator("#f-revenue")).to_contain_text("160 万元")

    page.goto("/admin/companies/duplicates")
    page.get_by_role("link", name="并排比较").first.click()
    page.get_by_label("理由").fill("同一家")
    look(page, found, "merge")
    page.get_by_role("button", name="确认合并").click()
    expect(page.get_by_role("heading", name="并入的企业")).to_be_visible()
    look(page, found, "merged")
    page.get_by_role("button", name="拆分").click()
    expect(page.get_by_role("heading", name="并入的企业")).to_have_count(0)
    context.close()
    assert {where: what for where, what in found.items() if what} == {}
