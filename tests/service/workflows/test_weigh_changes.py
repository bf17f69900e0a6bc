"""What would change for whom: company with other facts, item published or withdrawn; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.model import Eligibility
from policy_corpus.model import ItemStatus
from service.errors import EnterpriseNotFound, UnusableSupposition
from service.store.data_folder import DataFolder
from service.store.shelf import Shelf, read_shelf
from service.workflows.match_enterprises import find_audience, match_one
from service.workflows.weigh_changes import read_facts, suppose, weigh_item

DEMO = "91360404MADE00011T"
TODAY = date(2026, 11, 24)


@pytest.fixture
def folder(sample_data: Path) -> Iterator[DataFolder]:
    with DataFolder.open(sample_data) as opened:
        yield opened


@pytest.fixture
def shelf(folder: DataFolder) -> Shelf:
    return read_shelf(folder, TODAY)


def test_other_facts_change_exactly_what_the_list_then_says(folder: DataFolder, shelf: Shelf) -> None:
    before = {
        m.item.id: m.eligibility for m in match_one(folder, shelf, DEMO, include_ineligible=True).matches
    }
    found = suppose(folder, shelf, DEMO, {"营业收入": "3万元", "employees": 3, "qualification": None})
    assert found.delta.changes
    for change in found.delta.changes:
        assert change.before is before[change.key] and change.after is not change.before
        assert found.items[change.key].id == change.key
    assert sum(found.delta.counts.values()) == len(before)
    assert folder.enterprises.get(DEMO) == found.enterprise and "qualification" not in found.supposed.facts


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"营业收入": "很多"}, "营业收入"),
        ({"身高": "3"}, "没有“身高”这一指标"),
        ({"founded_years": 3}, "没有"),
    ],
)
def test_a_fact_that_cannot_be_supposed_is_named(facts: dict[str, Any], said: str) -> None:
    with pytest.raises(UnusableSupposition, match=said):
        read_facts(facts)


def test_an_unknown_company_is_named(folder: DataFolder, shelf: Shelf) -> None:
    with pytest.raises(EnterpriseNotFound):
        suppose(folder, shelf, "91110000000000000X", {"employees": 1})


def test_withdrawing_an_item_takes_it_from_its_audience(folder: DataFolder, shelf: Shelf) -> None:
    item = folder.policies.items(status=ItemStatus.PUBLISHED)[0]
    audience = find_audience(folder, shelf, item.id).audience
    found = weigh_item(folder, shelf, item.id)
    assert not found.comes and len(found.delta.changes) == len(folder.enterprises)
    assert {change.after for change in found.delta.changes} == {None}
    for kind in Eligibility:
        assert found.delta.counts.get((kind, None), 0) == audience.counts[kind]
