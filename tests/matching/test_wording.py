"""Conditions, reasons and gaps in plain Chinese, figures exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility import evaluate
from matching.figures_in_words import money, plain
from matching.model import Enterprise, Fact, Finding
from matching.wording import describe_condition
from policy_corpus.model import FreeText, Node, Not, Operator
from tests.factories import OTHER_USCC, make_condition, make_enterprise, make_span

TODAY = date(2026, 11, 23)


def _ask(attribute: str, op: Operator, value: Any, quote: str = "原文", **kw: Any) -> Any:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = Decimal(str(value))
    return make_condition(attribute, op, value, span=make_span(quote), negated=op is Operator.NOT_HAS, **kw)


def _finding(condition: Node, **facts: Any) -> Finding:
    _, (finding,) = evaluate(condition, make_enterprise(**facts), TODAY)
    return finding


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (
            _ask("revenue", Operator.GE, 20_000_000, "上年度营业收入2000万元以上"),
            "上年度营业收入不低于 2000 万元",
        ),
        (_ask("revenue", Operator.GT, 150_000_000), "营业收入超过 1.5 亿元"),
        (
            make_condition("revenue", Operator.BETWEEN, (Decimal(50_000_000), Decimal(200_000_000))),
            "营业收入在 5000 万元 至 2 亿元 之间",
        ),
        (_ask("employees", Operator.LT, 50), "从业人员低于 50 人"),
        (
            _ask("rd_ratio", Operator.GE, 3.5, "近三年研发费用占营业收入3.5%"),
            "近三年研发费用占营业收入比例不低于 3.5%",
        ),
        (_ask("registered_capital", Operator.GE, 4_500_000, unit="美元"), "注册资本不低于 450 万美元"),
        (_ask("founded_years", Operator.GE, 1), "成立满 1 年"),
        (_ask("founded_years", Operator.GE, 0.5), "成立满 6 个月"),
        (_ask("founded_years", Operator.LE, 3), "成立不超过 3 年"),
        (_ask("founded_date", Operator.GE, "2024-01-01"), "成立日期不早于 2024年1月1日"),
        (_ask("region", Operator.EQ, "江西省九江市"), "注册地在江西省九江市"),
        (_ask("industry", Operator.NOT_HAS, ("房地产", "典当")), "所属行业不属于房地产、典当"),
        (_ask("size_class", Operator.EQ, "中小微"), "企业规模为中小微"),
        (_ask("above_scale", Operator.EQ, True), "规模以上（限额以上）企业"),
        (_ask("independent_legal_person", Operator.HAS, True), "独立法人资格"),
        (_ask("qualification", Operator.IN, ("高新技术企业", "瞪羚企业")), "具有高新技术企业 或 瞪羚企业"),
        (_ask("patents", Operator.HAS, "发明专利"), "拥有发明专利"),
        (_ask("credit", Operator.NOT_HAS, "失信记录"), "无失信记录"),
        (_ask("compliance", Operator.HAS, "依法经营"), "依法经营"),
        (_ask("other", Operator.GE, 500, "营业面积500平方米以上", unit="平方米"), "营业面积500平方米以上"),
        (FreeText(make_span("经济效益良好")), "经济效益良好"),
    ],
)
def test_conditions_in_words(condition: Any, text: str) -> None:
    assert describe_condition(condition) == text


def test_a_reason_names_fact_period_and_source() -> None:
    fact = Fact(Decimal(35_000_000), "企业填报", TODAY, "2025")
    enterprise = Enterprise(OTHER_USCC, "示例公司", {"revenue": fact})
    _, (finding,) = evaluate(make_condition("revenue"), enterprise, TODAY)
    assert finding.reason == "企业营业收入为 3500 万元（2025 年，企业填报），符合"
    assert finding.actual is fact


def test_a_missing_fact_is_named() -> None:
    assert _finding(_ask("rd_expense", Operator.GE, 1)).reason == "未填写研发费用，无法判断"
    assert _finding(_ask("founded_years", Operator.GE, 1)).reason == "未填写成立日期，无法判断"


def test_a_region_is_shown_by_its_name() -> None:
    reason = _finding(_ask("region", Operator.EQ, "浙江省"), region="360403").reason
    assert reason == "企业注册地为 江西省九江市浔阳区（企业填报），不符合"


def test_the_word_enterprise_is_not_said_twice() -> None:
    reason = _finding(_ask("size_class", Operator.EQ, "中小微"), size_class="小型").reason
    assert reason == "企业规模为 小型（企业填报），符合"


def test_what_decides_is_told_and_no_more() -> None:
    held = _finding(_ask("qualification", Operator.HAS, "高企"), qualification=("高新技术企业", "瞪羚企业"))
    assert held.reason == "企业填报的资质称号：高新技术企业（企业填报），符合"
    assert _finding(_ask("financial_system", Operator.HAS, True), financial_system=False).reason == (
        "财务制度健全：否（企业填报），不符合"
    )


def test_a_code_outside_the_tables_is_shown_as_it_is() -> None:
    assert "999999" in _finding(_ask("region", Operator.EQ, "浙江省"), region="999999").reason


def test_a_condition_under_not_is_said_to_be_excluded() -> None:
    finding = _finding(Not(_ask("employees", Operator.GE, 300)), employees=20)
    assert finding.text == "不属于以下情形：从业人员不低于 300 人"
    assert finding.reason.endswith("符合")


@pytest.mark.parametrize(
    ("condition", "facts", "gap"),
    [
        (_ask("rd_expense", Operator.GE, 1_000_000), {"rd_expense": 880_000}, "还差 12 万元"),
        (_ask("employees", Operator.GE, 15), {"employees": 12}, "还差 3 人"),
        (_ask("employees", Operator.LT, 15), {"employees": 20}, "超出 5 人"),
        (_ask("employees", Operator.LT, 15), {"employees": 15}, "须低于 15 人"),
        (_ask("employees", Operator.GT, 15), {"employees": 15}, "须超过 15 人"),
        (_ask("rd_ratio", Operator.GE, 5), {"rd_ratio": 4.6}, "还差 0.4 个百分点"),
        (
            _ask("rd_ratio", Operator.GE, 5),
            {"rd_ratio": 4.6, "revenue": 30_000_000, "rd_expense": 1_380_000},
            "还差 0.4 个百分点，按现有营业收入约需再投入研发费用 12 万元",
        ),
        (
            _ask("founded_years", Operator.GE, 1),
            {"founded_on": "2026-03-01"},
            "成立满 1 年的日期为 2027年3月1日",
        ),
        (_ask("founded_years", Operator.LE, 1), {"founded_on": "2020-03-01"}, None),
        (_ask("qualification", Operator.HAS, "高新技术企业"), {"qualification": ()}, "需取得“高新技术企业”"),
        (_ask("region", Operator.EQ, "浙江省"), {"region": "360403"}, None),
        (_ask("employees", Operator.GE, 15), {"employees": 15}, None),
        (_ask("employees", Operator.GE, 15), {}, None),
        (
            make_condition("employees", Operator.BETWEEN, (Decimal(10), Decimal(20))),
            {"employees": 7},
            "还差 3 人",
        ),
        (
            make_condition("employees", Operator.BETWEEN, (Decimal(10), Decimal(20))),
            {"employees": 24},
            "超出 4 人",
        ),
    ],
)
def test_what_is_missing_is_computed(condition: Any, facts: dict[str, Any], gap: str | None) -> None:
    assert _finding(condition, **facts).gap == gap


UNITS = {"亿元": 8, "万元": 4, "元": 0}


@given(st.integers(-(10**15), 10**15), st.integers(0, 2))
def test_money_in_words_reads_back_to_the_same_sum(digits: int, places: int) -> None:
    yuan = Decimal(digits).scaleb(-places)
    number, unit = money(yuan).split(" ")
    assert Decimal(number).scaleb(UNITS[unit]) == yuan


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20))
def test_a_number_in_full_has_no_exponent_and_loses_nothing(number: Decimal) -> None:
    assert Decimal(plain(number)) == number
    assert "E" not in plain(number)
