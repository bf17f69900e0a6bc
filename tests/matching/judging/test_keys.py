"""What has the same key gets the same judgement."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.eligibility import judge_condition
from matching.judging.judgement import Asked
from matching.judging.keys import asked_form, fact_key, one_who_states, verdict_form
from matching.model import Enterprise, Verdict
from policy_corpus.facts import FACTS
from policy_corpus.model import Condition, Operator
from tests.factories import make_condition, make_span
from tests.matching.columns.drawn import DAYS, QUOTES, UNITS, conditions, enterprises

RELATED = {
    "patents": ["invention_patents"],
    "invention_patents": ["patents"],
    "rd_ratio": ["revenue", "rd_expense"],
    "size_class": ["industry", "employees", "revenue", "total_assets"],
    "founded_years": ["founded_on"],
    "founded_date": ["founded_on"],
}


def _companies(attribute: str) -> Any:
    return enterprises([attribute, *RELATED.get(attribute, [])])


def _reworded(data: Any, condition: Condition) -> Condition:
    """The condition with other original words, another unit, or its value put otherwise."""
    value = condition.value
    if isinstance(value, str):
        value = data.draw(st.sampled_from([value, f" {value}", (value,), (value, value), f"“{value}”"]))
    elif isinstance(value, tuple):
        value = data.draw(st.sampled_from([value, value[::-1], (*value, *value)]))
    elif isinstance(value, Decimal) and value.is_finite():
        value = data.draw(st.sampled_from([value, value + 0, (value,)]))
    quote, unit = data.draw(st.sampled_from([condition.span.quote, *QUOTES])), data.draw(UNITS)
    return replace(condition, value=value, unit=unit, span=make_span(quote))


@pytest.mark.parametrize("attribute", [*FACTS, "colour"])
@settings(deadline=None, max_examples=60)
@given(data=st.data(), as_of=DAYS)
def test_conditions_of_one_form_are_judged_alike(attribute: str, data: Any, as_of: date) -> None:
    one = data.draw(conditions(st.just(attribute)))
    other = _reworded(data, one)
    asked = Asked(data.draw(_companies(attribute) if attribute in FACTS else enterprises()), as_of)
    found = judge_condition(one, asked), judge_condition(other, asked)
    if asked_form(one) == asked_form(other):
        assert found[0] == found[1]
    if verdict_form(one) == verdict_form(other):
        assert found[0].verdict == found[1].verdict


@pytest.mark.parametrize("attribute", FACTS)
@settings(deadline=None, max_examples=60)
@given(data=st.data(), as_of=DAYS)
def test_a_key_holds_all_that_is_looked_up_of_a_company(attribute: str, data: Any, as_of: date) -> None:
    enterprise: Enterprise = data.draw(_companies(attribute))
    key = fact_key(attribute, enterprise, as_of)
    for condition in data.draw(st.lists(conditions(st.just(attribute)), min_size=1, max_size=4)):
        verdict = judge_condition(condition, Asked(enterprise, as_of)).verdict
        if key is None:
            assert verdict is Verdict.UNKNOWN
        else:
            assert judge_condition(condition, one_who_states(attribute, key)).verdict is verdict


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (make_condition(span=make_span("营收2000万元")), make_condition(span=make_span("年营收2000万元以上")), True),
        (make_condition(span=make_span("营收2000万元")), make_condition(span=make_span("连续两年营收2000万元")), False),
        (make_condition(unit="元"), make_condition(unit=None), True),
        (make_condition(unit="元"), make_condition(unit="美元"), False),
        (make_condition("above_scale", Operator.EQ, False), make_condition("above_scale", Operator.EQ, Decimal(0)), False),
        (make_condition("region", Operator.EQ, "九江市"), make_condition("region", Operator.EQ, "江西省九江市"), True),
        (make_condition("region", Operator.EQ, "九江市"), make_condition("region", Operator.EQ, "江西省"), False),
        (make_condition("qualification", Operator.HAS, "高企"), make_condition("qualification", Operator.HAS, "国家高新技术企业"), True),
        (make_condition("event", Operator.HAS, "获得投资。"), make_condition("event", Operator.HAS, "获得投资"), True),
        (make_condition("event", Operator.HAS, "获得投资"), make_condition("event", Operator.NOT_HAS, "获得投资", negated=True), False),
    ],
)  # fmt: skip
def test_forms_that_mean_the_same_are_one(one: Condition, other: Condition, alike: bool) -> None:
    assert (verdict_form(one) == verdict_form(other)) is alike


def test_a_form_reads_the_same_in_every_process() -> None:
    """Its text is what distinct conditions of several segments meet by."""
    code = (
        "from tests.factories import make_condition as c\n"
        "from matching.judging.keys import verdict_form as f\n"
        "from policy_corpus.model import Operator as O\n"
        "print([f(c(a, O.IN, v)) for a, v in (('region', ('鼓楼区', '九江市')), ('industry', ('制造业', '餐饮')),"
        " ('qualification', ('高企', '省级及以上绿色工厂')), ('compliance', ('无偷税行为', '未受行政处罚')))])"
    )
    seen = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
                       capture_output=True, check=True).stdout for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1
