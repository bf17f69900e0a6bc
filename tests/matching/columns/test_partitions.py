"""Whoever stands outside an item's partition is never eligible for it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.columns.partitions import hard_region, region_ranges
from matching.eligibility import Evaluator
from matching.model import Verdict
from policy_corpus.codes.region_table import table
from policy_corpus.model import AllOf, AnyOf, Node, Not, Operator
from tests.factories import make_condition, make_enterprise
from tests.matching.columns.drawn import CODES, PLACES, conditions, trees

TODAY = date(2026, 11, 23)
REGIONS = conditions(st.just("region"))
ANY_CODE = st.one_of(
    st.sampled_from(CODES),
    st.sampled_from(sorted(table().names)),
    st.sampled_from(sorted(table().zones)),
    st.sampled_from(sorted(table().former_codes)),
)


def _in(*names: str) -> Node:
    value = names if len(names) > 1 else names[0]
    return make_condition("region", Operator.IN if len(names) > 1 else Operator.EQ, value)


def _partitioned(items: list[AllOf]) -> tuple[list[AllOf], list[str], list[int]]:
    """The items in the order of a catalogue, the codes of its partitions and where each starts."""
    items = sorted(items, key=hard_region)
    codes = [hard_region(item) for item in items]
    distinct = sorted(set(codes))
    return items, distinct, [*(codes.index(code) for code in distinct), len(items)]


@settings(deadline=None, max_examples=300)
@given(st.lists(trees(st.one_of(REGIONS, conditions())), max_size=8), ANY_CODE)
def test_an_item_outside_the_ranges_is_never_open_to_the_company(items: list[AllOf], code: str) -> None:
    items, partitions, starts = _partitioned(items)
    evaluator = Evaluator(make_enterprise(region=code), TODAY)
    inside = {at for first, end in region_ranges(partitions, starts, code) for at in range(first, end)}
    for at, item in enumerate(items):
        assert at in inside or evaluator.verdict_on(item) is Verdict.NOT_MET


@settings(deadline=None, max_examples=1000)
@given(
    st.sampled_from([*PLACES, *sorted(table().names), *(z.name for z in table().zones.values())]), ANY_CODE
)
def test_every_place_and_every_company_are_kept_apart_only_where_surely_apart(name: str, code: str) -> None:
    item = AllOf((_in(name),))
    ranges = region_ranges([hard_region(item)], [0, 1], code)
    assert ranges or Evaluator(make_enterprise(region=code), TODAY).verdict_on(item) is Verdict.NOT_MET


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(table().names)), max_size=12), ANY_CODE)
def test_the_ranges_are_those_of_whoever_may_be_inside(codes: list[str], code: str) -> None:
    """No wider than need be: a partition of six digits is open only to whom its place may hold."""
    partitions = sorted({"", *codes})
    found = region_ranges(partitions, list(range(len(partitions) + 1)), code)
    assert found == sorted(found) and all(a < b for a, b in found)
    for at, partition in enumerate(partitions):
        is_open = any(a <= at < b for a, b in found)
        verdict = (
            Evaluator(make_enterprise(region=code), TODAY).verdict_on(_in(partition)) if partition else None
        )
        if verdict not in (None, Verdict.NOT_MET):
            assert is_open
        if "-" not in code and partition and code in table().names:
            assert is_open == (verdict is not Verdict.NOT_MET)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (AllOf((_in("江西省"),)), "360000"),
        (AllOf((_in("九江市"), make_condition("revenue"))), "360400"),
        (AllOf((_in("江西省"), _in("九江市"))), "360400"),
        (AllOf((_in("浔阳区", "柴桑区"),)), "360400"),
        (AllOf((_in("九江市", "南昌市"),)), "360000"),
        (AllOf((_in("九江市", "北京市"),)), ""),
        (AllOf((AnyOf((_in("浔阳区"), _in("柴桑区"))),)), "360400"),
        (AllOf((AnyOf((_in("浔阳区"), make_condition("revenue"))),)), ""),
        (AllOf((Not(_in("九江市")),)), ""),
        (AllOf((make_condition("region", Operator.NOT_HAS, "九江市", negated=True),)), ""),
        (AllOf((_in("全国"),)), ""),
        (AllOf((_in("鼓楼区"),)), ""),
        (AllOf((_in("九江市高新区"),)), "360400"),
        (AllOf((_in("东莞市"),)), "441900"),
        (AllOf(()), ""),
    ],
)
def test_the_place_an_item_is_kept_under(tree: AllOf, expected: str) -> None:
    assert hard_region(tree) == expected


def test_a_company_of_a_city_sees_the_nation_its_province_its_city_and_the_districts() -> None:
    partitions = ["", "110000", "360000", "360100", "360400", "360403", "360500", "370000"]
    starts = [0, 10, 20, 30, 40, 50, 60, 70, 80]
    assert region_ranges(partitions, starts, "360400") == [(0, 10), (20, 30), (40, 60)]
    assert region_ranges(partitions, starts, "360403") == [(0, 10), (20, 30), (40, 60)]
    assert region_ranges(partitions, starts, "360100") == [(0, 10), (20, 40)]
    assert region_ranges(partitions, starts, None) == region_ranges(partitions, starts, "没有") == [(0, 80)]
