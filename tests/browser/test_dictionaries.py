"""An administrator adds a fact and a synonym in a real browser, at both widths, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from policy_corpus.reading.sandbox import Sandbox
from service.actors import Role
from service.store.data_folder import DataFolder
from tests.browser.accessible import faults, fits
from tests.browser.serving import serving, session_cookie
from tests.service.workflows.dictionary_town import fill

pytestmark = pytest.mark.browser
WIDTHS = {"390": {"width": 390, "height": 844}, "1440": {"width": 1440, "height": 900}}
Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Pages of an administrator over a folder of their own, for these tests write."""
    with DataFolder.open(tmp_path / "data") as folder, Sandbox() as sandbox:
        fill(folder, sandbox, tmp_path / "in")
    contexts: list[BrowserContext] = []
    with serving(tmp_path / "data") as url:

        def opened(width: str = "1440", *, scripts: bool = True) -> Page:
            context = chromium.new_context(
                viewport=WIDTHS[width],  # type: ignore[arg-type]
                locale="zh-CN",
                base_url=url,
                java_script_enabled=scripts,
            )
            context.add_cookies([session_cookie(tmp_path / "data", url, Role.ADMIN)])  # type: ignore[list-item]
            contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(60_000)
            return page

        yield opened
        for context in contexts:
            context.close()


def type_fact(page: Page) -> None:
    page.goto("/admin/dictionaries?kind=fact")
    page.get_by_role("link", name="添加企业指标").click()
    page.get_by_label("指标名称").fill("机器人数量")
    page.get_by_label("类型").select_option("count")
    page.get_by_label("计量单位").fill("台")
    page.get_by_label("政策文件中的叫法").fill("机器人保有量")
    page.get_by_role("button", name="预览影响").click()


@pytest.mark.parametrize("width", sorted(WIDTHS))
def test_a_fact_is_added_with_its_effect_shown(open_page: Open, width: str) -> None:
    page = open_page(width)
    for kind in ("term", "synonym", "title", "zone", "fact"):
        page.goto(f"/admin/dictionaries?kind={kind}")
        assert not faults(page) and fits(page), kind
    type_fact(page)
    expect(page.get_by_text("机器人数量不低于 30 台").first).to_be_visible()
    assert not faults(page) and fits(page)
    page.get_by_role("button", name="返回修改").click()
    expect(page.get_by_label("政策文件中的叫法")).to_have_value("机器人保有量")
    assert not faults(page) and fits(page)
    page.get_by_role("button", name="预览影响").click()
    page.get_by_role("button", name="保存并生效").click()
    expect(page.get_by_role("status")).to_contain_text("立即生效")
    assert not faults(page) and fits(page)
    page.get_by_role("button", name="重新识别这 2 份文件").click()
    expect(page.get_by_text("2 个已发布或改过的事项有待审核的修改")).to_be_visible(timeout=120_000)
    assert not faults(page) and fits(page)


def test_everything_works_without_scripts(open_page: Open) -> None:
    page = open_page(scripts=False)
    type_fact(page)
    page.get_by_role("button", name="保存并生效").click()
    expect(page.get_by_role("heading", name="机器人数量")).to_be_visible()
    page.get_by_role("button", name="停用").click()
    expect(page.get_by_text("已停用")).to_be_visible()
    page.get_by_role("link", name="删除…").click()
    page.get_by_role("button", name="确认删除").click()
    expect(page.get_by_text("已删除，立即生效")).to_be_visible()
    page.goto("/admin/dictionaries/new?kind=term")
    page.get_by_label("政策词").fill("示 例")
    page.get_by_role("button", name="预览影响").click()
    expect(page.get_by_role("alert")).to_contain_text("不能作为政策词")
    expect(page.get_by_label("政策词")).to_have_value("示 例")
