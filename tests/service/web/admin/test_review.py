"""Review of a document over real requests, without scripts: all is shown, forms decide, a missed item is added."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policy_corpus.model import DocumentKind, ItemStatus
from service.actors import Role
from service.store.data_folder import DataFolder
from tests.service.web.admin.waiting import GIFT, REVENUE, TEXT, UNREAD, add_waiting, waiting_folder
from tests.signed_in import SignedInClient, open_app, signed_in


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with waiting_folder(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def clerk(folder: DataFolder) -> SignedInClient:
    return signed_in(open_app(folder.path), Role.ADMIN, name="示例审核员甲")


def data_of(page: str) -> Any:
    found = re.search(r'id="review-data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_original_and_what_was_understood_stand_beside_each_other(
    folder: DataFolder, clerk: SignedInClient
) -> None:
    document = add_waiting(folder, 1, items=2, unread=True)
    page = clerk.get(f"/admin/documents/{document.id}/review").text
    assert REVENUE in page and UNREAD in page and GIFT in page
    assert 'data-keys="c1"' in page and 'href="#y-c1"' in page
    assert page.count("data-item=") == 2
    assert "<td data-start=" in page  # the table is a table
    assert "/original" in page


def test_scripts_start_from_items_menus_and_addresses(folder: DataFolder, clerk: SignedInClient) -> None:
    document = add_waiting(folder, 1, items=2, unread=True)
    data = data_of(clerk.get(f"/admin/documents/{document.id}/review").text)
    first, second = data["items"]
    assert (first["ordinal"], second["ordinal"], first["status_word"]) == (1, 2, "草稿")
    assert first["coverage"]["free_text"] == 1 and first["problems"][0]["severity"] == "error"
    assert {"revenue", "region", "other"} <= {fact["key"] for fact in data["facts"]}
    assert all(fact["group"] and fact["operators"] for fact in data["facts"])
    assert clerk.get(first["urls"]["edit"]).json["item_id"] == first["id"]
    assert clerk.get(first["urls"]["impact"]).json["after"] == {
        "eligible": 0,
        "undetermined": 1,
        "ineligible": 1,
    }


def test_the_item_asked_for_is_open_else_the_first_that_waits(
    folder: DataFolder, clerk: SignedInClient
) -> None:
    document = add_waiting(folder, 1, items=2)
    folder.policies.set_status([f"{document.id}-001"], ItemStatus.PUBLISHED)
    current = re.compile(r'data-item="([^"]+)" aria-current')
    first, last = f"{document.id}-001", f"{document.id}-002"
    page = f"/admin/documents/{document.id}/review"
    assert current.findall(clerk.get(page).text) == [last]
    assert current.findall(clerk.get(f"{page}?item={first}").text) == [first]
    assert current.findall(clerk.get(f"{page}?item=nonsense").text) == [last]


def test_plain_forms_publish_return_and_name_what_stands_in_the_way(
    folder: DataFolder, clerk: SignedInClient
) -> None:
    document, unread = add_waiting(folder, 1, items=2), add_waiting(folder, 2, unread=True)
    address = f"/admin/documents/{document.id}/review/decide"
    first, second = f"{document.id}-001", f"{document.id}-002"
    clerk.post(address, data={"item": first, "decision": "approve"})
    assert folder.policies.get(first).status is ItemStatus.PUBLISHED
    assert "请填写退回" in clerk.post(address, data={"item": second, "decision": "reject"}).text
    clerk.post(address, data={"item": second, "decision": "reject", "reason": "重复"})
    assert folder.policies.get(second).status is ItemStatus.WITHDRAWN
    refused = clerk.post(
        f"/admin/documents/{unread.id}/review/decide", data={"all": "yes", "decision": "approve"}
    )
    assert "不能发布" in refused.text and UNREAD in refused.text
    assert folder.policies.get(f"{unread.id}-001").status is ItemStatus.DRAFT


def test_an_item_of_another_document_is_not_decided_here(folder: DataFolder, clerk: SignedInClient) -> None:
    mine, other = add_waiting(folder, 1), add_waiting(folder, 2)
    answer = clerk.post(
        f"/admin/documents/{mine.id}/review/decide", data={"item": f"{other.id}-001", "decision": "approve"}
    )
    assert answer.status_code == 404 and folder.policies.counts()["published"] == 0


def test_a_recognised_text_is_confirmed_once_and_says_by_whom(
    folder: DataFolder, clerk: SignedInClient
) -> None:
    document = add_waiting(folder, 1, confidence=0.83, warnings=("第 2 页可信度低",))
    page = f"/admin/documents/{document.id}/review"
    before = clerk.get(page).text
    assert "83%" in before and "第 2 页可信度低" in before and "文字已核对" in before
    after = clerk.post(f"{page}/confirm", follow_redirects=True).text
    assert "示例审核员甲已于" in after and ">文字已核对<" not in after


def test_a_draft_document_is_named_as_one(folder: DataFolder, clerk: SignedInClient) -> None:
    document = add_waiting(folder, 1, kind=DocumentKind.DRAFT)
    assert "不能发布" in clerk.get(f"/admin/documents/{document.id}/review").text


def test_a_missed_item_is_added_with_the_next_number(folder: DataFolder, clerk: SignedInClient) -> None:
    document, other = add_waiting(folder, 1, items=2), add_waiting(folder, 2)
    start = TEXT.index(GIFT)
    given = {"title": "示例新事项", "span": [start, start + len(GIFT), GIFT]}
    answer = clerk.post(f"/admin/documents/{document.id}/items.json", json=given)
    added = folder.policies.get(answer.json["item_id"])
    assert (added.id, added.title, added.status) == (f"{document.id}-003", "示例新事项", ItemStatus.DRAFT)
    assert added.id in clerk.get(answer.json["url"]).text
    assert len(folder.policies.items(document_id=other.id)) == 1
    refused = clerk.post(
        f"/admin/documents/{document.id}/items.json", json={"title": "无", "span": [0, 2, "并无此句"]}
    )
    assert refused.status_code == 400 and "原文中没有这句话" in refused.json["error"]["message"]


def test_a_document_without_items_can_still_be_given_one(folder: DataFolder, clerk: SignedInClient) -> None:
    document = add_waiting(folder, 1, items=0)
    assert "没有从这份文件中识别出惠企事项" in clerk.get(f"/admin/documents/{document.id}/review").text


def test_those_who_have_it_open_know_of_each_other_and_of_revisions(
    folder: DataFolder, clerk: SignedInClient
) -> None:
    document = add_waiting(folder, 1)
    other = signed_in(open_app(folder.path), Role.ADMIN, name="示例审核员乙")
    address, item = f"/admin/documents/{document.id}/presence.json", f"{document.id}-001"
    assert clerk.post(address, json={"item_id": item}).json["others"] == []
    clerk.put(f"/admin/items/{item}/edit.json", json={"revision": 0, "changes": {"title": "示例新名"}})
    told = other.post(address, json={"item_id": item}).json
    assert told == {"others": [{"name": "示例审核员甲", "item_id": item}], "revisions": {item: 1}}


def test_a_stretch_of_the_text_is_given_as_it_stands(folder: DataFolder, clerk: SignedInClient) -> None:
    document = add_waiting(folder, 1)
    address = f"/admin/documents/{document.id}/text.json"
    assert clerk.get(f"{address}?start=2&end=9").json["text"] == TEXT[2:9]
    assert clerk.get(f"{address}?start=-5&end=x").json["text"] == ""


def test_all_companies_of_a_group_are_listed(folder: DataFolder, clerk: SignedInClient) -> None:
    document = add_waiting(folder, 1)
    page = f"/admin/items/{document.id}-001/effect"
    assert "示例甲有限公司" in clerk.get(page).text and "示例乙有限公司" not in clerk.get(page).text
    assert "示例乙有限公司" in clerk.get(f"{page}?group=ineligible").text


def test_an_edit_of_a_published_item_tells_who_gains_and_who_loses(
    folder: DataFolder, clerk: SignedInClient
) -> None:
    document = add_waiting(folder, 1, status=ItemStatus.PUBLISHED)
    item = f"{document.id}-001"
    opened = clerk.get(f"/admin/items/{item}/edit.json").json
    (condition,) = opened["item"]["conditions"]["all"]
    lower = {"all": [condition | {"value": 1_000_000}]}
    clerk.put(f"/admin/items/{item}/edit.json", json={"revision": 0, "changes": {"conditions": lower}})
    effect = clerk.get(f"/admin/items/{item}/effect.json").json
    assert (effect["published"], effect["gains"], effect["losses"]) == (True, 1, 0)
    assert [one["name"] for one in effect["examples"][0]["companies"]] == ["示例乙有限公司"]


def test_unknown_documents_and_items_are_not_found(clerk: SignedInClient) -> None:
    assert clerk.get("/admin/documents/0000/review").status_code == 404
    assert clerk.get("/admin/items/0000-001/effect.json").status_code == 404
