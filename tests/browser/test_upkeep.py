"""The upkeep in a real browser: a new edition taken over by keyboard, and pages that everybody can use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from policy_corpus.model import ItemStatus
from service.actors import Role
from service.store.data_folder import DataFolder
from service.store.proposals import ProposalKind
from tests.browser.accessible import faults, fits
from tests.browser.serving import serving, session_cookie
from tests.service.web.admin.lifecycle import fill

pytestmark = pytest.mark.browser
WIDTHS = {390: 844, 1440: 900}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("upkeep") / "data"
    fill(path)
    return path


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with serving(data) as url:
        yield url


def open_page(chromium: Browser, data: Path, address: str, width: int = 1440, scheme: Any = "light") -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=scheme,
        base_url=address,
        locale="zh-CN",
    )
    context.add_cookies([session_cookie(data, address, Role.ADMIN)])  # type: ignore[list-item]
    return context.new_page()


@pytest.mark.parametrize("width", sorted(WIDTHS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_upkeep_can_be_used_by_everybody(
    chromium: Browser, data: Path, address: str, width: int, scheme: str
) -> None:
    with DataFolder.open(data) as folder:
        (edition,) = folder.proposals.each(state=None, kind=ProposalKind.EDITION)
    page = open_page(chromium, data, address, width, scheme)
    tabs = [f"/admin/upkeep?tab={tab}" for tab in ("clock", "soon", "links", "decided")]
    found = {}
    for visited in (
        "/admin/",
        "/admin/upkeep",
        *tabs,
        f"/admin/upkeep/editions/{edition.id}",
        "/admin/library",
    ):
        page.goto(visited)
        found[visited] = [*faults(page), *([] if fits(page) else ["too wide"])]
    page.context.close()
    assert {where: what for where, what in found.items() if what} == {}


def test_enter_in_the_note_decides_nothing(chromium: Browser, data: Path, address: str) -> None:
    page = open_page(chromium, data, address)
    page.goto("/admin/upkeep")
    page.locator("input[name=note]").first.fill("备注")
    page.locator("input[name=note]").first.press("Enter")
    expect(page.get_by_role("heading", name="时效维护")).to_be_visible()
    with DataFolder.open(data) as folder:
        assert folder.proposals.each(kind=ProposalKind.RELATION)
    page.context.close()


def test_a_new_edition_is_taken_over_after_every_conflict_is_chosen(
    chromium: Browser, data: Path, address: str
) -> None:
    page = open_page(chromium, data, address)
    page.goto("/admin/upkeep")
    page.get_by_role("link", name="对照").click()
    page.get_by_role("button", name="采纳新版").click()
    expect(page).to_have_url(f"{address}{page.url.removeprefix(address)}")
    with DataFolder.open(data) as folder:  # the browser itself asks for the choice first
        assert folder.proposals.each(kind=ProposalKind.EDITION)
    page.get_by_label("保留人工修改").check()
    page.get_by_role("button", name="采纳新版").press("Enter")
    expect(page.get_by_text("旧版事项已被替代")).to_be_visible()
    with DataFolder.open(data) as folder:
        titles = [item.title for item in folder.policies.items(status=ItemStatus.PUBLISHED)]
        assert titles.count("高企奖励") == 1
    page.context.close()
