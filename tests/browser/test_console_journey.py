"""A clerk's afternoon: a folder of thirty mixed files, handed in, reviewed, published, and seen by the companies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from policy_corpus.reading.office import can_convert
from service.actors import COMMAND_LINE, Role
from service.store.data_folder import DataFolder
from service.workflows.manage_accounts import add_account
from service.workflows.register_enterprises import register_enterprises
from tests.browser.accessible import faults, fits
from tests.browser.serving import serving
from tests.conftest import SAMPLES
from tests.mixed_files import REFUSED, mixed_files

COMPANY = "91360404MADE00011T"
PASSWORD = "Pine-harbor7"
WIDTHS = {"390": {"width": 390, "height": 844}, "1440": {"width": 1440, "height": 900}}
pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A new installation: companies, an administrator and a company's account, and not one policy."""
    now = datetime.now(UTC)
    with DataFolder.open(tmp_path / "data") as folder:
        register_enterprises(folder, SAMPLES / "enterprises.jsonl", lambda: now)
        add_account(folder, "示例管理员", Role.ADMIN, PASSWORD, by=COMMAND_LINE, now=now)
        add_account(folder, "示例企业", Role.ENTERPRISE, PASSWORD, uscc=COMPANY, by=COMMAND_LINE, now=now)
    with serving(tmp_path / "data") as url:
        yield url


@pytest.mark.parametrize("width", sorted(WIDTHS))
def test_thirty_files_are_handed_in_reviewed_published_and_seen(
    chromium: Browser, address: str, tmp_path: Path, width: str
) -> None:
    context = chromium.new_context(viewport=WIDTHS[width], locale="zh-CN", base_url=address)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(60_000)
    sign_in(page, "示例管理员")
    loaded = hand_in(page, tmp_path)
    publish_what_is_plain(page)
    decide_the_rest(page)
    for event, words in (
        ("session.open", "登录"),
        ("document.load", "载入文件"),
        ("item.publish", "发布事项"),
    ):
        page.goto(f"/admin/audit?event={event}")
        expect(page.locator(".list td").get_by_text(words, exact=True).first).to_be_visible()
    check(page)
    page.get_by_role("button", name="退出").click()
    sign_in(page, "示例企业")
    see(page)
    with DataFolder.open(tmp_path / "data") as folder:
        assert len(folder.documents) == loaded
        assert folder.policies.counts()["published"] > loaded
    context.close()


def sign_in(page: Page, name: str) -> None:
    page.goto("/signin")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def check(page: Page) -> None:
    assert fits(page), page.url
    assert faults(page) == [], page.url


def hand_in(page: Page, folder: Path) -> int:
    """Upload the folder and wait for its end; returns how many documents were loaded."""
    files = mixed_files()
    source = folder / "待上传"
    source.mkdir()
    for name, data in files.items():
        (source / name).write_bytes(data)
    page.goto("/admin/uploads")
    check(page)
    page.locator("#files").set_input_files([source / name for name in files])
    counts = page.locator("[data-counts]")
    expected = len(files) - 1 + 3  # the ZIP stands for its three files
    expect(counts.locator('[data-count="all"]')).to_have_text(str(expected), timeout=120_000)
    for state in ("received", "processing"):
        expect(counts.locator(f'[data-count="{state}"]')).to_have_text("0", timeout=240_000)
    for name in REFUSED:
        row = page.locator("tr", has_text=name)
        expect(row.locator('[data-field="word"]')).to_have_text("未载入")
        expect(row.locator('[data-field="told"]')).to_contain_text(re.compile("请|重新"))
    check(page)
    refused = int(counts.locator('[data-count="refused"]').inner_text())
    assert refused == len(REFUSED) + (0 if can_convert("doc") else 1)
    return int(counts.locator('[data-count="loaded"]').inner_text())


def publish_what_is_plain(page: Page) -> None:
    """Everything that has no problem, at one go, after a look at whom it is for."""
    page.goto("/admin/inbox")
    check(page)
    page.locator('tr:has(.tag-good) input[name="document_id"]').first.wait_for()
    for box in page.locator('tr:has(.tag-good) input[name="document_id"]').all():
        box.check()
    page.get_by_role("button", name="批量发布…").click()
    expect(page.get_by_role("heading", name="批量发布：预览")).to_be_visible()
    check(page)
    page.get_by_role("button", name=re.compile(r"^发布 \d+ 个事项$")).click()
    expect(page.get_by_role("status").first).to_contain_text("发布")


def decide_the_rest(page: Page) -> None:
    """The first document with something unread: every open sentence decided, then published item by item."""
    page.goto("/admin/inbox")
    page.locator("[data-open]").first.click()
    expect(page.locator("#do-approve")).to_be_visible()
    check(page)
    decided = page.get_by_role("button", name="由企业确认", exact=True)
    while decided.count():
        before = decided.count()
        decided.first.click()
        expect(decided).to_have_count(before - 1)
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    page.locator("#do-approve").click()
    expect(page.locator(".items .state-published")).not_to_have_count(0)


def see(page: Page) -> None:
    """The company finds the benefit in its list, with the sentence behind it."""
    expect(page).to_have_url(re.compile(COMPANY))
    check(page)
    page.goto("/policies?q=智能装备")
    page.get_by_role("link", name=re.compile("智能装备")).first.click()
    expect(page.get_by_role("heading", name="申报条件")).to_be_visible()
    check(page)
