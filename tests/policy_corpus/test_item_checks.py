"""What keeps an item from being published: nothing in it, what denies itself, what nobody can be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.comparisons import MET
from matching.eligibility import Evaluator
from policy_corpus.item_checks import Severity, check_item, errors_of
from policy_corpus.item_contradictions import find_clashes
from policy_corpus.model import (
    AllOf,
    AnyOf,
    ApplicationWindow,
    Benefit,
    BenefitKind,
    Condition,
    FreeText,
    Node,
    Not,
    Operator,
    Span,
)
from tests.factories import make_condition, make_document, make_enterprise, make_item

O = Operator  # noqa: E741
BLANK = Span("0" * 16, 0, 0, "")
QUIET = {"benefits": (), "spans": ()}


def cond(attribute: str, op: Operator, value: Any, quote: str = "") -> Condition:
    value = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    text = Span("0" * 16, 0, len(quote), quote)
    return make_condition(attribute, op, value, span=text, negated=op is O.NOT_HAS)


def errors(*conditions: Node, **kw: Any) -> dict[str, str]:
    item = make_item(*conditions, **{**QUIET, **kw})
    return {one.path: one.message for one in errors_of(check_item(item, make_document("甲乙丙丁")))}


def warnings(*conditions: Node, **kw: Any) -> dict[str, str]:
    found = check_item(make_item(*conditions, **{**QUIET, **kw}), make_document("甲乙丙丁"))
    return {one.path: one.message for one in found if one.severity is Severity.WARNING}


ORDINARY = cond("qualification", O.HAS, "高新技术企业")


def test_an_ordinary_item_has_no_problem_and_an_empty_one_has() -> None:
    assert not errors(ORDINARY, cond("revenue", O.GE, 20_000_000), cond("revenue", O.LE, 50_000_000))
    assert errors().keys() == {"conditions"}
    assert errors(ORDINARY, title=" ").keys() == {"title"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (cond("revenue", O.GE, 20_000_000), cond("revenue", O.LE, 10_000_000)),
        (cond("revenue", O.GT, 100), cond("revenue", O.LE, 100)),
        (cond("employees", O.GT, 5), cond("employees", O.LT, 6)),
        (cond("founded_years", O.LE, 3), cond("founded_years", O.GE, 5)),
        (cond("founded_date", O.GE, "2026-01-01"), cond("founded_date", O.LE, "2025-12-31")),
        (cond("revenue", O.BETWEEN, (Decimal(1), Decimal(2))), cond("revenue", O.EQ, 3)),
        (cond("qualification", O.HAS, "高新技术企业"), cond("qualification", O.NOT_HAS, "高新技术企业")),
        (cond("qualification", O.HAS, "高新技术企业"), cond("qualification", O.NOT_HAS, ("示例称号", "高新技术企业"))),
        (cond("other", O.HAS, "享受过同类补助"), cond("other", O.NOT_HAS, "享受过同类补助")),
        (cond("independent_legal_person", O.HAS, True), cond("independent_legal_person", O.NOT_HAS, True)),
        (cond("region", O.EQ, "江西省九江市"), cond("region", O.EQ, "江西省南昌市")),
        (cond("region", O.EQ, "江西省九江市浔阳区"), cond("region", O.NOT_HAS, "江西省九江市")),
        (cond("size_class", O.EQ, "中小微"), cond("size_class", O.EQ, "大型")),
        (cond("ownership", O.EQ, "国有"), cond("ownership", O.EQ, "民营")),
    ],
)  # fmt: skip
def test_two_conditions_that_deny_each_other_are_refused(one: Condition, other: Condition) -> None:
    assert errors(
        ORDINARY if one.attribute != "qualification" else cond("employees", O.GE, 1), one, other
    ).keys() == {"conditions/all/2"}
    assert not errors(one) and not errors(other)
    assert not errors(AnyOf((one, other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (cond("revenue", O.GE, 100), cond("revenue", O.LE, 100)),
        (cond("region", O.EQ, "江西省"), cond("region", O.EQ, "江西省九江市")),
        (cond("region", O.EQ, "江西省九江市"), cond("region", O.NOT_HAS, "江西省九江市浔阳区")),
        (cond("listing", O.EQ, "未上市"), cond("listing", O.EQ, "拟上市")),
        (cond("size_class", O.EQ, "微型"), cond("size_class", O.EQ, "中小企业")),
        (cond("credit", O.HAS, "无失信记录"), cond("credit", O.NOT_HAS, "失信记录")),
        (cond("compliance", O.HAS, "无安全事故"), cond("compliance", O.NOT_HAS, "安全事故")),
        (cond("other", O.GE, 5), cond("other", O.LE, 1)),
        (cond("export_value", O.GE, 5), make_condition("export_value", O.LE, Decimal(1), span=BLANK, unit="美元")),
        (cond("tax_paid", O.GE, 200, "年纳税200元以上"), cond("tax_paid", O.LE, 100, "地方财政贡献100元以下")),
    ],
)  # fmt: skip
def test_two_conditions_that_can_both_hold_are_no_error(one: Condition, other: Condition) -> None:
    spoken = {path: words for path, words in errors(one, other).items() if "/span" not in path}
    assert not spoken


def test_denials_and_branches_are_looked_at_as_they_mean() -> None:
    big, small = cond("employees", O.GE, 300), cond("employees", O.LE, 100)
    assert errors(big, Not(big)).keys() == {"conditions/all/1/not"}
    assert errors(Not(AnyOf((big, small))), cond("employees", O.GE, 400))
    assert not errors(big, AnyOf((small, ORDINARY)))
    assert "conditions/all/1/any/0" in warnings(big, AnyOf((small, ORDINARY)))
    both = errors(big, AnyOf((small, cond("employees", O.EQ, 5))))
    assert both.keys() == {"conditions/all/1"} and "或" in both["conditions/all/1"]
    assert errors(AllOf((big, AllOf((small,))))).keys() == {"conditions/all/0/all/1/all/0"}


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        (cond("revenue", O.GE, -5), "conditions/all/0/value"),
        (cond("rd_ratio", O.GE, 120), "conditions/all/0/value"),
        (make_condition("employees", O.GE, Decimal("1.5"), span=BLANK), "conditions/all/0/value"),
        (make_condition("revenue", O.GE, Decimal("NaN"), span=BLANK), "conditions/all/0/value"),
        (Condition("employees", O.GE, None, BLANK), "conditions/all/0/value"),
        (Condition("qualification", O.HAS, (), BLANK), "conditions/all/0/value"),
        (cond("region", O.EQ, "999999"), "conditions/all/0/value"),
        (cond("industry", O.EQ, "C9999"), "conditions/all/0/value"),
        (cond("founded_date", O.GE, "去年"), "conditions/all/0/value"),
        (cond("no_such", O.GE, 5), "conditions/all/0/attribute"),
        (cond("revenue", O.HAS, 5), "conditions/all/0/op"),
        (AnyOf(()), "conditions/all/0"),
    ],
)
def test_what_nobody_can_be_or_nobody_can_read_is_refused(condition: Node, path: str) -> None:
    assert errors(condition).keys() == {path}


def test_growth_may_be_negative_and_beyond_the_whole() -> None:
    assert not errors(cond("revenue_growth", O.GE, -10), cond("revenue_growth", O.LE, 200))


def test_figures_of_benefits_are_looked_at() -> None:
    def benefit(**kw: Any) -> Benefit:
        return Benefit(kw.pop("kind", BenefitKind.REWARD), BLANK, **kw)

    assert errors(ORDINARY, benefits=(benefit(amount_yuan=Decimal(-1)),)).keys() == {"benefits/0/amount_yuan"}
    assert errors(ORDINARY, benefits=(benefit(rate_percent=Decimal(150)),)).keys() == {
        "benefits/0/rate_percent"
    }
    tax = benefit(kind=BenefitKind.TAX, rate_percent=Decimal(200))
    assert not errors(ORDINARY, benefits=(tax,)) and warnings(ORDINARY, benefits=(tax,))


def test_a_window_runs_forward_and_not_before_its_document() -> None:
    def window(opens: date | None, closes: date, **kw: Any) -> dict[str, str]:
        item = make_item(ORDINARY, **QUIET, window=ApplicationWindow(BLANK, opens, closes, **kw))
        return {
            one.path: one.message
            for one in errors_of(check_item(item, make_document(dated_on=date(2026, 3, 1))))
        }

    assert not window(date(2026, 4, 1), date(2026, 9, 30))
    assert "window/closes_on" in window(date(2026, 9, 30), date(2026, 4, 1))
    assert "window/closes_on" in window(None, date(2025, 9, 30))
    assert not window(None, date(2025, 9, 30), yearly=True)
    assert "window/closes_on" in window(None, date(2999, 1, 1))


def test_what_is_unparsed_is_a_warning_until_all_is_to_be_decided() -> None:
    item = make_item(FreeText(Span("0" * 16, 0, 2, "甲乙")), **QUIET)
    document = make_document("甲乙丙丁")
    assert [one.severity for one in check_item(item, document)] == [Severity.WARNING]
    assert [one.severity for one in check_item(item, document, decided=True)] == [Severity.ERROR]


def test_a_sentence_that_does_not_stand_in_the_document_is_refused() -> None:
    assert errors(cond("revenue", O.GE, 5, "丙乙")).keys() == {"conditions/all/0/span"}
    assert not errors(make_condition("revenue", O.GE, Decimal(5), span=Span("0" * 16, 1, 3, "乙丙")))


FIGURES = st.integers(0, 6)
REGIONS = st.sampled_from(["江西省", "江西省九江市", "江西省九江市浔阳区", "江西省南昌市", "浙江省", "全国"])
SIZES = st.sampled_from(["大型", "中型", "小型", "微型", "中小", "中小微", "小微"])
BOUNDS = st.sampled_from([O.GE, O.GT, O.LE, O.LT, O.EQ])
LEAVES = st.one_of(
    st.builds(cond, st.sampled_from(["employees", "founded_years", "revenue"]), BOUNDS, FIGURES),
    st.builds(cond, st.just("region"), st.sampled_from([O.EQ, O.NOT_HAS]), REGIONS),
    st.builds(cond, st.just("size_class"), st.sampled_from([O.EQ, O.NOT_HAS]), SIZES),
    st.builds(cond, st.just("ownership"), st.sampled_from([O.EQ, O.NOT_HAS]), st.sampled_from(["民营", "国有", "外商投资", "合资"])),
    st.builds(cond, st.just("qualification"), st.sampled_from([O.HAS, O.NOT_HAS]), st.sampled_from(["高新技术企业", "专精特新中小企业"])),
    st.builds(cond, st.just("independent_legal_person"), st.sampled_from([O.HAS, O.NOT_HAS]), st.booleans()),
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda nodes: AllOf(tuple(nodes))),
        st.lists(inner, min_size=1, max_size=3).map(lambda nodes: AnyOf(tuple(nodes))),
        inner.map(Not),
    ),
    max_leaves=8,
)
ENTERPRISES = st.builds(
    make_enterprise,
    employees=FIGURES,
    revenue=FIGURES,
    founded_on=st.sampled_from(["2020-11-24", "2023-11-24", "2025-06-01", "2026-11-01"]),
    region=st.sampled_from(["360402", "360100", "330100", "110000"]),
    size_class=st.sampled_from(["大型", "中型", "小型", "微型"]),
    ownership=st.sampled_from(["民营", "国有", "外商投资", "中外合资"]),
    qualification=st.sets(st.sampled_from(["高新技术企业", "专精特新中小企业"])),
    independent_legal_person=st.booleans(),
)


@given(st.lists(TREES, min_size=1, max_size=3), st.lists(ENTERPRISES, min_size=3, max_size=6))
def test_what_is_called_contradictory_no_company_ever_meets(nodes: list[Node], companies: list[Any]) -> None:
    tree = AllOf(tuple(nodes))
    if any(clash.certain for clash in find_clashes(tree)):
        for company in companies:
            assert Evaluator(company, date(2026, 11, 24)).verdict_on(tree) is not MET


@given(ENTERPRISES, st.lists(LEAVES, min_size=2, max_size=4))
def test_conditions_that_a_company_meets_together_are_never_called_contradictory(
    company: Any, conditions: list[Condition]
) -> None:
    judge = Evaluator(company, date(2026, 11, 24))
    met = tuple(one for one in conditions if judge.verdict_on(one) is MET)
    assert not [clash for clash in find_clashes(AllOf(met)) if clash.certain]
