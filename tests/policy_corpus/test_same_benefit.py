"""Items of several levels that give the same: candidates for a person, few and right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_corpus.model import Benefit, BenefitKind, Document, Level, Operator, PolicyItem
from policy_corpus.same_benefit import Candidate, find_same_benefits
from tests.factories import make_condition, make_document, make_item, make_span

PLACES = {
    "n": (Level.NATIONAL, None),
    "p": (Level.PROVINCE, "360000"),
    "q": (Level.PROVINCE, "330000"),
    "c": (Level.CITY, "360400"),
    "d": (Level.COUNTY, "360403"),
}


def entry(
    place: str, title: str, quote: str = "给予一次性奖励30万元", number: int = 1, **kw: Any
) -> tuple[PolicyItem, Document]:
    level, region = PLACES[place]
    id_ = place * 16
    kind = kw.pop("kind", BenefitKind.REWARD)
    benefit = Benefit(kind, make_span(quote), amount_yuan=Decimal(300_000))
    item = make_item(*kw.pop("conditions", ()), id=f"{id_}-{number:03d}", title=title, benefits=(benefit,))
    return item, make_document(id=id_, level=level, region_code=region)


def pairs(*entries: tuple[PolicyItem, Document]) -> list[tuple[str, str]]:
    return [(found.higher[0], found.lower[0]) for found in find_same_benefits(entries)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("首次认定高新技术企业奖励（30万元）", "国家高新技术企业认定奖励"),
        ("专精特新“小巨人”企业奖励", "新认定国家级专精特新小巨人企业一次性奖励"),
        ("省级企业技术中心认定奖励", "省级企业技术中心奖励（最高50万元）"),
        ("创业带动就业补贴（每人2000元）", "创业带动就业补贴"),
    ],
)
def test_the_same_matter_at_two_levels_is_a_candidate(one: str, other: str) -> None:
    assert pairs(entry("p", one), entry("c", other)) == [("p", "c")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高新技术企业认定奖励", "高新技术企业研发费用补助"),
        ("省级企业技术中心认定奖励", "市级企业技术中心认定奖励"),
        ("高新技术企业认定奖励", "高新技术企业重新认定奖励"),
        ("高新技术企业认定奖励", "科技型中小企业认定奖励"),
        ("高质量发展奖励", "高质量发展奖励"),
        ("税费减免", "税费减免"),
        ("首次获评AAAA级物流企业奖励", "首次获评AAA级物流企业奖励"),
        ("新评定为五星级旅游饭店奖励", "新评定为四星级旅游饭店奖励"),
    ],
)
def test_what_only_sounds_alike_is_none(one: str, other: str) -> None:
    assert pairs(entry("p", one), entry("c", other)) == []


def test_regions_must_hold_one_another_and_levels_differ() -> None:
    title = "高新技术企业认定奖励"
    listed = [entry(place, title) for place in "npcdq"]
    assert pairs(*listed) == [
        ("c", "d"), ("n", "c"), ("n", "d"), ("n", "p"), ("n", "q"), ("p", "c"), ("p", "d")
    ]  # fmt: skip


def test_another_form_of_support_is_another_benefit() -> None:
    title = "高新技术企业认定奖励"
    assert pairs(entry("p", title), entry("c", title, "提供贷款担保", kind=BenefitKind.LOAN)) == []
    assert pairs(entry("p", title, "免收房租"), entry("c", title, "房租减半收取")) == []


def test_tiers_find_the_tier_most_like_them() -> None:
    listed = [
        entry(place, f"承租国有经营用房租金减免（{words}）", words, number, kind=BenefitKind.RENT)
        for place in "pc"
        for number, words in ((1, "免收"), (2, "减半收取"))
    ]
    found = find_same_benefits(listed)
    assert [(one.higher[-3:], one.lower[-3:]) for one in found] == [("001", "001"), ("002", "002")]


def test_an_event_names_the_matter_where_the_title_does_not() -> None:
    event = make_condition("event", Operator.HAS, "首次认定为高新技术企业")
    found = pairs(entry("p", "高新技术企业认定奖励"), entry("c", "一次性奖励", conditions=(event,)))
    assert found == [("p", "c")]


@given(st.permutations([entry(place, title) for place in "npcd" for title in ("高新技术企业奖励",)]))
def test_the_order_of_items_does_not_matter(listed: list[tuple[PolicyItem, Document]]) -> None:
    found = find_same_benefits(listed)
    assert found == find_same_benefits(sorted(listed, key=lambda pair: pair[0].id))
    assert len(found) == 6 and all(isinstance(one, Candidate) for one in found)
