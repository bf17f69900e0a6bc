"""A clerk reviews: from a condition to its sentence, from an edit to the list of a company; two clerks at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from service.actors import Role
from service.store.data_folder import DataFolder
from tests.browser.accessible import faults, fits
from tests.browser.serving import serving, session_cookie
from tests.factories import USCC
from tests.service.web.admin.waiting import GIFT, REVENUE, UNREAD, add_waiting, waiting_folder

pytestmark = pytest.mark.browser
WIDTHS = {"390": {"width": 390, "height": 844}, "1440": {"width": 1440, "height": 900}}
SAVED = re.compile("已保存")
Opener = Callable[..., Page]
_numbers = count(1)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server over a folder of its own, for these tests write."""
    data = tmp_path_factory.mktemp("review")
    waiting_folder(data).db.conn.close()
    with serving(data) as url:
        yield url, data


@pytest.fixture
def document(desk: tuple[str, Path]) -> str:
    """A document of two items, each with a sentence that was not understood."""
    with DataFolder.open(desk[1]) as folder:
        return add_waiting(folder, next(_numbers), items=2, unread=True).id


@pytest.fixture
def opened(chromium: Browser, desk: tuple[str, Path]) -> Iterator[Opener]:
    """Open an address of the console as one of the clerks; complaints of the browser fail the test."""
    url, data = desk
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opener(path: str, *, clerk: str = "示例审核员甲", width: str = "1440", **kw: Any) -> Page:
        context = chromium.new_context(viewport=WIDTHS[width], locale="zh-CN", base_url=url, **kw)  # type: ignore[arg-type]
        context.add_cookies([session_cookie(data, url, Role.ADMIN, name=clerk)])  # type: ignore[list-item]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opener
    for context in contexts:
        context.close()
    # What the tests bring about themselves: a conflict, a refusal, a lost connection.
    assert not [said for said in complaints if not re.search("409|INTERNET_DISCONNECTED", said)]


def review(document: str, item: int = 1) -> str:
    return f"/admin/documents/{document}/review?item={document}-{item:03d}"


def condition(page: Page, words: str = "营业收入") -> Any:
    return page.locator(".cond-words").filter(has_text=words).first


def decide_all_unread(page: Page) -> None:
    page.locator(".tray").get_by_role("button", name="由企业确认").first.click()
    expect(page.locator(".tray")).to_have_count(0)
    expect(page.locator("#saved")).to_have_text(SAVED)


def test_from_a_condition_to_the_list_of_a_company(opened: Opener, document: str) -> None:
    page = opened("/admin/inbox")
    page.get_by_role("link", name=f"示例市措施{int(document, 16)}", exact=True).click()
    condition(page).click()
    lit = page.locator("mark.lit").filter(has_text=REVENUE)
    expect(lit.first).to_be_in_viewport()
    page.get_by_label("值", exact=True).fill("1500")
    expect(page.locator(".cond-open .echo")).to_contain_text("15,000,000 元")
    expect(page.locator("#saved")).to_have_text(SAVED)
    page.reload()
    expect(condition(page)).to_contain_text("1,500 万元")
    expect(page.locator("#impact")).to_contain_text("需确认 1 家")
    decide_all_unread(page)
    page.locator("body").press("a")
    expect(page.locator("#item-place")).to_have_text("2 / 2")
    expect(page.locator("[data-item]").first).to_contain_text("已发布")
    page.goto(f"/enterprises/{USCC}")
    expect(page.get_by_role("link", name="示例事项1").first).to_be_visible()


def test_a_sentence_leads_to_its_condition(opened: Opener, document: str) -> None:
    page = opened(review(document))
    page.locator("mark").filter(has_text=REVENUE).first.click()
    expect(page.locator(".cond-open")).to_contain_text("原文")
    assert page.evaluate("document.activeElement.closest('.cond-open') !== null")


def test_what_is_left_unread_keeps_an_item_back_and_leads_to_the_place(opened: Opener, document: str) -> None:
    page = opened(review(document))
    page.locator("#do-approve").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("暂不能发布")
    dialog.get_by_role("button", name=re.compile(UNREAD)).click()
    expect(page.locator(".cond-open")).to_contain_text("转为条件")


def test_what_has_no_bearing_is_deleted_with_a_reason_and_comes_back_by_undo(
    opened: Opener, document: str
) -> None:
    page = opened(review(document))
    page.get_by_role("button", name="与条件无关…").first.click()
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_role("dialog")).to_contain_text("请填写理由")
    page.get_by_role("button", name="属于背景说明").click()
    page.get_by_role("button", name="确定").click()
    expect(page.locator(".tray")).to_have_count(0)
    expect(page.locator("#saved")).to_have_text(SAVED)
    page.locator("#do-undo").click()
    expect(page.locator(".tray")).to_contain_text("未能解析 1")


def test_two_clerks_choose_between_their_versions(opened: Opener, document: str) -> None:
    one = opened(review(document))
    other = opened(review(document), clerk="示例审核员乙")
    expect(other.locator("#presence")).to_contain_text("示例审核员甲正在审核此文件")
    one.locator("#title-field").fill("示例名称甲")
    expect(one.locator("#saved")).to_have_text(SAVED)
    other.locator("#title-field").fill("示例名称乙")
    dialog = other.get_by_role("dialog")
    expect(dialog).to_contain_text("示例名称甲")
    dialog.get_by_label("保留我的").check()
    dialog.get_by_role("button", name="按所选继续").click()
    expect(other.locator("#saved")).to_have_text(SAVED)
    one.get_by_label("免申即享").check()  # another field: both are kept, and the other's comes over
    expect(one.locator("#title-field")).to_have_value("示例名称乙")
    one.reload()
    expect(one.get_by_label("免申即享")).to_be_checked()


def test_nothing_typed_is_lost_with_the_connection(opened: Opener, document: str) -> None:
    page = opened(review(document))
    page.context.set_offline(True)
    page.locator("#title-field").fill("示例离线名称")
    expect(page.locator("#saved")).to_contain_text("未保存：网络中断，将自动重试")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#title-field")).to_have_value("示例离线名称")
    expect(page.locator("#saved")).to_have_text(SAVED)


def test_a_figure_that_cannot_be_read_stands_and_blocks_no_other_field(opened: Opener, document: str) -> None:
    page = opened(review(document))
    condition(page).click()
    page.get_by_label("值", exact=True).fill("两千左右")
    expect(page.locator(".cond-open .echo")).to_contain_text("无法识别")
    page.locator("#title-field").fill("示例另一名称")
    expect(page.locator("#saved")).to_have_text(SAVED)
    page.locator("#do-approve").click()
    expect(page.locator("#told")).to_contain_text("请先改正")


def test_a_condition_is_added_grouped_and_moved_by_keyboard(opened: Opener, document: str) -> None:
    page = opened(review(document))
    page.locator('[data-place="add-condition"]').press("Enter")
    page.keyboard.type("从业")
    expect(page.get_by_role("option", name="从业人员")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator('.cond-open select[aria-label="比较方式"]')).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("20")
    page.locator(".cond-open").get_by_role("button", name="选取原文").press("Enter")
    page.locator("#pick-find").press_sequentially(REVENUE[:5])
    page.keyboard.press("Enter")
    page.get_by_role("button", name="使用这一句").press("Enter")
    expect(page.locator(".cond-open")).to_contain_text("原文：")
    page.locator(".cond-open").get_by_role("button", name="归入新组").press("Enter")
    page.locator(".cond-open").get_by_role("button", name="完成").press("Enter")
    row = condition(page, "从业人员")
    expect(row).to_be_focused()
    expect(page.locator(".tree-group .cond")).to_have_count(1)
    page.keyboard.press("Alt+ArrowUp")  # out of its group
    expect(row).to_be_focused()
    expect(page.locator(".tree-group .cond")).to_have_count(0)
    page.keyboard.press("Delete")
    assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.press("u")
    expect(row).to_be_visible()


def test_keys_move_between_items_and_never_into_a_field(opened: Opener, document: str) -> None:
    page = opened(review(document))
    expect(page.locator(".is-live")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("#item-place")).to_have_text("2 / 2")
    page.keyboard.press("k")
    expect(page.locator("#item-place")).to_have_text("1 / 2")
    page.keyboard.press("n")
    expect(page.locator(".tray [data-free]").first).to_be_focused()
    page.keyboard.press("e")
    expect(page.locator("#title-field")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("jk")
    expect(page.locator("#title-field")).to_have_value("示例事项1jk")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type(GIFT)
    page.keyboard.press("Enter")
    expect(page.locator("#find-count")).to_have_text(re.compile(r"\d / 2"))
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("键盘操作")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_selected_passage_becomes_a_new_item(opened: Opener, document: str) -> None:
    page = opened(review(document))
    expect(page.locator(".is-live")).to_be_visible()
    page.locator(".pane p").last.select_text()
    page.get_by_role("button", name="新建事项", exact=True).click()
    expect(page.locator("#item-place")).to_have_text("3 / 3")


def test_on_a_phone_the_panes_are_tabs(opened: Opener, document: str) -> None:
    page = opened(review(document), width="390")
    expect(page.locator("#editor .cond-words").first).to_be_visible()
    expect(page.locator(".pane")).to_be_hidden()
    condition(page).click()
    page.locator(".cond-open .quote-link").click()
    expect(page.locator("mark").filter(has_text=REVENUE).first).to_be_in_viewport()
    page.get_by_role("button", name="理解").click()
    expect(page.locator(".pane")).to_be_hidden()
    assert fits(page)


@pytest.mark.parametrize("width", sorted(WIDTHS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_inbox_and_review_can_be_used_by_everybody(
    opened: Opener, document: str, width: str, scheme: str
) -> None:
    page = opened("/admin/inbox", width=width, color_scheme=scheme)
    found = {"inbox": [*faults(page), *([] if fits(page) else ["too wide"])]}
    page.goto(review(document))
    expect(page.locator("#impact")).to_contain_text("发布后")
    condition(page).click()
    page.get_by_role("combobox", name="指标").click()
    expect(page.get_by_role("option").first).to_be_visible()
    found["review"] = [*faults(page), *([] if fits(page) else ["too wide"])]
    assert found == {"inbox": [], "review": []}


def test_without_scripts_all_is_shown_and_decided(opened: Opener, document: str) -> None:
    page = opened(review(document), java_script_enabled=False)
    expect(page.locator("#editor")).to_contain_text("上年度营业收入不低于 2000 万元")
    page.locator("a[data-to=c1]").click()
    expect(page.locator("#y-c1")).to_be_in_viewport()
    page.get_by_role("button", name="发布本事项").click()
    expect(page.get_by_role("alert")).to_contain_text("不能发布")
    page.get_by_label("理由").fill("不是惠企事项")
    page.get_by_role("button", name="退回").click()
    expect(page.locator(f'[data-item="{document}-001"]')).to_contain_text("已撤回")


def test_a_tree_goes_to_its_form_and_back(opened: Opener, document: str) -> None:
    page = opened(review(document))
    assert page.evaluate(_TREE) == {"same": True, "moved": 2, "denied": "lt", "path": True}


_TREE = """async () => {
  const tree = await import("/static/admin/review/tree.js");
  const leaf = { attribute: "revenue", op: "ge", value: 1, unit: "元", negated: false, implied: false, span: [0, 1, "甲"] };
  const raw = { all: [leaf, { any: [{ free_text: [0, 1, "甲"] }, { not: leaf }] }, { not: { any: [leaf, leaf] } }, { not: { all: [leaf, leaf] } }] };
  const read = tree.fromJson(raw);
  const paths = new Map();
  const first = read.children[0];
  return {
    same: JSON.stringify(tree.toJson(read, paths)) === JSON.stringify(raw),
    moved: tree.move(read, first.id, 1).children[0].children.findIndex((node) => node.id === first.id) + 2,
    denied: tree.toJson(tree.negate(read, first.id)).all[0].op,
    path: paths.get("conditions/all/1/any/1/not") === read.children[1].children[1].children[0].id,
  };
}"""
