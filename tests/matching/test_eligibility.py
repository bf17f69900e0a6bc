"""Judging an enterprise against conditions: three values, every kind of fact, every operator."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.comparisons import negate
from matching.derived_facts import find_fact
from matching.eligibility import Evaluator, evaluate
from matching.model import Enterprise, Verdict
from policy_corpus.facts import FACTS
from policy_corpus.model import AllOf, AnyOf, Condition, FreeText, Node, Not, Operator
from tests.factories import OTHER_USCC, make_condition, make_enterprise, make_fact, make_span

TODAY = date(2026, 11, 23)
MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
FREE = FreeText(make_span("经济效益良好"))


def _verdict(condition: Node, **facts: Any) -> Verdict:
    return evaluate(condition, make_enterprise(**facts), TODAY)[0]


def _both(condition: Condition, one: dict[str, Any], other: dict[str, Any]) -> list[Verdict]:
    """The verdicts on two enterprises, never on one alone."""
    enterprises = (make_enterprise(**one), make_enterprise(OTHER_USCC, "另一家示例公司", **other))
    return [evaluate(condition, enterprise, TODAY)[0] for enterprise in enterprises]


def _ask(attribute: str, op: Operator, value: Any, quote: str = "原文", **kw: Any) -> Condition:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = Decimal(str(value))
    negated = kw.pop("negated", op is Operator.NOT_HAS)
    return make_condition(attribute, op, value, span=make_span(quote), negated=negated, **kw)


# Figures


def test_missing_revenue_leaves_condition_unknown() -> None:
    assert _both(make_condition("revenue"), {}, {"employees": 30}) == [UNKNOWN, UNKNOWN]


@pytest.mark.parametrize(
    ("op", "value", "expected"),
    [
        (Operator.GE, 100, [NOT_MET, MET, MET]),
        (Operator.GT, 100, [NOT_MET, NOT_MET, MET]),
        (Operator.LE, 100, [MET, MET, NOT_MET]),
        (Operator.LT, 100, [MET, NOT_MET, NOT_MET]),
        (Operator.EQ, 100, [NOT_MET, MET, NOT_MET]),
    ],
)
@pytest.mark.parametrize("attribute", ["employees", "revenue", "rd_ratio", "fixed_investment"])
def test_each_operator_at_its_bound(
    attribute: str, op: Operator, value: int, expected: list[Verdict]
) -> None:
    found = [_verdict(_ask(attribute, op, value), **{attribute: held}) for held in (99.99, 100, 100.01)]
    assert found == expected


def test_between_includes_both_ends() -> None:
    asked = make_condition("revenue", Operator.BETWEEN, (Decimal(10), Decimal(20)))
    assert [_verdict(asked, revenue=held) for held in (9, 10, 20, 21)] == [NOT_MET, MET, MET, NOT_MET]


def test_an_unreadable_bound_leaves_condition_unknown() -> None:
    asked = Condition("revenue", Operator.GE, None, make_span("万元以上"), "元")
    assert _both(asked, {"revenue": 1}, {"revenue": 10**12}) == [UNKNOWN, UNKNOWN]


@pytest.mark.parametrize(
    ("attribute", "unit"),
    [("registered_capital", "美元"), ("employees", "人(研发)"), ("employees", "percent_growth"),
     ("output_value", "元(增量)"), ("founded_years", "月")],
)  # fmt: skip
def test_a_figure_in_another_unit_leaves_condition_unknown(attribute: str, unit: str) -> None:
    fact = {"founded_on": "2000-01-01"} if attribute == "founded_years" else {attribute: 10**9}
    assert _verdict(_ask(attribute, Operator.GE, 5, unit=unit), **fact) is UNKNOWN


def test_the_own_unit_is_compared() -> None:
    assert _verdict(_ask("employees", Operator.GE, 5, unit="人"), employees=5) is MET
    assert _verdict(_ask("rd_ratio", Operator.GE, 5, unit="percent"), rd_ratio=4.9) is NOT_MET


def test_registered_capital_does_not_prove_paid_in_capital() -> None:
    asked = _ask("registered_capital", Operator.GE, 100, quote="实缴资本100元以上")
    assert _both(asked, {"registered_capital": 500}, {"registered_capital": 50}) == [UNKNOWN, NOT_MET]


def test_exports_are_a_floor_of_foreign_trade() -> None:
    asked = _ask("export_value", Operator.GE, 100, quote="进出口额达到100元")
    assert _both(asked, {"export_value": 100}, {"export_value": 50}) == [MET, UNKNOWN]


def test_one_year_cannot_prove_a_run_of_years() -> None:
    asked = _ask("revenue_growth", Operator.GE, 20, quote="连续两年营业收入增长20%以上")
    assert _both(asked, {"revenue_growth": 25}, {"revenue_growth": 5}) == [UNKNOWN, NOT_MET]


def test_patent_kinds_are_told_apart() -> None:
    inventions = _ask("patents", Operator.GE, 1, quote="拥有发明专利1项以上")
    assert _verdict(inventions, patents=6, invention_patents=0) is NOT_MET
    assert _verdict(inventions, patents=6) is UNKNOWN
    assert _verdict(inventions, patents=0) is NOT_MET
    assert _verdict(_ask("patents", Operator.HAS, "知识产权"), patents=1) is MET
    assert _verdict(_ask("patents", Operator.HAS, "知识产权"), invention_patents=2) is MET
    assert _verdict(_ask("patents", Operator.HAS, "软件著作权"), patents=3) is UNKNOWN
    assert _verdict(_ask("patents", Operator.HAS, "软件著作权"), patents=0) is NOT_MET
    assert _verdict(_ask("patents", Operator.HAS, "发明专利申请进入实质审查"), patents=0) is UNKNOWN


# Dates and ages


@pytest.mark.parametrize(
    ("op", "years", "founded", "expected"),
    [
        (Operator.GE, 1, "2025-11-23", MET),
        (Operator.GE, 1, "2025-11-24", NOT_MET),
        (Operator.GE, 0.5, "2026-05-23", MET),
        (Operator.GE, 0.5, "2026-05-24", NOT_MET),
        (Operator.LE, 3, "2023-11-23", MET),
        (Operator.LE, 3, "2023-11-22", NOT_MET),
        (Operator.LT, 3, "2023-11-24", MET),
        (Operator.LT, 3, "2023-11-23", NOT_MET),
        (Operator.GT, 3, "2023-11-23", NOT_MET),
        (Operator.GT, 3, "2023-11-22", MET),
    ],
)
def test_age_is_counted_by_the_calendar(op: Operator, years: float, founded: str, expected: Verdict) -> None:
    assert _verdict(_ask("founded_years", op, years), founded_on=founded) is expected


def test_a_company_founded_on_leap_day_is_one_year_old_on_the_first_of_march() -> None:
    asked, enterprise = _ask("founded_years", Operator.GE, 1), make_enterprise(founded_on="2024-02-29")
    days = (date(2025, 2, 28), date(2025, 3, 1))
    assert [evaluate(asked, enterprise, day)[0] for day in days] == [NOT_MET, MET]


@pytest.mark.parametrize(
    ("op", "value", "expected"),
    [
        (Operator.GE, "2020-01-01", [NOT_MET, MET, MET]),
        (Operator.GT, "2020-01-01", [NOT_MET, NOT_MET, MET]),
        (Operator.LE, "2020-01-01", [MET, MET, NOT_MET]),
        (Operator.LT, "2020-01-01", [MET, NOT_MET, NOT_MET]),
        (Operator.BETWEEN, ("2020-01-01", "2020-01-02"), [NOT_MET, MET, MET]),
        (Operator.GE, "2020年", [UNKNOWN] * 3),
    ],
)
def test_founding_dates_are_compared(op: Operator, value: Any, expected: list[Verdict]) -> None:
    days = ("2019-12-31", "2020-01-01", "2020-01-02")
    assert [_verdict(_ask("founded_date", op, value), founded_on=day) for day in days] == expected


def test_an_unreadable_founding_date_leaves_condition_unknown() -> None:
    asked = _ask("founded_years", Operator.GE, 1)
    assert _both(asked, {"founded_on": "去年"}, {}) == [UNKNOWN, UNKNOWN]


# Places


@pytest.mark.parametrize(
    ("held", "asked", "expected"),
    [
        ("360403", "江西省九江市浔阳区", MET),
        ("360403", "江西省九江市", MET),
        ("360403", "江西省", MET),
        ("360403", "江西省南昌市", NOT_MET),
        ("360403", "江西省九江市濂溪区", NOT_MET),
        ("360400", "江西省九江市浔阳区", UNKNOWN),
        ("360000", "江西省九江市", UNKNOWN),
        ("360403", "全国", MET),
        ("360403", "某某示范片区", UNKNOWN),
        ("360403", "江西省九江市行政区域内", MET),
        ("360403", "浙江省湖州市辖区", NOT_MET),
        ("360403", "江西省九江市高新区", UNKNOWN),
        ("440106", "江西省九江市高新区", NOT_MET),
        ("360403", ("浙江省", "江西省"), MET),
        ("360403", ("浙江省", "广东省"), NOT_MET),
        ("999999", "江西省", UNKNOWN),
    ],
)
def test_regions_are_a_tree(held: str, asked: Any, expected: Verdict) -> None:
    op = Operator.IN if isinstance(asked, tuple) else Operator.EQ
    assert _verdict(_ask("region", op, asked), region=held) is expected
    assert _verdict(_ask("region", Operator.NOT_HAS, asked), region=held) is negate(expected)


def test_an_ambiguous_place_still_excludes_who_is_in_none_of_them() -> None:
    asked = _ask("region", Operator.EQ, "鼓楼区")
    assert _both(asked, {"region": "360403"}, {"region": "320106"}) == [NOT_MET, UNKNOWN]


def test_a_missing_region_leaves_condition_unknown() -> None:
    assert _both(_ask("region", Operator.EQ, "江西省"), {}, {"revenue": 1}) == [UNKNOWN, UNKNOWN]


@pytest.mark.parametrize(
    ("held", "asked", "expected"),
    [
        ("C3911", "制造业", MET),
        ("C", "制造业", MET),
        ("I6513", "制造业", NOT_MET),
        ("C3911", ("制造业", "餐饮"), MET),
        ("C3911", "人工智能", UNKNOWN),
        ("C3911", "某个没有定义的领域", UNKNOWN),
        ("C", "汽车制造业", UNKNOWN),
        ("Z9999", "制造业", UNKNOWN),
    ],
)
def test_industries_are_a_tree(held: str, asked: Any, expected: Verdict) -> None:
    op = Operator.IN if isinstance(asked, tuple) else Operator.EQ
    assert _verdict(_ask("industry", op, asked), industry=held) is expected
    assert _verdict(_ask("industry", Operator.NOT_HAS, asked), industry=held) is negate(expected)


# Choices and yes-or-no


@pytest.mark.parametrize(
    ("attribute", "asked", "met", "unknown", "failed"),
    [
        ("size_class", "中小微", "中型 小型 微型", "", "大型"),
        ("size_class", "中小企业", "中型 小型 微型", "", "大型"),  # 《中小企业促进法》第二条
        ("size_class", "小微企业", "小型 微型", "", "中型 大型"),
        ("size_class", "微型", "微型", "", "小型"),
        ("size_class", "小型微利企业", "", "小型 微型", "大型"),
        ("size_class", "巨型", "", "大型 微型", ""),
        ("ownership", "民营企业", "民营", "其他", "国有"),
        ("ownership", "外商投资", "外商投资 中外合资", "港澳台投资", "民营"),
        ("ownership", "合资", "中外合资", "外商投资", "国有"),
        ("legal_form", "个体户", "个体工商户", "", "有限责任公司"),
        ("legal_form", "公司", "有限责任公司 股份有限公司", "其他", "个体工商户"),
        ("listing", "A股", "北交所 科创板 主板", "", "新三板 境外上市"),
        ("listing", "上市公司", "主板 境外上市", "", "新三板 未上市 拟上市"),
        ("listing", "新三板", "新三板", "北交所", "未上市"),
        ("listing", "拟上市", "拟上市", "新三板", "主板"),
        ("listing", "新三板创新层", "", "新三板", "未上市 主板"),
        ("listing", "拟在新三板挂牌", "", "新三板 未上市", ""),
        ("ownership", "国有文化企业", "", "国有 民营", ""),  # two characters alone are too little to go by
    ],
)
def test_words_cover_choices(attribute: str, asked: str, met: str, unknown: str, failed: str) -> None:
    for held, expected in ((met, MET), (unknown, UNKNOWN), (failed, NOT_MET)):
        for value in held.split():
            assert _verdict(_ask(attribute, Operator.EQ, asked), **{attribute: value}) is expected
            assert _verdict(_ask(attribute, Operator.NOT_HAS, asked), **{attribute: value}) is negate(
                expected
            )


def test_one_of_several_words_suffices() -> None:
    asked = _ask("listing", Operator.IN, ("A股", "新三板"))
    assert _both(asked, {"listing": "新三板"}, {"listing": "未上市"}) == [MET, NOT_MET]


@pytest.mark.parametrize(
    ("op", "words", "good", "normal", "bad"),
    [
        (Operator.NOT_HAS, "严重失信", MET, MET, NOT_MET),
        (Operator.NOT_HAS, "失信记录", MET, MET, NOT_MET),
        (Operator.NOT_HAS, "列入失信被执行人名单", MET, MET, NOT_MET),
        (Operator.NOT_HAS, "经营异常名录", MET, UNKNOWN, UNKNOWN),
        (Operator.NOT_HAS, "环境信用评价红牌", UNKNOWN, UNKNOWN, UNKNOWN),
        (Operator.NOT_HAS, "不良诚信记录", MET, MET, NOT_MET),
        (Operator.HAS, "良好社会信誉", MET, UNKNOWN, NOT_MET),
        (Operator.HAS, "诚实守信", MET, UNKNOWN, NOT_MET),
        (Operator.HAS, "无失信记录", MET, MET, NOT_MET),
        (Operator.HAS, "失信主体名单的企业除外", MET, MET, NOT_MET),
        (Operator.HAS, "信用状况正常", MET, MET, NOT_MET),
    ],
)
def test_credit_is_read_from_free_words(
    op: Operator, words: str, good: Verdict, normal: Verdict, bad: Verdict
) -> None:
    found = [_verdict(_ask("credit", op, words), credit=held) for held in ("良好", "正常", "严重失信")]
    assert found == [good, normal, bad]
    assert _verdict(_ask("credit", op, words)) is UNKNOWN


def test_yes_or_no_facts() -> None:
    asked = _ask("above_scale", Operator.EQ, True)
    assert _both(asked, {"above_scale": True}, {"above_scale": False}) == [MET, NOT_MET]
    denied = _ask("above_scale", Operator.NOT_HAS, True)
    assert _both(denied, {"above_scale": True}, {"above_scale": False}) == [NOT_MET, MET]
    assert _verdict(_ask("financial_system", Operator.HAS, True)) is UNKNOWN


# Stated by the enterprise itself


@pytest.mark.parametrize(
    ("asked", "stated", "expected"),
    [
        ("依法经营", ["依法经营"], MET),
        ("依法經營", ["依法经营。"], MET),
        ("依法经营", ["依法经营、照章纳税"], MET),
        ("依法经营、照章纳税", ["依法经营"], UNKNOWN),
        ("承租写字楼", ["计划承租写字楼"], UNKNOWN),
        ("依法经营", ["未依法经营"], NOT_MET),
        ("承租", ["承租市属写字楼"], UNKNOWN),  # too short to be clear
        ("主导制定国家标准", [], UNKNOWN),
        ("主导制定国家标准", ["参与制定团体标准"], UNKNOWN),
    ],
)
def test_only_what_is_stated_counts(asked: str, stated: list[str], expected: Verdict) -> None:
    assert _verdict(_ask("compliance", Operator.HAS, asked), compliance=stated) is expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (["无违法违规记录"], MET),
        (["没有违法违规行为"], MET),
        (["违法违规"], NOT_MET),
        ([], UNKNOWN),
        (["依法经营"], UNKNOWN),
    ],
)
def test_a_denied_thing_must_be_denied_by_the_enterprise(stated: list[str], expected: Verdict) -> None:
    assert _verdict(_ask("compliance", Operator.NOT_HAS, "违法违规"), compliance=stated) is expected


def test_a_threshold_without_a_fact_of_its_own_is_unknown() -> None:
    asked = _ask("other", Operator.GE, 500, unit="平方米")
    assert _both(asked, {"other": ["500"]}, {}) == [UNKNOWN, UNKNOWN]
    assert _verdict(_ask("event", Operator.GE, "2026-01-01"), event=["2026-01-01"]) is UNKNOWN


# Trees


def test_a_free_text_condition_is_always_unknown() -> None:
    assert _both(FREE, {}, {"revenue": 10**9}) == [UNKNOWN, UNKNOWN]  # type: ignore[arg-type]


def test_trees_are_joined_by_kleene() -> None:
    yes, no = _ask("revenue", Operator.GE, 1), _ask("revenue", Operator.GE, 3)
    assert _verdict(AllOf((yes, FREE)), revenue=2) is UNKNOWN
    assert _verdict(AllOf((no, FREE)), revenue=2) is NOT_MET
    assert _verdict(AnyOf((yes, FREE)), revenue=2) is MET
    assert _verdict(AnyOf((no, FREE)), revenue=2) is UNKNOWN
    assert _verdict(Not(no), revenue=2) is MET
    assert _verdict(AllOf((yes, AnyOf((no, Not(no))))), revenue=2) is MET


def test_every_leaf_has_a_finding_in_the_order_of_the_text() -> None:
    yes, no = _ask("revenue", Operator.GE, 1), _ask("revenue", Operator.GE, 3)
    tree = AllOf((yes, AnyOf((no, FREE)), Not(no)))
    _, findings = evaluate(tree, make_enterprise(revenue=2), TODAY)
    assert [finding.condition for finding in findings] == [yes, no, FREE, no]
    assert [finding.verdict for finding in findings] == [MET, NOT_MET, UNKNOWN, MET]


@pytest.mark.parametrize(
    "broken",
    [
        Condition("no_such_fact", Operator.GE, Decimal(1), make_span()),
        Condition("revenue", Operator.GE, Decimal(1), make_span(), negated=True),
        Condition("revenue", Operator.NOT_HAS, Decimal(1), make_span(), negated=False),
        Condition("revenue", Operator.GE, "很多", make_span()),
        Condition("revenue", Operator.GE, Decimal("NaN"), make_span()),
        Condition("revenue", Operator.BETWEEN, (Decimal(1),), make_span()),
        Condition("founded_years", Operator.GE, Decimal("1E+30"), make_span()),
        Condition("region", Operator.GE, Decimal(5), make_span()),
        Condition("size_class", Operator.IN, (), make_span()),
        Condition("qualification", Operator.HAS, "", make_span()),
    ],
)
def test_a_broken_condition_spoils_only_itself(broken: Condition) -> None:
    facts = {"revenue": 5, "founded_on": "2020-01-01", "region": "360403", "size_class": "小型"}
    sound = _ask("revenue", Operator.GE, 1)
    verdict, findings = evaluate(AllOf((broken, sound)), make_enterprise(**facts), TODAY)
    assert verdict is UNKNOWN
    assert [finding.verdict for finding in findings] == [UNKNOWN, MET]
    assert findings[0].reason


# Properties

KNOWLEDGE = st.fixed_dictionaries(
    {},
    optional={
        "revenue": st.integers(0, 10**9),
        "employees": st.integers(0, 3000),
        "total_assets": st.integers(0, 10**9),
        "rd_expense": st.integers(0, 10**8),
        "rd_ratio": st.integers(0, 100),
        "patents": st.integers(0, 5),
        "founded_on": st.dates(date(2000, 1, 1), date(2026, 1, 1)).map(str),
        "region": st.sampled_from(["360403", "360400", "360000", "440106"]),
        "industry": st.sampled_from(["C", "C3911", "I6513"]),
        "size_class": st.sampled_from(["大型", "小型"]),
        "credit": st.sampled_from(["良好", "正常", "严重失信"]),
        "above_scale": st.booleans(),
        "qualification": st.lists(st.sampled_from(["高企", "市级企业技术中心", "某某示范单位"]), max_size=2),
        "compliance": st.lists(st.sampled_from(["依法经营", "无违法违规记录"]), max_size=2),
    },
)
LEAVES = st.sampled_from(
    [
        _ask("revenue", Operator.GE, 20_000_000),
        _ask("employees", Operator.LT, 300),
        _ask("rd_ratio", Operator.GE, 3),
        _ask("patents", Operator.HAS, "发明专利"),
        _ask("founded_years", Operator.GE, 1.5),
        _ask("region", Operator.EQ, "江西省九江市"),
        _ask("industry", Operator.NOT_HAS, "制造业"),
        _ask("size_class", Operator.EQ, "中小微"),
        _ask("credit", Operator.NOT_HAS, "失信记录"),
        _ask("above_scale", Operator.EQ, True),
        _ask("qualification", Operator.HAS, "国家高新技术企业"),
        _ask("qualification", Operator.NOT_HAS, "省级企业技术中心"),
        _ask("compliance", Operator.NOT_HAS, "违法违规"),
        FREE,
    ]
)
TREES = st.recursive(
    LEAVES,
    lambda child: st.one_of(
        st.lists(child, min_size=1, max_size=3).map(lambda found: AllOf(tuple(found))),
        st.lists(child, min_size=1, max_size=3).map(lambda found: AnyOf(tuple(found))),
        child.map(Not),
    ),
    max_leaves=6,
)


@settings(max_examples=150)
@given(TREES, KNOWLEDGE, KNOWLEDGE)
def test_learning_one_more_fact_never_makes_a_known_verdict_unknown(
    tree: Node, known: dict[str, Any], learned: dict[str, Any]
) -> None:
    enterprise = make_enterprise(**known)
    for key, value in learned.items():
        if find_fact(enterprise, key, TODAY) is not None:
            continue  # known already, stated or derived: saying otherwise is a correction, not more knowledge
        more = Enterprise(enterprise.uscc, enterprise.name, {**enterprise.facts, key: make_fact(value)})
        if Evaluator(enterprise, TODAY).verdict_on(tree) is not UNKNOWN:
            assert Evaluator(more, TODAY).verdict_on(tree) is not UNKNOWN
        enterprise = more


@settings(max_examples=100)
@given(TREES, KNOWLEDGE)
def test_not_is_the_opposite_and_remembering_changes_nothing(tree: Node, known: dict[str, Any]) -> None:
    evaluator = Evaluator(make_enterprise(**known), TODAY)
    verdict = evaluator.verdict_on(tree)
    assert evaluator.verdict_on(Not(tree)) is negate(verdict)
    assert evaluate(tree, make_enterprise(**known), TODAY)[0] is verdict
    met, count = evaluator.tally(tree)
    findings = evaluator.findings(tree)
    assert (met, count) == (sum(finding.verdict is MET for finding in findings), len(findings))
    assert all(finding.text and finding.reason for finding in findings)


ANY_TEXT = st.one_of(
    st.sampled_from(["高新技术企业", "省级及以上", "无", "2020-01-01", "国家", "江西省", "类", "1"]),
    st.text(max_size=8),
)
ANY_NUMBER = st.one_of(st.decimals(allow_nan=False), st.just(Decimal("NaN")), st.integers(0, 50).map(Decimal))
ANY_VALUE = st.one_of(
    st.none(),
    st.booleans(),
    ANY_TEXT,
    ANY_NUMBER,
    st.lists(ANY_TEXT, max_size=3).map(tuple),
    st.lists(ANY_NUMBER, max_size=3).map(tuple),
)
ANY_CONDITION = st.builds(
    Condition,
    st.one_of(st.sampled_from(list(FACTS)), st.just("unheard_of")),
    st.sampled_from(Operator),
    ANY_VALUE,
    ANY_TEXT.map(make_span),
    st.sampled_from([None, "元", "美元", "percent", "年", "项", "家"]),
    st.booleans(),
)
ANY_FACT = st.one_of(st.booleans(), ANY_TEXT, ANY_NUMBER, st.lists(ANY_TEXT, max_size=3).map(tuple))


@settings(max_examples=300)
@given(ANY_CONDITION, ANY_FACT)
def test_whatever_a_condition_and_a_fact_hold_there_is_a_finding_in_words(
    condition: Condition, fact: Any
) -> None:
    row = FACTS.get(condition.attribute)
    key = "revenue" if row is None else row.fact or row.key
    enterprise = make_enterprise(**{key: fact})
    verdict, (finding,) = evaluate(condition, enterprise, TODAY)
    assert finding.verdict is verdict
    assert finding.reason
    if condition.op is not Operator.NOT_HAS and not condition.negated and verdict is not UNKNOWN:
        turned = Condition(
            condition.attribute, Operator.NOT_HAS, condition.value, condition.span, negated=True
        )
        assert evaluate(turned, enterprise, TODAY)[0] in (negate(verdict), UNKNOWN)
