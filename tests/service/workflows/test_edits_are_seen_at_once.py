"""What is edited and published is found by its new words and judged by its new conditions at once, and by no old ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.match import rank_items
from matching.model import Eligibility
from policy_corpus.item_json import item_to_json
from policy_corpus.reading.sandbox import Sandbox
from service.actors import SYSTEM
from service.store.data_folder import DataFolder
from service.store.policy_index import item_id_of, item_search_index, rebuild_indexes
from service.store.shelf import Shelf, ShelfKeeper, read_shelf
from service.workflows.check_installation import Grade, check_installation
from service.workflows.edit_items import open_edit, save_edit
from service.workflows.load_policies import load_policies
from service.workflows.match_enterprises import match_one
from service.workflows.review_policies import approve, withdraw
from service.workflows.search_policies import search_items
from service.workflows.weigh_changes import weigh_many
from tests.factories import OTHER_USCC, USCC, make_enterprise
from tests.service.workflows.conftest import now, write_measures

AS_OF = date(2026, 11, 24)


@pytest.fixture
def ids(folder: DataFolder, sandbox: Sandbox, tmp_path: Path) -> list[str]:
    for number in (1, 2):
        path = write_measures(tmp_path / f"{number}.txt", number, 30 + number)
        list(load_policies(folder, [path], sandbox, now, publish=True))
    for uscc, revenue in ((USCC, 35_000_000), (OTHER_USCC, 25_000_000)):
        company = make_enterprise(uscc, "示例公司", revenue=revenue, industry="C3973", activity=("购置设备",))
        folder.enterprises.register(company, now())
    return [item.id for item in folder.policies.items()]


def edit(folder: DataFolder, item_id: str, **changes: Any) -> None:
    held = open_edit(folder, item_id)
    save_edit(folder, item_id, changes, revision=held.revision, by=SYSTEM, now=now())
    approve(folder, [item_id], by=SYSTEM, now=now())


def revenue_at_least(folder: DataFolder, item_id: str, words: str) -> dict[str, Any]:
    leaves = item_to_json(folder.policies.get(item_id))["conditions"]["all"]
    return {"all": [one | {"value": words} if one.get("attribute") == "revenue" else one for one in leaves]}


def found(folder: DataFolder, shelf: Shelf, words: str) -> set[str]:
    return {hit.item.id for hit in search_items(folder, shelf, words, limit=100).hits}


def verdict(folder: DataFolder, shelf: Shelf, uscc: str, item_id: str) -> Eligibility:
    matches = match_one(folder, shelf, uscc, include_ineligible=True).matches
    return next(match.eligibility for match in matches if match.item.id == item_id)


def test_a_new_title_is_found_and_the_old_one_no_longer(folder: DataFolder, ids: list[str]) -> None:
    keeper = ShelfKeeper()
    shelf = keeper.get(folder, AS_OF)
    assert ids[0] in found(folder, shelf, "高新技术企业奖励") and not found(folder, shelf, "海洋牧场")
    edit(folder, ids[0], title="海洋牧场示范补助")
    shelf = keeper.get(folder, AS_OF)
    [hit] = search_items(folder, shelf, "海洋牧场").hits
    assert (hit.item.id, hit.item.title) == (ids[0], "海洋牧场示范补助")
    edit(folder, ids[0], title="深山茶园示范补助")
    shelf = keeper.get(folder, AS_OF)
    assert not found(folder, shelf, "海洋牧场") and found(folder, shelf, "深山茶园") == {ids[0]}
    assert len(found(folder, shelf, "")) == len(ids) == shelf.size


def test_a_condition_added_by_hand_is_found_and_judged(folder: DataFolder, ids: list[str]) -> None:
    tree = item_to_json(folder.policies.get(ids[1]))["conditions"]["all"]
    added = {
        "attribute": "qualification",
        "op": "has",
        "value": "示例龙头企业",
        "span": None,
        "by_hand": True,
    }
    edit(folder, ids[1], conditions={"all": [*tree, added]})
    shelf = read_shelf(folder, AS_OF)
    assert found(folder, shelf, "示例龙头企业") == {ids[1]}
    match = next(one for one in match_one(folder, shelf, USCC).matches if one.item.id == ids[1])
    assert "具有示例龙头企业" in [finding.text for finding in match.findings]


def test_a_new_bound_changes_the_verdict_and_only_of_whom_it_concerns(
    folder: DataFolder, ids: list[str]
) -> None:
    shelf = read_shelf(folder, AS_OF)
    for uscc in (USCC, OTHER_USCC):
        assert verdict(folder, shelf, uscc, ids[1]) is Eligibility.UNDETERMINED
    edit(folder, ids[1], conditions=revenue_at_least(folder, ids[1], "3000万元"))
    shelf = read_shelf(folder, AS_OF)
    assert verdict(folder, shelf, USCC, ids[1]) is Eligibility.UNDETERMINED
    assert verdict(folder, shelf, OTHER_USCC, ids[1]) is Eligibility.INELIGIBLE
    assert verdict(folder, shelf, OTHER_USCC, ids[3]) is Eligibility.UNDETERMINED


def test_an_edit_grows_the_index_by_one_entry_and_the_check_finds_it_fresh(
    folder: DataFolder, ids: list[str]
) -> None:
    rebuild_indexes(folder)
    before = list(item_search_index(folder).ids)
    edit(folder, ids[0], title="海洋牧场示范补助")
    after = list(item_search_index(folder).ids)
    assert after[: len(before)] == before and [item_id_of(one) for one in after[len(before) :]] == [ids[0]]
    read_shelf(folder, AS_OF)
    grades = {check.name: check.grade for check in check_installation(folder)}
    assert grades["事项索引"] is grades["事项检索索引"] is Grade.FINE


def test_what_is_weighed_before_publishing_is_what_then_is(folder: DataFolder, ids: list[str]) -> None:
    for words in ("3000万元", "1000万元", "9000万元"):
        held = open_edit(folder, ids[1])
        changes = {"conditions": revenue_at_least(folder, ids[1], words)}
        save_edit(folder, ids[1], changes, revision=held.revision, by=SYSTEM, now=now())
        shelf = read_shelf(folder, AS_OF)
        before = {uscc: verdict(folder, shelf, uscc, ids[1]) for uscc in (USCC, OTHER_USCC)}
        weighed = weigh_many(folder, shelf, [ids[1], ids[3]])
        assert not weighed[ids[3]].delta.changes
        impact = weighed[ids[1]]
        approve(folder, [ids[1]], by=SYSTEM, now=now())
        shelf = read_shelf(folder, AS_OF)
        after = {uscc: verdict(folder, shelf, uscc, ids[1]) for uscc in (USCC, OTHER_USCC)}
        told = {change.key: (change.before, change.after) for change in impact.delta.changes}
        assert told == {
            uscc: (before[uscc], after[uscc]) for uscc in after if before[uscc] is not after[uscc]
        }
        assert impact.counts == {kind: list(after.values()).count(kind) for kind in Eligibility}
        assert {change.key for change in (*impact.gains, *impact.losses)} == set(told)


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["title", "bound", "withdraw", "publish"]), st.integers(0, 3), st.integers(0, 5)
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_whatever_is_done_the_grown_catalogue_is_the_one_built_anew(
    folder: DataFolder, ids: list[str], deeds: list[tuple[str, int, int]]
) -> None:
    for deed, which, number in deeds:
        item_id = ids[which]
        if deed == "title":
            edit(folder, item_id, title=f"示例事项{number}")
        elif deed == "bound":
            edit(folder, item_id, conditions=revenue_at_least(folder, item_id, f"{number}000万元"))
        elif deed == "withdraw":
            withdraw(folder, [item_id], by=SYSTEM, now=now())
        else:
            approve(folder, [item_id], by=SYSTEM, now=now())
        read_shelf(folder, AS_OF)
    grown = _all_matches(folder)
    rebuild_indexes(folder)
    assert grown == _all_matches(folder)


def _all_matches(folder: DataFolder) -> list[Any]:
    shelf = read_shelf(folder, AS_OF)
    return [
        [
            (one.item, one.eligibility, one.relevance)
            for one in rank_items(folder.enterprises.get(uscc), shelf.day, include_ineligible=True).matches(
                None
            )
        ]
        for uscc in (USCC, OTHER_USCC)
    ]
