"""The owner of a company on a phone and at a desk: find it, read the list, see the sentence behind each verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

DEMO = "91360404MADE00011T"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
pytestmark = pytest.mark.browser


@pytest.fixture(params=[PHONE, DESK], ids=["390", "1440"])
def page(
    chromium: Browser, address: str, office_cookie: Any, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A page that fails the test on any complaint of the browser."""
    context = chromium.new_context(viewport=request.param, locale="zh-CN", base_url=address)
    context.add_cookies([office_cookie])
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith(address) else complaints.append(sent.url))
    yield page
    context.close()
    assert not complaints


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_from_the_first_page_to_the_sentence_behind_a_verdict(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").first.fill("云帆智能")
    page.get_by_role("button", name="查找企业").click()
    page.get_by_role("link", name="九江示例云帆智能装备有限公司").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("九江示例云帆智能装备有限公司")
    assert fits(page)
    page.locator(".card h3 a").first.click()
    expect(page.get_by_role("heading", name="申报条件")).to_be_visible()
    assert fits(page)
    link = page.locator(".condition a[data-to]").last
    target = link.get_attribute("href") or ""
    link.click()
    expect(page.locator(target)).to_be_in_viewport()


def test_reasons_open_on_the_card(page: Page) -> None:
    page.goto(f"/enterprises/{DEMO}")
    card = page.locator(".card").first
    card.get_by_text("为什么符合").click()
    expect(card.get_by_text("原文").first).to_be_visible()
    assert fits(page)


def test_search_is_narrowed_by_a_facet(page: Page) -> None:
    page.goto("/policies?q=研发")
    if not page.locator(".facet a").first.is_visible():
        page.locator(".facets summary").click()
    before = page.locator("main h2").filter(has_text="共").inner_text()
    page.locator(".facet a").first.click()
    expect(page.locator("main h2").filter(has_text="共")).not_to_have_text(before)
    assert fits(page)


def test_every_page_fits_and_is_reached_by_keyboard(page: Page) -> None:
    for path in ("/", f"/enterprises/{DEMO}", "/policies?q=奖励", "/documents", "/help"):
        page.goto(path)
        assert fits(page), path
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent.trim()") != "", path
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", path


def test_what_can_be_tapped_is_large_enough(page: Page) -> None:
    for path in ("/", f"/enterprises/{DEMO}", "/policies?q=奖励"):
        page.goto(path)
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, summary, input:not([type=hidden]), select, nav a, .card h3 a, .facet a")]
                 .filter(e => e.offsetParent && e.getBoundingClientRect().height < 24)
                 .map(e => e.outerHTML.slice(0, 120))"""
        )
        assert small == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(
    chromium: Browser, address: str, office_cookie: Any, scheme: str
) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text, 3 to 1 for large text."""
    context = chromium.new_context(viewport=DESK, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    context.add_cookies([office_cookie])
    page = context.new_page()
    for path in ("/", f"/enterprises/{DEMO}", "/policies?q=奖励", f"/enterprises/{DEMO}?group=ineligible"):
        page.goto(path)
        assert page.evaluate(_FAINT) == [], (scheme, path)
    context.close()


def test_page_works_without_scripts(chromium: Browser, address: str, office_cookie: Any) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, base_url=address)
    context.add_cookies([office_cookie])
    page = context.new_page()
    page.goto(f"/enterprises/{DEMO}")
    page.locator(".card h3 a").first.click()
    expect(page.get_by_role("heading", name="申报条件")).to_be_visible()
    context.close()


def test_day_of_the_list_is_told(chromium: Browser, address: str, office_cookie: Any) -> None:
    context = chromium.new_context(base_url=address)
    context.add_cookies([office_cookie])
    page = context.new_page()
    page.goto(f"/enterprises/{DEMO}")
    expect(page.get_by_text("的政策和企业信息计算")).to_contain_text(str(date.today().year))  # noqa: DTZ011
    context.close()


_FAINT = """() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > .99) return c; } return [255, 255, 255, 1]; };
  const faint = [];
  for (const e of document.querySelectorAll("main *, header *, footer *")) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.offsetParent) continue;
    const s = getComputedStyle(e), a = light(parse(s.color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const large = parseFloat(s.fontSize) >= 24 || (parseFloat(s.fontSize) >= 18.66 && Number(s.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(e.outerHTML.slice(0, 90) + " " + ratio.toFixed(2));
  }
  return faint.slice(0, 5);
}"""
