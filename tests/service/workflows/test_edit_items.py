"""Working copies: kept as typed, merged where two people changed different fields, refused where the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from policy_corpus.errors import PolicyItemNotFound
from policy_corpus.item_json import item_to_json
from policy_corpus.model import ItemStatus, PolicyItem
from policy_corpus.reading.sandbox import Sandbox
from service.actors import Actor, Role
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.workflows.edit_items import EditConflict, UnusableChange, discard_edit, open_edit, save_edit
from service.workflows.load_policies import load_policies
from service.workflows.review_policies import approve, restore_version
from tests.service.workflows.conftest import now, write_measures

FIRST, SECOND = Actor("示例审核员甲", Role.ADMIN), Actor("示例审核员乙", Role.ADMIN)


@pytest.fixture
def items(folder: DataFolder, sandbox: Sandbox, tmp_path: Path) -> list[PolicyItem]:
    list(load_policies(folder, [write_measures(tmp_path / "a.txt")], sandbox, now))
    return folder.policies.items()


def save(folder: DataFolder, item: PolicyItem, revision: int, by: Actor = FIRST, **changes: Any) -> Any:
    return save_edit(folder, item.id, changes, revision=revision, by=by, now=now())


def test_what_is_saved_is_there_again_and_the_item_is_as_it_was(
    folder: DataFolder, items: list[PolicyItem]
) -> None:
    item, other = items
    assert open_edit(folder, item.id).revision == 0 and not open_edit(folder, item.id).is_working_copy
    saved = save(folder, item, 0, title="示例新名称")
    assert (saved.revision, saved.version, saved.by, saved.is_working_copy) == (1, 1, FIRST.name, True)
    assert saved.edited == ("title",)
    assert open_edit(folder, item.id) == saved
    assert folder.policies.get(item.id) == item
    assert folder.edits.open_ids() == [item.id] and open_edit(folder, other.id).item == other


def test_saving_the_same_again_is_no_new_revision(folder: DataFolder, items: list[PolicyItem]) -> None:
    first = save(folder, items[0], 0, title="示例新名称")
    assert save(folder, items[0], first.revision, title="示例新名称") == first


def test_two_people_who_change_different_fields_both_keep_their_work(
    folder: DataFolder, items: list[PolicyItem]
) -> None:
    save(folder, items[0], 0, FIRST, title="甲的名称")
    merged = save(folder, items[0], 0, SECOND, no_application=True)
    assert merged.item.title == "甲的名称" and merged.item.no_application
    assert (merged.revision, merged.by) == (2, SECOND.name)


def test_two_people_who_change_the_same_field_are_told_and_nothing_is_lost(
    folder: DataFolder, items: list[PolicyItem]
) -> None:
    save(folder, items[0], 0, FIRST, title="甲的名称")
    with pytest.raises(EditConflict, match=r"示例审核员甲.*事项名称") as caught:
        save(folder, items[0], 0, SECOND, title="乙的名称", no_application=True)
    assert caught.value.fields == ("title",)
    assert caught.value.theirs == open_edit(folder, items[0].id)
    assert open_edit(folder, items[0].id).item.title == "甲的名称"
    assert not open_edit(folder, items[0].id).item.no_application
    assert save(folder, items[0], 1, SECOND, title="乙的名称").item.title == "乙的名称"


def test_the_same_change_made_twice_is_no_conflict(folder: DataFolder, items: list[PolicyItem]) -> None:
    save(folder, items[0], 0, FIRST, title="一样的名称")
    assert save(folder, items[0], 0, SECOND, title="一样的名称").revision == 1


def test_an_edit_of_what_was_published_meanwhile_is_a_conflict_too(
    folder: DataFolder, items: list[PolicyItem]
) -> None:
    save(folder, items[0], 0, FIRST, title="甲的名称")
    approve(folder, [items[0].id], by=FIRST, now=now())
    with pytest.raises(EditConflict):
        save(folder, items[0], 0, SECOND, title="乙的名称")
    held = open_edit(folder, items[0].id)
    assert not held.is_working_copy and held.revision == 2 and held.version == 2
    assert save(folder, items[0], 0, SECOND, no_application=True).item.title == "甲的名称"


def test_giving_up_an_edit_brings_the_item_back_and_keeps_counting(
    folder: DataFolder, items: list[PolicyItem]
) -> None:
    save(folder, items[0], 0, title="示例新名称")
    found = discard_edit(folder, items[0].id, by=SECOND, now=now())
    assert (found.item, found.revision, found.is_working_copy, found.edited) == (items[0], 2, False, ())
    assert discard_edit(folder, items[0].id, by=SECOND, now=now()) == found
    with pytest.raises(EditConflict):
        save(folder, items[0], 1, title="另一名称")


def test_what_is_given_up_can_still_be_read_in_the_log(folder: DataFolder, items: list[PolicyItem]) -> None:
    save(folder, items[0], 0, title="写了很久的名称")
    discard_edit(folder, items[0].id, by=SECOND, now=now())
    save(folder, items[0], 2, title="另写的名称")
    restore_version(folder, items[0].id, 1, by=SECOND, now=now())
    given_up = [one.before for one in folder.audit.entries(EntryFilter(event="item.discard"))]
    assert given_up == [{"title": "另写的名称"}, {"title": "写了很久的名称"}]


def test_many_who_save_at_the_same_moment_all_keep_their_fields(
    folder: DataFolder, items: list[PolicyItem]
) -> None:
    """Each with a connection of its own, on the same revision, a field each; and two on the same field."""
    changes = [
        {"title": "甲的名称"},
        {"no_application": True},
        {"department": "示例局"},
        {"materials": ["示例材料"]},
        {"channel": "示例平台"},
        {"contacts": ["示例电话"]},
        {"title": "乙的名称"},
    ]

    def keep(number: int) -> bool:
        with DataFolder.open(folder.path) as own:
            try:
                by = Actor(f"示例审核员{number}", Role.ADMIN)
                save_edit(own, items[0].id, changes[number], revision=0, by=by, now=now())
            except EditConflict:
                return False
        return True

    with ThreadPoolExecutor(len(changes)) as pool:
        kept = list(pool.map(keep, range(len(changes))))
    assert all(kept[1:6]) and kept[0] is not kept[6]
    found = open_edit(folder, items[0].id)
    assert found.revision == 6 and found.item.title == ("甲的名称" if kept[0] else "乙的名称")
    assert found.item.no_application and found.item.department and found.item.channel
    assert len(found.item.materials) == len(found.item.contacts) == 1


def test_undoing_every_change_by_hand_is_no_edit_any_more(
    folder: DataFolder, items: list[PolicyItem]
) -> None:
    save(folder, items[0], 0, title="示例新名称")
    assert not save(folder, items[0], 1, title=items[0].title).is_working_copy


def test_a_fault_leaves_the_working_copy_as_it_was(folder: DataFolder, items: list[PolicyItem]) -> None:
    saved = save(folder, items[0], 0, title="示例新名称")
    with pytest.raises(UnusableChange):
        save(folder, items[0], 1, title="", no_application=True)
    assert open_edit(folder, items[0].id) == saved


def test_a_place_name_is_looked_for_where_the_document_is_from(
    folder: DataFolder, items: list[PolicyItem]
) -> None:
    tree = item_to_json(items[0])["conditions"]["all"]
    place = {"attribute": "region", "op": "eq", "value": "江西省九江市浔阳区", "span": None, "by_hand": True}
    saved = save(folder, items[0], 0, conditions={"all": [*tree, place]})
    assert saved.edited == (f"conditions/all/{len(tree)}",)
    assert saved.item.status is ItemStatus.DRAFT


def test_an_item_that_does_not_exist_cannot_be_edited(folder: DataFolder) -> None:
    for call in (
        lambda: open_edit(folder, "x-001"),
        lambda: save_edit(folder, "x-001", {}, revision=0, by=FIRST, now=now()),
    ):
        with pytest.raises(PolicyItemNotFound):
            call()


def test_what_changes_in_the_item_beside_an_edit_is_not_lost_by_publishing_it(
    folder: DataFolder, items: list[PolicyItem]
) -> None:
    save(folder, items[0], 0, title="甲的名称")
    moved = replace(items[0], no_application=True, title="另一名称")  # such as the days of the next round
    with folder.writing():
        folder.versions.record(moved, "edit", by=SECOND.name, at=now())
        folder.policies.put(moved)
    held = open_edit(folder, items[0].id)
    assert (held.item.title, held.item.no_application, held.version) == ("甲的名称", True, 2)
    save(folder, items[0], held.revision, channel="示例平台")
    approve(folder, [items[0].id], by=FIRST, now=now())
    after = folder.policies.get(items[0].id)
    assert (after.title, after.no_application) == ("甲的名称", True) and after.channel
