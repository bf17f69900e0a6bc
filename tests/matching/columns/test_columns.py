"""Columns say of every item what the readable evaluator says."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.columns.columns import Columns, Verdicts
from matching.columns.compiling import ColumnsBuilder
from matching.columns.pieces import CODES
from matching.eligibility import Evaluator
from matching.errors import IndexNotBuilt
from matching.kernels.switch import Way, force
from matching.model import Enterprise
from policy_corpus.facts import FACTS
from policy_corpus.model import AllOf
from tests.matching.columns.drawn import DAYS, conditions, enterprises, trees

ITEMS = st.lists(trees(), max_size=6)


def compiled(items: list[AllOf]) -> Columns:
    builder = ColumnsBuilder()
    for conditions_of_item in items:
        builder.add(conditions_of_item)
    return builder.freeze()


def as_lists(found: Verdicts) -> list[tuple[int, int, int]]:
    return list(zip(*(column.tolist() for column in found), strict=True))


def by_evaluator(items: list[AllOf], enterprise: Enterprise, as_of: date) -> list[tuple[int, int, int]]:
    evaluator = Evaluator(enterprise, as_of)
    return [(CODES[evaluator.verdict_on(item)], *evaluator.tally(item)) for item in items]


@settings(deadline=None, max_examples=300)
@given(ITEMS, enterprises(), DAYS)
def test_columns_say_what_the_evaluator_says(items: list[AllOf], enterprise: Enterprise, as_of: date) -> None:
    assert as_lists(compiled(items).judge(enterprise, as_of)) == by_evaluator(items, enterprise, as_of)


@pytest.mark.parametrize("attribute", FACTS)
@settings(deadline=None, max_examples=60)
@given(data=st.data(), as_of=DAYS)
def test_each_attribute_is_judged_as_by_its_judge(attribute: str, data: Any, as_of: date) -> None:
    """Many conditions on one attribute, and companies one after the other: nothing remembered is mistaken."""
    asked = data.draw(st.lists(conditions(st.just(attribute)), min_size=1, max_size=12))
    items = [AllOf((condition,)) for condition in asked]
    keys = ["founded_on"] if attribute.startswith("founded") else [attribute]
    keys += {"patents": ["invention_patents"], "invention_patents": ["patents"], "rd_ratio": ["revenue", "rd_expense"],
             "size_class": ["industry", "employees", "revenue", "total_assets"]}.get(attribute, [])  # fmt: skip
    columns = compiled(items)
    for enterprise in data.draw(st.lists(enterprises(keys), min_size=1, max_size=4)):
        assert as_lists(columns.judge(enterprise, as_of)) == by_evaluator(items, enterprise, as_of)


@settings(deadline=None)
@given(ITEMS, enterprises(), DAYS, st.data())
def test_ranges_are_parts_of_the_whole(
    items: list[AllOf], enterprise: Enterprise, as_of: date, data: Any
) -> None:
    columns = compiled(items)
    whole = as_lists(columns.judge(enterprise, as_of))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(items)), min_size=4, max_size=4)))
    ranges = [(cuts[0], cuts[1]), (cuts[2], cuts[3])]
    assert as_lists(columns.judge(enterprise, as_of, ranges)) == [
        one for a, b in ranges for one in whole[a:b]
    ]


@settings(deadline=None)
@given(
    st.lists(trees(), min_size=4, max_size=8),
    st.lists(enterprises(), min_size=5, max_size=5),
    DAYS,
    st.data(),
)
def test_a_small_part_is_judged_alike_for_the_first_and_for_later_companies(
    items: list[AllOf], companies: list[Enterprise], as_of: date, data: Any
) -> None:
    columns, at = compiled(items), data.draw(st.integers(0, len(items) - 1))
    for company in companies:
        found = as_lists(columns.judge(company, as_of, [(at, at + 1)]))
        assert found == by_evaluator(items, company, as_of)[at : at + 1]


@settings(deadline=None)
@given(ITEMS, enterprises(), DAYS)
def test_compiled_and_plain_loops_agree(items: list[AllOf], enterprise: Enterprise, as_of: date) -> None:
    columns = compiled(items)
    ways: tuple[Way, ...] = ("compiled", "plain")
    found = []
    for way in ways:
        with force(way):
            found.append(columns.judge(enterprise, as_of))
    one, other = found
    assert all(a.dtype == b.dtype and a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


@settings(deadline=None)
@given(ITEMS, enterprises(), DAYS)
def test_kept_columns_come_back_as_they_were(items: list[AllOf], enterprise: Enterprise, as_of: date) -> None:
    columns = compiled(items)
    arrays, details = columns.to_arrays()
    again = Columns.from_arrays(arrays, json.loads(json.dumps(details)))
    assert as_lists(again.judge(enterprise, as_of)) == as_lists(columns.judge(enterprise, as_of))


@settings(deadline=None)
@given(st.lists(ITEMS, min_size=1, max_size=3), enterprises(), DAYS, st.data())
def test_folded_segments_are_as_if_built_at_once(
    parts: list[list[AllOf]], enterprise: Enterprise, as_of: date, data: Any
) -> None:
    items = [item for part in parts for item in part]
    order = data.draw(st.permutations(range(len(items))))[: data.draw(st.integers(0, len(items)))]
    folded = Columns.folded([compiled(part) for part in parts], np.array(order, np.int64))
    fresh = compiled([items[at] for at in order])
    assert (folded.size, folded.distinct) == (fresh.size, fresh.distinct)
    assert as_lists(folded.judge(enterprise, as_of)) == as_lists(fresh.judge(enterprise, as_of))
    twice = Columns.folded([folded], np.arange(folded.size))
    assert as_lists(twice.judge(enterprise, as_of)) == as_lists(fresh.judge(enterprise, as_of))


def test_what_is_frozen_does_not_change_when_more_is_added() -> None:
    builder = ColumnsBuilder()
    builder.add(AllOf(()))
    first = builder.freeze()
    builder.add(AllOf(()))
    assert (first.size, builder.freeze().size) == (1, 2)


def test_columns_made_by_other_rules_are_refused() -> None:
    arrays, details = compiled([AllOf(())]).to_arrays()
    with pytest.raises(IndexNotBuilt, match="其他版本"):
        Columns.from_arrays(arrays, details | {"made_by": "0" * 32})
