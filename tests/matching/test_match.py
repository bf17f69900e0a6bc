"""Matching one enterprise, many, and the audience of an item."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.batch import match_all, rank_all
from matching.catalogue.day import Day
from matching.eligibility import eligibility_of, evaluate
from matching.match import match_one, rank_items
from matching.model import Eligibility, Match, Openness, Verdict
from matching.ranking import key_of
from policy_corpus.model import AnyOf, ApplicationWindow, FreeText, Operator, PolicyItem
from tests.factories import OTHER_USCC, make_condition, make_day, make_enterprise, make_item, make_span

TODAY = date(2026, 11, 23)
BIG = make_enterprise(
    name="示例智能装备有限公司", region="360403", revenue=35_000_000, qualification=("高新技术企业",)
)
SMALL = make_enterprise(OTHER_USCC, "示例餐饮店", region="440106", revenue=900_000)


def _item(
    number: int, *conditions: object, title: str = "示例事项", closes: date | None = None
) -> PolicyItem:
    window = ApplicationWindow(make_span("申报期"), None, closes) if closes else None
    return make_item(*conditions, id=f"{number:016x}-001", title=title, window=window)  # type: ignore[arg-type]


MET = make_condition("revenue", Operator.GE, Decimal(20_000_000))
FAILED = make_condition("region", Operator.EQ, "浙江省")
OPEN_QUESTION = FreeText(make_span("经济效益良好"))
ITEMS = (
    _item(1, MET, title="营业收入上规模奖励"),
    _item(2, MET, FAILED, title="浙江企业奖励"),
    _item(3, MET, OPEN_QUESTION, title="高新技术企业奖励"),
    _item(4, MET, MET, title="智能装备首台套奖励", closes=date(2026, 12, 31)),
    _item(5, MET, title="高新技术企业认定奖励", closes=date(2026, 12, 1)),
    _item(6, MET, title="已截止的奖励", closes=date(2026, 11, 22)),
)
DAY = make_day(ITEMS, TODAY)


def match_enterprise(enterprise: object, day: Day, top: int | None = None, **kw: bool) -> tuple[Match, ...]:
    return rank_items(enterprise, day, **kw).matches(top)  # type: ignore[arg-type]


def _numbers(matches: object) -> list[int]:
    return [int(match.item.document_id, 16) for match in matches]  # type: ignore[attr-defined]


def test_eligible_items_come_before_undetermined_and_closed_ones_are_left_out() -> None:
    matches = match_enterprise(BIG, DAY)
    assert [match.rank for match in matches] == [1, 2, 3, 4]
    assert [match.eligibility for match in matches] == [Eligibility.ELIGIBLE] * 3 + [Eligibility.UNDETERMINED]
    assert set(_numbers(matches)) == {1, 3, 4, 5}


def test_ineligible_and_closed_items_are_listed_when_asked_for() -> None:
    matches = match_enterprise(BIG, DAY, include_ineligible=True, include_closed=True)
    assert _numbers(matches)[-1] == 2
    assert {match.openness for match in matches if match.item.id == ITEMS[5].id} == {Openness.CLOSED}


def test_another_enterprise_gets_another_list() -> None:
    assert _numbers(match_enterprise(SMALL, DAY)) == []
    assert len(match_enterprise(SMALL, DAY, include_ineligible=True)) == 5


def test_the_nearer_item_in_words_comes_first() -> None:
    numbers = _numbers(match_enterprise(BIG, DAY))
    assert numbers.index(5) < numbers.index(1)


def test_top_cuts_the_list_and_nothing_else() -> None:
    whole = match_enterprise(BIG, DAY)
    assert match_enterprise(BIG, DAY, top=2) == whole[:2]
    assert match_enterprise(BIG, DAY, top=0) == ()


def test_a_match_carries_a_finding_for_every_condition_and_its_terms() -> None:
    (match,) = match_enterprise(BIG, make_day([ITEMS[2]], TODAY))
    assert [finding.verdict for finding in match.findings] == [Verdict.MET, Verdict.UNKNOWN]
    assert match.score == 0.5
    assert "高新技术企业" in dict(match.terms)


def test_an_item_that_the_catalogue_does_not_know_is_still_judged() -> None:
    match = match_one(BIG, _item(99, MET), DAY)
    assert (match.eligibility, match.relevance, match.terms) == (Eligibility.ELIGIBLE, 0.0, ())


def test_an_item_without_conditions_is_never_called_eligible() -> None:
    (match,) = match_enterprise(BIG, make_day([_item(98)], TODAY))
    assert (match.eligibility, match.score) == (Eligibility.UNDETERMINED, 0.0)


def test_one_item_is_matched_whatever_comes_out() -> None:
    assert match_one(BIG, ITEMS[1], DAY).eligibility is Eligibility.INELIGIBLE
    assert match_one(BIG, ITEMS[5], DAY).openness is Openness.CLOSED


def test_the_batch_gives_the_list_of_each_enterprise_in_their_order() -> None:
    found = list(match_all([SMALL, BIG], DAY, include_ineligible=True, top=4))
    assert [enterprise for enterprise, _ in found] == [SMALL, BIG]
    for enterprise, matches in found:
        assert matches == match_enterprise(enterprise, DAY, include_ineligible=True, top=4)


def test_one_item_alone_says_what_the_list_says() -> None:
    for enterprise in (BIG, SMALL):
        for match in match_enterprise(enterprise, DAY, include_ineligible=True, include_closed=True):
            assert replace(match_one(enterprise, match.item, DAY), rank=match.rank) == match


CONDITIONS = st.sampled_from(
    [MET, FAILED, OPEN_QUESTION, AnyOf((MET, FAILED)), make_condition("employees", Operator.LE, Decimal(300))]
)
WINDOWS = st.one_of(st.none(), st.dates(date(2026, 11, 20), date(2026, 12, 10)))
SHELVES = st.lists(
    st.tuples(
        st.lists(CONDITIONS, min_size=1, max_size=3), st.sampled_from(["技改", "高企", "餐饮"]), WINDOWS
    ),
    max_size=8,
)


@settings(max_examples=60)
@given(SHELVES, st.randoms(use_true_random=False))
def test_the_ranking_is_total_and_does_not_depend_on_the_order_of_items(
    shelf: list[tuple[list[object], str, date | None]], rng: random.Random
) -> None:
    items = [
        _item(n, *conditions, title=title, closes=closes)
        for n, (conditions, title, closes) in enumerate(shelf)
    ]
    matches = match_enterprise(BIG, make_day(items, TODAY), include_ineligible=True)
    again = make_day(rng.sample(items, len(items)), TODAY)
    assert match_enterprise(BIG, again, include_ineligible=True) == matches
    keys = [key_of(match) for match in matches]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    for match in matches:
        assert match.eligibility is eligibility_of(evaluate(match.item.conditions, BIG, TODAY)[0])
    for top in range(len(matches) + 1):
        ((ranking, order),) = rank_all([BIG], again, include_ineligible=True, top=top)
        ids = [again.catalogue.ids[int(ranking.positions[at])] for at in order]
        assert ids == [match.item.id for match in matches[:top]]


@pytest.mark.parametrize("include_ineligible", [True, False])
def test_nothing_to_match_gives_an_empty_list(include_ineligible: bool) -> None:
    nothing = make_day([], TODAY)
    assert match_enterprise(BIG, nothing, include_ineligible=include_ineligible) == ()
    assert match_enterprise(SMALL, nothing, include_ineligible=include_ineligible) == ()
