"""待审核 over real requests: who waits, what is narrowed, what is published together and what is held back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from policy_corpus.library import NearDuplicate
from policy_corpus.model import DocumentKind, ItemStatus
from service.actors import Role
from service.store.data_folder import DataFolder
from tests.service.web.admin.waiting import NOW, add_waiting, waiting_folder
from tests.signed_in import SignedInClient, open_app, signed_in


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with waiting_folder(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def clerk(folder: DataFolder) -> SignedInClient:
    return signed_in(open_app(folder.path), Role.ADMIN, name="示例审核员甲")


def test_an_empty_inbox_says_what_will_stand_here(clerk: SignedInClient) -> None:
    assert "没有待审核的文件" in clerk.get("/admin/inbox").text


def test_documents_wait_newest_first_with_what_is_known_of_them(
    folder: DataFolder, clerk: SignedInClient
) -> None:
    add_waiting(folder, 1, items=3, unread=True, loaded_at=NOW - timedelta(days=1))
    near = NearDuplicate(f"{1:016x}", "示例市措施1", 0.93, False)
    add_waiting(folder, 2, near=near, kind=DocumentKind.DRAFT, issuing_authority="示例市工信局")
    add_waiting(folder, 3, status=ItemStatus.PUBLISHED)
    page = clerk.get("/admin/inbox").text
    assert page.index("示例市措施2") < page.index("示例1.txt")
    assert "示例市措施3" not in page
    assert "3 项" in page and "未能解析" in page
    assert "征求意见稿，不能发布" in page and "疑似重复 93%" in page and "示例市工信局" in page


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("all", "123"),
        ("waiting", "12"),
        ("in_review", "3"),
        ("unparsed", "1"),
        ("recognised", "2"),
        ("duplicate", "3"),
    ],
)
def test_a_filter_leaves_what_it_names(
    folder: DataFolder, clerk: SignedInClient, state: str, found: str
) -> None:
    add_waiting(folder, 1, unread=True)
    add_waiting(folder, 2, confidence=0.81)
    near = NearDuplicate(f"{1:016x}", "示例市措施1", 0.93, True)
    add_waiting(folder, 3, near=near, status=ItemStatus.IN_REVIEW)
    page = clerk.get(f"/admin/inbox?state={state}").text
    assert {number for number in "123" if f"示例{number}.txt" in page} == set(found)


def test_words_find_a_file_by_its_name_and_pages_part_many(folder: DataFolder, clerk: SignedInClient) -> None:
    for number in range(1, 61):
        add_waiting(folder, number)
    assert "第 1 页，共 2 页" in clerk.get("/admin/inbox").text
    found = clerk.get("/admin/inbox?q=示例60.txt").text
    assert "示例市措施60" in found and "示例市措施59" not in found


def test_whoever_has_a_document_open_is_named(folder: DataFolder, clerk: SignedInClient) -> None:
    document = add_waiting(folder, 1)
    other = signed_in(open_app(folder.path), Role.ADMIN, name="示例审核员乙")
    other.post(f"/admin/documents/{document.id}/presence.json", json={})
    assert "示例审核员乙正在审核" in clerk.get("/admin/inbox").text


def test_only_what_is_beyond_doubt_is_published_together(folder: DataFolder, clerk: SignedInClient) -> None:
    plain, unread = add_waiting(folder, 1, items=2), add_waiting(folder, 2, unread=True)
    chosen = {"document_id": [plain.id, unread.id]}
    preview = clerk.post("/admin/inbox/publish", data=chosen).text
    assert "2</span> 个事项" in preview and "1 家" in preview and "有 1 处未能解析" in preview
    assert folder.policies.counts()["published"] == 0
    clerk.post("/admin/inbox/publish", data={**chosen, "sure": "yes"})
    published = {item.document_id for item in folder.policies.items(status=ItemStatus.PUBLISHED)}
    assert published == {plain.id}


def test_what_is_being_edited_counts_for_the_item(folder: DataFolder, clerk: SignedInClient) -> None:
    document = add_waiting(folder, 1, unread=True)
    address = f"/admin/items/{document.id}-001/edit.json"
    understood = clerk.get(address).json["item"]["conditions"]["all"][:1]
    clerk.put(address, json={"revision": 0, "changes": {"conditions": {"all": understood}}})
    assert "无问题" in clerk.get("/admin/inbox").text
    assert "示例1.txt" not in clerk.get("/admin/inbox?state=unparsed").text


def test_what_is_returned_together_needs_a_reason(folder: DataFolder, clerk: SignedInClient) -> None:
    one, other = add_waiting(folder, 1), add_waiting(folder, 2)
    refused = clerk.post("/admin/inbox/return", data={"document_id": [one.id]})
    assert "请填写退回的理由" in refused.text and folder.policies.counts()["draft"] == 2
    clerk.post("/admin/inbox/return", data={"document_id": [one.id], "reason": "不是惠企事项"})
    assert [item.document_id for item in folder.policies.items(status=ItemStatus.DRAFT)] == [other.id]


def test_nothing_chosen_is_told(clerk: SignedInClient) -> None:
    assert "请先勾选" in clerk.post("/admin/inbox/publish").text
    assert "请先勾选" in clerk.post("/admin/inbox/return", data={"reason": "示例"}).text


def test_what_is_late_is_urgent_and_says_so(folder: DataFolder, clerk: SignedInClient) -> None:
    add_waiting(folder, 1, loaded_at=NOW - timedelta(days=30))
    add_waiting(folder, 2)
    page = clerk.get("/admin/inbox").text
    assert "已超期" in page and "前发布（剩 7 个工作日）" in page
    urgent = clerk.get("/admin/inbox?state=urgent").text
    assert "示例1.txt" in urgent and "示例2.txt" not in urgent
