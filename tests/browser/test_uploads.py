"""A clerk hands a folder in: dropped or chosen, followed to the end, left and come back to; also without JavaScript."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from service.actors import Role
from tests.browser.accessible import faults, fits
from tests.browser.serving import serving, session_cookie
from tests.service.workflows.conftest import MEASURES, write_measures

pytestmark = pytest.mark.browser
WIDTHS = {"390": {"width": 390, "height": 844}, "1440": {"width": 1440, "height": 900}}


@pytest.fixture(scope="module")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server over a folder of its own, for these tests write."""
    data = tmp_path_factory.mktemp("uploads")
    with serving(data) as url:
        yield url, data


@pytest.fixture
def open_page(chromium: Browser, own_address: tuple[str, Path]) -> Iterator[object]:
    url, data = own_address
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(width: str = "1440", *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport=WIDTHS[width],  # type: ignore[arg-type]
            locale="zh-CN",
            base_url=url,
            java_script_enabled=scripts,
        )
        context.add_cookies([session_cookie(data, url, Role.ADMIN)])  # type: ignore[list-item]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not [said for said in complaints if "413" not in said]  # what is too large is refused so


def folder_of(path: Path, first: int, count: int) -> Path:
    for number in range(first, first + count):
        write_measures(path / "市科技局" / f"{number:03d}.txt", number, 10 + number)
    (path / "空.txt").write_bytes(b"")
    (path / ".DS_Store").write_bytes(b"x")
    return path


@pytest.mark.parametrize("width", list(WIDTHS))
def test_a_folder_is_followed_to_its_end_and_found_again(open_page, tmp_path: Path, width: str) -> None:  # type: ignore[no-untyped-def]
    page = open_page(width)
    page.goto("/admin/uploads")
    assert fits(page) and not faults(page)
    folder = folder_of(tmp_path / "in", 100 if width == "390" else 200, 12)
    page.locator("#folder").set_input_files(str(folder))
    expect(page.locator("[data-said]")).to_contain_text("本批处理完毕：已载入 12", timeout=60_000)
    expect(page.locator('[data-count="refused"]')).to_have_text("1")
    assert page.locator("[data-files] tbody tr").count() == 13
    assert fits(page) and not faults(page)
    page.get_by_role("link", name="未载入", exact=True).click()
    expect(page.locator("[data-files] tbody tr:visible")).to_have_count(1)
    expect(page.locator("[data-files] tbody tr:visible")).to_contain_text("文件是空的")
    shown = page.url
    again = open_page(width)
    again.goto(shown)
    expect(again.locator("[data-files] tbody tr:visible")).to_have_count(1)
    again.get_by_role("button", name="重试未载入的").click()
    expect(again.locator("[data-said]")).to_contain_text("未载入 1", timeout=30_000)
    expect(again.locator('[data-count="loaded"]')).to_have_text("12")


def test_files_are_dropped_and_what_is_too_large_is_named(open_page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    page = open_page()
    page.goto("/admin/uploads")
    body = base64.b64encode(MEASURES.format(number=901, amount=44).encode()).decode()
    page.evaluate(
        """([body]) => {
          const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
          const dropped = new DataTransfer();
          dropped.items.add(new File([bytes], "示例办法.txt"));
          dropped.items.add(new File([new Uint8Array(50 * 1048576 + 1)], "太大.pdf"));
          const event = new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true });
          document.querySelector("[data-drop]").dispatchEvent(event);
        }""",
        [body],
    )
    expect(page.locator("[data-said]")).to_contain_text("已载入 1，已在库 0，未载入 1", timeout=60_000)
    expect(page.get_by_role("row", name="太大.pdf")).to_contain_text("文件超过 50 MB，请拆分")
    expect(page.get_by_role("row", name="示例办法.txt")).to_contain_text("事项 2 个")
    page.get_by_role("row", name="示例办法.txt").get_by_role("link", name="查看").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_without_javascript_the_form_does_the_same(open_page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    page = open_page("390", scripts=False)
    page.goto("/admin/uploads")
    page.locator("#files").set_input_files([str(write_measures(tmp_path / "表单.txt", 950, 31))])
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_role("row", name="表单.txt")).to_be_visible()
    for _ in range(60):
        if (
            page.get_by_text("已载入").nth(1).is_visible()
            and "已载入" in page.locator("[data-files]").inner_text()
        ):
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("[data-files]")).to_contain_text("事项 2 个")
