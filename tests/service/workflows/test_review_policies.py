"""Reviewing: what is published is what was edited, nothing faulty gets out, and every step can be read afterwards."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from policy_corpus.item_checks import Severity
from policy_corpus.item_json import item_to_json
from policy_corpus.model import Document, ItemStatus, PolicyItem
from policy_corpus.reading.sandbox import Sandbox
from service.actors import Actor, Role
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.store.shelf import read_shelf
from service.workflows.edit_items import EditConflict, open_edit, save_edit
from service.workflows.item_states import move_items
from service.workflows.load_policies import load_policies
from service.workflows.review_policies import (
    NotPublishable,
    approve,
    confirm_text,
    find_confirmation,
    item_history,
    problems_of,
    reject,
    restore_version,
    start_review,
    withdraw,
)
from tests.factories import make_document, make_item, make_span
from tests.service.workflows.conftest import now, write_measures

CLERK, HEAD = Actor("示例审核员", Role.ADMIN), Actor("示例负责人", Role.ADMIN)


@pytest.fixture
def ids(folder: DataFolder, sandbox: Sandbox, tmp_path: Path) -> list[str]:
    list(load_policies(folder, [write_measures(tmp_path / "a.txt")], sandbox, now))
    return [item.id for item in folder.policies.items()]


def save(folder: DataFolder, item_id: str, **changes: Any) -> None:
    revision = open_edit(folder, item_id).revision
    save_edit(folder, item_id, changes, revision=revision, by=CLERK, now=now())


def impossible(item: PolicyItem) -> dict[str, Any]:
    leaf = {"attribute": "employees", "op": "ge", "value": 300, "span": None, "by_hand": True}
    body: dict[str, Any] = item_to_json(item)["conditions"]
    return {"all": [*body["all"], leaf, {**leaf, "op": "le", "value": 100}]}


def events(folder: DataFolder) -> list[tuple[str, str]]:
    return [(entry.event, entry.actor) for entry in reversed(folder.audit.entries(EntryFilter()))]


def test_a_working_copy_becomes_the_item_and_both_versions_can_be_read(
    folder: DataFolder, ids: list[str]
) -> None:
    before = folder.policies.get(ids[0])
    save(folder, ids[0], title="示例新名称")
    assert approve(folder, [ids[0]], by=HEAD, now=now(), note="按原文更正") == 1
    after = folder.policies.get(ids[0])
    assert (after.title, after.status) == ("示例新名称", ItemStatus.PUBLISHED)
    first, second = item_history(folder, ids[0])
    assert (first.event, first.version) == ("load", 1)
    assert (second.event, second.by, second.note, second.edited) == (
        "publish",
        HEAD.name,
        "按原文更正",
        ("title",),
    )
    assert folder.versions.item(ids[0], 1) == before
    assert folder.versions.item(ids[0], 2) == after
    assert events(folder)[-2:] == [("item.edit", HEAD.name), ("item.publish", HEAD.name)]
    assert not open_edit(folder, ids[0]).is_working_copy
    assert approve(folder, [ids[0]], by=HEAD, now=now()) == 0


def test_every_error_of_every_item_is_named_and_nothing_is_published(
    folder: DataFolder, ids: list[str]
) -> None:
    save(folder, ids[0], conditions=impossible(folder.policies.get(ids[0])))
    with pytest.raises(NotPublishable, match="不可能同时满足") as caught:
        approve(folder, ids, by=HEAD, now=now())
    assert caught.value.problems.keys() == {ids[0]}
    assert folder.policies.counts()["published"] == 0 and open_edit(folder, ids[0]).is_working_copy
    assert not [event for event, _ in events(folder) if event == "item.publish"]


def test_what_was_edited_after_it_was_looked_at_is_not_published(folder: DataFolder, ids: list[str]) -> None:
    save(folder, ids[0], title="看过的名称")
    with pytest.raises(EditConflict):
        approve(folder, [ids[0]], by=HEAD, now=now(), revisions={ids[0]: 0})
    assert approve(folder, [ids[0]], by=HEAD, now=now(), revisions={ids[0]: 1}) == 1


def test_set_aside_withdrawn_and_started_items_move_as_said(folder: DataFolder, ids: list[str]) -> None:
    assert start_review(folder, ids, by=CLERK, now=now()) == 2
    assert start_review(folder, ids, by=CLERK, now=now()) == 0
    assert approve(folder, ids[:1], by=HEAD, now=now()) == 1
    assert withdraw(folder, ids, by=HEAD, now=now(), reason="文件已更正") == 1
    assert reject(folder, ids, by=HEAD, now=now(), reason="不是惠企政策") == 1
    assert read_shelf(folder, now().date()).size == 0
    said = [(one.event, one.status.value, one.note) for one in item_history(folder, ids[0])]
    assert said == [
        ("load", "draft", ""),
        ("review", "in_review", ""),
        ("publish", "published", ""),
        ("withdraw", "withdrawn", "文件已更正"),
    ]
    assert item_history(folder, ids[1])[-1].event == "reject"
    assert {"item.review", "item.publish", "item.withdraw", "item.reject"} <= {
        event for event, _ in events(folder)
    }


@pytest.mark.parametrize("status", [ItemStatus.SUPERSEDED, ItemStatus.EXPIRED])
def test_an_item_that_is_over_is_no_longer_matched(
    folder: DataFolder, ids: list[str], status: ItemStatus
) -> None:
    approve(folder, ids, by=HEAD, now=now())
    assert move_items(folder, ids[:1], status, by=HEAD, now=now(), note="示例原因") == 1
    assert [item.id for item in read_shelf(folder, now().date()).items()] == ids[1:]
    assert folder.policies.counts()[status.value] == 1


def test_an_earlier_version_comes_back_as_a_working_copy_and_only_then_as_the_item(
    folder: DataFolder, ids: list[str]
) -> None:
    before = folder.policies.get(ids[0])
    save(folder, ids[0], title="新名称一")
    approve(folder, ids[:1], by=HEAD, now=now())
    save(folder, ids[0], title="新名称二", no_application=True)
    approve(folder, ids[:1], by=HEAD, now=now() + timedelta(hours=1))
    edit = restore_version(folder, ids[0], 1, by=CLERK, now=now())
    assert edit.item == replace(before, status=ItemStatus.PUBLISHED) and edit.note == "恢复自第 1 版"
    assert folder.policies.get(ids[0]).title == "新名称二"
    approve(folder, ids[:1], by=HEAD, now=now())
    assert folder.policies.get(ids[0]) == replace(before, status=ItemStatus.PUBLISHED)
    titles = [folder.versions.item(ids[0], one.version).title for one in item_history(folder, ids[0])]
    assert titles == [before.title, "新名称一", "新名称二", before.title]
    assert item_history(folder, ids[0])[-1].edited == ()
    assert "item.restore" in {event for event, _ in events(folder)}


def enter(folder: DataFolder, document: Document, *others: Document) -> str:
    for one in (document, *others):
        folder.documents.add(one, None, now())
    span = make_span(document.text[:4], document.id)
    item = make_item(
        id=f"{document.id}-001", status=ItemStatus.DRAFT, spans=(span,),
        benefits=(replace(make_item().benefits[0], span=span, amount_yuan=Decimal(5)),),
    )  # fmt: skip
    folder.policies.add([item])
    return item.id


def test_a_recognised_text_waits_until_somebody_has_read_it(folder: DataFolder) -> None:
    document = make_document(confidence=0.97)
    item_id = enter(folder, document)
    with pytest.raises(NotPublishable, match="图片识别"):
        approve(folder, [item_id], by=HEAD, now=now())
    for by in (CLERK, HEAD):
        confirm_text(folder, document.id, by=by, now=now())
    found = find_confirmation(folder, document.id)
    assert found and found.by == CLERK.name
    assert [event for event, _ in events(folder)].count("document.confirm_text") == 1
    assert approve(folder, [item_id], by=HEAD, now=now()) == 1


def test_a_second_copy_is_a_warning_and_no_refusal(folder: DataFolder) -> None:
    document = make_document()
    item_id = enter(folder, document, make_document(id="1" * 16, content_hash="1" * 64))
    folder.db.execute("update documents set same_as = ? where id = ?", ["1" * 16, document.id])
    found = problems_of(folder, folder.policies.get(item_id), document)
    assert [(one.severity, one.path) for one in found] == [(Severity.WARNING, "document")]
    assert approve(folder, [item_id], by=HEAD, now=now()) == 1


def test_items_loaded_before_versions_were_kept_have_a_history_too(
    folder: DataFolder, ids: list[str]
) -> None:
    folder.db.execute("delete from item_versions")
    [only] = item_history(folder, ids[0])
    assert (only.version, only.event, only.status) == (1, "load", ItemStatus.DRAFT)
    before = folder.policies.get(ids[0])
    save(folder, ids[0], title="新名称")
    approve(folder, ids[:1], by=HEAD, now=now())
    assert [one.version for one in item_history(folder, ids[0])] == [1, 2]
    assert folder.versions.item(ids[0], 1) == before


def test_publishing_is_one_step_that_is_whole_or_not_at_all(folder: DataFolder, ids: list[str]) -> None:
    save(folder, ids[0], title="新名称")
    folder.db.execute(
        "create trigger disk_full before insert on audit_log begin select raise(abort, 'disk full'); end"
    )
    with pytest.raises(sqlite3.IntegrityError, match="disk full"):
        approve(folder, ids[:1], by=HEAD, now=now())
    folder.db.execute("drop trigger disk_full")
    assert folder.policies.get(ids[0]).status is ItemStatus.DRAFT
    assert len(item_history(folder, ids[0])) == 1 and open_edit(folder, ids[0]).is_working_copy
