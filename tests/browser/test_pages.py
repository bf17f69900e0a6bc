"""Every page of the console and of the portal: no serious fault for people who cannot see or point, nothing too wide."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from service.web.admin import ADMIN_NAV
from tests.browser.accessible import faults, fits

DEMO = "91360404MADE00011T"
PORTAL = ["/", "/policies?q=奖励", "/documents", "/help", "/api/docs", f"/enterprises/{DEMO}"]
WIDTHS = {"390": {"width": 390, "height": 844}, "1440": {"width": 1440, "height": 900}}
pytestmark = pytest.mark.browser


def console(page: Any, address: str) -> list[str]:
    """The addresses that the navigation of the console offers."""
    page.goto(f"{address}/admin/")
    links = page.locator(".admin-nav a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(links) <= len(ADMIN_NAV) and "/admin/accounts" in links
    return list(links)


@pytest.mark.parametrize("width", sorted(WIDTHS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_can_be_used_by_everybody(
    chromium: Browser, address: str, admin_cookie: Any, width: str, scheme: Any
) -> None:
    context = chromium.new_context(
        viewport=WIDTHS[width],  # type: ignore[arg-type]
        color_scheme=scheme,
        base_url=address,
        locale="zh-CN",
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for visited in ("/signin", "/activate", "/"):
        page.goto(visited)
        found[f"visitor {visited}"] = [*faults(page), *([] if fits(page) else ["too wide"])]
    context.add_cookies([admin_cookie])
    for visited in [*PORTAL, "/account", *console(page, address)]:
        page.goto(visited)
        found[visited] = [*faults(page), *([] if fits(page) else ["too wide"])]
    context.close()
    assert {where: what for where, what in found.items() if what} == {}
